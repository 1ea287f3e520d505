/// The hashed five-word runs of a text, from which similarity is computed.
///
/// After Broder, "On the resemblance and containment of documents" (1997).
public struct Shingles: Sendable {
  /// The number of words in a run.
  public static let length = 5

  /// The distinct hashes in ascending order. For two texts of 1,000 runs with none in common, one pair in 4,000 shares
  /// a hash by chance.
  let hashes: [UInt32]

  /// Hashes the runs of a text. A text of fewer than five words is one run.
  public init(_ text: ArraySlice<UInt8>) {
    var found: [UInt32] = []
    found.reserveCapacity(text.count / 6)
    Self.each(in: text) { found.append(UInt32(truncatingIfNeeded: $0 >> 32)) }
    Self.sort(&found)
    var count = 0
    found.withUnsafeMutableBufferPointer { found in
      for place in found.indices where count == 0 || found[count - 1] != found[place] {
        found[count] = found[place]
        count += 1
      }
    }
    hashes = Array(found.prefix(count))
  }

  /// Sorts numbers with a radix sort, which is faster than comparing them.
  private static func sort(_ numbers: inout [UInt32]) {
    guard numbers.count > 64 else { return numbers.sort() }
    var other = [UInt32](repeating: 0, count: numbers.count)
    var counts = [Int](repeating: 0, count: 4 * 256)
    numbers.withUnsafeMutableBufferPointer { first in
      other.withUnsafeMutableBufferPointer { second in
        counts.withUnsafeMutableBufferPointer { counts in
          for number in first {
            for byte in 0..<4 { counts[byte << 8 | Int(number >> UInt32(byte << 3) & 0xFF)] &+= 1 }
          }
          for byte in 0..<4 {
            var next = 0
            for value in byte << 8..<(byte + 1) << 8 { (counts[value], next) = (next, next &+ counts[value]) }
            // After four passes, the result is in the original buffer.
            let (source, target) = byte.isMultiple(of: 2) ? (first, second) : (second, first)
            for number in source {
              let value = byte << 8 | Int(number >> UInt32(byte << 3) & 0xFF)
              target[counts[value]] = number
              counts[value] &+= 1
            }
          }
        }
      }
    }
  }

  /// The number of distinct runs.
  public var count: Int { hashes.count }

  /// Returns the Jaccard index: the share of runs in either text that are in both, 0 to 1.
  public func similarity(to other: Shingles) -> Double {
    guard !hashes.isEmpty || !other.hashes.isEmpty else { return 1 }
    var common = 0
    hashes.withUnsafeBufferPointer { own in
      other.hashes.withUnsafeBufferPointer { others in
        var left = 0
        var right = 0
        while left < own.count, right < others.count {
          let (first, second) = (own[left], others[right])
          common &+= first == second ? 1 : 0
          left &+= first <= second ? 1 : 0
          right &+= second <= first ? 1 : 0
        }
      }
    }
    return Double(common) / Double(hashes.count + other.hashes.count - common)
  }

  // MARK: Words

  /// Calls `body` with the hash of each run.
  ///
  /// A word is a sequence of letters and digits, regardless of case. Bytes that are not ASCII count as letters.
  @inline(__always)
  static func each(in text: ArraySlice<UInt8>, _ body: (UInt64) -> Void) {
    text.withUnsafeBufferPointer { bytes in
      lowered.withUnsafeBufferPointer { lowered in
        var window: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
        var words = 0
        var hash: UInt64 = 0
        var isInside = false
        func finish() {
          words &+= 1
          if words >= length { body(run(window.0, window.1, window.2, window.3, hash)) }
          window = (window.1, window.2, window.3, hash)
          hash = 0
          isInside = false
        }
        for byte in bytes {
          let letter = lowered[Int(byte)]
          if letter != 0 {
            hash = (hash ^ UInt64(letter)) &* 0x9E37_79B9_7F4A_7C15
            isInside = true
          } else if isInside {
            finish()
          }
        }
        if isInside { finish() }
        if words > 0, words < length { body(run(window.0, window.1, window.2, window.3, UInt64(words))) }
      }
    }
  }

  /// Returns the hash of a run, with well-mixed bits.
  private static func run(_ a: UInt64, _ b: UInt64, _ c: UInt64, _ d: UInt64, _ e: UInt64) -> UInt64 {
    var hash = a &* 3 &+ b.rotated(by: 13) &* 5 &+ c.rotated(by: 26) &* 7 &+ d.rotated(by: 39) &* 11
    hash = hash &+ e.rotated(by: 52) &* 13
    return mixed(hash)
  }

  /// Mixes the bits of a number, so that each depends on all others: the end of SplitMix64 (Steele, Lea and Flood,
  /// 2014).
  static func mixed(_ value: UInt64) -> UInt64 {
    var hash = value &+ 0x9E37_79B9_7F4A_7C15
    hash = (hash ^ hash >> 30) &* 0xBF58_476D_1CE4_E5B9
    hash = (hash ^ hash >> 27) &* 0x94D0_49BB_1331_11EB
    return hash ^ hash >> 31
  }

  /// The lower-case value of each byte in a word; 0 for separators.
  private static let lowered: [UInt8] = (0...255).map { byte in
    switch UInt8(byte) {
    case 0x41...0x5A: UInt8(byte) | 0x20
    case 0x30...0x39, 0x61...0x7A, 0x80...: UInt8(byte)
    default: 0
    }
  }
}

extension UInt64 {
  fileprivate func rotated(by bits: UInt64) -> UInt64 { self << bits | self >> (64 - bits) }
}
