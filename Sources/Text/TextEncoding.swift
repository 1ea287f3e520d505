/// The encoding of a text file, detected from its byte order mark or its zero bytes.
public enum TextEncoding: Sendable, Hashable {
  /// UTF-8, or no other detected encoding.
  case utf8
  /// UTF-16.
  case utf16(isBigEndian: Bool)
  /// UTF-32.
  case utf32(isBigEndian: Bool)

  /// The name of the encoding, without the byte order.
  public var title: String {
    switch self {
    case .utf8: "UTF-8"
    case .utf16: "UTF-16"
    case .utf32: "UTF-32"
    }
  }

  /// Detects the encoding of a file.
  public init(of bytes: [UInt8]) {
    let start = bytes.prefix(Self.sampleSize)
    guard start.count >= 2 else {
      self = .utf8
      return
    }
    // The UTF-32 byte order mark begins with that of UTF-16, so test it first.
    if bytes.count % 4 == 0, start.starts(with: [0xFF, 0xFE, 0, 0]) {
      self = .utf32(isBigEndian: false)
    } else if bytes.count % 4 == 0, start.starts(with: [0, 0, 0xFE, 0xFF]) {
      self = .utf32(isBigEndian: true)
    } else if start.starts(with: [0xFF, 0xFE]) {
      self = .utf16(isBigEndian: false)
    } else if start.starts(with: [0xFE, 0xFF]) {
      self = .utf16(isBigEndian: true)
    } else {
      self = start.contains(0) ? Self.byZeros(start) : .utf8
    }
  }

  /// The number of bytes examined.
  private static let sampleSize = 256

  /// Detects the encoding of a text without a byte order mark. In files that begin with ASCII, every second byte is
  /// zero in UTF-16, and three of four in UTF-32.
  private static func byZeros(_ start: ArraySlice<UInt8>) -> TextEncoding {
    var zeros = [0, 0, 0, 0]
    for (index, byte) in start.enumerated() where byte == 0 { zeros[index % 4] += 1 }
    let quarter = start.count / 4
    guard quarter > 0 else { return .utf8 }
    func isFull(_ place: Int) -> Bool { zeros[place] * 10 >= quarter * 8 }
    func isFree(_ place: Int) -> Bool { zeros[place] == 0 }
    if isFree(0), isFull(1), isFull(2), isFull(3) { return .utf32(isBigEndian: false) }
    if isFree(3), isFull(0), isFull(1), isFull(2) { return .utf32(isBigEndian: true) }
    if isFree(0), isFree(2), isFull(1), isFull(3) { return .utf16(isBigEndian: false) }
    if isFree(1), isFree(3), isFull(0), isFull(2) { return .utf16(isBigEndian: true) }
    return .utf8
  }

  /// Returns the text of a file as UTF-8. A byte order mark is removed, except from UTF-8.
  ///
  /// - Parameter bytes: The bytes of the file, in this encoding. UTF-8 is returned unchanged.
  /// - Returns: The text, and whether every unit of the file is part of a character. Other units become U+FFFD.
  public func decoded(_ bytes: [UInt8]) -> (text: [UInt8], isLossless: Bool) {
    switch self {
    case .utf8:
      return (bytes, true)
    case .utf16(let isBigEndian):
      let units = stride(from: 0, to: bytes.count - 1, by: 2).map { index in
        let (first, second) = (UInt16(bytes[index]), UInt16(bytes[index + 1]))
        return isBigEndian ? first << 8 | second : second << 8 | first
      }
      return Self.transcoded(units, from: UTF16.self, isWhole: bytes.count % 2 == 0)
    case .utf32(let isBigEndian):
      let units = stride(from: 0, to: bytes.count - 3, by: 4).map { index in
        let unit = bytes[index..<index + 4]
        return (isBigEndian ? Array(unit) : unit.reversed()).reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
      }
      return Self.transcoded(units, from: UTF32.self, isWhole: bytes.count % 4 == 0)
    }
  }

  private static func transcoded<Encoding: UnicodeCodec>(
    _ units: [Encoding.CodeUnit], from encoding: Encoding.Type, isWhole: Bool
  ) -> (text: [UInt8], isLossless: Bool) {
    var text: [UInt8] = []
    text.reserveCapacity(units.count)
    let isBroken = transcode(
      units.makeIterator(), from: encoding, to: UTF8.self, stoppingOnError: false, into: { text.append($0) })
    if text.starts(with: [0xEF, 0xBB, 0xBF]) { text.removeFirst(3) }
    return (text, isWhole && !isBroken)
  }
}
