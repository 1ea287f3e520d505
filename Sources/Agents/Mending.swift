import Files

/// Puts right in a file what is certain: what it was meant to say is not in doubt, and every value that is read of it stays the same.
///
/// A byte order mark and NUL bytes go; text that was read once in a wrong encoding becomes what it was; a frontmatter that YAML refuses is quoted until it
/// is YAML with the values that were read of it field by field; `\n` in a description becomes a line break. What cannot be shown to come out as it should is
/// left as it is.
public enum Mending {
  /// The file with all that is certain put right, or nil where nothing is.
  public static func mended(_ bytes: [UInt8]) -> [UInt8]? {
    var result = withoutRepairs(bytes)
    if let fields = frontmatter(of: result) { result.replaceSubrange(fields.range, with: fields.text) }
    return result == bytes ? nil : result
  }

  // MARK: Bytes

  /// The bytes without what ``SourceText`` has to put right, as far as that is certain.
  private static func withoutRepairs(_ bytes: [UInt8]) -> [UInt8] {
    var result = bytes
    // What is put right may show more of it: a list of repairs has an end, and a byte order mark may have been written in a wrong encoding too. Each round
    // makes the text shorter.
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
  private static func frontmatter(of bytes: [UInt8]) -> (range: Range<Int>, text: [UInt8])? {
    let text = SourceText(bytes)
    let split = Frontmatter.split(text.utf8)
    guard split.form == .regular, !split.fields.isEmpty else { return nil }
    let block = String(decoding: text.utf8[split.fields], as: UTF8.self)
    guard let mended = Self.block(block) else { return nil }
    let range = text.fileRange(split.fields)
    // What stands for bytes that are no text must not take their place.
    guard String(validating: bytes[range], as: UTF8.self) != nil else { return nil }
    let hasReturns = bytes[range].contains(0x0D)
    return (range, Array((hasReturns ? mended.replacing("\n", with: "\r\n") : mended).utf8))
  }

  /// A block of fields that is YAML and has the values that were meant; nil where it is so already, or cannot be made so.
  private static func block(_ block: String) -> String? {
    let strict = try? StrictYAML.fields(of: block)
    let fields = strict ?? Recovery.fields(of: block)
    guard !fields.isEmpty, fields.allSatisfy({ !$0.key.isEmpty }), Set(fields.map(\.key)).count == fields.count else {
      return nil
    }
    let wanted = fields.map { (key: $0.key, value: meant($0)) }
    if strict != nil, zip(fields, wanted).allSatisfy({ $0.value == $1.value }) { return nil }
    let lines = block.split(separator: "\n", omittingEmptySubsequences: false)
    var result = lines[..<(fields[0].line - 1)].map { $0 + "\n" }.joined()
    for (index, field) in fields.enumerated() {
      let end = index + 1 < fields.count ? fields[index + 1].line - 1 : lines.count
      guard field.line - 1 < end, end <= lines.count else { return nil }
      let own = lines[(field.line - 1)..<end].joined(separator: "\n")
      // The last line of a block has nothing behind its line feed.
      let isLast = index + 1 == fields.count
      if reads(own, as: wanted[index]) {
        result += isLast ? own : own + "\n"
      } else {
        guard let written = written(wanted[index]) else { return nil }
        result += written + "\n"
      }
    }
    let isAsMeant = (try? StrictYAML.fields(of: result)).map { found in
      found.count == wanted.count && zip(found, wanted).allSatisfy { $0.key == $1.key && $0.value == $1.value }
    }
    return isAsMeant ?? false ? result : nil
  }

  /// What a field was meant to hold.
  private static func meant(_ field: StrictYAML.Parsed) -> FieldValue {
    guard field.key == "description", case .text(let text) = field.value, let decoded = Escapes.decode(text) else {
      return field.value
    }
    return .text(decoded)
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
  private static func quoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": quoted += "\\\""
      case "\\": quoted += "\\\\"
      case "\n": quoted += "\\n"
      case "\t": quoted += "\\t"
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }
}
