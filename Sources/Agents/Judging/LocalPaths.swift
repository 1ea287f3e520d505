/// Paths into the home folder of one person.
///
/// Only folders that macOS and Windows give to people count. What is below `/home` and `/opt` is nearly always an account
/// or a program of a container or a server.
enum LocalPaths {
  /// Where such a path ends that begins at a place, or nil where none does.
  static func end(at index: Int, in bytes: [UInt8]) -> Int? {
    for lead in leads where bytes.count - index > lead.count && bytes[index..<index + lead.count].elementsEqual(lead) {
      let limit = min(bytes.count, index + longest)
      var end = index + lead.count
      while end < limit, isName(bytes[end]) { end += 1 }
      let person = String(decoding: bytes[index + lead.count..<end], as: UTF8.self)
      guard !isPlaceholder(person.lowercased()) else { return nil }
      let below = end
      while end < limit, isName(bytes[end]) || separators.contains(bytes[end]) { end += 1 }
      while end > index, bytes[end - 1] == UInt8(ascii: ".") || bytes[end - 1] == UInt8(ascii: ":") { end -= 1 }
      // A home folder alone is an example of what a path looks like.
      return end > below + 1 && bytes[below...end - 1].contains(where: isName) ? end : nil
    }
    return nil
  }

  /// How many bytes of a path are looked at.
  private static let longest = 300

  /// What such paths begin with.
  static let leads = [
    "/Users/", "C:\\Users\\", "C:\\\\Users\\\\", "C:/Users/", "D:\\Users\\", "D:/Users/",
  ].map { Array($0.utf8) }

  /// Whether a name is that of nobody in particular.
  private static func isPlaceholder(_ name: String) -> Bool {
    name.utf8.count < 3 || name.hasPrefix(".") || anybody.contains(name)
      || ["user", "name", "your", "example", "xxx", "doe"].contains { name.contains($0) }
      || ["my", "some"].contains { name.hasPrefix($0) }
  }

  /// Names of examples, and accounts that are nobody's.
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
