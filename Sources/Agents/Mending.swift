import Files
import Text

/// Puts right in a file what is certain: what it was meant to say is not in doubt, and every value that is read of it
/// stays the same.
///
/// UTF-16 becomes UTF-8; a byte order mark and NUL bytes go; text that was read once in a wrong encoding becomes what
/// it was; tabs and no-break spaces in the place of spaces become spaces, and curly quotation marks around a value
/// straight ones; a frontmatter that YAML refuses is quoted until it is YAML with the values that were read of it field
/// by field; `\n` in a description becomes a line break. What cannot be shown to come out as it should is left as it
/// is.
public enum Mending {
  /// The file with all that is certain put right, or nil where nothing is.
  ///
  /// - Parameters:
  ///   - path: the published path of the file, which says which values its runtime reads without quotation marks.
  ///   - runtimes: what is known of runtimes.
  public static func mended(_ bytes: [UInt8], path: String? = nil, runtimes: Runtimes = .builtIn) -> [UInt8]? {
    // In other formats, every character of a text counts.
    if let path, ItemFormat(ofName: path) != .markdown || runtimes.place(of: path)?.format.isData ?? false {
      return nil
    }
    let encoding = TextEncoding(of: bytes)
    let decoded = encoding.decoded(bytes)
    // Units that are no characters would be lost.
    guard decoded.isLossless else { return nil }
    var result = withoutRepairs(decoded.text)
    let bareFields = path.flatMap { runtimes.place(of: $0) }?.bareFields ?? []
    if let fields = frontmatter(of: result, bareFields) {
      result.replaceSubrange(fields.range, with: fields.text)
    }
    return result == bytes ? nil : result
  }

  // MARK: Bytes

  /// The bytes without what ``SourceText`` has to put right, as far as that is certain.
  private static func withoutRepairs(_ bytes: [UInt8]) -> [UInt8] {
    var result = bytes
    // What is put right may show more of it: a list of repairs has an end, and a byte order mark may have been written
    // in a wrong encoding too. Each round makes the text shorter.
    while true {
      let before = result.count
      result.removeAll { $0 == 0 }
      if result.starts(with: [0xEF, 0xBB, 0xBF]) { result.removeFirst(3) }
      for repair in SourceText(result).repairs.reversed() {
        guard case .mojibake(_, let meant) = repair.kind else { continue }
        result.replaceSubrange(repair.range, with: Array(meant.utf8))
      }
      if result.count == before { return result }
    }
  }

  // MARK: Frontmatter

  /// The bytes of the fields, and what they are to be; nil where they can stay.
  private static func frontmatter(of bytes: [UInt8], _ bareFields: [String]) -> (range: Range<Int>, text: [UInt8])? {
    let text = SourceText(bytes)
    let split = Frontmatter.split(text.utf8)
    guard split.form == .regular, !split.fields.isEmpty else { return nil }
    let block = String(decoding: text.utf8[split.fields], as: UTF8.self)
    guard let mended = bareFields.isEmpty ? Self.block(block) : Self.block(block, keepingBare: bareFields) else {
      return nil
    }
    let range = text.fileRange(split.fields)
    // What stands for bytes that are no text must not take their place.
    guard String(validating: bytes[range], as: UTF8.self) != nil else { return nil }
    let hasReturns = bytes[range].contains(0x0D)
    return (range, Array((hasReturns ? mended.replacing("\n", with: "\r\n") : mended).utf8))
  }

  /// The same for a runtime that reads some values without quotation marks: they count as quoted, and stay bare.
  private static func block(_ block: String, keepingBare fields: [String]) -> String? {
    let quoted = BareValues.quoted(in: block, of: fields)
    guard let mended = Self.block(quoted) else { return nil }
    func lines(_ text: String) -> [Substring] { text.split(separator: "\n", omittingEmptySubsequences: false) }
    let bare = Dictionary(
      zip(lines(quoted), lines(block)).filter { $0 != $1 }, uniquingKeysWith: { first, _ in first })
    return lines(mended).map { bare[$0] ?? $0 }.joined(separator: "\n")
  }

  /// A block of fields that is YAML and has the values that were meant; nil where it is so already, or cannot be made
  /// so.
  private static func block(_ block: String) -> String? {
    let spelled = spelled(block) ?? block
    let strict = try? StrictYAML.fields(of: spelled)
    let fields = strict ?? Recovery.fields(of: spelled)
    guard !fields.isEmpty, fields.allSatisfy({ !$0.key.isEmpty }), Set(fields.map(\.key)).count == fields.count else {
      return nil
    }
    let wanted = fields.map { (key: $0.key, value: meant($0)) }
    if strict != nil, zip(fields, wanted).allSatisfy({ $0.value == $1.value }) {
      return spelled == block ? nil : spelled
    }
    let lines = spelled.split(separator: "\n", omittingEmptySubsequences: false)
    var result = lines[..<(fields[0].line - 1)].map { $0 + "\n" }.joined()
    for (index, field) in fields.enumerated() {
      let end = index + 1 < fields.count ? fields[index + 1].line - 1 : lines.count
      guard field.line - 1 < end, end <= lines.count else { return nil }
      let own = lines[(field.line - 1)..<end].joined(separator: "\n")
      // The last line of a block has nothing behind its line feed.
      let isLast = index + 1 == fields.count
      if reads(own, as: wanted[index]) {
        result += isLast ? own : own + "\n"
      } else if let spaced = Recovery.spaced(own), reads(spaced, as: wanted[index]) {
        result += isLast ? spaced : spaced + "\n"
      } else {
        guard let written = written(wanted[index]) else { return nil }
        result += written + "\n" + comments(in: lines[(field.line - 1)..<end])
      }
    }
    return reads(result, as: wanted) ? result : nil
  }

