import Files
import Text

/// The text of a TOML, JSON or YAML item, with the positions of its fields.
struct DataText {
  /// A top-level field.
  struct Entry {
    let key: String
    /// The byte range of the key, including its quotation marks.
    var keyRange: Range<Int>
    /// The byte range of a text without its quotation marks; nil for other values.
    var textRange: Range<Int>?
  }

  /// Why the file does not parse, or nil.
  let refusal: StrictYAML.Refusal?
  /// The text, with escapes in strings decoded.
  let text: SourceText
  /// The fields in file order. Ranges refer to ``text``.
  let fields: [(entry: Entry, value: FieldValue)]
  /// The ranges of the comments, in file order.
  let comments: [Range<Int>]

  /// The maximum size of a file that is read, in bytes.
  private static let sizeLimit = 1 << 20

  /// Reads a file. If it does not parse, its text fields are still available, with escapes left undecoded.
  init(_ written: SourceText, _ format: ItemFormat, _ traits: DataTraits = []) {
    let raw = traits.contains(.becomesASCII) ? written.withASCIIPunctuation : written
    if raw.utf8.count > Self.sizeLimit {
      refusal = .init(problem: "more than \(Self.sizeLimit) bytes", line: 1, column: 1, isExcess: true)
      (text, fields, comments) = (raw, [], [])
      return
    }
    let (scan, values, refusal) =
      switch format {
      case .json: Self.json(raw.utf8, isRelaxed: traits.contains(.isRelaxed))
      case .yaml: Self.yaml(raw.utf8)
      case .toml, .markdown: Self.toml(raw.utf8)
      }
    self.refusal = refusal
    let escapes = refusal == nil ? scan.escapes : []
    text = raw.decoding(escapes)
    let places = DecodedPlaces(escapes)
    comments = scan.comments.map(places.range)
    let decoded = text
    fields = scan.entries.compactMap { entry in
      var entry = entry
      entry.keyRange = places.range(entry.keyRange)
      entry.textRange = entry.textRange.map(places.range)
      let text = entry.textRange.map { FieldValue.text(String(decoding: decoded.utf8[$0], as: UTF8.self)) }
      guard let value = text ?? values[entry.key] else { return nil }
      return (entry, value)
    }
  }

  private typealias Read = (scan: DataScan, values: [String: FieldValue], refusal: StrictYAML.Refusal?)

  private static func json(_ bytes: [UInt8], isRelaxed: Bool) -> Read {
    let read = JSONFields.read(bytes, isRelaxed: isRelaxed)
    // If a key occurs twice, the last value counts.
    return (read.scan, Dictionary(read.fields.map { ($0.key, $0.value) }) { $1 }, read.refusal)
  }

  private static func yaml(_ bytes: [UInt8]) -> Read {
    let read = YAMLFields.read(bytes)
    return (read.scan, Dictionary(read.fields.map { ($0.key, $0.value) }) { $1 }, read.refusal)
  }

  private static func toml(_ bytes: [UInt8]) -> Read {
    let scan = TOMLScan.scan(bytes)
    do throws(StrictYAML.Refusal) {
      let fields = try TOMLFields.fields(of: String(decoding: bytes, as: UTF8.self), scan)
      return (scan, Dictionary(fields.map { ($0.key, $0.value) }) { $1 }, nil)
    } catch {
      return (scan, [:], error)
    }
  }

  /// Returns the range of the prompt in a field, or an empty range if the field has no text.
  ///
  /// If the file does not parse, the whole text counts as the prompt, so that it is shown.
  func prompt(in key: String?) -> Range<Int> {
    let end = text.utf8.count
    if refusal != nil { return 0..<end }
    return fields.last { $0.entry.key == key }?.entry.textRange ?? end..<end
  }

  /// Returns whether a range of the text contains decoded escapes.
  func isDecoded(_ range: Range<Int>) -> Bool {
    let file = text.fileRange(range)
    return !SourceText(Array(text.bytes[file])).utf8.elementsEqual(text.utf8[range])
  }
}

/// A member of a top-level list or map.
struct DataMember {
  /// The key of the list or map.
  let holder: String
  /// The member's own key; nil in a list.
  let key: String?
  /// The value.
  let value: FieldValue
  /// The byte range.
  let range: Range<Int>
}

