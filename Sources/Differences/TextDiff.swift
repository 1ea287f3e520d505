/// The differences between two texts, by line, and by word within changed lines.
public struct TextDiff: Sendable, Hashable {
  /// A piece of a line.
  public struct Piece: Sendable, Hashable {
    /// The text that contains a piece.
    public enum Side: Sendable, Hashable {
      /// Both texts.
      case both
      /// Only the first text.
      case left
      /// Only the second text.
      case right
    }

    /// The text that contains it.
    public let side: Side
    /// The content.
    public let text: String

    /// Creates a piece.
    public init(side: Side, text: String) {
      self.side = side
      self.text = text
    }
  }

  /// A group of consecutive lines.
  public enum Block: Sendable, Hashable {
    /// Lines in both texts.
    case same([String])
    /// A line that differs only in some words.
    case changed([Piece])
    /// Lines only in the first text.
    case removed([String])
    /// Lines only in the second text.
    case added([String])
  }

  /// The blocks, in order.
  public let blocks: [Block]

  /// The number of words in both texts, only in the first, and only in the second.
  public var counts: (same: Int, removed: Int, added: Int) { Self.counts(blocks) }

  /// The maximum total number of tokens for comparing two changed lines.
  private static let wordLimit = 4000

  /// Compares two texts, given as lines.
  public init(_ left: [String], _ right: [String]) {
    var numbers = TextNumbers()
    let (first, second) = (left.map { numbers.number(of: $0) }, right.map { numbers.number(of: $0) })
    self.init(left, right, Edits.between(first, second, count: numbers.count))
  }

  /// Creates the differences from existing line edits.
  init(_ left: [String], _ right: [String], _ edits: [Edit]) {
    var blocks: [Block] = []
    for edit in edits {
      if edit.isSame {
        blocks.append(.same(Array(left[edit.left])))
      } else {
        blocks += Self.replaced(Array(left[edit.left]), Array(right[edit.right]))
      }
    }
    self.blocks = blocks
  }

  /// Whether both texts are equal.
  public var isSame: Bool { blocks.allSatisfy { if case .same = $0 { true } else { false } } }

  /// Returns the lines of one of the texts.
  public func lines(of side: Piece.Side) -> [String] {
    blocks.flatMap { block -> [String] in
      switch block {
      case .same(let lines): lines
      case .removed(let lines): side == .left ? lines : []
      case .added(let lines): side == .right ? lines : []
      case .changed(let pieces): [pieces.filter { $0.side == .both || $0.side == side }.map(\.text).joined()]
      }
    }
  }

  // MARK: Lines

  /// Compares replaced lines. Similar ones are paired in order and compared word by word.
  private static func replaced(_ left: [String], _ right: [String]) -> [Block] {
    if left.isEmpty { return [.added(right)] }
    if right.isEmpty { return [.removed(left)] }
    var numbers = TextNumbers()
    let (first, second) = (left.map { LineWords($0, &numbers) }, right.map { LineWords($0, &numbers) })
    var pairs: [(Int, Int)] = []
    var start = 0
    for (place, line) in first.enumerated() {
      // Each line is compared with a few of the other side, so that long runs stay cheap.
      let near = start..<min(right.count, start + 8)
      let best = near.map { ($0, line.likeness(to: second[$0])) }.max { $0.1 < $1.1 || $0.1 == $1.1 && $0.0 > $1.0 }
      guard let best, best.1 >= 0.4 else { continue }
      pairs.append((place, best.0))
      start = best.0 + 1
    }
    var blocks: [Block] = []
    var done = (left: 0, right: 0)
    func fill(to end: Int, _ limit: Int) {
      if done.left < end { blocks.append(.removed(Array(left[done.left..<end]))) }
      if done.right < limit { blocks.append(.added(Array(right[done.right..<limit]))) }
      done = (end, limit)
    }
    for (line, match) in pairs {
      fill(to: line, match)
      blocks.append(.changed(pieces(first[line], second[match], count: numbers.count)))
      done = (line + 1, match + 1)
    }
    fill(to: left.count, right.count)
    return blocks
  }

  /// A line, split into words, with the words as numbers.
  private struct LineWords {
    /// The words, white space and signs, in order.
    let words: [Substring]
    /// The number of each, in order.
    let numbers: [Int]
    /// The numbers of the words alone, sorted.
    private let sorted: [Int]

    init(_ line: String, _ numbers: inout TextNumbers) {
      words = TextDiff.words(line)
      self.numbers = words.map { numbers.number(of: String($0)) }
      sorted = zip(words, self.numbers).filter { TextDiff.isWord($0.0) }.map(\.1).sorted()
    }

    /// Returns the number of common words as a share of the words in the longer line. Repeated words count.
    func likeness(to other: LineWords) -> Double {
      var (place, match, common) = (0, 0, 0)
      while place < sorted.count, match < other.sorted.count {
        let (own, theirs) = (sorted[place], other.sorted[match])
        if own == theirs { common += 1 }
        if own <= theirs { place += 1 }
        if theirs <= own { match += 1 }
      }
      let longer = max(sorted.count, other.sorted.count)
      return longer == 0 ? 0 : Double(common) / Double(longer)
    }

    /// Returns some of the words as a text.
    func text(_ range: Range<Int>) -> String { words[range].joined() }
  }

