import Files

/// The ranges of the frontmatter and the body in a text.
struct Frontmatter: Equatable {
  /// How the frontmatter is delimited.
  enum Form: Equatable {
    /// Between two `---` lines, beginning at the first line of the file.
    case regular
    /// Between two `---` lines after blank lines, or inside a code fence.
    case misplaced(why: String)
    /// Opened by `---` and never closed.
    case unclosed
    /// Longer than ``Frontmatter/sizeLimit``. The whole file is the body.
    case tooLarge
    /// A YAML code block in the body that describes an agent.
    case block
    /// A whole file in a data format; `isRead` is true if it parses.
    case data(isRead: Bool)
    /// No frontmatter.
    case none

    /// Whether fields are read from it.
    var hasFields: Bool {
      switch self {
      case .regular, .misplaced, .block, .data(isRead: true): true
      case .unclosed, .tooLarge, .data(isRead: false), .none: false
      }
    }
  }

  let form: Form
  /// The byte range of the fields, between the delimiters.
  let fields: Range<Int>
  /// The byte range of the body.
  let body: Range<Int>
  /// Whether it is closed by `...` instead of `---`.
  var isClosedByDots = false

  /// The maximum size of a frontmatter, in bytes. The largest one in public collections is less than a thirtieth of it.
  static let sizeLimit = 64 << 10

  /// Locates the frontmatter of a text with LF line endings.
  static func split(_ text: [UInt8]) -> Frontmatter {
    let found = unbounded(text)
    guard found.fields.count > sizeLimit else { return found }
    return Frontmatter(form: .tooLarge, fields: 0..<0, body: 0..<text.count)
  }

  private static func unbounded(_ text: [UInt8]) -> Frontmatter {
    var lines = Lines(text)
    var leading = 0
    while let line = lines.peek(), isBlank(text[line]) {
      leading += 1
      lines.skip()
    }
    guard let first = lines.peek() else { return Frontmatter(form: .none, fields: 0..<0, body: 0..<text.count) }
    if isMark(text[first]) {
      return between(
        first, lines, text, form: leading == 0 ? .regular : .misplaced(why: "blank lines before the first ---"))
    }
    if isFence(text[first]) {
      lines.skip()
      while let line = lines.peek(), isBlank(text[line]) { lines.skip() }
      if let mark = lines.peek(), isMark(text[mark]) {
        return unwrapped(between(mark, lines, text, form: .misplaced(why: "it is inside a code fence")), text)
      }
    }
    if let block = yamlBlock(in: text) { return Frontmatter(form: .block, fields: block, body: 0..<text.count) }
    return Frontmatter(form: .none, fields: 0..<0, body: 0..<text.count)
  }

  private static func between(_ first: Range<Int>, _ start: Lines, _ text: [UInt8], form: Form) -> Frontmatter {
    var lines = start
    lines.skip()
    let from = lines.position
    while let line = lines.peek() {
      lines.skip()
      if isMark(text[line]) || isEndMark(text[line]) {
        return Frontmatter(
          form: form, fields: from..<line.lowerBound, body: lines.position..<text.count,
          isClosedByDots: isEndMark(text[line]))
      }
    }
    return Frontmatter(form: .unclosed, fields: from..<from, body: from..<text.count)
  }

  /// Removes the rest of the surrounding code fence from the body.
  private static func unwrapped(_ found: Frontmatter, _ text: [UInt8]) -> Frontmatter {
    guard found.form != .unclosed else { return found }
    var lines = Lines(text, from: found.body.lowerBound)
    while let line = lines.peek(), isBlank(text[line]) { lines.skip() }
    if let line = lines.peek(), isFence(text[line]) {
      lines.skip()
      return Frontmatter(form: found.form, fields: found.fields, body: lines.position..<text.count)
    }
    var end = text.count
    while end > found.body.lowerBound, isSpace(text[end - 1]) { end -= 1 }
    let lineStart = (text[..<end].lastIndex(of: 0x0A) ?? found.body.lowerBound - 1) + 1
    let isWrapped = lineStart >= found.body.lowerBound && isFence(text[lineStart..<end])
    return Frontmatter(
      form: found.form, fields: found.fields, body: found.body.lowerBound..<(isWrapped ? lineStart : text.count))
  }

  /// Returns the first YAML code block with an `agent:` map that has a name or id, the format of BMAD agents.
  private static func yamlBlock(in text: [UInt8]) -> Range<Int>? {
    var lines = Lines(text)
    while let line = lines.peek() {
      lines.skip()
      let mark = text[line].drop(while: { $0 == 0x20 })
      guard isFence(text[line]), mark.drop(while: { $0 == UInt8(ascii: "`") }).starts(with: "y".utf8) else { continue }
      let start = lines.position
      var (isInMap, isAgent) = (false, false)
      while let inner = lines.peek() {
        if isFence(text[inner]) { return isAgent ? start..<inner.lowerBound : nil }
        let key = text[inner].drop(while: isSpace)
        if key.startIndex == inner.lowerBound, !key.isEmpty {
          isInMap = key.starts(with: "agent:".utf8) && isBlank(key.dropFirst(6))
        } else if isInMap, key.starts(with: "name:".utf8) || key.starts(with: "id:".utf8) {
          isAgent = true
        }
        lines.skip()
      }
      return nil
    }
    return nil
  }

  private static func isMark(_ line: ArraySlice<UInt8>) -> Bool {
    line.starts(with: "---".utf8) && line.dropFirst(3).allSatisfy(isSpace)
  }

  private static func isEndMark(_ line: ArraySlice<UInt8>) -> Bool {
    line.starts(with: "...".utf8) && line.dropFirst(3).allSatisfy(isSpace)
  }

  private static func isFence(_ line: ArraySlice<UInt8>) -> Bool {
    line.starts(with: "```".utf8) || line.starts(with: "~~~".utf8)
  }

  private static func isBlank(_ line: ArraySlice<UInt8>) -> Bool { line.allSatisfy(isSpace) }
  private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
}

/// A cursor over the lines of a text, each without its line feed.
struct Lines {
  private let text: [UInt8]
  /// The offset of the next line.
  private(set) var position: Int

  init(_ text: [UInt8], from start: Int = 0) {
    self.text = text
    position = start
  }

  /// Returns the byte range of the next line, or nil at the end.
  func peek() -> Range<Int>? {
    guard position < text.count else { return nil }
    return position..<(text[position...].firstIndex(of: 0x0A) ?? text.count)
  }

  /// Moves past the next line.
  mutating func skip() {
    guard let line = peek() else { return }
    position = min(line.upperBound + 1, text.count)
  }
}
