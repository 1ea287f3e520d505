import Files

/// Where a runtime keeps files, and what they are: a pattern of paths with the kind, the format and the runtime.
///
/// `*` stands for any characters within a component, `**` for any number of folders. A pattern without a slash is about
/// the file's name, wherever the file is; one with slashes may begin in any folder. Letter case does not matter.
public struct Place: Sendable, Hashable {
  /// The pattern, as written.
  public let pattern: String
  /// What the files are for; nil for whatever else is in a runtime's folder.
  public let kind: ItemKind?
  /// How they are written.
  public let format: ItemFormat
  /// The key of the runtime that reads them.
  public let runtime: String
  /// The manifest of a plugin, below the plugin's folder, of whose files this is; the pattern begins in the plugin's
  /// folder. Nil for files of a project.
  public let manifest: String?
  /// Fields whose values YAML refuses as people write them, and the runtime reads.
  let bareFields: [String]
  /// Whether the files need no frontmatter, whatever holds for others of their kind.
  let isPlain: Bool
  /// What the runtime makes of every file here, where it does not load them; nil where that depends on the file.
  let effect: Effect?
  /// The lists and maps of a file that hold items; none where the file is one.
  let holders: [ItemHolder]
  /// How files in a data format are read.
  let traits: DataTraits
  /// The hidden folder that it begins in, for example `.claude`; nil if it begins in none.
  let hiddenFolder: String?
  private let folders: [Wildcard]
  private let name: Wildcard
  /// How specific it is: of two places that hold a file, the one with the lower rank decides.
  ///
  /// A folder says more than a name such as `AGENTS.md`, which may stand anywhere.
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
    // Any file in a folder, or in one below it.
    let isOpen = parts.last == "**"
    folders = (isOpen ? parts[...] : parts.dropLast()).map { Wildcard($0) }
    name = Wildcard(isOpen ? "*" : parts.last ?? "")
    hiddenFolder = parts.count > 1 ? parts.first.flatMap { $0.hasPrefix(".") ? String($0) : nil } : nil
    rank =
      if kind == nil {
        4
      } else if manifest != nil {
        1
      } else if !folders.isEmpty {
        0
      } else {
        pattern.contains("*") ? 2 : 3
      }
  }

  /// Whether it is about files of one name, wherever they are.
  var isForName: Bool { rank == 3 }

  /// Whether a file of that name is meant: `agents.md` is a page about agents. The file of a skill may be `skill.md`.
  ///
  /// - Parameters:
  ///   - name: the name, without the folders above it.
  ///   - path: the file, with the folders above as far as they are known.
  func isNamed(_ name: String, _ path: String) -> Bool {
    let own = name.utf8
    guard own.count == pattern.utf8.count else { return false }
    guard kind == .skill else { return own.elementsEqual(pattern.utf8) }
    return (own.elementsEqual(pattern.utf8) || own.elementsEqual(pattern.lowercased().utf8))
      && FolderNames.describesSkill(path)
  }

  /// The folder whose files it is about, before the first component with a wildcard; nil if there is none.
  var fixedFolder: String? {
    let fixed = pattern.split(separator: "/").dropLast().prefix { !$0.contains("*") }
    return fixed.isEmpty ? nil : fixed.joined(separator: "/")
  }

  /// The folders of a file below the fixed one of the pattern; none where the pattern has no such folder.
  func folders(below path: String) -> [String] {
    guard let fixed = fixedFolder?.lowercased().split(separator: "/") else { return [] }
    let folders = path.split(separator: "/").dropLast()
    let last = folders.indices.last { folders[$0...].prefix(fixed.count).map { $0.lowercased()[...] } == fixed }
    return last.map { folders[$0...].dropFirst(fixed.count).map(String.init) } ?? []
  }

  /// What the name of a file ends with besides its extension: `.agent` for `*.agent.md`.
  var nameEnding: String? {
    let parts = (pattern.split(separator: "/").last ?? "").split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 3 && parts[0] == "*" ? ".\(parts[1])" : nil
  }

  /// The path of a file of a name that would be found here.
  ///
  /// - Parameter folder: the folder to put it in, or nil for the pattern's own.
  public func path(of name: String, in folder: String? = nil) -> String {
    let own = pattern.split(separator: "/").filter { $0 != "**" }.drop { folder != nil && !$0.contains("*") }
    let path = own.map { $0.replacing("*", with: name) }.joined(separator: "/")
    return folder.map { "\($0)/\(path)" } ?? path
  }

  /// Whether a file is in this place.
  ///
  /// - Parameter components: those of its path, in lower case.
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
    /// What is between the stars.
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
