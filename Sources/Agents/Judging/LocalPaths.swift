/// Paths into the folder of one person on one machine.
enum LocalPaths {
  /// Where such a path ends that begins at a place, or nil where none does.
  static func end(at index: Int, in bytes: [UInt8]) -> Int? {
    for lead in leads where bytes.count - index > lead.count && bytes[index..<index + lead.count].elementsEqual(lead) {
      let limit = min(bytes.count, index + longest)
      var end = index + lead.count
      while end < limit, isName(bytes[end]) { end += 1 }
      let person = String(decoding: bytes[index + lead.count..<end], as: UTF8.self)
      guard !person.isEmpty, !anybody.contains(person.lowercased()) else { return nil }
      while end < limit, isName(bytes[end]) || separators.contains(bytes[end]) { end += 1 }
      while end > index, bytes[end - 1] == UInt8(ascii: ".") || bytes[end - 1] == UInt8(ascii: ":") { end -= 1 }
      return end
    }
    return nil
  }

  /// How many bytes of a path are looked at.
  private static let longest = 300

  /// What such paths begin with.
  static let leads = ["/Users/", "/home/", "C:\\Users\\", "C:/Users/", "D:\\Users\\", "/opt/"].map {
    Array($0.utf8)
  }

  /// What stands for whoever reads.
  private static let anybody: Set<String> = [
    "user", "users", "username", "user-name", "user_name", "your-username", "your_username", "yourusername", "yourname",
    "your-name", "your_name", "you", "me",
    "name", "xxx", "xyz", "foo", "shared", "public", "default", "homebrew",
  ]

  private static let separators = Set("/\\:".utf8)

  private static func isName(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20) || byte >= 0x80 || "-_.".utf8.contains(byte)
  }
}
