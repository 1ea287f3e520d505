import Files

/// The weighted words that characterize the topic of a text. They find related texts with different wording.
public struct Terms: Sendable, Hashable, Storable {
  /// The maximum number of words kept for a text, those with the greatest weight.
  static let limit = 96

  /// A weighted word.
  struct Term: Sendable, Hashable {
    /// The hash of the word.
    let word: UInt32
    /// The weight in the text, 1 to 255.
    let weight: UInt8
  }

  /// The words, sorted by hash.
  let all: [Term]

  /// Extracts the words of a text.
  ///
  /// - Parameter parts: The parts of the text, each with the weight of its words.
  public init(_ parts: [(text: ArraySlice<UInt8>, weight: Int)]) {
    var counts = WordCounts()
    for part in parts {
      Words.each(in: part.text) { word, length in counts.add(word, length: length, times: part.weight) }
    }
    // Among words with the same count, longer ones are more specific.
    var ranked = counts.all.map {
      UInt64(min($0.count, 255)) << 40 | UInt64(min($0.length, 255)) << 32 | UInt64(~$0.word)
    }
    if ranked.count > Self.limit {
      ranked.sort(by: >)
      ranked.removeSubrange(Self.limit...)
    }
    all = ranked.map {
      Term(word: ~UInt32(truncatingIfNeeded: $0), weight: Self.damped(Int($0 >> 40)))
    }.sorted { $0.word < $1.word }
  }

  /// Returns the damped weight of a count: 1 + log2 of the count, in sixteenths. A word used eight times is not eight
  /// times as significant.
  private static func damped(_ count: Int) -> UInt8 {
    let whole = Int.bitWidth - 1 - count.leadingZeroBitCount
    let rest = count * 16 / (1 << whole) - 16
    return UInt8(clamping: 16 + whole * 16 + rest)
  }

  /// Writes the number of words, then the words.
  public func store(in bytes: inout ByteWriter) {
    bytes.write(all.count)
    for term in all { bytes.write(UInt64(term.word) << 8 | UInt64(term.weight)) }
  }

  /// Reads the values written by ``store(in:)``.
  public init(from bytes: inout ByteReader) throws(ByteReader.Failure) {
    let count = try bytes.readNumber()
    guard count <= Self.limit else { throw ByteReader.Failure() }
    var all: [Term] = []
    all.reserveCapacity(count)
    for _ in 0..<count {
      let word = try bytes.readWord()
      all.append(Term(word: UInt32(truncatingIfNeeded: word >> 8), weight: UInt8(truncatingIfNeeded: word)))
    }
    self.all = all
  }
}
