import Rules

/// Reports paths into one person's home folder.
///
/// Only home folders of macOS and Windows count. Paths below `/home` and `/opt` nearly always belong to accounts or
/// programs of containers and servers.
enum PathLocal: TextRule {
  static let rule = Rule(
    "path-local", .note, "a path in one person's home folder",
    what: """
      Reports paths such as `/Users/NAME/…` and `C:\\Users\\NAME\\…`. Names used in examples, such as `alice` and \
      `username`, are not reported. Neither is anything below `/home` and `/opt`, where containers and servers keep \
      their files.
      """,
    why: """
      The path exists on one machine. On other machines, the agent does not find the file. The path also reveals a \
      user name.
      """,
    fix: "Use a path relative to the project, or a variable such as `$HOME`.",
    failing: Example(
      """
      ---
      name: reader
      description: Reads design documents.
      tools: Read
      ---
      Read /Users/anna/notes.md first.
      """, line: 6, column: 6),
    passing: Example(
      """
      ---
      name: reader
      description: Reads design documents.
      tools: Read
      ---
      Read docs/notes.md first.
      """))

  static func check(at index: Int, _ findings: inout FindingList) -> Int? {
    let bytes = findings.text.utf8
    guard bytes[index] == UInt8(ascii: "/") || index + 1 < bytes.count && bytes[index + 1] == UInt8(ascii: ":"),
      let end = end(at: index, in: bytes)
    else { return nil }
    let path = String(decoding: bytes[index..<end], as: UTF8.self)
    findings.add(
      rule, "\(Bounds.cut(path, to: 80)) is in one person's home folder",
      help: "Use a path relative to the project, or a variable such as $HOME.", textRange: index..<end)
    return end
  }

  /// Returns the end of the path that begins at an index, or nil if there is none.
  private static func end(at index: Int, in bytes: [UInt8]) -> Int? {
    for lead in leads where bytes.count - index > lead.count && bytes[index..<index + lead.count].elementsEqual(lead) {
      let limit = min(bytes.count, index + longest)
      var end = index + lead.count
      while end < limit, isName(bytes[end]) { end += 1 }
      let person = String(decoding: bytes[index + lead.count..<end], as: UTF8.self)
      guard !isPlaceholder(person.lowercased()) else { return nil }
      let below = end
      while end < limit, isName(bytes[end]) || separators.contains(bytes[end]) { end += 1 }
      while end > index, bytes[end - 1] == UInt8(ascii: ".") || bytes[end - 1] == UInt8(ascii: ":") { end -= 1 }
      // A home folder alone is usually an example of a path.
      return end > below + 1 && bytes[below...end - 1].contains(where: isName) ? end : nil
    }
    return nil
  }

  /// The maximum number of bytes examined in a path.
  private static let longest = 300

  /// The beginnings of such paths.
  static let leads = [
    "/Users/", "C:\\Users\\", "C:\\\\Users\\\\", "C:/Users/", "D:\\Users\\", "D:/Users/",
  ].map { Array($0.utf8) }

  /// Returns whether a name is a placeholder.
  private static func isPlaceholder(_ name: String) -> Bool {
    name.utf8.count < 3 || name.hasPrefix(".") || anybody.contains(name)
      || ["user", "name", "your", "example", "xxx", "doe"].contains { name.contains($0) }
      || ["my", "some"].contains { name.hasPrefix($0) }
  }

  /// Names used in examples, and generic accounts.
  private static let anybody: Set<String> = [
    "you", "foo", "bar", "baz", "xyz", "abc", "shared", "public", "default", "homebrew", "guest", "me",
    "alice", "bob", "carol", "john", "jane", "jsmith", "admin", "administrator", "root", "dev", "developer", "test",
    "tester", "demo", "project", "person", "someone", "runner", "runneradmin", "vagrant", "containeradministrator",
  ]

  private static let separators = Set("/\\:".utf8)

  private static func isName(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20) || byte >= 0x80 || "-_.".utf8.contains(byte)
  }
}
