import Files

/// A text in 120 bytes, by which texts that are much alike are found without holding each against each.
///
/// A signature of minimal hashes, eight bits of each (b-bit minwise hashing: Li and König, 2010). The text's runs of
/// words are thrown into bins once (one permutation hashing: Li, Owen and Zhang, 2012), empty bins filled from others
/// chosen by a hash (optimal densification: Shrivastava, 2017).
///
/// Bands of it are what similar texts share (Leskovec, Rajaraman and Ullman, Mining of Massive Datasets, 3.4): two
/// texts that share half of their runs have a band in common in 995 of 1,000 cases, two that share a fifth in 275.
public struct Sketch: Sendable, Hashable, Storable {
  /// How many bands there are, and how many hashes a band has.
  static let (bandCount, rows) = (40, 3)
  /// How many hashes there are.
  static let length = bandCount * rows
  /// How many runs a text must have to be held against others: what is shorter is alike by chance.
  static let shortest = 16

  /// The hashes, eight in a word; none of a text that is too short.
  let words: [UInt64]

  /// Whether the text was too short.
  public var isEmpty: Bool { words.isEmpty }

  /// Makes a sketch of a text.
  public init(_ text: ArraySlice<UInt8>) {
    var least = [UInt32](repeating: .max, count: Self.length)
    var count = 0
    least.withUnsafeMutableBufferPointer { least in
      Shingles.each(in: text) { hash in
        count &+= 1
        let bin = Self.bin(hash)
        least[bin] = min(least[bin], UInt32(truncatingIfNeeded: hash))
      }
    }
    guard count >= Self.shortest else {
      words = []
      return
    }
    let found = least
    for bin in 0..<Self.length where found[bin] == .max {
      var attempt: UInt64 = 0
      var donor = bin
      while found[donor] == .max, attempt < 10_000 {
        attempt &+= 1
        donor = Self.bin(Shingles.mixed(UInt64(bin) << 32 | attempt))
      }
      least[bin] = found[donor]
    }
    words = stride(from: 0, to: Self.length, by: 8).map { start in
      (0..<8).reduce(0) { $0 | UInt64(least[start + $1] & 0xFF) << UInt64($1 * 8) }
    }
  }

  /// The bin of a hash, by its upper half.
  private static func bin(_ hash: UInt64) -> Int { Int(((hash >> 32) &* UInt64(length)) >> 32) }

  /// A band of a sketch: the hashes of a few bins.
  static func band(_ number: Int, of words: UnsafeBufferPointer<UInt64>) -> UInt64 {
    (0..<rows).reduce(0) { band, row in
      let place = (number % bandCount) * rows + row
      return band << 8 | words[place >> 3] >> UInt64((place & 7) << 3) & 0xFF
    }
  }

  /// How much two texts have in common, 0 to 1, within 0.15 in 999 of 1,000 cases. Neither may be too short.
  func estimate(_ other: Sketch) -> Double {
    words.withUnsafeBufferPointer { left in
      other.words.withUnsafeBufferPointer { right in Self.estimate(left, right) }
    }
  }

  static func estimate(_ left: UnsafeBufferPointer<UInt64>, _ right: UnsafeBufferPointer<UInt64>) -> Double {
    var equal = 0
    for place in 0..<min(left.count, right.count) {
      let difference = left[place] ^ right[place]
      // A byte that is not nothing gets its highest bit.
      let low = (difference & 0x7F7F_7F7F_7F7F_7F7F) &+ 0x7F7F_7F7F_7F7F_7F7F
      equal &+= 8 &- ((low | difference) & 0x8080_8080_8080_8080).nonzeroBitCount
    }
    // One of 256 agrees by chance.
    return max(0, (Double(equal) / Double(length) - 1.0 / 256) / (1 - 1.0 / 256))
  }

  /// Writes it.
  public func store(in bytes: inout ByteWriter) {
    bytes.write(words.count)
    for word in words { bytes.write(word) }
  }

  /// Reads what ``store(in:)`` wrote.
  public init(from bytes: inout ByteReader) throws(ByteReader.Failure) {
    let count = try bytes.readNumber()
    guard count == 0 || count == Self.length / 8 else { throw ByteReader.Failure() }
    var words: [UInt64] = []
    words.reserveCapacity(count)
    for _ in 0..<count { words.append(try bytes.readWord()) }
    self.words = words
  }
}
