import Files

/// The words that tell what a text is about, with how much each weighs in it: by these texts are found that are near
/// each other in topic, however they are put.
public struct Terms: Sendable, Hashable, Storable {
  /// How many are kept of a text: those that weigh most.
  static let limit = 96

  /// A word that counts in a text.
  struct Term: Sendable, Hashable {
    /// The hash of the word.
    let word: UInt32
    /// How much it weighs in the text, 1 to 255.
    let weight: UInt8
  }

  /// The words, by their hashes.
  let all: [Term]

  /// Takes the words of a text.
  ///
  /// - Parameter parts: the parts of the text, each with how much a word in it counts.
  public init(_ parts: [(text: ArraySlice<UInt8>, weight: Int)]) {
    var counts = WordCounts()
    for part in parts {
      Words.each(in: part.text) { word, length in counts.add(word, length: length, times: part.weight) }
    }
    // Of words that count the same, the long ones tell more.
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

  /// A word that is said eight times does not tell eight times as much: 1 + log2 of the count, in sixteenths.
  private static func damped(_ count: Int) -> UInt8 {
    let whole = Int.bitWidth - 1 - count.leadingZeroBitCount
    let rest = count * 16 / (1 << whole) - 16
    return UInt8(clamping: 16 + whole * 16 + rest)
  }

  /// Writes it.
  public func store(in bytes: inout ByteWriter) {
    bytes.write(all.count)
    for term in all { bytes.write(UInt64(term.word) << 8 | UInt64(term.weight)) }
  }

  /// Reads what ``store(in:)`` wrote.
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
