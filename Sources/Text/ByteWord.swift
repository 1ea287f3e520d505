/// Eight bytes tested at once, for scans in which few bytes match.
///
/// Each test returns a word in which the high bit of a byte is set if the byte matches. Source: “Determine if a word
/// has a zero byte” and related tricks, https://graphics.stanford.edu/~seander/bithacks.html
public struct ByteWord: Sendable {
  /// The bytes; the first one is the least significant.
  public let bits: UInt64

  /// The number of bytes in a word.
  public static let length = 8

  private static let ones: UInt64 = 0x0101_0101_0101_0101
  private static let highs: UInt64 = 0x8080_8080_8080_8080

  /// Loads the bytes at an offset. At least eight must follow.
  public init(_ bytes: UnsafeRawBufferPointer, at offset: Int) {
    bits = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
  }

  /// Whether every byte is below 0x80.
  public var isASCII: Bool { bits & Self.highs == 0 }

  /// Returns whether the word contains a byte.
  public func holds(_ byte: UInt8) -> Bool {
    let difference = bits ^ (Self.ones &* UInt64(byte))
    return (difference &- Self.ones) & ~difference & Self.highs != 0
  }

  /// Whether any byte is below 0x20. Bytes from 0x80 do not count.
  public var holdsControl: Bool { (bits &- Self.ones &* 0x20) & ~bits & Self.highs != 0 }

  /// Returns a word with the high bit set at each occurrence of a byte. All bytes must be ASCII.
  public func places(of byte: UInt8) -> UInt64 {
    ~((bits ^ (Self.ones &* UInt64(byte))) &+ ~Self.highs) & Self.highs
  }

  /// Words with the high bit set at each letter and at each digit. All bytes must be ASCII.
  public var places: (letters: UInt64, digits: UInt64) {
    let lower = bits | 0x2020_2020_2020_2020
    let letters = (lower &+ Self.ones &* 0x1F) & ~(lower &+ Self.ones &* 0x05)
    let digits = (bits &+ Self.ones &* 0x50) & ~(bits &+ Self.ones &* 0x46)
    return (letters & Self.highs, digits & Self.highs)
  }
}
