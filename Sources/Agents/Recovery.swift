/// Reads the fields of a frontmatter that is invalid YAML one by one: `key: rest of the line`, taken literally.
///
/// A line starts a field only if it begins at column 0 and looks like `key:`. It must not continue the previous field:
/// an open `<example>`, or the turns of a conversation in a description.
enum Recovery {
  /// Returns the fields of a text.
  static func fields(of text: String) -> [StrictYAML.Parsed] {
    if let spaced = spaced(text), let fields = try? StrictYAML.fields(of: spaced) { return fields }
    return chunks(of: text).map { chunk in
      StrictYAML.Parsed(key: chunk.key, value: chunk.yamlValue ?? .text(plain(chunk)), line: chunk.line)
    }
  }

  /// Returns a text with its indentation changed to spaces; nil if it needs no change or stays invalid YAML.
  static func spaced(_ text: String) -> String? {
    let bytes = Array(text.utf8)[...]
    let syntax = FrontmatterSyntax(scanning: bytes)
    let spaced = syntax.normalized(bytes, tabWidths: FrontmatterSyntax.tabWidths) { bytes in
      (try? StrictYAML.fields(of: String(decoding: bytes, as: UTF8.self))) != nil
    }
    return spaced.map { String(decoding: $0.bytes, as: UTF8.self) }
  }

  /// A field with its line range in a text, counted from 1.
  struct Part {
    let key: String
    let lines: Range<Int>
    /// The line range of blank lines and comments between this field and the next.
    let comments: Range<Int>
    /// Whether the field alone is valid YAML.
    let isYAML: Bool
  }

  /// Returns the fields of a text with their lines. Comments before the first field are a part without a key.
  static func parts(of text: String) -> [Part] {
    let chunks = chunks(of: text)
    var parts: [Part] = []
    if let first = chunks.first, first.line > 1 {
      parts.append(Part(key: "", lines: 1..<1, comments: 1..<first.line, isYAML: false))
    }
    for chunk in chunks {
      let end = chunk.line + chunk.lines.count
      parts.append(
        Part(
          key: chunk.key, lines: chunk.line..<end, comments: end..<end + chunk.comments,
          isYAML: chunk.yamlValue != nil))
    }
    return parts
  }

  /// Returns the end of a field's lines, without trailing blank lines and comments.
  static func end(of lines: ArraySlice<Substring>) -> Int {
    let last = lines.lastIndex { !$0.allSatisfy(\.isWhitespace) && $0.first != "#" } ?? lines.startIndex
    return min(lines.endIndex, last + 1)
  }

  private struct Chunk {
    let key: String
    let line: Int
    var lines: [Substring]
    /// The number of trailing blank lines and comment lines.
    var comments = 0
    var openTags: [String: Int] = [:]

    /// The value, if the lines alone are valid YAML for the field, after tabs are replaced.
    var yamlValue: FieldValue? {
      let text = lines.joined(separator: "\n")
      for text in [text, Recovery.spaced(text)] {
        guard let text, let alone = try? StrictYAML.fields(of: text), alone.count == 1, alone[0].key == key else {
          continue
        }
        return alone[0].value
      }
      return nil
    }
  }

  private static func chunks(of text: String) -> [Chunk] {
    let found = chunks(in: text)
    guard found.allSatisfy({ $0.key.isEmpty }) else { return found }
    // If every line is indented, and inconsistently, ignore the indentation.
    let flat = text.split(separator: "\n", omittingEmptySubsequences: false).map {
      $0.drop { $0 == " " || $0 == "\t" }
    }
    return chunks(in: flat.joined(separator: "\n"))
  }