  private static func isWord(_ text: Substring) -> Bool {
    text.utf8.first.map {
      let kind = kind(of: $0)
      return kind == .word || kind == .other
    } ?? false
  }

  // MARK: Words

  /// Splits a line into words, runs of white space, and single punctuation characters.
  static func words(_ line: String) -> [Substring] {
    var words: [Substring] = []
    let bytes = line.utf8
    var start = line.startIndex
    while start < line.endIndex {
      // Fast path for ASCII: it avoids looking up Unicode properties.
      var end = start
      let kind = kind(of: bytes[start])
      repeat {
        bytes.formIndex(after: &end)
      } while kind != .sign && end < line.endIndex && Self.kind(of: bytes[end]) == kind
      if kind == .other || end < line.endIndex && Self.kind(of: bytes[end]) == .other { end = wordEnd(line, start) }
      words.append(line[start..<end])
      start = end
    }
    return words
  }

  /// Returns the end of the word, white space or punctuation at `start`, by characters.
  private static func wordEnd(_ line: String, _ start: String.Index) -> String.Index {
    func isLetter(_ character: Character) -> Bool {
      character.isLetter || character.isNumber || character == "_" || character == "'"
    }
    let first = line[start]
    var end = line.index(after: start)
    if isLetter(first) {
      while end < line.endIndex, isLetter(line[end]) { line.formIndex(after: &end) }
    } else if first.isWhitespace {
      while end < line.endIndex, line[end].isWhitespace { line.formIndex(after: &end) }
    }
    return end
  }

  private enum Kind {
    case word, space, sign, other
  }

  private static func kind(of byte: UInt8) -> Kind {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "_"), UInt8(ascii: "'"): .word
    case 0x20, 0x09...0x0D: .space
    case 0x80...: .other
    default: .sign
    }
  }

  /// Compares two lines word by word.
  ///
  /// - Parameter count: The number of distinct words in all lines.
  private static func pieces(_ left: LineWords, _ right: LineWords, count: Int) -> [Piece] {
    let (all, others) = (left.words.indices, right.words.indices)
    guard all.count + others.count <= wordLimit else {
      return [Piece(side: .left, text: left.text(all)), Piece(side: .right, text: right.text(others))]
    }
    var pieces: [Piece] = []
    for edit in Edits.between(left.numbers, right.numbers, count: count) {
      if edit.isSame {
        pieces.append(Piece(side: .both, text: left.text(edit.left)))
        continue
      }
      if !edit.left.isEmpty { pieces.append(Piece(side: .left, text: left.text(edit.left))) }
      if !edit.right.isEmpty { pieces.append(Piece(side: .right, text: right.text(edit.right))) }
    }
    return pieces
  }

  /// Calls `body` with the range of each run of letters and digits in a line. They are what is counted as words.
  private static func eachCountedWord(_ line: String, _ body: (Range<Int>) -> Void) {
    var line = line
    line.withUTF8 { bytes in
      var start = -1
      for (place, byte) in bytes.enumerated() {
        let kind = kind(of: byte)
        let isInside = kind == .word || kind == .other
        if isInside, start < 0 { start = place }
        if !isInside, start >= 0 {
          body(start..<place)
          start = -1
        }
      }
      if start >= 0 { body(start..<bytes.count) }
    }
  }

  private static func wordCount(_ line: String) -> Int {
    var count = 0
    eachCountedWord(line) { _ in count += 1 }
    return count
  }

  private static func countedWords(_ line: String) -> [String] {
    var words: [String] = []
    let utf8 = line.utf8
    eachCountedWord(line) { range in
      let start = utf8.index(utf8.startIndex, offsetBy: range.lowerBound)
      words.append(String(line[start..<utf8.index(start, offsetBy: range.count)]))
    }
    return words
  }

  /// The maximum total number of words in replaced lines that are compared without their line breaks.
  private static let countLimit = 100_000

  /// Counts the words of blocks. Consecutive replaced lines are compared as one text, so that another place for a line
  /// break is not a difference.
  private static func counts(_ blocks: [Block]) -> (same: Int, removed: Int, added: Int) {
    var counts = (same: 0, removed: 0, added: 0)
    var (left, right): ([String], [String]) = ([], [])
    func finish() {
      let common = left.count + right.count > countLimit ? 0 : common(left, right)
      counts = (counts.same + common, counts.removed + left.count - common, counts.added + right.count - common)
      (left, right) = ([], [])
    }
    for block in blocks {
      switch block {
      case .same(let lines):
        finish()
        counts.same += lines.reduce(0) { $0 + wordCount($1) }
      case .removed(let lines): left += lines.flatMap(countedWords)
      case .added(let lines): right += lines.flatMap(countedWords)
      case .changed(let pieces):
        left += countedWords(pieces.filter { $0.side != .right }.map(\.text).joined())
        right += countedWords(pieces.filter { $0.side != .left }.map(\.text).joined())
      }
    }
    finish()
    return counts
  }

  /// Returns the number of words that two texts have in common, in the same order.
  private static func common(_ left: [String], _ right: [String]) -> Int {
    if left.isEmpty || right.isEmpty { return 0 }
    var numbers = TextNumbers()
    let (first, second) = (left.map { numbers.number(of: $0) }, right.map { numbers.number(of: $0) })
    return Edits.between(first, second, count: numbers.count).reduce(0) { $0 + ($1.isSame ? $1.left.count : 0) }
  }
}
