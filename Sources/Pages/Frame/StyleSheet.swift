import Text

/// Style sheets and the files that they load.
enum StyleSheet {
  /// Returns a style sheet without comments, which readers would download for nothing.
  ///
  /// Comments in quotation marks are text (https://www.w3.org/TR/css-syntax-3/#consume-comment).
  static func withoutComments(_ bytes: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var quote: UInt8?
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      if let open = quote {
        if byte == open || byte == UInt8(ascii: "\n") { quote = nil }
        if byte == UInt8(ascii: "\\"), index + 1 < bytes.count {
          result.append(byte)
          index += 1
        }
      } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
        quote = byte
      } else if byte == UInt8(ascii: "/"), index + 1 < bytes.count, bytes[index + 1] == UInt8(ascii: "*") {
        index += 3
        while index < bytes.count, bytes[index - 1] != UInt8(ascii: "*") || bytes[index] != UInt8(ascii: "/") {
          index += 1
        }
        index += 1
        continue
      }
      result.append(bytes[index])
      index += 1
    }
    return result
  }

  /// Returns a style sheet in which `url(NAME)` refers to the published name of a file.
  ///
  /// - Parameter addresses: The published names, by original name.
  static func naming(_ addresses: [String: String], in bytes: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    var rest = withoutComments(bytes)[...]
    while let range = rest.firstPlace(of: "url("), let end = rest[range.upperBound...].firstIndex(of: UInt8(ascii: ")"))
    {
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
    while let range = rest.firstPlace(of: "@font-face"),
      let end = rest[range.upperBound...].firstIndex(of: UInt8(ascii: "}"))
    {
      result += rest[..<range.lowerBound]
      rest = rest[(end + 1)...]
    }
    return result + rest
  }
}