  private static func chunks(in text: String) -> [Chunk] {
    var chunks: [Chunk] = []
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    var tags = Tags(text)
    for (index, line) in lines.enumerated() {
      let current = chunks.last
      if let key = key(of: line), current.map({ opens(key, after: $0) }) ?? true {
        chunks.append(Chunk(key: key, line: index + 1, lines: [line]))
      } else if chunks.isEmpty {
        // Stray text before the first field is kept without a key.
        if !line.allSatisfy(\.isWhitespace), line.first != "#" {
          chunks.append(Chunk(key: "", line: index + 1, lines: [line]))
        }
      } else {
        chunks[chunks.count - 1].lines.append(line)
      }
      if let last = chunks.indices.last { tags.count(in: line, &chunks[last].openTags) }
    }
    for index in chunks.indices { separateComments(of: &chunks[index]) }
    return chunks
  }

  /// Removes trailing blank lines and comments from a chunk, because they are between two fields.
  private static func separateComments(of chunk: inout Chunk) {
    chunk.comments = chunk.lines.count - end(of: chunk.lines[...])
    chunk.lines.removeLast(chunk.comments)
  }

  /// Returns the key of a line such as `key:` or `key: value` at column 0.
  private static func key(of line: Substring) -> String? {
    guard let colon = line.firstIndex(of: ":"), line.startIndex != colon else { return nil }
    let key = line[..<colon]
    let after = line[line.index(after: colon)...]
    guard after.isEmpty || after.first == " " || after.first == "\t", key.utf8.count <= 64,
      key.utf8.allSatisfy(isKeyByte), key.first?.isLetter == true || key.first == "_"
    else { return nil }
    return String(key)
  }

  private static func isKeyByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "."):
      true
    default: false
    }
  }

  /// Returns whether a key starts a new field after another one.
  private static func opens(_ key: String, after chunk: Chunk) -> Bool {
    if chunk.openTags.values.contains(where: { $0 > 0 }) { return false }
    return chunk.key.lowercased() != "description" || !conversation.contains(key.lowercased())
  }

  /// Words before a colon in descriptions that are not fields.
  private static let conversation: Set<String> = [
    "context", "user", "assistant", "human", "commentary", "example", "examples", "note", "notes", "usage", "system",
  ]

  /// Counts open tags after a line. A tag that is never closed is a placeholder and is ignored.
  private struct Tags {
    private let text: String
    /// The next closing tag for each name, cached; `.some(nil)` if there is none.
    private var closings: [String: String.Index?] = [:]

    init(_ text: String) { self.text = text }

    mutating func count(in line: Substring, _ open: inout [String: Int]) {
      guard line.contains("<") else { return }
      for match in line.matches(of: /<(\/?)([A-Za-z_][A-Za-z0-9_-]*)>/) {
        let name = String(match.output.2)
        if match.output.1.isEmpty {
          if isClosed(name, behind: match.range.upperBound) { open[name.lowercased(), default: 0] += 1 }
        } else if let count = open[name.lowercased()], count > 0 {
          open[name.lowercased()] = count - 1
        }
      }
    }

    private mutating func isClosed(_ name: String, behind place: String.Index) -> Bool {
      if let known = closings[name] {
        guard let known else { return false }
        if known >= place { return true }
      }
      let next = text[place...].firstRange(of: "</\(name)>")?.lowerBound
      closings[name] = .some(next)
      return next != nil
    }
  }

  private static func plain(_ chunk: Chunk) -> String {
    var lines = chunk.lines
    if !chunk.key.isEmpty { lines[0] = lines[0].dropFirst(chunk.key.count + 1) }
    // The indicator of a block scalar is not part of the value.
    if lines.count > 1, lines[0].trimmed.wholeMatch(of: /[|>][-+]?[0-9]?/) != nil { lines.removeFirst() }
    let indent =
      lines.dropFirst().filter { !$0.allSatisfy(\.isWhitespace) }.map { $0.prefix { $0 == " " }.count }.min() ?? 0
    let text =
      ([lines[0].trimmed] + lines.dropFirst().map { String($0.dropFirst(min(indent, $0.prefix { $0 == " " }.count))) })
      .joined(separator: "\n").trimmed
    return text.unquoted
  }
}
