/// Style sheets and the files that they load.
enum StyleSheet {
  /// A style sheet in which `url(NAME)` of a published file has the name that the file is published under.
  ///
  /// - Parameter addresses: the names that the files are published under, by their own.
  static func naming(_ addresses: [String: String], in bytes: [UInt8]) -> [UInt8] {
    let open = Array("url(".utf8)
    var result: [UInt8] = []
    var rest = bytes[...]
    while let range = rest.firstRange(of: open), let end = rest[range.upperBound...].firstIndex(of: UInt8(ascii: ")")) {
      let name = String(decoding: rest[range.upperBound..<end], as: UTF8.self)
      result += rest[..<range.upperBound]
      result += addresses[name].map { Array($0.utf8) } ?? Array(rest[range.upperBound..<end])
      rest = rest[end...]
    }
    return result + rest
  }

  /// A style sheet without its fonts, for a page that may load no file.
  static func withoutFonts(_ bytes: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    var rest = bytes[...]
    while let range = rest.firstRange(of: Array("@font-face".utf8)),
      let end = rest[range.upperBound...].firstIndex(of: UInt8(ascii: "}"))
    {
      result += rest[..<range.lowerBound]
      rest = rest[(end + 1)...]
    }
    return result + rest
  }
}
