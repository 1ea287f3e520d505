import Files
import Text

/// Automatic fixes for a file.
///
/// A fix is made only if it is certain: the intended text is not in doubt, and all values that are read from the file
/// stay the same.
///
/// - UTF-16 becomes UTF-8. A byte order mark and NUL bytes are removed.
/// - Text that was decoded in the wrong encoding once is restored.
/// - Tabs and no-break spaces in place of spaces become spaces.
/// - Curly quotation marks around a value become straight.
/// - A frontmatter that is invalid YAML is quoted until YAML reads the values that were recovered field by field.
/// - `\n` in a description becomes a line break.
///
/// Anything that cannot be verified is left unchanged.
public enum Mending {
  /// Returns the file with all certain fixes, or nil if there are none.
  ///
  /// - Parameters:
  ///   - path: The published path of the file. It determines which values the runtime reads unquoted.
  ///   - runtimes: The facts about runtimes.
  public static func mended(_ bytes: [UInt8], path: String? = nil, runtimes: Runtimes = .builtIn) -> [UInt8]? {
    // In other formats, every character of a text counts.
    if let path, ItemFormat(ofName: path) != .markdown || runtimes.place(of: path)?.format.isData ?? false {
      return nil
    }
    let encoding = TextEncoding(of: bytes)
    let decoded = encoding.decoded(bytes)
    // Invalid UTF-16 would be lost.
    guard decoded.isLossless else { return nil }
    var result = withoutRepairs(decoded.text)
    let bareFields = path.flatMap { runtimes.place(of: $0) }?.bareFields ?? []
    if let fields = frontmatter(of: result, bareFields) {
      result.replaceSubrange(fields.range, with: fields.text)
    }
    return result == bytes ? nil : result
  }

  // MARK: Bytes

