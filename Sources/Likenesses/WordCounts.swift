/// Word counts by hash, in a table with open addressing. A dictionary would take longer than all other work on a text's
/// words.
struct WordCounts {
  /// A counted word.
  struct Entry {
    /// The hash of the word.
    let word: UInt32
    /// The number of occurrences, up to 65,535.
    let count: Int
    /// The length in bytes, up to 65,535.
    let length: Int

    /// Unpacks an entry. The packed value is never 0, because every word has at least one byte.
    fileprivate init(_ packed: UInt64) {
      word = UInt32(truncatingIfNeeded: packed >> 32)
      count = Int(packed >> 16 & 0xFFFF)
      length = Int(packed & 0xFFFF)
    }
  }

  /// The packed entries, each at the slot of its hash or after it. The size is a power of two, and at most half is
  /// full.
  private var table = [UInt64](repeating: 0, count: 2048)
  private(set) var count = 0

  /// The words, unordered.
  var all: [Entry] {
    var all: [Entry] = []
    all.reserveCapacity(count)
    for packed in table where packed != 0 { all.append(Entry(packed)) }
    return all
  }

  /// Returns the count of a word.
  func count(of word: UInt32) -> Int { Int(table[Self.place(of: word, in: table)] >> 16 & 0xFFFF) }

  /// Adds occurrences of a word.
  @inline(__always)
  mutating func add(_ word: UInt32, length: Int, times: Int) {
    let place = Self.place(of: word, in: table)
    if table[place] != 0 {
      let said = min((table[place] >> 16 & 0xFFFF) + UInt64(times), 0xFFFF)
      table[place] = table[place] & ~0xFFFF_0000 | said << 16
      return
    }
    table[place] = UInt64(word) << 32 | UInt64(min(times, 0xFFFF)) << 16 | UInt64(max(1, min(length, 0xFFFF)))
    count &+= 1
    if count &* 2 > table.count { grow() }
  }

  @inline(__always)
  private static func place(of word: UInt32, in table: [UInt64]) -> Int {
    let mask = table.count &- 1
    var place = Int(word &* 0x9E37_79B9 >> 7) & mask
    while table[place] != 0, UInt32(truncatingIfNeeded: table[place] >> 32) != word { place = (place &+ 1) & mask }
    return place
  }

  private mutating func grow() {
    var grown = [UInt64](repeating: 0, count: table.count * 2)
    for packed in table where packed != 0 {
      grown[Self.place(of: UInt32(truncatingIfNeeded: packed >> 32), in: grown)] = packed
    }
    table = grown
  }
}
