import Files

/// A place where a runtime keeps files: a path pattern with the kind, format and runtime of its files.
///
/// `*` matches any characters within a component, `**` any number of folders. A pattern without a slash matches a file
/// name in any folder. A pattern with slashes may begin in any folder. Matching is case-insensitive.
public struct Place: Sendable, Hashable {
  /// The pattern, as written.
  public let pattern: String
  /// The kind of the items; nil for other files in a runtime's folder.
  public let kind: ItemKind?
  /// The format of the files.
  public let format: ItemFormat
  /// The key of the runtime that reads them.
  public let runtime: String
  /// The path of a plugin's manifest within the plugin's folder, for files of plugins; nil for files of a project.
  ///
  /// If set, the pattern begins in the plugin's folder.
  public let manifest: String?
  /// Fields whose values the runtime accepts unquoted although they are invalid YAML.
  let bareFields: [String]
  /// Whether the files need no frontmatter, even if other files of their kind do.
  let isPlain: Bool
  /// The effect on every file here if the runtime does not load them; nil if it depends on the file.
  let effect: Effect?
  /// The lists and maps that contain items; empty if each file is one item.
  let holders: [ItemHolder]
  /// How the runtime reads files in a data format.
  let traits: DataTraits
  /// The hidden folder at the start of the pattern, for example `.claude`, or nil.
  let hiddenFolder: String?
  private let folders: [Wildcard]
  private let name: Wildcard
  /// The precedence: if several places match a file, the lowest rank wins.
  ///
  /// A folder takes precedence over a file name such as `AGENTS.md`, which may be in any folder.
  let rank: Int

  init(
    _ pattern: String, kind: ItemKind? = nil, format: ItemFormat? = nil, runtime: String, manifest: String? = nil,
    bareFields: [String] = [], isPlain: Bool = false, effect: Effect? = nil, holders: [ItemHolder] = [],
    traits: DataTraits = []
  ) {
    self.pattern = pattern
    self.kind = kind
    self.format = format ?? ItemFormat(ofName: pattern)
    self.runtime = runtime
    self.manifest = manifest
    self.bareFields = bareFields
    self.isPlain = isPlain
    self.effect = effect
    self.holders = holders
    self.traits = traits
    let parts = pattern.lowercased().split(separator: "/")
    // Matches any file in the folder and its subfolders.
    let isOpen = parts.last == "**"
    folders = (isOpen ? parts[...] : parts.dropLast()).map { Wildcard($0) }
    name = Wildcard(isOpen ? "*" : parts.last ?? "")
    hiddenFolder = parts.count > 1 ? parts.first.flatMap { $0.hasPrefix(".") ? String($0) : nil } : nil
    rank =
      if kind == nil {
        5
      } else if manifest != nil {
        1
      } else if !folders.isEmpty {
        // A plugin in a folder that its runtime does not read for a project is still a plugin.
        effect == nil ? 0 : 2
      } else {
        pattern.contains("*") ? 3 : 4
      }
  }

  /// Whether the pattern is a fixed file name without folders.
  var isForName: Bool { rank == 4 }

  /// Returns whether a file name matches in its exact case: `agents.md` is a page about agents. A skill's file may also
  /// be named `skill.md`.
  ///
  /// - Parameters:
  ///   - name: The file name.
  ///   - path: The path of the file, as far as known.
  func isNamed(_ name: String, _ path: String) -> Bool {
    let own = name.utf8
    guard own.count == pattern.utf8.count else { return false }
    guard kind == .skill else { return own.elementsEqual(pattern.utf8) }
    return (own.elementsEqual(pattern.utf8) || own.elementsEqual(pattern.lowercased().utf8))
      && FolderNames.describesSkill(path)
  }

  /// The folder before the first component with a wildcard; nil if there is none.
  var fixedFolder: String? {
    let fixed = pattern.split(separator: "/").dropLast().prefix { !$0.contains("*") }
    return fixed.isEmpty ? nil : fixed.joined(separator: "/")
  }

  /// Returns the folders of a file below ``fixedFolder``; empty if the pattern has none.
  func folders(below path: String) -> [String] {
    guard let fixed = fixedFolder?.lowercased().split(separator: "/") else { return [] }
    let folders = path.split(separator: "/").dropLast()
    let last = folders.indices.last { folders[$0...].prefix(fixed.count).map { $0.lowercased()[...] } == fixed }
    return last.map { folders[$0...].dropFirst(fixed.count).map(String.init) } ?? []
  }

  /// The secondary extension of file names: `.agent` for `*.agent.md`.
  var nameEnding: String? {
    let parts = (pattern.split(separator: "/").last ?? "").split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 3 && parts[0] == "*" ? ".\(parts[1])" : nil
  }

  /// Returns the path of a file with a given name that this pattern matches.
  ///
  /// - Parameter folder: The folder to put it in, or nil for the pattern's own folder.
  public func path(of name: String, in folder: String? = nil) -> String {
    let own = pattern.split(separator: "/").filter { $0 != "**" }.drop { folder != nil && !$0.contains("*") }
    let path = own.map { $0.split(separator: "*", omittingEmptySubsequences: false).joined(separator: name) }
      .joined(separator: "/")
    return folder.map { "\($0)/\(path)" } ?? path
  }

  /// Returns whether a file is in this place.
  ///
  /// - Parameter components: The lowercase components of its path.
  func holds(_ components: [Substring]) -> Bool {
    guard let file = components.last, name.matches(file) else { return false }
    guard let first = folders.first else { return manifest == nil || components.count == 1 }
    let path = components.dropLast()
    if manifest != nil { return Self.fit(path, folders[...]) }
    return path.indices.contains { first.matches(path[$0]) && Self.fit(path[$0...], folders[...]) }
  }

  private static func fit(_ path: ArraySlice<Substring>, _ folders: ArraySlice<Wildcard>) -> Bool {
    guard let folder = folders.first else { return path.isEmpty }
    if folder.isAnyFolders {
      return (0...path.count).contains { fit(path.dropFirst($0), folders.dropFirst()) }
    }
    guard let component = path.first else { return false }
    return folder.matches(component) && fit(path.dropFirst(), folders.dropFirst())
  }

  /// A component of a pattern.
  private struct Wildcard: Hashable {
    /// The text between the asterisks.
    let parts: [String]
    let isAnyFolders: Bool

    init(_ text: Substring) {
      parts = text.split(separator: "*", omittingEmptySubsequences: false).map(String.init)
      isAnyFolders = parts == ["", "", ""]
    }

    func matches(_ text: Substring) -> Bool {
      guard let first = parts.first, let last = parts.last else { return text.isEmpty }
      if parts.count == 1 { return text == first }
      guard text.utf8.count >= first.utf8.count + last.utf8.count,
        text.utf8.suffix(last.utf8.count).elementsEqual(last.utf8), text.utf8.starts(with: first.utf8)
      else { return false }
      if parts.count == 2 { return true }
      var rest = text.dropFirst(first.count).dropLast(last.count)
      for part in parts.dropFirst().dropLast() where !part.isEmpty {
        guard let found = rest.firstRange(of: part) else { return false }
        rest = rest[found.upperBound...]
      }
      return true
    }
  }
}
