import Text
import Yams

/// Reads the fields of a YAML item with their positions. The item is a map, or a list with one map, such as an excerpt
/// of a list.
///
/// The library only reports where values begin. Their bytes are found by comparing the decoded text with the file.
enum YAMLFields {
  /// Returns the fields, their positions, and the error if the text could not be read.
  static func read(_ bytes: [UInt8]) -> (scan: DataScan, fields: [StrictYAML.Parsed], refusal: StrictYAML.Refusal?) {
    var scan = DataScan()
    do throws(StrictYAML.Refusal) {
      guard let mapping = try item(in: String(decoding: bytes, as: UTF8.self)) else {
        throw StrictYAML.Refusal(problem: "this is not a map of fields", line: 1, column: 1)
      }
      let places = YAMLPlaces(bytes)
      var reader = StrictYAML()
      var fields: [StrictYAML.Parsed] = []
      let starts = mapping.map { places.offset(of: $0.key) } + [bytes.count]
      var done = 0
      for (index, (key, value)) in mapping.enumerated() {
        let (name, parsed) = (try reader.key(key), try reader.value(value, depth: 1))
        let end = min(starts[index] + name.utf8.count, bytes.count)
        var entry = DataText.Entry(key: name, keyRange: starts[index]..<end)
        // An alias has the position of its anchor. As a value it follows its key; as a key, its position is unknown.
        if case .text(let text) = parsed, starts[index] >= done, starts[index + 1] > end {
          let start = places.offset(of: value)
          let (range, escapes) = YAMLScalar.place(
            of: Array(text.utf8), from: start < end ? YAMLScalar.start(behind: end, in: bytes) : start,
            to: starts[index + 1], in: bytes)
          entry.textRange = range
          scan.escapes += escapes
          done = max(range.upperBound, escapes.last?.range.upperBound ?? 0)
        }
        scan.entries.append(entry)
        fields.append(StrictYAML.Parsed(key: name, value: parsed, line: key.mark?.line ?? 1))
      }
      scan.comments = FrontmatterSyntax(scanning: bytes[...]).comments.map(\.range)
      return (scan, fields, nil)
    } catch {
      return (scan, [], error)
    }
  }

  private static func item(in text: String) throws(StrictYAML.Refusal) -> Node.Mapping? {
    do throws(StrictYAML.Refusal) {
      let node = try StrictYAML.node(of: text)
      return node?.mapping ?? (node?.sequence?.count == 1 ? node?.sequence?.first?.mapping : nil)
    } catch {
      guard error.problem.contains("undefined alias") else { throw error }
      throw StrictYAML.Refusal(
        problem: "an alias of another part of the file", line: error.line, column: error.column, isExcess: true)
    }
  }
}

/// Converts the lines and columns of a YAML parser into byte offsets.
struct YAMLPlaces {
  private let bytes: [UInt8]
  private let lines: LineIndex

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    lines = LineIndex(bytes, ending: .lineFeed)
  }

  /// Returns the start of a node.
  func offset(of node: Node) -> Int { offset(line: node.mark?.line ?? 1, column: node.mark?.column ?? 1) }

  /// Returns the offset of a line and a column in Unicode scalars, both counted from 1.
  func offset(line: Int, column: Int) -> Int {
    let range = lines.range(of: line)
    let prefix = String(decoding: bytes[range], as: UTF8.self).unicodeScalars.prefix(max(0, column - 1))
    return range.lowerBound + String(prefix).utf8.count
  }

  /// Returns the line of an offset, counted from 1.
  func line(of offset: Int) -> Int { lines.line(of: offset) }
  /// Returns the start of a line, counted from 1.
  func start(of line: Int) -> Int { lines.start(of: line) }
  /// The number of lines.
  var count: Int { lines.count }
}

