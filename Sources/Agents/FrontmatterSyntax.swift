import Text

/// A comment in a frontmatter.
public struct FrontmatterComment: Sendable, Hashable {
  /// The comment with its `#`.
  public let text: String
  /// The line in the file, counted from 1.
  public let line: Int

  /// Creates a comment.
  public init(text: String, line: Int) {
    self.text = text
    self.line = line
  }
}

/// The parts of a frontmatter that a YAML parser does not report: comments, the positions of plain scalars, and
/// misplaced whitespace.
struct FrontmatterSyntax {
  /// A comment, and the value before it on its line.
  struct Comment {
    /// The range from `#` to the end of the line.
    let range: Range<Int>
    /// The key of the value that the comment follows.
    let key: String
    /// The plain value before the comment on its line, empty if the key has none; nil if something else precedes it.
    let value: Range<Int>?
  }

  /// An unquoted value.
  struct Scalar {
    let key: String
    var range: Range<Int>
  }

  /// A character in a position where YAML accepts only a space.
  struct Space {
    let range: Range<Int>
    let isTab: Bool
  }

  private(set) var comments: [Comment] = []
  private(set) var scalars: [Scalar] = []
  private(set) var spaces: [Space] = []

  /// Creates a syntax without parts.
  init() {}

  /// Creates a syntax with only comments, given their ranges.
  init(comments: [Range<Int>]) { self.comments = comments.map { Comment(range: $0, key: "", value: nil) } }

  /// Reads the frontmatter of a text.
  ///
  /// If it is invalid YAML, each field is examined separately, as in ``Recovery``.
  init(of text: [UInt8], _ split: Frontmatter, bareFields: [String]) {
    guard split.form != .block, split.form.hasFields, Self.mayHoldParts(text[split.fields]) else { return }
    let block = text[split.fields]
    let whole = FrontmatterSyntax(scanning: block)
    func accepts(_ bytes: ArraySlice<UInt8>) -> Bool {
      if SimpleYAML.fields(of: bytes) != nil { return true }
      let block = String(decoding: bytes, as: UTF8.self)
      return (try? StrictYAML.fields(of: BareValues.quoted(in: block, of: bareFields))) != nil
    }
    if accepts(block) {
      self = whole
      // The text is valid YAML, so these tabs are allowed.
      spaces.removeAll(where: \.isTab)
    } else if let normalized = whole.normalized(block, tabWidths: Self.tabWidths, accepts: accepts) {
      self = whole
      spaces = normalized.spaces
    } else {
      let lines = LineIndex(Array(block), ending: .lineFeed)
      for part in Recovery.parts(of: String(decoding: block, as: UTF8.self)) { add(part, of: block, lines) }
    }
  }

  private mutating func add(_ part: Recovery.Part, of block: ArraySlice<UInt8>, _ lines: LineIndex) {
    func range(_ part: Range<Int>) -> Range<Int> {
      block.startIndex + lines.start(of: part.lowerBound)..<block.startIndex + lines.start(of: part.upperBound)
    }
    let own = block[range(part.lines)]
    if part.isYAML {
      let syntax = FrontmatterSyntax(scanning: own)
      comments += syntax.comments
      scalars += syntax.scalars
      spaces += syntax.spaces.filter { !$0.isTab }
    } else if let colon = own.firstIndex(of: UInt8(ascii: ":")) {
      scalars.append(Scalar(key: part.key, range: Self.trimmed(own[(colon + 1)...])))
    }
    comments += FrontmatterSyntax(scanning: block[range(part.comments)]).comments
  }

  /// The possible widths of a tab in the indentation.
  static let tabWidths = [2, 4, 8]

  /// Returns whether the bytes may contain something to report. Most frontmatters do not.
  private static func mayHoldParts(_ bytes: ArraySlice<UInt8>) -> Bool {
    for (index, byte) in zip(bytes.indices, bytes) {
      switch byte {
      case UInt8(ascii: "#"), 0x09: return true
      case 0xC2, 0xE1, 0xE3: if spaceLength(at: index, in: bytes) > 0 { return true }
      case 0xE2: if spaceLength(at: index, in: bytes) > 0 || CurlyQuotes.begin(at: index, in: bytes) { return true }
      default: break
      }
    }
    return false
  }

