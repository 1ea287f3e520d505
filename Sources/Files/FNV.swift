/// FNV-1a, 64 bits (http://www.isthe.com/chongo/tech/comp/fnv/): a checksum that is the same everywhere and always, for
/// names and words. Whoever wants can make two texts of one; see ``Digest`` for what nobody must.
public struct FNV: Sendable {
  /// The hash of what was added.
  public private(set) var value: UInt64 = 0xCBF2_9CE4_8422_2325

  /// What each step multiplies by.
  public static let prime: UInt64 = 0x100_0000_01B3

  /// Makes a hash of nothing.
  public init() {}

  /// Adds a byte.
  public mutating func add(_ byte: UInt8) { value = (value ^ UInt64(byte)) &* Self.prime }

  /// The hash of bytes.
  public static func hash(_ bytes: some Sequence<UInt8>) -> UInt64 {
    var hash = FNV()
    for byte in bytes { hash.add(byte) }
    return hash.value
  }

  /// The hash of bytes as sixteen hexadecimal digits.
  public static func digits(_ bytes: some Sequence<UInt8>) -> String {
    hash(bytes).digits
  }
}

extension UInt64 {
  /// The word as sixteen hexadecimal digits.
  var digits: String {
    let digits = String(self, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