/// Maps the text of a YAML scalar to the bytes of the file.
enum YAMLScalar {
  /// Returns the start of the value after a key.
  static func start(behind key: Int, in bytes: [UInt8]) -> Int {
    let colon = bytes[key...].firstIndex(of: UInt8(ascii: ":")) ?? key
    return bytes[colon...].dropFirst().firstIndex { $0 > 0x20 } ?? bytes.count
  }

  /// Returns the byte range of a text, and the bytes in it that are decoded to other bytes.
  ///
  /// - Parameters:
  ///   - text: The decoded text of the scalar.
  ///   - start: The start of the scalar: its first character, its quotation mark, or its block indicator.
  ///   - end: The latest possible end.
  static func place(
    of text: [UInt8], from start: Int, to end: Int, in bytes: [UInt8]
  ) -> (range: Range<Int>, escapes: [SourceText.Escape]) {
    let start = min(start, end)
    var place = start
    switch place < end ? bytes[place] : 0 {
    case UInt8(ascii: "|"), UInt8(ascii: ">"): place = (bytes[place..<end].firstIndex(of: 0x0A) ?? end - 1) + 1
    case UInt8(ascii: "\""), UInt8(ascii: "'"): place += 1
    default: break
    }
    if let found = along(text, from: place, to: end, in: bytes) { return found }
    // Otherwise, treat the whole scalar as one escape.
    let last = bytes[start..<end].lastIndex { $0 > 0x20 }.map { $0 + 1 } ?? start
    return (start..<last, [.init(range: start..<last, meaning: text)])
  }

  /// Compares a text with its encoded bytes, which may differ in whitespace and escapes; nil if they do not match.
  private static func along(
    _ text: [UInt8], from start: Int, to end: Int, in bytes: [UInt8]
  ) -> (range: Range<Int>, escapes: [SourceText.Escape])? {
    var (place, next) = (start, 0)
    var escapes: [SourceText.Escape] = []
    func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0A }
    while next < text.count {
      guard place < end else { return nil }
      if bytes[place] == text[next], bytes[place] != UInt8(ascii: "\\") || !isEscaped(text, next, bytes, place) {
        // In a single-quoted scalar, two apostrophes mean one.
        let isPair =
          bytes[place] == UInt8(ascii: "'") && place + 1 < end && bytes[place + 1] == bytes[place]
          && !(next + 1 < text.count && text[next + 1] == text[next])
        if isPair {
          escapes.append(.init(range: place..<place + 2, meaning: [text[next]]))
          place += 1
        }
        (place, next) = (place + 1, next + 1)
      } else if isBlank(bytes[place]) {
        let blanks = bytes[place..<end].prefix(while: isBlank).count
        let meant = text[next...].prefix(while: isBlank)
        escapes.append(.init(range: place..<place + blanks, meaning: Array(meant)))
        (place, next) = (place + blanks, next + meant.count)
      } else if bytes[place] == UInt8(ascii: "\\"), place + 1 < end {
        if bytes[place + 1] == 0x0A {
          let blanks = bytes[(place + 1)..<end].prefix(while: isBlank).count
          escapes.append(.init(range: place..<place + 1 + blanks, meaning: []))
          place += 1 + blanks
        } else if let escape = StringEscape.read(bytes, at: place, isTOML: true), escape.range.upperBound <= end,
          text[next...].starts(with: escape.meaning)
        {
          escapes.append(escape)
          (place, next) = (escape.range.upperBound, next + escape.meaning.count)
        } else {
          return nil
        }
      } else {
        return nil
      }
    }
    return (start..<place, escapes)
  }

  /// Returns whether a backslash begins an escape although the decoded text also continues with a backslash.
  private static func isEscaped(_ text: [UInt8], _ next: Int, _ bytes: [UInt8], _ place: Int) -> Bool {
    guard place + 1 < bytes.count, bytes[place + 1] == UInt8(ascii: "\\") else { return false }
    return !(next + 1 < text.count && text[next + 1] == UInt8(ascii: "\\"))
  }
}
