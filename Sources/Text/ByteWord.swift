/// Eight bytes at once, for scans that most bytes pass.
///
/// Each test gives a word whose bytes have their highest bit set where it holds. Source of the arithmetic: “Determine
/// if a word has a zero byte” and the like, https://graphics.stanford.edu/~seander/bithacks.html
public struct ByteWord: Sendable {
  /// The bytes, the first the lowest.
  public let bits: UInt64

  /// How many bytes a word has.
  public static let length = 8

  private static let ones: UInt64 = 0x0101_0101_0101_0101
  private static let highs: UInt64 = 0x8080_8080_8080_8080

  /// Loads the bytes at an offset; there must be as many.
  public init(_ bytes: UnsafeRawBufferPointer, at offset: Int) {
    bits = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
  }

  /// Whether every byte is below 0x80.
  public var isASCII: Bool { bits & Self.highs == 0 }

  /// Whether one of the bytes is this one.
  public func holds(_ byte: UInt8) -> Bool {
    let difference = bits ^ (Self.ones &* UInt64(byte))
    return (difference &- Self.ones) & ~difference & Self.highs != 0
  }

  /// Whether one of the bytes is below 0x20.
  public var holdsControl: Bool { (bits &- Self.ones &* 0x20) & ~bits & Self.highs != 0 }

  /// The places of a byte; of ASCII only.
  public func places(of byte: UInt8) -> UInt64 {
    ~((bits ^ (Self.ones &* UInt64(byte))) &+ ~Self.highs) & Self.highs
  }

  /// The places of letters and digits; of ASCII only.
  public var places: (letters: UInt64, digits: UInt64) {
    let lower = bits | 0x2020_2020_2020_2020
    let letters = (lower &+ Self.ones &* 0x1F) & ~(lower &+ Self.ones &* 0x05)
    let digits = (bits &+ Self.ones &* 0x50) & ~(bits &+ Self.ones &* 0x46)
    return (letters & Self.highs, digits & Self.highs)
  }
}
