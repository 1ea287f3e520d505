#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Order by bytes.
public enum ByteOrder {
  /// The first eight bytes of a text as a number that orders as they do; where two are the same, the texts have to be
  /// compared.
  public static func prefix(of text: String) -> UInt64 {
    var number: UInt64 = 0
    var shift: UInt64 = 64
    for byte in text.utf8.prefix(8) {
      shift -= 8
      number |= UInt64(byte) << shift
    }
    return number
  }
}

extension String {
  /// Whether this text comes before another by its bytes: the same order on every machine and in every locale.
  public func precedesByBytes(_ other: String) -> Bool {
    let order = utf8.withContiguousStorageIfAvailable { left in
      other.utf8.withContiguousStorageIfAvailable { right -> Int in
        guard let first = left.baseAddress, let second = right.baseAddress else { return left.count - right.count }
        let order = Int(memcmp(first, second, min(left.count, right.count)))
        return order == 0 ? left.count - right.count : order
      }
    }
    if let order = order ?? nil { return order < 0 }
    return utf8.lexicographicallyPrecedes(other.utf8)
  }
}
