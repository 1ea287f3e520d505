import Files
import Text

/// The owners of files in a repository, from its CODEOWNERS file.
///
/// The formats:
/// https://docs.github.com/en/repositories/managing-your-repositorys-settings-and-features/customizing-your-repository/about-code-owners
/// and https://docs.gitlab.com/user/project/codeowners/reference/
public struct CodeOwners: Sendable {
  /// The dialect of a CODEOWNERS file.
  public enum Dialect: Sendable {
    /// The last matching line decides. A path that contains a slash is anchored at the root.
    case github
    /// The last matching line of each section decides. A path is anchored at the root if it starts with a slash.
    case gitlab
  }

  private struct Line {
    let pattern: PathPattern
    let owners: [String]
    /// Whether it excludes files from its section.
    var isExclusion = false
  }

  private struct Section {
    let name: String
    var owners: [String] = []
    var lines: [Line] = []
  }

  private var sections = [Section(name: "")]

  /// Parses a file. Lines without content are skipped.
  ///
  /// - Parameters:
  ///   - text: The content of the file.
  ///   - dialect: The dialect. A file with sections is always parsed as GitLab's.
  public init(_ text: String, dialect: Dialect) {
    let lines = text.split(whereSeparator: \.isNewline).map { $0.drop(while: \.isWhitespace) }
      .filter { !$0.isEmpty && !$0.hasPrefix("#") }
    let dialect = lines.contains { Self.heading($0) != nil } ? .gitlab : dialect
    var current = 0
    for line in lines {
      if dialect == .gitlab, let heading = Self.heading(line) {
        let name = heading.name.lowercased()
        current = sections.firstIndex { $0.name == name } ?? sections.count
        if current == sections.count { sections.append(Section(name: name)) }
        if !heading.owners.isEmpty { sections[current].owners = heading.owners }
        continue
      }
      var words = Self.words(line)
      guard !words.isEmpty else { continue }
      var path = words.removeFirst()
      if dialect == .github, let comment = words.firstIndex(where: { $0.hasPrefix("#") }) {
        words.removeSubrange(comment...)
      }
      let isExclusion = dialect == .gitlab && path.hasPrefix("!")
      if isExclusion { path.removeFirst() }
      if path.hasPrefix("\\#") { path.removeFirst() }
      guard let pattern = PathPattern(path, dialect) else { continue }
      let owners = words.filter(Self.isOwner)
      let usual = dialect == .gitlab ? sections[current].owners : []
      sections[current].lines.append(
        Line(pattern: pattern, owners: owners.isEmpty ? usual : owners, isExclusion: isExclusion))
    }
  }

  /// Returns the owners of a file, in the order of the CODEOWNERS file; empty if no line names any.
  ///
  /// - Parameter path: The path of the file, relative to the root of the repository.
  public func owners(of path: RelativePath) -> [String] {
    let components = path.components.map { Array($0.utf8) }
    var owners: [String] = []
    for section in sections {
      let matching = section.lines.filter { $0.pattern.matches(components) }
      if matching.contains(where: \.isExclusion) { continue }
      for owner in matching.last?.owners ?? [] where !owners.contains(owner) { owners.append(owner) }
    }
    return owners
  }

  // MARK: Lines

  /// Parses a section heading: `[Name]`, `^[Name]` or `[Name][2]`, optionally followed by owners.
  private static func heading(_ line: Substring) -> (name: String, owners: [String])? {
    let line = line.hasPrefix("^") ? line.dropFirst() : line
    guard line.hasPrefix("["), let end = line.firstIndex(of: "]") else { return nil }
    let name = line[line.index(after: line.startIndex)..<end]
    var rest = line[line.index(after: end)...]
    if rest.hasPrefix("["), let close = rest.firstIndex(of: "]") {
      guard rest.dropFirst().prefix(upTo: close).allSatisfy(\.isNumber) else { return nil }
      rest = rest[rest.index(after: close)...]
    }
    // A path that starts with a character range continues directly after the bracket.
    guard !name.isEmpty, rest.first.map(\.isWhitespace) ?? true else { return nil }
    return (String(name), words(rest).filter(isOwner))
  }

  /// Splits a line into words. A backslash escapes a space.
  private static func words(_ line: Substring) -> [String] {
    var words: [String] = []
    var word = ""
    var isEscaped = false
    for character in line {
      if isEscaped {
        word += character.isWhitespace ? String(character) : "\\\(character)"
        isEscaped = false
      } else if character == "\\" {
        isEscaped = true
      } else if character.isWhitespace {
        if !word.isEmpty { words.append(word) }
        word = ""
      } else {
        word.append(character)
      }
    }
    return word.isEmpty ? words : words + [word]
  }

  /// Returns whether a word is an owner: `@user`, `@group/team`, `@@role` or an email address.
  private static func isOwner(_ word: String) -> Bool {
    guard let mark = word.lastIndex(of: "@") else { return false }
    return word.hasPrefix("@") ? word.contains { $0 != "@" } : word.index(after: mark) != word.endIndex
  }
}

/// A case-sensitive pattern of a CODEOWNERS file.
private struct PathPattern {
  private let parts: [[UInt8]]
  /// Whether the pattern also matches everything inside a matching folder.
  private let takesFolders: Bool

  init?(_ text: String, _ dialect: CodeOwners.Dialect) {
    let isFolder = text.hasSuffix("/")
    var parts = text.split(separator: "/").map { Array($0.utf8) }
    guard let last = parts.last else { return nil }
    let isAnchored: Bool
    switch dialect {
    case .github:
      isAnchored = text.dropLast(isFolder ? 1 : 0).contains("/")
      // `docs/*` matches the files directly in the folder, but not those in subfolders.
      takesFolders = isFolder || !isAnchored || !last.contains(UInt8(ascii: "*")) || last == Self.anything
    case .gitlab:
      isAnchored = text.hasPrefix("/")
      takesFolders = isFolder
    }
    if !isAnchored, parts.first != Self.anything { parts.insert(Self.anything, at: 0) }
    if isFolder { parts += [Self.anything, [UInt8(ascii: "*")]] }
    self.parts = parts
  }

  private static let anything = Array("**".utf8)

  func matches(_ path: [[UInt8]]) -> Bool {
    if Self.wildcards.fit(path[...], parts[...]) { return true }
    return takesFolders && path.indices.dropFirst().contains { Self.wildcards.fit(path[..<$0], parts[...]) }
  }

  private static let wildcards = Wildcards(many: UInt8(ascii: "*"), one: UInt8(ascii: "?"))
}
