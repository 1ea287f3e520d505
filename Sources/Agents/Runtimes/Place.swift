/// Where a runtime keeps files, and what they are: a pattern of paths with the kind, the format and the runtime.
///
/// `*` stands for any characters within a component, `**` for any number of folders. A pattern without a slash is about
/// the file's name, wherever the file is; one with slashes may begin in any folder. Letter case does not matter.
public struct Place: Sendable, Hashable {
  /// What a file is for.
  public enum Kind: String, Sendable, CaseIterable {
    /// An agent, or a mode.
    case agent
    /// A skill: a folder with a file that describes it.
    case skill
    /// A command or a prompt that people start.
    case command
    /// An instruction or a rule that a session follows.
    case instruction
  }

  /// How a file is written.
  public enum Format: String, Sendable, CaseIterable {
    /// Markdown, mostly with frontmatter.
    case markdown
    /// TOML.
    case toml
    /// JSON.
    case json
    /// YAML.
    case yaml

    /// The format of files whose name ends as that of a path does; Markdown if nothing else is known.
    init(ofName path: String) {
      self =
        switch path.split(separator: ".").last?.lowercased() {
        case "toml": .toml
        case "json": .json
        case "yaml", "yml": .yaml
        default: .markdown
        }
    }
  }

  /// The pattern, as written.
  public let pattern: String
  /// What the files are for; nil for whatever else is in a runtime's folder.
  public let kind: Kind?
  /// How they are written.
  public let format: Format
  /// The key of the runtime that reads them.
  public let runtime: String
  /// Fields whose values YAML refuses as people write them, and the runtime reads.
  let bareFields: [String]
  /// The hidden folder that it begins in, for example `.claude`; nil if it begins in none.
  let hiddenFolder: String?
  private let folders: [Wildcard]
  private let name: Wildcard

  init(
    _ pattern: String, kind: Kind? = nil, format: Format? = nil, runtime: String, bareFields: [String] = []
  ) {
    self.pattern = pattern
    self.kind = kind
    self.format = format ?? Format(ofName: pattern)
    self.runtime = runtime
    self.bareFields = bareFields
    let parts = pattern.lowercased().split(separator: "/")
    // Any file in a folder, or in one below it.
    let isOpen = parts.last == "**"
    folders = (isOpen ? parts[...] : parts.dropLast()).map { Wildcard($0) }
    name = Wildcard(isOpen ? "*" : parts.last ?? "")
    hiddenFolder = parts.count > 1 ? parts.first.flatMap { $0.hasPrefix(".") ? String($0) : nil } : nil
  }

  /// Whether it is about the names of files, wherever they are.
  var isForNames: Bool { folders.isEmpty }

  /// The folder whose files it is about, before the first component with a wildcard; nil if there is none.
  var fixedFolder: String? {
    let fixed = pattern.split(separator: "/").dropLast().prefix { !$0.contains("*") }
    return fixed.isEmpty ? nil : fixed.joined(separator: "/")
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
    guard let first = folders.first else { return true }
    let path = components.dropLast()
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

    init(_ text: Substring) {
      parts = text.split(separator: "*", omittingEmptySubsequences: false).map(String.init)
    }

    var isAnyFolders: Bool { parts == ["", "", ""] }

    func matches(_ text: Substring) -> Bool {
      guard let first = parts.first, let last = parts.last else { return text.isEmpty }
      if parts.count == 1 { return text == first }
      guard text.utf8.count >= first.utf8.count + last.utf8.count, text.hasSuffix(last), text.hasPrefix(first) else {
        return false
      }
      var rest = text.dropFirst(first.count).dropLast(last.count)
      for part in parts.dropFirst().dropLast() where !part.isEmpty {
        guard let found = rest.firstRange(of: part) else { return false }
        rest = rest[found.upperBound...]
      }
      return true
    }
  }
}
