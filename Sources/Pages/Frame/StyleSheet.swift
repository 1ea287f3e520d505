/// Style sheets and the files that they load.
enum StyleSheet {
  /// Returns a style sheet in which `url(NAME)` refers to the published name of a file.
  ///
  /// - Parameter addresses: The published names, by original name.
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

  /// Returns a style sheet without its fonts, for a page that may not load files.
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
