import Files
import Text

/// Which files below a folder are read.
public struct FileSelection: Sendable {
  /// Patterns of files that are read.
  public let include: [Glob]
  /// Patterns of files that are not read, whatever ``include`` says. ``DefaultExclusions`` are left out besides.
  public let exclude: [Glob]
  /// Hidden folders that are entered: those in which runtimes keep agents.
  public let hiddenFolders: Set<String>
  /// The manifests of plugins, below a plugin's folder.
  public let pluginManifests: [String]
  /// Files that are read besides, in the places of runtimes.
  private let placed: [Placed]
  /// The names that patterns of ``include`` spell out, in lower case. They count against ``DefaultExclusions``.
  private let included: (folders: Set<String>, files: Set<String>)
  /// Those patterns of ``exclude`` that hold for everything in a folder.
  private let excludedFolders: [Glob]

  /// Files of a runtime in a place where it reads another format than Markdown.
  public struct Placed: Sendable {
    /// The pattern as written.
    let pattern: String
    /// The manifest of the plugin in whose folder the pattern begins; nil where it may begin in any folder.
    let manifest: String?
    fileprivate let own: Glob
    /// What names end with that fit.
    fileprivate let ending: String
    fileprivate let anywhere: Glob

    /// Makes one from its parts.
    public init(pattern: String, manifest: String? = nil) {
      self.pattern = pattern
      self.manifest = manifest
      own = Glob(pattern)
      ending = pattern.lowercased().split(separator: ".").last.map { ".\($0)" } ?? ""
      anywhere = Glob("**/\(pattern)")
    }
  }

  /// Makes a selection; without arguments, Markdown files outside the folders and names that are left out by default.
  public init(
    include: [Glob]? = nil, exclude: [Glob] = [], hiddenFolders: Set<String> = [], pluginManifests: [String]? = nil,
    placed: [Placed] = []
  ) {
    // Who lists patterns wants no other files.
    self.placed = include == nil ? placed : []
    self.hiddenFolders = hiddenFolders
    self.pluginManifests = pluginManifests ?? [PluginManifests.plugin]
    self.include = include ?? ["*.md", "*.markdown", "*.mdc"].map(Glob.init)
    self.exclude = exclude
    excludedFolders = exclude.filter { $0.pattern.hasSuffix("/**") }
    var names: (folders: Set<String>, files: Set<String>) = ([], [])
    for glob in include ?? [] {
      var parts = glob.pattern.lowercased().pathComponents
      if let file = parts.popLast() { names.files.insert(file) }
      names.folders.formUnion(parts)
    }
    included = names
  }

  // MARK: Files

  /// Why a file is not read, or nil where it is.
  ///
  /// - Parameters:
  ///   - path: the file, below the source.
  ///   - prefix: the path of the source, with the folders that belong to a runtime.
  ///   - absolutePath: the file, to look for the manifest of its plugin; nil to take any file that may be in one.
  func reasonToSkip(
    file path: RelativePath, below prefix: String = "", at absolutePath: String? = nil
  ) -> SkipReason? {
    let subject = Glob.Subject(path)
    guard isIncluded(subject) || isPlaced(path, below: prefix, at: absolutePath) else { return .otherType }
    if exclude.contains(where: { $0.matches(subject) }) { return .excluded }
    let name = path.lastComponent.lowercased()
    return included.files.contains(name) ? nil : DefaultExclusions.reason(forFile: name)
  }

  /// Why a file in the folder of a skill that is of no type that is read does not belong to the skill, or nil.
  func reasonToSkip(otherFileOfSkill path: RelativePath) -> SkipReason? {
    if exclude.contains(where: { $0.matches(path) }) { return .excluded }
    return DefaultExclusions.isOfSystem(path.lastComponent.lowercased()) ? .generated : nil
  }

  private func isIncluded(_ subject: Glob.Subject) -> Bool { include.contains { $0.matches(subject) } }

  /// Whether a file has the type of files that are read.
  func includes(_ path: RelativePath) -> Bool { isIncluded(Glob.Subject(path)) }

  /// Whether a file is in a place where a runtime reads its format.
  func isPlaced(_ path: RelativePath, below prefix: String = "", at absolutePath: String? = nil) -> Bool {
    let name = path.lastComponent.lowercased()
    let named = placed.filter { name.hasSuffix($0.ending) }
    guard !named.isEmpty, let full = prefix.isEmpty ? path : RelativePath("\(prefix)/\(path)") else { return false }
    let subject = Glob.Subject(full)
    return named.contains { place in
      guard place.anywhere.matches(subject) else { return false }
      guard let manifest = place.manifest, let absolutePath else { return true }
      var folder = Git.parent(of: absolutePath)
      while let current = folder, current != "/" {
        if let below = absolutePath.path(below: current).flatMap(RelativePath.init), place.own.matches(below),
          Disk.kind("\(current)/\(manifest)", followsLinks: false) == .file
        {
          return true
        }
        folder = Git.parent(of: current)
      }
      return false
    }
  }