  /// The comments of the lines of one field, each on a line of its own.
  private static func comments(in lines: ArraySlice<Substring>) -> String {
    let text = lines.joined(separator: "\n")
    // Of a text that YAML refuses, only what stands between this field and the next is no part of the value.
    let isYAML = (try? StrictYAML.fields(of: text)) != nil
    let rest = isYAML ? text : lines[Recovery.end(of: lines)...].joined(separator: "\n")
    let bytes = Array(rest.utf8)
    return FrontmatterSyntax(scanning: bytes[...]).comments.map {
      String(decoding: bytes[$0.range], as: UTF8.self) + "\n"
    }.joined()
  }

  /// A block in which spaces and quotation marks are those that YAML knows; nil where they are so already, or where the
  /// result is not YAML with the same words.
  private static func spelled(_ block: String) -> String? {
    let bytes = Array(block.utf8)
    let syntax = FrontmatterSyntax(scanning: bytes[...])
    let isYAML = (try? StrictYAML.fields(of: block)) != nil
    var result = block
    // YAML takes some tabs; those stay.
    let spaces = isYAML ? syntax.spaces.filter { !$0.isTab } : syntax.spaces
    if !spaces.isEmpty {
      let spaced = syntax.with(spaces).normalized(bytes[...], tabWidths: FrontmatterSyntax.tabWidths) { bytes in
        isFaithful(String(decoding: bytes, as: UTF8.self), to: block)
      }
      if let spaced { result = String(decoding: spaced.bytes, as: UTF8.self) }
    }
    // Names of a list may have a second pair within the first. Each round takes marks away.
    while case let straight = straightened(result), straight != result, isFaithful(straight, to: result) {
      result = straight
    }
    return result == block ? nil : result
  }

  /// A block with straight quotation marks in the place of curly ones around values.
  private static func straightened(_ block: String) -> String {
    let bytes = Array(block.utf8)
    var result: [UInt8] = []
    var start = 0
    for scalar in FrontmatterSyntax(scanning: bytes[...]).scalars {
      let pairs = CurlyQuotes.pairs(around: scalar.range, of: scalar.key, in: bytes)
      for pair in pairs where pair.whole.lowerBound >= start {
        result += bytes[start..<pair.whole.lowerBound]
        let inner = bytes[pair.inner]
        // Names of a list stand within one value, which needs no marks.
        let isWhole = pair.whole == scalar.range
        result += isWhole ? Array(quoted(String(decoding: inner, as: UTF8.self), keepsLines: true).utf8) : Array(inner)
        start = pair.whole.upperBound
      }
    }
    return String(decoding: result + bytes[start...], as: UTF8.self)
  }

  /// Whether a block is YAML and holds the same letters and signs as another, apart from white space, quotation marks
  /// and the hyphens of lists.
  private static func isFaithful(_ block: String, to original: String) -> Bool {
    guard (try? StrictYAML.fields(of: block)) != nil else { return false }
    func words(_ text: String) -> [Character] {
      text.filter { !$0.isWhitespace && !"\"'\\“”‘’‚‛„‟".contains($0) }.map(\.self)
    }
    return words(block) == words(original)
  }

  /// What a field was meant to hold.
  private static func meant(_ field: StrictYAML.Parsed) -> FieldValue {
    guard field.key == "description", case .text(let text) = field.value, let decoded = Escapes.decode(text) else {
      return field.value
    }
    return .text(decoded)
  }

  /// Whether a block is YAML for fields in this order and nothing else.
  private static func reads(_ block: String, as wanted: [(key: String, value: FieldValue)]) -> Bool {
    guard let found = try? StrictYAML.fields(of: block), found.count == wanted.count else { return false }
    return zip(found, wanted).allSatisfy { $0.key == $1.key && $0.value == $1.value }
  }

  /// Whether lines are YAML for one field and nothing else.
  private static func reads(_ lines: String, as wanted: (key: String, value: FieldValue)) -> Bool {
    guard let found = try? StrictYAML.fields(of: lines), found.count == 1 else { return false }
    return found[0].key == wanted.key && found[0].value == wanted.value
  }

  /// A field as YAML, or nil of values that nobody would have had to quote.
  private static func written(_ field: (key: String, value: FieldValue)) -> String? {
    guard case .text(let text) = field.value else { return nil }
    if text.contains("\n") {
      let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { $0.isEmpty ? "" : "  " + $0 }
      let block = "\(field.key): |-\n" + lines.joined(separator: "\n")
      if reads(block, as: field) { return block }
    }
    let quoted = "\(field.key): \(self.quoted(text))"
    return reads(quoted, as: field) ? quoted : nil
  }

  /// A text in double quotation marks (https://yaml.org/spec/1.2.2/#731-double-quoted-style).
  ///
  /// - Parameter keepsLines: whether line breaks stay, which YAML folds as it does those of the plain text.
  private static func quoted(_ text: String, keepsLines: Bool = false) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": quoted += "\\\""
      case "\\": quoted += "\\\\"
      case "\n" where !keepsLines: quoted += "\\n"
      case "\t": quoted += "\\t"
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }
}