  /// Returns the byte length of a Unicode space at an index that YAML does not treat as a space; 0 for other
  /// characters.
  static func spaceLength(at index: Int, in bytes: ArraySlice<UInt8>) -> Int {
    func byte(_ offset: Int) -> UInt8 { index + offset < bytes.endIndex ? bytes[index + offset] : 0 }
    switch (bytes[index], byte(1), byte(2)) {
    // U+00A0.
    case (0xC2, 0xA0, _): return 2
    // U+1680, U+2000 to U+200A, U+202F, U+205F, U+3000.
    case (0xE1, 0x9A, 0x80), (0xE2, 0x80, 0x80...0x8A), (0xE2, 0x80, 0xAF), (0xE2, 0x81, 0x9F), (0xE3, 0x80, 0x80):
      return 3
    default: return 0
    }
  }

  private static func trimmed(_ bytes: ArraySlice<UInt8>) -> Range<Int> {
    func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
    let start = bytes.firstIndex { !isBlank($0) } ?? bytes.endIndex
    let end = bytes.lastIndex { !isBlank($0) }.map { $0 + 1 } ?? start
    return start..<max(start, end)
  }

  // MARK: White space

  /// Returns a block with all wrong spaces replaced, or nil if there are none or the result is not accepted.
  ///
  /// - Parameter tabWidths: The tab widths to try, in order.
  func normalized(
    _ block: ArraySlice<UInt8>, tabWidths: [Int], accepts: (ArraySlice<UInt8>) -> Bool
  ) -> (bytes: ArraySlice<UInt8>, spaces: [Space])? {
    guard !spaces.isEmpty else { return nil }
    for width in spaces.contains(where: \.isTab) ? tabWidths : [1] {
      let bytes = replacingSpaces(in: block, tabWidth: width)
      if accepts(bytes) { return (bytes, spaces) }
    }
    return nil
  }

  /// Returns a copy with other wrong spaces.
  func with(_ spaces: [Space]) -> FrontmatterSyntax {
    var copy = self
    copy.spaces = spaces
    return copy
  }

  /// Returns a block with each wrong space replaced by regular spaces.
  func replacingSpaces(in block: ArraySlice<UInt8>, tabWidth: Int) -> ArraySlice<UInt8> {
    var result: [UInt8] = []
    var start = block.startIndex
    for space in spaces {
      result += block[start..<space.range.lowerBound]
      result += [UInt8](repeating: 0x20, count: space.isTab ? tabWidth : 1)
      start = space.range.upperBound
    }
    return (result + block[start...])[...]
  }
}

// MARK: Scanning

extension FrontmatterSyntax {
  /// Scans text line by line. Results may be wrong for invalid YAML.
  init(scanning bytes: ArraySlice<UInt8>) {
    var start = bytes.startIndex
    var reader = SyntaxReader(bytes)
    while start < bytes.endIndex {
      let end = bytes[start...].firstIndex(of: 0x0A) ?? bytes.endIndex
      reader.read(start..<end)
      start = end + 1
    }
    (comments, scalars, spaces) = (reader.comments, reader.scalars, reader.spaces)
  }
}

/// Reads lines of YAML just far enough to locate comments, plain scalars and indentation.
private struct SyntaxReader {
  private(set) var comments: [FrontmatterSyntax.Comment] = []
  private(set) var scalars: [FrontmatterSyntax.Scalar] = []
  private(set) var spaces: [FrontmatterSyntax.Space] = []

  private let bytes: ArraySlice<UInt8>
  /// The quotation mark of a scalar that continues on the next line.
  private var quote: UInt8?
  /// The number of open brackets.
  private var depth = 0
  /// The column of the key whose block scalar continues on the next line, and the column of its text once known.
  private var block: (parent: Int, indent: Int?)?
  /// The column of the key whose plain scalar continues on the next line.
  private var plainParent: Int?
  /// The column of the last key or hyphen; a value on its own line belongs to it.
  private var parent = 0
  private var key = ""

  init(_ bytes: ArraySlice<UInt8>) { self.bytes = bytes }

  mutating func read(_ line: Range<Int>) {
    if bytes[line].allSatisfy({ $0 == 0x20 || (0x09...0x0D).contains($0) }) { return }
    if let open = quote {
      guard let end = endOfQuote(open, from: line.lowerBound, in: line) else { return }
      quote = nil
      return readTokens(end..<line.upperBound, column: 0, hasKey: true)
    }
    if depth > 0 { return readTokens(line, column: 0, hasKey: true) }
    let indent = bytes[line].prefix { $0 == 0x20 }.count
    if block != nil, continuesBlock(line, indent) { return }
    if let parent = plainParent, continuesPlain(line, indent, parent) { return }
    plainParent = nil
    let (start, column, found) = indentation(of: line)
    if bytes[start] == UInt8(ascii: "#") {
      comments.append(.init(range: start..<line.upperBound, key: key, value: nil))
      return
    }
    spaces += found
    readTokens(start..<line.upperBound, column: column, hasKey: false)
  }