  /// Whether a path is that of a plugin's manifest.
  func isManifest(_ path: String) -> Bool {
    PluginManifests.isManifest(path) || pluginManifests.contains { path == $0 || path.hasSuffix("/\($0)") }
  }

  /// What the selection depends on besides its patterns, for digests.
  var placedPatterns: [String] { placed.map { "\($0.manifest ?? "") \($0.pattern)" } }

  func takes(_ path: RelativePath) -> Bool { reasonToSkip(file: path) == nil }

  // MARK: Folders

  /// Why a folder is not entered, or nil where it is.
  ///
  /// - Parameters:
  ///   - path: the folder, below the source.
  ///   - source: the name of the source's own folder.
  func reasonToSkip(folder path: RelativePath, of source: String) -> SkipReason? {
    if !excludedFolders.isEmpty {
      let subject = Glob.Subject(path)
      if excludedFolders.contains(where: { $0.matches(subject) }) { return .excluded }
    }
    let parts = path.components
    return reasonToSkip(parts.last ?? "", in: parts.dropLast().last ?? Substring(source))
  }

  /// Why a folder in the folder of a skill is not entered, or nil where it is. A skill is all of its folder, hidden
  /// folders and fixtures too, without what is installed or generated there.
  ///
  /// - Parameter path: the folder, below the source.
  func reasonToSkip(folderOfSkill path: RelativePath) -> SkipReason? {
    if !excludedFolders.isEmpty {
      let subject = Glob.Subject(path)
      if excludedFolders.contains(where: { $0.matches(subject) }) { return .excluded }
    }
    let parts = path.components
    let parent = parts.dropLast().last ?? ""
    let reason = DefaultExclusions.reason(forFolder: parts.last?.lowercased() ?? "", in: parent.lowercased())
    return [.dependencies, .generated].contains(reason) ? reason : nil
  }

  private func reasonToSkip(_ name: some StringProtocol, in parent: some StringProtocol) -> SkipReason? {
    let lowercased = name.lowercased()
    if included.folders.contains(lowercased) { return nil }
    if let reason = DefaultExclusions.reason(forFolder: lowercased, in: parent.lowercased()) { return reason }
    return name.utf8.first == UInt8(ascii: ".") && !hiddenFolders.contains(String(name)) ? .hiddenFolder : nil
  }

  /// Whether a file is in a folder of fixtures, backups, dependencies or the like, in which no items are looked for,
  /// unless a pattern names the folder.
  public func isInExcludedFolder(_ path: RelativePath) -> Bool {
    var parent = ""
    return path.folders.contains { folder in
      let name = folder.lowercased()
      defer { parent = name }
      return !included.folders.contains(name) && DefaultExclusions.reason(forFolder: name, in: parent) != nil
    }
  }

  /// Whether all folders of a path are entered, by their names.
  func enters(_ folders: some Sequence<some StringProtocol>, of source: String) -> Bool {
    var parent = source
    for folder in folders {
      if reasonToSkip(folder, in: parent) != nil { return false }
      parent = String(folder)
    }
    return true
  }

  /// Whether all folders of a path in a skill are entered. The folder of the skill itself is.
  func entersSkill(_ folders: some Sequence<some StringProtocol>) -> Bool {
    var path: RelativePath?
    for folder in folders {
      let next = path.map { "\($0)/\(folder)" } ?? String(folder)
      guard let entered = RelativePath(next), reasonToSkip(folderOfSkill: entered) == nil else { return false }
      path = entered
    }
    return true
  }

  /// Whether a scan of a source would read a file.
  ///
  /// - Parameters:
  ///   - source: the name of the source's own folder.
  ///   - prefix: the path of the source.
  func finds(_ path: RelativePath, in source: String, below prefix: String = "") -> Bool {
    reasonToSkip(file: path, below: prefix) == nil && enters(path.folders, of: source)
  }

  /// Whether a path leads through a hidden folder in which runtimes look for files.
  func isInRuntimeFolder(_ path: some StringProtocol) -> Bool {
    path.utf8.contains(UInt8(ascii: "."))
      && path.utf8.split(separator: UInt8(ascii: "/")).contains {
        $0.first == UInt8(ascii: ".") && hiddenFolders.contains(String(decoding: $0, as: UTF8.self))
      }
  }
}
