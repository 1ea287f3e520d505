import Text

/// An estimate of a text's parsing cost, made in one pass before it is parsed.
///
/// Debian's cmark-gfm predates the fixes of 2023 (CVE-2023-22483, 22484, 22486, 24824, 26485, 37463): some texts of 100
/// KB take minutes or all memory. Each limit is at least fifty times the maximum found in public collections.
struct Complexity {
  /// A description of the exceeded limit, or nil if the text is within all limits.
  let excess: String?

  /// The maximum number of opening marks in a paragraph. The parser may compare each of them with all others.
  private static let markLimit = 12_000
  /// The maximum number of such pairs of marks in all paragraphs together.
  private static let pairLimit = 400_000_000
  /// The maximum nesting depth of quotes.
  private static let quoteLimit = 200
  /// The maximum number of columns in a table.
  private static let columnLimit = 500
  /// The maximum number of cells in all tables. Missing cells of short rows count, because the parser creates them too.
  private static let cellLimit = 200_000
  /// The maximum size in bytes of all reference destinations after expansion at each use: `factor` bytes for each byte
  /// of the text, plus `besides`.
  private static let expansionLimit = (factor: 16, besides: 2 << 20)

  init(_ text: UnsafeBufferPointer<UInt8>) {
    if Self.isSmall(text) {
      excess = nil
      return
    }
    var scan = Scan()
    var start = 0
    while start < text.count, scan.excess == nil {
      let end = text[start...].firstIndex(of: 0x0A) ?? text.count
      scan.add(UnsafeBufferPointer(rebasing: text[start..<end]))
      start = end + 1
    }
    scan.endParagraph()
    excess = scan.excess ?? scan.expansion(of: text.count)
  }

  /// Returns whether a text is too short for most limits, and has no constructs that the other limits are about.
  private static func isSmall(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    guard text.count < markLimit else { return false }
    let bytes = UnsafeRawBufferPointer(text)
    var quotes = 0
    var index = 0
    while index + ByteWord.length <= bytes.count {
      let word = ByteWord(bytes, at: index)
      if word.holds(UInt8(ascii: "|")) { return false }
      if word.holds(UInt8(ascii: ">")) { quotes += ByteWord.length }
      index += ByteWord.length
    }
    if quotes + ByteWord.length > quoteLimit || text[index...].contains(UInt8(ascii: "|")) { return false }
    // At worst, the uses of one reference expand to a sixteenth of the squared length.
    return text.count * text.count / 16 <= expansionLimit.besides || !HiddenText.contains(text, "]:")
  }

  private struct Scan {
    var excess: String?
    private var marks = 0
    private var pairs = 0
    private var columns = 0
    private var cells = 0
    private var longestReference = 0
    private var uses = 0

    /// Returns a description of the reference expansion if it exceeds the limit.
    func expansion(of length: Int) -> String? {
      let limit = Complexity.expansionLimit
      return longestReference > 500 && longestReference * uses > limit.factor * length + limit.besides
        ? "a reference of \(longestReference) bytes that may be used \(uses) times" : nil
    }

    mutating func add(_ line: UnsafeBufferPointer<UInt8>) {
      var quotes = 0
      var bars = 0
      var isLead = true
      var isBlank = true
      var isRule = true
      var hasDash = false
      var marks = 0
      for byte in line {
        switch byte {
        case UInt8(ascii: "*"), UInt8(ascii: "_"), UInt8(ascii: "~"), UInt8(ascii: "["), UInt8(ascii: "!"),
          UInt8(ascii: "<"),
          UInt8(ascii: "`"):
          marks += 1
          if byte == UInt8(ascii: "[") { uses += 1 }
          (isLead, isBlank, isRule) = (false, false, false)
        case UInt8(ascii: "|"):
          bars += 1
          (isLead, isBlank) = (false, false)
        case UInt8(ascii: ">"):
          if isLead { quotes += 1 }
          (isBlank, isRule) = (false, false)
        case UInt8(ascii: "-"):
          hasDash = true
          (isLead, isBlank) = (false, false)
        case UInt8(ascii: ":"): (isLead, isBlank) = (false, false)
        case 0x20, 0x09, 0x0D: break
        default: (isLead, isBlank, isRule) = (false, false, false)
        }
      }
      if isBlank { endParagraph() }
      self.marks += marks
      if quotes > Complexity.quoteLimit { excess = "quotations nested \(quotes) deep" }
      if self.marks > Complexity.markLimit { excess = "a paragraph of more than \(Complexity.markLimit) marks" }
      if isRule, hasDash, bars > 0 { columns = bars + 1 }
      if columns > 0 {
        cells += max(columns, bars)
        if max(columns, bars) > Complexity.columnLimit { excess = "a table of \(max(columns, bars)) columns" }
        if cells > Complexity.cellLimit { excess = "tables of more than \(Complexity.cellLimit) cells" }
      }
      if line.count > longestReference, Complexity.holdsDefinition(line) { longestReference = line.count }
    }

    mutating func endParagraph() {
      pairs += marks * marks
      if pairs > Complexity.pairLimit { excess = excess ?? "paragraphs with too many marks" }
      marks = 0
      columns = 0
    }
  }

  private static func holdsDefinition(_ line: UnsafeBufferPointer<UInt8>) -> Bool {
    var previous: UInt8 = 0
    for byte in line {
      if previous == UInt8(ascii: "]"), byte == UInt8(ascii: ":") { return true }
      previous = byte
    }
    return false
  }
}
