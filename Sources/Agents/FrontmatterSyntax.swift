import Text

/// A comment in a frontmatter.
public struct FrontmatterComment: Sendable, Hashable {
  /// The comment with its `#`.
  public let text: String
  /// The line of the file, from 1.
  public let line: Int

  /// Makes a comment.
  public init(text: String, line: Int) {
    self.text = text
    self.line = line
  }
}

/// The parts of a frontmatter that a YAML parser does not report: comments, where plain scalars stand, and white space
/// in the wrong place.
struct FrontmatterSyntax {
  /// A comment, and what stands in front of it on its line.
  struct Comment {
    /// From `#` to the end of the line.
    let range: Range<Int>
    /// The key of the value that the comment follows.
    let key: String
    /// The plain value in front of it on its line, empty where the key has none; nil where something else is there.
    let value: Range<Int>?
  }

  /// A value without quotation marks.
  struct Scalar {
    let key: String
    var range: Range<Int>
  }

  /// A character that stands where YAML takes only a space.
  struct Space {
    let range: Range<Int>
    let isTab: Bool
  }

  private(set) var comments: [Comment] = []
  private(set) var scalars: [Scalar] = []
  private(set) var spaces: [Space] = []

  /// A syntax without parts.
  init() {}

  /// A syntax of comments alone, by their places.
  init(comments: [Range<Int>]) { self.comments = comments.map { Comment(range: $0, key: "", value: nil) } }

  /// Reads the frontmatter of a text.
  ///
  /// Where YAML refuses the whole, each field is looked at by itself, as ``Recovery`` reads it.
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
      // YAML took the tabs, so they stand where it allows them.
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

  /// The widths that a tab in front of a line may have been meant to have.
  static let tabWidths = [2, 4, 8]

  /// Whether bytes may hold something that is reported: most frontmatters need no closer look.
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

  /// The number of bytes of a space at an index that is not the one that YAML knows; 0 for any other character.
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

  /// A block in which each wrong space is the one that YAML knows, or nil where there is no such space or the result is
  /// not accepted.
  ///
  /// - Parameter tabWidths: the widths of a tab to try, in order.
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

  /// The same with other wrong spaces.
  func with(_ spaces: [Space]) -> FrontmatterSyntax {
    var copy = self
    copy.spaces = spaces
    return copy
  }

  /// A block in which each wrong space is the one that YAML knows.
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
  /// Scans text line by line. Of text that YAML refuses, what it finds may not be right.
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

/// Reads lines of YAML far enough to know where comments, plain scalars and indentation are.
private struct SyntaxReader {
  private(set) var comments: [FrontmatterSyntax.Comment] = []
  private(set) var scalars: [FrontmatterSyntax.Scalar] = []
  private(set) var spaces: [FrontmatterSyntax.Space] = []

  private let bytes: ArraySlice<UInt8>
  /// The quotation mark of a scalar that goes on in the next line.
  private var quote: UInt8?
  /// How many brackets are open.
  private var depth = 0
  /// The column of the key whose block scalar goes on in the next line, and that of its text once it is known.
  private var block: (parent: Int, indent: Int?)?
  /// The column of the key whose plain scalar goes on in the next line.
  private var plainParent: Int?
  /// The column of the last key or hyphen, to which a value on a line of its own belongs.
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

  /// The end of what stands in front of a line, its width, and the characters in it that are not spaces.
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
    // A line of nothing else has no indentation.
    return index < line.upperBound ? (index, column, found) : (line.upperBound - 1, column, [])
  }

  private mutating func continuesBlock(_ line: Range<Int>, _ indent: Int) -> Bool {
    guard let open = block else { return false }
    if indent >= open.indent ?? open.parent + 1 {
      if open.indent == nil { block?.indent = indent }
      return true
    }
    let (start, column, found) = indentation(of: line)
    // Where the text is indented with tabs, each of its lines is.
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

  /// Reads what a line has behind its indentation.
  private mutating func readTokens(_ line: Range<Int>, column: Int, hasKey: Bool) {
    var index = line.lowerBound
    var hasKey = hasKey
    // The plain value in front, empty behind a key.
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
      // Between two tokens, the parser needs no space in front of it.
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

  /// Whether an indicator such as `-` or `:` ends at an index: behind it is white space, of whatever kind, or nothing.
  private func endsIndicator(_ index: Int, _ line: Range<Int>) -> Bool {
    index >= line.upperBound || isBlank(bytes[index]) || FrontmatterSyntax.spaceLength(at: index, in: bytes) > 0
      || depth > 0 && ",[]{}".utf8.contains(bytes[index])
  }

  /// The place behind the quotation mark that closes a scalar, or nil where it is not in the line.
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

  /// The end of a plain scalar in its line, and where a comment behind it begins.
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

  /// The colon that ends a key, or nil where a line has none. A no-break space ends one only behind a word.
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
