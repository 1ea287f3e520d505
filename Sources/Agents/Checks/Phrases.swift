/// Phrases to look for in a text, in whatever capitals, at the beginnings of words.
struct Phrases: Sendable {
  /// The phrases by their first bytes.
  private let byFirst: [[[UInt8]]]

  /// Makes a set of phrases of small ASCII letters.
  init(_ phrases: [String]) {
    let grouped = Dictionary(grouping: phrases.map { Array($0.utf8) }) { $0.first ?? 0 }
    byFirst = (0...255).map { grouped[UInt8($0)] ?? [] }
  }

  /// The phrases, as bytes.
  var all: [[UInt8]] { byFirst.flatMap(\.self) }

  /// Where the phrase ends that begins at a place, or nil where none does. Any white space stands for a space.
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