  /// Returns the end and width of a line's indentation, and the characters in it that are not regular spaces.
  private func indentation(of line: Range<Int>) -> (end: Int, column: Int, found: [FrontmatterSyntax.Space]) {
    var (index, column) = (line.lowerBound, 0)
    var found: [FrontmatterSyntax.Space] = []
    while index < line.upperBound {
      let length = FrontmatterSyntax.spaceLength(at: index, in: bytes)
      if bytes[index] == 0x20 {
        (index, column) = (index + 1, column + 1)
      } else if bytes[index] == 0x09 {
        found.append(.init(range: index..<index + 1, isTab: true))
        (index, column) = (index + 1, column + 2)
      } else if length > 0 {
        found.append(.init(range: index..<index + length, isTab: false))
        (index, column) = (index + length, column + 1)
      } else {
        break
      }
    }
    // A blank line has no indentation.
    return index < line.upperBound ? (index, column, found) : (line.upperBound - 1, column, [])
  }

  private mutating func continuesBlock(_ line: Range<Int>, _ indent: Int) -> Bool {
    guard let open = block else { return false }
    if indent >= open.indent ?? open.parent + 1 {
      if open.indent == nil { block?.indent = indent }
      return true
    }
    let (start, column, found) = indentation(of: line)
    // In text indented with tabs, every line begins with them.
    if !found.isEmpty, column > open.parent, start < line.upperBound {
      spaces += found
      return true
    }
    block = nil
    return false
  }

  private mutating func continuesPlain(_ line: Range<Int>, _ indent: Int, _ parent: Int) -> Bool {
    var start = line.lowerBound + indent
    if indent <= parent {
      let (end, column, found) = indentation(of: line)
      guard !found.isEmpty, column > parent else { return false }
      spaces += found
      start = end
    }
    if bytes[start] == UInt8(ascii: "#") {
      comments.append(.init(range: start..<line.upperBound, key: key, value: nil))
      plainParent = nil
      return true
    }
    let (end, comment) = endOfPlain(from: start, to: line.upperBound)
    if !scalars.isEmpty { scalars[scalars.count - 1].range = scalars[scalars.count - 1].range.lowerBound..<end }
    if let comment {
      comments.append(.init(range: comment..<line.upperBound, key: key, value: start..<end))
      plainParent = nil
    }
    return true
  }

