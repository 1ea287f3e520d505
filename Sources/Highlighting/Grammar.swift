/// The lexical grammar of a programming language: its words, comments and quotes.
struct Grammar: Sendable {
  /// A kind of string literal.
  struct Quote: Sendable {
    let open: [UInt8]
    let close: [UInt8]
    let escape: UInt8?
    let runsOverLines: Bool

    init(_ open: String, _ close: String? = nil, escape: Character? = "\\", runsOverLines: Bool = false) {
      self.open = Array(open.utf8)
      self.close = Array((close ?? open).utf8)
      self.escape = escape?.asciiValue
      self.runsOverLines = runsOverLines
    }
  }

  let lineComments: [[UInt8]]
  let blockComment: (open: [UInt8], close: [UInt8])?
  /// The kinds of string literals. A longer opening delimiter precedes a shorter one.
  let quotes: [Quote]
  /// The token kinds of known words, by hash.
  let words: [UInt64: Token.Kind]
  let ignoresCase: Bool
  /// Whether a word that begins with a capital letter is a type.
  let hasTypes: Bool
  /// The prefix of variables, or nil.
  let sigil: UInt8?
  /// The prefix of attributes or decorators, or nil.
  let attribute: UInt8?
  /// Whether a comment must begin at the start of a word, as in a shell.
  let commentsBeginWords: Bool
  /// Whether a byte can begin a comment, string, variable or attribute. All others are skipped quickly.
  let isOpener: [Bool]

  init(
    keywords: String, values: String = "true false null", types: String = "", lineComments: [String] = ["//"],
    blockComment: (String, String)? = ("/*", "*/"), quotes: [Quote] = [Quote("\""), Quote("'")],
    ignoresCase: Bool = false, hasTypes: Bool = true, sigil: Character? = nil, attribute: Character? = nil,
    commentsBeginWords: Bool = false
  ) {
    self.lineComments = lineComments.map { Array($0.utf8) }
    self.blockComment = blockComment.map { (Array($0.0.utf8), Array($0.1.utf8)) }
    self.quotes = quotes
    self.ignoresCase = ignoresCase
    self.hasTypes = hasTypes
    self.sigil = sigil?.asciiValue
    self.attribute = attribute?.asciiValue
    self.commentsBeginWords = commentsBeginWords
    var words: [UInt64: Token.Kind] = [:]
    for (list, kind) in [(types, Token.Kind.type), (values, .value), (keywords, .keyword)] {
      for word in list.split(separator: " ") { words[Self.hash(word.utf8, ignoresCase: ignoresCase)] = kind }
    }
    self.words = words
    var isOpener = [Bool](repeating: false, count: 256)
    let openers = self.lineComments + quotes.map(\.open) + [self.blockComment?.open ?? []]
    for byte in openers.compactMap(\.first) + [self.sigil, self.attribute].compactMap(\.self) {
      isOpener[Int(byte)] = true
    }
    self.isOpener = isOpener
  }

  /// Returns the FNV-1a hash with 64 bits: http://www.isthe.com/chongo/tech/comp/fnv/
  static func hash(_ word: some Sequence<UInt8>, ignoresCase: Bool) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in word { hash = (hash ^ UInt64(ignoresCase && byte.isLetter ? byte | 0x20 : byte)) &* 0x100_0000_01B3 }
    return hash
  }

  /// Emits the tokens of a text. It reads each byte a bounded number of times.
  func read(_ cursor: inout Cursor) {
    while !cursor.isAtEnd {
      let byte = cursor.byte()
      let start = cursor.place
      if byte.isWordStart {
        word(&cursor)
      } else if byte.isDigit {
        cursor.skip { $0.isWord || $0 == UInt8(ascii: ".") }
        cursor.mark(.value, from: start)
      } else if !isOpener[Int(byte)] || !opened(&cursor) {
        cursor.skip()
      }
    }
  }

  private func word(_ cursor: inout Cursor) {
    let start = cursor.place
    let first = cursor.byte()
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    cursor.skip { byte in
      guard byte.isWord else { return false }
      hash = (hash ^ UInt64(ignoresCase && byte.isLetter ? byte | 0x20 : byte)) &* 0x100_0000_01B3
      return true
    }
    let isMember = start > 0 && cursor.text[start - 1] == UInt8(ascii: ".")
    if let kind = words[hash], !isMember {
      cursor.mark(kind, from: start)
    } else if hasTypes, first >= 0x41, first <= 0x5A, cursor.place - start > 1 {
      cursor.mark(.type, from: start)
    }
  }

  /// Reads a comment, string, variable or attribute. Returns false if none begins here.
  private func opened(_ cursor: inout Cursor) -> Bool {
    let start = cursor.place
    if lineComments.contains(where: cursor.stands), !commentsBeginWords || start == 0 || cursor.text[start - 1].isBlank
    {
      cursor.skipLine()
      cursor.mark(.comment, from: start)
      return true
    }
    if let blockComment, cursor.stands(blockComment.open) {
      cursor.skip(blockComment.open.count)
      cursor.skip(behind: blockComment.close)
      cursor.mark(.comment, from: start)
      return true
    }
    if let quote = quotes.first(where: { cursor.stands($0.open) }) {
      cursor.skip(quote.open.count)
      cursor.skip(behindQuote: quote.close, escape: quote.escape, runsOverLines: quote.runsOverLines)
      cursor.mark(.string, from: start)
      return true
    }
    if cursor.byte() == sigil {
      cursor.skip()
      if cursor.byte() == UInt8(ascii: "{") {
        cursor.skip(behindQuote: [UInt8(ascii: "}")], escape: nil, runsOverLines: false)
      } else {
        cursor.skip(while: \.isWord)
      }
      if cursor.place > start + 1 { cursor.mark(.variable, from: start) }
      return true
    }
    if cursor.byte() == attribute, cursor.byte(1).isWordStart {
      cursor.skip()
      cursor.skip { $0.isWord || $0 == UInt8(ascii: ".") }
      cursor.mark(.property, from: start)
      return true
    }
    return false
  }
}