  /// Removes byte order marks and NUL bytes, and restores wrongly decoded text if the repair is certain.
  private static func withoutRepairs(_ bytes: [UInt8]) -> [UInt8] {
    var result = bytes
    // Repeat, because a fix can reveal more: the list of repairs is limited, and a byte order mark can be mis-encoded
    // too. Each round shortens the text, so this ends.
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

  /// Returns the range of the fields and their fixed text; nil if they need no change.
  private static func frontmatter(of bytes: [UInt8], _ bareFields: [String]) -> (range: Range<Int>, text: [UInt8])? {
    let text = SourceText(bytes)
    let split = Frontmatter.split(text.utf8)
    guard split.form == .regular, !split.fields.isEmpty else { return nil }
    let block = String(decoding: text.utf8[split.fields], as: UTF8.self)
    guard let mended = bareFields.isEmpty ? Self.block(block) : Self.block(block, keepingBare: bareFields) else {
      return nil
    }
    let range = text.fileRange(split.fields)
    // Replacement characters for invalid bytes must not be written.
    guard String(validating: bytes[range], as: UTF8.self) != nil else { return nil }
    let hasReturns = bytes[range].contains(0x0D)
    return (range, Array((hasReturns ? mended.replacing("\n", with: "\r\n") : mended).utf8))
  }

  /// Fixes a block for a runtime that accepts some values unquoted. These count as quoted but stay bare.
  private static func block(_ block: String, keepingBare fields: [String]) -> String? {
    let quoted = BareValues.quoted(in: block, of: fields)
    guard let mended = Self.block(quoted) else { return nil }
    func lines(_ text: String) -> [Substring] { text.split(separator: "\n", omittingEmptySubsequences: false) }
    let bare = Dictionary(
      zip(lines(quoted), lines(block)).filter { $0 != $1 }, uniquingKeysWith: { first, _ in first })
    return lines(mended).map { bare[$0] ?? $0 }.joined(separator: "\n")
  }

  /// Returns a valid YAML block with the intended values; nil if the block needs no change or cannot be fixed.
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
      // The last line of the block has no line feed.
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

  /// Returns the comments in the lines of one field, each on its own line.
  private static func comments(in lines: ArraySlice<Substring>) -> String {
    let text = lines.joined(separator: "\n")
    // In invalid YAML, only comments after the value are certain to be comments.
    let isYAML = (try? StrictYAML.fields(of: text)) != nil
    let rest = isYAML ? text : lines[Recovery.end(of: lines)...].joined(separator: "\n")
    let bytes = Array(rest.utf8)
    return FrontmatterSyntax(scanning: bytes[...]).comments.map {
      String(decoding: bytes[$0.range], as: UTF8.self) + "\n"
    }.joined()
  }

  /// Returns a block with valid spaces and quotation marks; nil if it needs no change, or if the result is invalid YAML
  /// or has other words.
  private static func spelled(_ block: String) -> String? {
    let bytes = Array(block.utf8)
    let syntax = FrontmatterSyntax(scanning: bytes[...])
    let isYAML = (try? StrictYAML.fields(of: block)) != nil
    var result = block
    // YAML accepts some tabs. Those stay.
    let spaces = isYAML ? syntax.spaces.filter { !$0.isTab } : syntax.spaces
    if !spaces.isEmpty {
      let spaced = syntax.with(spaces).normalized(bytes[...], tabWidths: FrontmatterSyntax.tabWidths) { bytes in
        isFaithful(String(decoding: bytes, as: UTF8.self), to: block)
      }
      if let spaced { result = String(decoding: spaced.bytes, as: UTF8.self) }
    }
    // Items of a list can have a second pair inside the first. Each round removes marks, so this ends.
    while case let straight = straightened(result), straight != result, isFaithful(straight, to: result) {
      result = straight
    }
    return result == block ? nil : result
  }

  /// Returns a block in which curly quotation marks around values are straight.
  private static func straightened(_ block: String) -> String {
    let bytes = Array(block.utf8)
    var result: [UInt8] = []
    var start = 0
    for scalar in FrontmatterSyntax(scanning: bytes[...]).scalars {
      let pairs = CurlyQuotes.pairs(around: scalar.range, of: scalar.key, in: bytes)
      for pair in pairs where pair.whole.lowerBound >= start {
        result += bytes[start..<pair.whole.lowerBound]
        let inner = bytes[pair.inner]
        // Items within one value need no quotation marks.
        let isWhole = pair.whole == scalar.range
        result += isWhole ? Array(quoted(String(decoding: inner, as: UTF8.self), keepsLines: true).utf8) : Array(inner)
        start = pair.whole.upperBound
      }
    }
    return String(decoding: result + bytes[start...], as: UTF8.self)
  }

  /// Returns whether a block is valid YAML and has the same characters as another, ignoring whitespace, quotation marks
  /// and backslashes.
  private static func isFaithful(_ block: String, to original: String) -> Bool {
    guard (try? StrictYAML.fields(of: block)) != nil else { return false }
    func words(_ text: String) -> [Character] {
      text.filter { !$0.isWhitespace && !"\"'\\“”‘’‚‛„‟".contains($0) }.map(\.self)
    }
    return words(block) == words(original)
  }

  /// Returns the intended value of a field.
  private static func meant(_ field: StrictYAML.Parsed) -> FieldValue {
    guard field.key == "description", case .text(let text) = field.value, let decoded = Escapes.decode(text) else {
      return field.value
    }
    return .text(decoded)
  }

  /// Returns whether a block is valid YAML with exactly these fields in this order.
  private static func reads(_ block: String, as wanted: [(key: String, value: FieldValue)]) -> Bool {
    guard let found = try? StrictYAML.fields(of: block), found.count == wanted.count else { return false }
    return zip(found, wanted).allSatisfy { $0.key == $1.key && $0.value == $1.value }
  }

  /// Returns whether lines are valid YAML for exactly this field.
  private static func reads(_ lines: String, as wanted: (key: String, value: FieldValue)) -> Bool {
    guard let found = try? StrictYAML.fields(of: lines), found.count == 1 else { return false }
    return found[0].key == wanted.key && found[0].value == wanted.value
  }

  /// Returns a field as YAML, or nil for values that never need quotes.
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

  /// Returns a text in double quotation marks (https://yaml.org/spec/1.2.2/#731-double-quoted-style).
  ///
  /// - Parameter keepsLines: Whether line breaks stay. YAML folds them as in plain text.
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