  /// Reads the rest of a line after its indentation.
  private mutating func readTokens(_ line: Range<Int>, column: Int, hasKey: Bool) {
    var index = line.lowerBound
    var hasKey = hasKey
    // The preceding plain value; empty after a key.
    var value: Range<Int>? = nil
    while index < line.upperBound {
      let byte = bytes[index]
      if byte == 0x20 || byte == 0x09 {
        index += 1
        continue
      }
      let length = FrontmatterSyntax.spaceLength(at: index, in: bytes)
      if length > 0, depth == 0 {
        spaces.append(.init(range: index..<index + length, isTab: false))
        index += length
        continue
      }
      // Between two tokens, YAML parsers accept a comment without a preceding space.
      if byte == UInt8(ascii: "#") {
        comments.append(.init(range: index..<line.upperBound, key: key, value: value))
        return
      }
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "'"):
        guard let end = endOfQuote(byte, from: index + 1, in: line) else {
          quote = byte
          return
        }
        value = nil
        index = end
      case UInt8(ascii: "["), UInt8(ascii: "{"):
        depth += 1
        value = nil
        index += 1
      case UInt8(ascii: "]") where depth > 0, UInt8(ascii: "}") where depth > 0, UInt8(ascii: ",") where depth > 0:
        depth = max(0, depth - (byte == UInt8(ascii: ",") ? 0 : 1))
        value = nil
        index += 1
      case UInt8(ascii: "-") where !hasKey && endsIndicator(index + 1, line),
        UInt8(ascii: "?") where !hasKey && endsIndicator(index + 1, line):
        parent = column + index - line.lowerBound
        value = index + 1..<index + 1
        index += 1
      case UInt8(ascii: ":") where endsIndicator(index + 1, line):
        hasKey = true
        value = index + 1..<index + 1
        index += 1
      case UInt8(ascii: "|") where depth == 0, UInt8(ascii: ">") where depth == 0:
        index += 1
        while index < line.upperBound, !isBlank(bytes[index]) { index += 1 }
        block = (parent, nil)
        value = nil
      case UInt8(ascii: "&") where depth == 0, UInt8(ascii: "*") where depth == 0, UInt8(ascii: "!") where depth == 0:
        while index < line.upperBound, !isBlank(bytes[index]) { index += 1 }
        value = nil
      default:
        if depth > 0 {
          let end = endOfFlowScalar(from: index, to: line.upperBound)
          add(index..<end)
          value = nil
          index = max(end, index + 1)
        } else if !hasKey, let colon = endOfKey(from: index, to: line.upperBound) {
          readKey(index..<colon)
          hasKey = true
          parent = column + index - line.lowerBound
          value = colon + 1..<colon + 1
          index = colon + 1
        } else {
          let (end, comment) = endOfPlain(from: index, to: line.upperBound)
          add(index..<end)
          value = index..<end
          plainParent = comment == nil ? parent : nil
          index = comment ?? line.upperBound
        }
      }
    }
  }

  private mutating func add(_ range: Range<Int>) {
    guard !range.isEmpty else { return }
    scalars.append(.init(key: key, range: range))
  }

  private mutating func readKey(_ range: Range<Int>) {
    var end = range.upperBound
    while end > range.lowerBound, isBlank(bytes[end - 1]) { end -= 1 }
    for length in [2, 3] where end - length > range.lowerBound {
      guard FrontmatterSyntax.spaceLength(at: end - length, in: bytes[..<end]) == length else { continue }
      spaces.append(.init(range: end - length..<end, isTab: false))
      end -= length
      break
    }
    key = String(decoding: bytes[range.lowerBound..<end], as: UTF8.self)
  }

  // MARK: Ends

  private func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

  /// Returns whether an indicator such as `-` or `:` ends at an index: at the end of the line, or before any
  /// whitespace.
  private func endsIndicator(_ index: Int, _ line: Range<Int>) -> Bool {
    index >= line.upperBound || isBlank(bytes[index]) || FrontmatterSyntax.spaceLength(at: index, in: bytes) > 0
      || depth > 0 && ",[]{}".utf8.contains(bytes[index])
  }

  /// Returns the index after the closing quotation mark, or nil if the line does not contain it.
  private func endOfQuote(_ mark: UInt8, from start: Int, in line: Range<Int>) -> Int? {
    var index = start
    while index < line.upperBound {
      if bytes[index] == UInt8(ascii: "\\"), mark == UInt8(ascii: "\"") {
        index += 2
      } else if bytes[index] == mark {
        guard mark == UInt8(ascii: "'"), index + 1 < line.upperBound, bytes[index + 1] == mark else { return index + 1 }
        index += 2
      } else {
        index += 1
      }
    }
    return nil
  }

  /// Returns the end of a plain scalar in its line, and the start of a comment after it.
  private func endOfPlain(from start: Int, to limit: Int) -> (end: Int, comment: Int?) {
    var comment: Int?
    for index in start..<limit
    where bytes[index] == UInt8(ascii: "#") && index > start && isBlank(bytes[index - 1]) {
      comment = index
      break
    }
    var end = comment ?? limit
    while end > start, isBlank(bytes[end - 1]) { end -= 1 }
    return (end, comment)
  }

  private func endOfFlowScalar(from start: Int, to limit: Int) -> Int {
    var index = start
    while index < limit, !",[]{}".utf8.contains(bytes[index]) {
      if bytes[index] == UInt8(ascii: ":"), endsIndicator(index + 1, start..<limit) { break }
      if bytes[index] == UInt8(ascii: "#"), index > start, isBlank(bytes[index - 1]) { break }
      index += 1
    }
    while index > start, isBlank(bytes[index - 1]) { index -= 1 }
    return index
  }

  /// Returns the colon that ends a key, or nil if there is none. Before a no-break space, it must follow an ASCII word.
  private func endOfKey(from start: Int, to limit: Int) -> Int? {
    for index in start..<limit {
      if bytes[index] == UInt8(ascii: "#"), index > start, isBlank(bytes[index - 1]) { return nil }
      guard bytes[index] == UInt8(ascii: ":") else { continue }
      if index + 1 == limit || isBlank(bytes[index + 1]) { return index }
      guard FrontmatterSyntax.spaceLength(at: index + 1, in: bytes) > 0 else { continue }
      if bytes[start..<index].allSatisfy({ $0 > 0x20 && $0 < 0x80 }) { return index }
    }
    return nil
  }
}
