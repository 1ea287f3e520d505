/// FNV-1a, 64 bits (http://www.isthe.com/chongo/tech/comp/fnv/): a stable checksum for names and words.
///
/// It is easy to construct collisions. Use ``Digest`` where that matters.
public struct FNV: Sendable {
  /// The hash of the bytes added so far.
  public private(set) var value: UInt64 = 0xCBF2_9CE4_8422_2325

  /// The multiplier of each step.
  public static let prime: UInt64 = 0x100_0000_01B3

  /// Creates the hash of an empty input.
  public init() {}

  /// Adds a byte.
  public mutating func add(_ byte: UInt8) { value = (value ^ UInt64(byte)) &* Self.prime }

  /// Returns the hash of bytes.
  public static func hash(_ bytes: some Sequence<UInt8>) -> UInt64 {
    var hash = FNV()
    for byte in bytes { hash.add(byte) }
    return hash.value
  }

  /// Returns the hash of bytes as sixteen hexadecimal digits.
  public static func digits(_ bytes: some Sequence<UInt8>) -> String {
    hash(bytes).digits
  }
}

extension UInt64 {
  /// The number as sixteen hexadecimal digits.
  var digits: String {
    let digits = String(self, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
