/// A set of phrases to search for at the beginnings of words, ignoring case.
struct Phrases: Sendable {
  /// The phrases, indexed by their first byte.
  private let byFirst: [[[UInt8]]]

  /// Creates a set of lowercase ASCII phrases.
  init(_ phrases: [String]) {
    let grouped = Dictionary(grouping: phrases.map { Array($0.utf8) }) { $0.first ?? 0 }
    byFirst = (0...255).map { grouped[UInt8($0)] ?? [] }
  }

  /// The phrases, as bytes.
  var all: [[UInt8]] { byFirst.flatMap(\.self) }

  /// Returns the end of the phrase at an offset, or nil if there is none. A space matches any run of whitespace.
  func end(at place: Int, in text: [UInt8]) -> Int? {
    for phrase in byFirst[Int(text[place] | 0x20)] {
      var position = place
      var isThere = true
      for byte in phrase {
        if byte == 0x20 {
          let start = position
          while position < text.count, text[position] == 0x20 || text[position] == 0x0A || text[position] == 0x09 {
            position += 1
          }
          isThere = position > start && position - start < 40
        } else {
          isThere = position < text.count && Self.lowered(text[position]) == byte
          position += 1
        }
        if !isThere { break }
      }
      if isThere { return position }
    }
    return nil
  }

  private static func lowered(_ byte: UInt8) -> UInt8 { (0x41...0x5A).contains(byte) ? byte | 0x20 : byte }
}
