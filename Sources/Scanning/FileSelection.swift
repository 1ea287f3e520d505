import Files
import Text

/// The rules for which files below a folder are read.
public struct FileSelection: Sendable {
  /// Patterns of files to read.
  public let include: [Glob]
  /// Patterns of files to skip. They override ``include``. ``DefaultExclusions`` are skipped too.
  public let exclude: [Glob]
  /// Hidden folders to enter: those in which runtimes keep agents.
  public let hiddenFolders: Set<String>
  /// The manifests of plugins, relative to a plugin's folder.
  public let pluginManifests: [String]
  /// Additional files in the places of runtimes.
  private let placed: [Placed]
  /// Files that state facts about items.
  private let outside: [Placed]
  /// Configurations with marks for the texts of other files.
  private let including: [Including]
  /// The lowercase names in the patterns of ``include``. They override ``DefaultExclusions``.
  private let included: (folders: Set<String>, files: Set<String>)
  /// The patterns of ``exclude`` that cover everything in a folder.
  private let excludedFolders: [Glob]

  /// Files of a runtime in a place where it reads a format other than Markdown.
  public struct Placed: Sendable {
    /// The pattern as written.
    let pattern: String
    /// The manifest of the plugin whose folder anchors the pattern; nil if the pattern can start in any folder.
    let manifest: String?
    fileprivate let own: Glob
    /// The lowercase extension of matching names.
    fileprivate let ending: String
    fileprivate let anywhere: Glob

    /// Creates a place from its parts.
    public init(pattern: String, manifest: String? = nil) {
      self.pattern = pattern
      self.manifest = manifest
      own = Glob(pattern)
      ending = pattern.lowercased().split(separator: ".").last.map { ".\($0)" } ?? ""
      anywhere = Glob("**/\(pattern)")
    }
  }

  /// Configurations with marks for the texts of other files, such as `{file:prompts/plan.txt}`.
  public struct Including: Sendable {
    fileprivate let place: Placed
    fileprivate let pattern: InclusionPattern

    /// Creates a value from the pattern of the paths and the form of the marks.
    public init(place: String, pattern: InclusionPattern) {
      self.place = Placed(pattern: place)
      self.pattern = pattern
    }

    fileprivate func holds(_ path: RelativePath) -> Bool {
      path.lastComponent.lowercased().hasSuffix(place.ending) && place.anywhere.matches(path)
    }
  }

