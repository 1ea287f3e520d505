/// Finds candidate positions in a text, in one pass over its bytes.
///
/// It must be fast, because every text is scanned and most have no such position.
struct TextScan {
  /// A position that needs a closer look.
  enum Place {
    /// Text after many blanks or many line feeds.
    case distant(Int, blanks: Int, lineFeeds: Int)
    /// The possible start of an invisible character.
    case invisible(Int)
    /// The start of a word that begins with the first three bytes of a lead.
    case candidate(Int)

    var index: Int {
      switch self {
      case .distant(let index, _, _), .invisible(let index), .candidate(let index): index
      }
    }
  }

  /// The number of blanks, and of line feeds, after which text is out of sight.
  static let distance = (blanks: 300, lineFeeds: 60)

  /// Whether the first three bytes of a word belong to a lead: a table indexed by ``slot(_:_:_:)``.
  private let isLead: [Bool]

  /// Creates a scan for words with these beginnings, ignoring case. Beginnings shorter than three bytes are ignored.
  init(leads: some Sequence<[UInt8]>) {
    var isLead = [Bool](repeating: false, count: Self.slots)
    for lead in leads where lead.count >= 3 { isLead[Self.slot(lead[0], lead[1], lead[2])] = true }
    self.isLead = isLead
  }

  private static let slots = 1 << 13

  private static func slot(_ first: UInt8, _ second: UInt8, _ third: UInt8) -> Int {
    (Int(first | 0x20) &* 1021 &+ Int(second | 0x20) &* 61 &+ Int(third | 0x20)) & (slots - 1)
  }

  /// The class of a byte.
  private enum Kind {
    static let other: UInt8 = 0, word: UInt8 = 1, blank: UInt8 = 2, lineFeed: UInt8 = 3, high: UInt8 = 4

    /// The class of each byte value.
    static let table: [UInt8] = (0...255).map { byte in
      switch UInt8(byte) {
      case 0x20, 0x09: blank
      case 0x0A: lineFeed
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x5F: word
      case 0x80...: high
      default: other
      }
    }
  }

  /// Returns the positions in a text, in order.
  func places(in text: [UInt8]) -> [Place] {
    text.withUnsafeBufferPointer { bytes in
      Kind.table.withUnsafeBufferPointer { kinds in
        isLead.withUnsafeBufferPointer { isLead in Self.places(bytes, kinds, isLead) }
      }
    }
  }

  private static func places(
    _ bytes: UnsafeBufferPointer<UInt8>, _ kinds: UnsafeBufferPointer<UInt8>, _ isLead: UnsafeBufferPointer<Bool>
  ) -> [Place] {
    var places: [Place] = []
    let count = bytes.count
    func kind(_ index: Int) -> UInt8 { kinds[Int(bytes[index])] }
    func leads(_ index: Int) -> Bool {
      index &+ 2 < count && isLead[slot(bytes[index], bytes[index &+ 1], bytes[index &+ 2])]
    }
    var index = 0
    // A position right after a non-ASCII letter does not begin a word.
    var isInside = false
    while index < count {
      switch kind(index) {
      case Kind.word:
        if !isInside, leads(index) { places.append(.candidate(index)) }
        repeat { index &+= 1 } while index < count && kind(index) == Kind.word
        isInside = true
      case Kind.high:
        if mayBeInvisible(bytes, index) { places.append(.invisible(index)) }
        index &+= 1
        isInside = true
      case Kind.other:
        if !isInside, leads(index) { places.append(.candidate(index)) }
        index &+= 1
        isInside = false
      default:
        var (blanks, lineFeeds) = (0, 0)
        while index < count {
          let kind = kind(index)
          if kind == Kind.lineFeed {
            lineFeeds &+= 1
            blanks = 0
          } else if kind == Kind.blank {
            blanks &+= 1
          } else {
            break
          }
          index &+= 1
        }
        isInside = false
        if index < count, blanks >= distance.blanks || lineFeeds > distance.lineFeeds {
          places.append(.distant(index, blanks: blanks, lineFeeds: lineFeeds))
        }
      }
    }
    return places
  }

  /// Returns whether the bytes may begin an invisible character, judged by the first two or three bytes.
  private static func mayBeInvisible(_ bytes: UnsafeBufferPointer<UInt8>, _ index: Int) -> Bool {
    guard index &+ 1 < bytes.count else { return false }
    let second = bytes[index &+ 1]
    let third = index &+ 2 < bytes.count ? bytes[index &+ 2] : 0
    return switch bytes[index] {
    case 0xC2: second == 0xAD
    case 0xCD: second == 0x8F
    case 0xD8: second == 0x9C
    case 0xE1: second == 0x85 || second == 0x9E || second == 0xA0
    case 0xE2:
      second == 0x80 && (third >= 0x8B && third <= 0x8F || third >= 0xA8 && third <= 0xAE)
        || second == 0x81 && third >= 0xA0 || second == 0xA0 && third == 0x80
    case 0xE3: second == 0x85
    case 0xEF: second == 0xB8 || second == 0xBB || second == 0xBE || second == 0xBF
    case 0xF0: second == 0x9B || second == 0x9D
    case 0xF3: second == 0xA0 || second == 0xA1
    default: false
    }
  }
}