/// The top-level fields, comments and escapes of a file, with ranges in the text as written.
struct DataScan {
  var entries: [DataText.Entry] = []
  var comments: [Range<Int>] = []
  var escapes: [SourceText.Escape] = []
}

/// Maps positions in the text as written to the text with decoded escapes.
private struct DecodedPlaces {
  private let ends: [(written: Int, decoded: Int)]

  init(_ escapes: [SourceText.Escape]) {
    var saved = 0
    ends = escapes.map { escape in
      saved += escape.range.count - escape.meaning.count
      return (escape.range.upperBound, escape.range.upperBound - saved)
    }
  }

  private func place(_ written: Int) -> Int {
    var (low, high) = (0, ends.count)
    while low < high {
      let middle = (low + high) / 2
      if ends[middle].written <= written { low = middle + 1 } else { high = middle }
    }
    return low == 0 ? written : ends[low - 1].decoded + written - ends[low - 1].written
  }

  func range(_ written: Range<Int>) -> Range<Int> {
    let start = place(written.lowerBound)
    return start..<max(start, place(written.upperBound))
  }
}

/// Backslash escapes of TOML and JSON.
enum StringEscape {
  /// Returns the escape at an offset, or nil if there is no known one.
  ///
  /// - Parameter isTOML: Whether to accept the escapes of TOML instead of those of JSON.
  static func read(_ bytes: [UInt8], at index: Int, isTOML: Bool) -> SourceText.Escape? {
    guard index + 1 < bytes.count else { return nil }
    func simple(_ text: String) -> SourceText.Escape { .init(range: index..<index + 2, meaning: Array(text.utf8)) }
    switch bytes[index + 1] {
    case UInt8(ascii: "\""): return simple("\"")
    case UInt8(ascii: "\\"): return simple("\\")
    case UInt8(ascii: "/"): return isTOML ? nil : simple("/")
    case UInt8(ascii: "b"): return simple("\u{8}")
    case UInt8(ascii: "f"): return simple("\u{C}")
    case UInt8(ascii: "n"): return simple("\n")
    case UInt8(ascii: "t"): return simple("\t")
    case UInt8(ascii: "r"):
      // CRLF becomes a single line feed.
      let isPair = bytes[(index + 2)...].starts(with: "\\n".utf8)
      return .init(range: index..<index + (isPair ? 4 : 2), meaning: [0x0A])
    case UInt8(ascii: "u"): return unicode(bytes, at: index, digits: 4, pairs: !isTOML)
    case UInt8(ascii: "U"): return isTOML ? unicode(bytes, at: index, digits: 8, pairs: false) : nil
    default: return nil
    }
  }

  private static func number(_ bytes: [UInt8], at start: Int, digits: Int) -> UInt32? {
    guard start + digits <= bytes.count else { return nil }
    let text = bytes[start..<start + digits]
    let isHex: (UInt8) -> Bool = { 0x30...0x39 ~= $0 || 0x61...0x66 ~= $0 | 0x20 }
    guard text.allSatisfy(isHex) else { return nil }
    return UInt32(String(decoding: text, as: UTF8.self), radix: 16)
  }

  private static func unicode(_ bytes: [UInt8], at index: Int, digits: Int, pairs: Bool) -> SourceText.Escape? {
    guard var value = number(bytes, at: index + 2, digits: digits) else { return nil }
    var end = index + 2 + digits
    if pairs, 0xD800..<0xDC00 ~= value, bytes[end...].starts(with: "\\u".utf8),
      let low = number(bytes, at: end + 2, digits: 4), 0xDC00..<0xE000 ~= low
    {
      value = 0x10000 + (value - 0xD800) << 10 + (low - 0xDC00)
      end += 6
    }
    // NUL and unpaired surrogates are invalid in text.
    let scalar = value == 0 ? nil : Unicode.Scalar(value)
    let character = Character(scalar ?? "\u{FFFD}")
    return .init(range: index..<end, meaning: character == "\r" ? [0x0A] : Array(String(character).utf8))
  }
}