  /// Creates a selection. The default is Markdown files, without the folders and names that are excluded by default.
  public init(
    include: [Glob]? = nil, exclude: [Glob] = [], hiddenFolders: Set<String> = [], pluginManifests: [String]? = nil,
    placed: [Placed] = [], outside: [Placed] = [], including: [Including] = []
  ) {
    // An explicit list of patterns replaces all other files.
    self.placed = include == nil ? placed : []
    self.outside = outside
    self.including = including
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

  /// Returns why a file is skipped, or nil if it is read.
  ///
  /// - Parameters:
  ///   - path: The file, relative to the source.
  ///   - prefix: The path of the source, including folders that belong to a runtime.
  ///   - absolutePath: The file on disk, to look for the manifest of its plugin; nil to accept any file that may be in
  ///     one.
  func reasonToSkip(
    file path: RelativePath, below prefix: String = "", at absolutePath: String? = nil
  ) -> SkipReason? {
    let subject = Glob.Subject(path)
    guard isIncluded(subject) || isPlaced(path, below: prefix, at: absolutePath) else { return .otherType }
    if exclude.contains(where: { $0.matches(subject) }) { return .excluded }
    let name = path.lastComponent.lowercased()
    return included.files.contains(name) ? nil : DefaultExclusions.reason(forFile: name)
  }

  /// Returns why a file of an unsupported type in a skill's folder isn't part of the skill, or nil if it is.
  func reasonToSkip(otherFileOfSkill path: RelativePath) -> SkipReason? {
    if exclude.contains(where: { $0.matches(path) }) { return .excluded }
    return DefaultExclusions.isOfSystem(path.lastComponent.lowercased()) ? .generated : nil
  }

  private func isIncluded(_ subject: Glob.Subject) -> Bool { include.contains { $0.matches(subject) } }

  /// Returns whether a file matches a pattern of ``include``.
  func includes(_ path: RelativePath) -> Bool { isIncluded(Glob.Subject(path)) }

  /// Returns whether a file is in a place where a runtime reads its format.
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

  /// Returns whether a file states facts about items in its project or, if the project is given, in that project.
  ///
  /// - Parameters:
  ///   - path: The path of the file.
  ///   - inner: A path in the project; nil for any.
  func statesFacts(_ path: RelativePath, about inner: String? = nil) -> Bool {
    let name = path.lastComponent.lowercased()
    guard outside.contains(where: { name.hasSuffix($0.ending) && $0.anywhere.matches(path) }) else { return false }
    guard let inner else { return true }
    // The project contains the hidden folder of the runtime.
    let project = path.folders.prefix { !hiddenFolders.contains($0) }.joined(separator: "/")
    return inner.path(below: project) != nil
  }

  /// Returns whether a file could state facts about items if a link led to it.
  func mayStateFacts(_ path: String) -> Bool {
    let name = path.lastName.lowercased()
    return outside.contains { name.hasSuffix($0.ending) }
  }

  /// Returns whether a file may have marks for the texts of other files.
  func mayInclude(_ path: RelativePath) -> Bool { including.contains { $0.holds(path) } }

  /// Returns the paths of the files that a configuration includes.
  ///
  /// - Parameter path: The path of the configuration.
  func includedPaths(in bytes: [UInt8], of path: RelativePath) -> Set<String> {
    let marks = including.filter { $0.holds(path) }.flatMap { $0.pattern.marks(in: bytes) }
    return Set(marks.filter { !$0.path.hasPrefix("/") }.compactMap { path.resolving($0.path)?.description })
  }

  /// Returns whether a path is that of a plugin's manifest.
  func isManifest(_ path: String) -> Bool {
    PluginManifests.isManifest(path) || pluginManifests.contains { path == $0 || path.hasSuffix("/\($0)") }
  }

  /// The inputs of the selection besides its include and exclude patterns, for digests.
  var placedPatterns: [String] { placed.map { "\($0.manifest ?? "") \($0.pattern)" } }

  func takes(_ path: RelativePath) -> Bool { reasonToSkip(file: path) == nil }

  // MARK: Folders

  /// Returns why a folder is skipped, or nil if it is entered.
  ///
  /// - Parameters:
  ///   - path: The folder, relative to the source.
  ///   - source: The name of the source's own folder.
  func reasonToSkip(folder path: RelativePath, of source: String) -> SkipReason? {
    if !excludedFolders.isEmpty {
      let subject = Glob.Subject(path)
      if excludedFolders.contains(where: { $0.matches(subject) }) { return .excluded }
    }
    let parts = path.components
    return reasonToSkip(parts.last ?? "", in: parts.dropLast().last ?? Substring(source))
  }

  /// Returns why a folder in a skill's folder is skipped, or nil if it is entered.
  ///
  /// A skill includes hidden folders and fixtures, but not installed or generated files.
  ///
  /// - Parameter path: The folder, relative to the source.
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

  /// Returns whether a file is in a folder of fixtures, backups, dependencies or the like. No items are expected there,
  /// unless a pattern names the folder.
  public func isInExcludedFolder(_ path: RelativePath) -> Bool {
    var parent = ""
    return path.folders.contains { folder in
      let name = folder.lowercased()
      defer { parent = name }
      return !included.folders.contains(name) && DefaultExclusions.reason(forFolder: name, in: parent) != nil
    }
  }

  /// Returns whether all folders of a path are entered, judged by their names.
  func enters(_ folders: some Sequence<some StringProtocol>, of source: String) -> Bool {
    var parent = source
    for folder in folders {
      if reasonToSkip(folder, in: parent) != nil { return false }
      parent = String(folder)
    }
    return true
  }

  /// Returns whether all folders of a path in a skill are entered. The folder of the skill itself always is.
  func entersSkill(_ folders: some Sequence<some StringProtocol>) -> Bool {
    var path: RelativePath?
    for folder in folders {
      let next = path.map { "\($0)/\(folder)" } ?? String(folder)
      guard let entered = RelativePath(next), reasonToSkip(folderOfSkill: entered) == nil else { return false }
      path = entered
    }
    return true
  }

  /// Returns whether a scan of a source would read a file.
  ///
  /// - Parameters:
  ///   - source: The name of the source's own folder.
  ///   - prefix: The path of the source.
  func finds(_ path: RelativePath, in source: String, below prefix: String = "") -> Bool {
    reasonToSkip(file: path, below: prefix) == nil && enters(path.folders, of: source)
  }

  /// Returns whether a path contains a hidden folder in which runtimes look for files.
  func isInRuntimeFolder(_ path: some StringProtocol) -> Bool {
    path.utf8.contains(UInt8(ascii: "."))
      && path.utf8.split(separator: UInt8(ascii: "/")).contains {
        $0.first == UInt8(ascii: ".") && hiddenFolders.contains(String(decoding: $0, as: UTF8.self))
      }
  }
}
