/// Why a text is not valid YAML, in plain words instead of those of the parser.
struct YAMLReason {
  /// The problem, as a clause.
  let message: String
  /// How to fix it.
  let help: String
  /// The line and column in the text, counted from 1.
  let line, column: Int
  /// Whether it is the value on one line.
  let isOfValue: Bool

  /// The maximum number of values that are tried as the cause.
  private static let tries = 12

  /// Determines the reason.
  ///
  /// - Parameters:
  ///   - lines: The lines of the text.
  ///   - refusal: The error of the parser.
  init(in lines: [Substring], _ refusal: StrictYAML.Refusal) {
    self =
      Self.ofValue(lines, refusal) ?? Self.ofLine(lines, refusal)
      ?? Self(
        message: refusal.problem, help: "Put the value in quotation marks, or write it as a block after “|”.",
        line: refusal.line, column: refusal.column)
  }

  private init(message: String, help: String, line: Int, column: Int, isOfValue: Bool = false) {
    (self.message, self.help, self.line, self.column) = (message, help, line, column)
    self.isOfValue = isOfValue
  }

  // MARK: Values

  /// A value on one line: of a field, or of an item in a list.
  private struct Value {
    let subject: String
    /// The text before the value.
    let start: Substring
    let text: Substring
    var first: Character { text.first ?? " " }
    var column: Int { start.unicodeScalars.count + 1 }

    init?(_ line: Substring) {
      let indent = line.prefixMatch(of: /(?: |- )*/)?.output ?? ""
      let rest = line.dropFirst(indent.count)
      if let match = rest.prefixMatch(of: /([A-Za-z_][A-Za-z0-9_.-]*):[ \t]+/) {
        subject = "the value of “\(match.output.1)”"
        text = rest[match.range.upperBound...]
      } else if indent.contains("-") {
        subject = "an item of a list"
        text = rest
      } else {
        return nil
      }
      start = line[..<text.startIndex]
    }

    /// The line with the value as text in quotation marks.
    var quoted: String { "\(start)'\(text.replacing("'", with: "''"))'" }
  }

  /// Returns the reason if it is a value that begins with a special character. This is verified: in quotation marks, it
  /// is accepted.
  private static func ofValue(_ lines: [Substring], _ refusal: StrictYAML.Refusal) -> YAMLReason? {
    var left = tries
    for index in lines.indices.prefix(refusal.line).reversed() {
      guard left > 0 else { return nil }
      guard let value = Value(lines[index]), "@`%*&!|>[{\"'-?,]}:".contains(value.first) else { continue }
      left -= 1
      let rest = [value.quoted] + lines[(index + 1)...].map(String.init)
      let quoted = (lines[..<index].map(String.init) + rest).joined(separator: "\n")
      do throws(StrictYAML.Refusal) {
        _ = try StrictYAML.fields(of: quoted)
      } catch {
        guard error.isDuplicate || error.line > max(refusal.line, index + 1) else { continue }
      }
      guard let (message, help) = words(for: value, refusal) else { continue }
      let isHere = refusal.line == index + 1 && refusal.column > value.column && "[{\"'".contains(value.first)
      return YAMLReason(
        message: message, help: help, line: index + 1, column: isHere ? refusal.column : value.column, isOfValue: true)
    }
    return nil
  }

  private static func words(for value: Value, _ refusal: StrictYAML.Refusal) -> (message: String, help: String)? {
    let (subject, first, problem) = (value.subject, value.first, refusal.problem)
    let quote = "Put the value in quotation marks."
    switch first {
    case "@", "`", "%":
      return ("\(subject) begins with “\(first)”, which YAML does not allow without quotation marks", quote)
    case "*": return ("\(subject) begins with “*”, which YAML reads as a reference to another value", quote)
    case "&": return ("\(subject) begins with “&”, which YAML reads as a name for the value", quote)
    case "!": return ("\(subject) begins with “!”, which YAML reads as a type", quote)
    case "|", ">":
      return (
        "\(subject) has text after “\(first)” on the same line, but “\(first)” begins a block of lines",
        "Put the value in quotation marks, or write its text on the next lines, indented."
      )
    case "[", "{":
      let (noun, end) = first == "[" ? ("list", "]") : ("map", "}")
      if problem.contains("cannot start any token") {
        return (
          "\(subject) is a \(noun) with a character that YAML does not allow without quotation marks",
          "Put the item in quotation marks."
        )
      }
      if problem.contains("did not find expected ','") || problem.contains("flow node") {
        return (
          "\(subject) begins with “\(first)”, but the \(noun) is not closed or lacks a comma",
          "Add “\(end)” or the comma. If it is text, put the value in quotation marks."
        )
      }
      return (
        "\(subject) begins with “\(first)” like a \(noun), but has text after the “\(end)”",
        "Put the value in quotation marks, or remove what follows the “\(end)”."
      )
    case "\"", "'":
      if problem.contains("end of stream") || problem.contains("document indicator") {
        return ("\(subject) has no closing quotation mark", "Add the quotation mark.")
      }
      if problem.contains("escape") || problem.contains("hexdecimal") {
        return (
          "\(subject) has a backslash with a meaning that YAML does not know",
          "Write \\\\ for a backslash, or use single quotation marks."
        )
      }
      return (
        "\(subject) has text after its closing quotation mark",
        first == "'" ? "Write '' for an apostrophe in the value." : "Write \\\" for a quotation mark in the value."
      )
    default: return ("\(subject) begins with “\(first)”, which has a meaning of its own in YAML", quote)
    }
  }

  // MARK: Lines

  /// Returns the reason if it is a line that is no field.
  private static func ofLine(_ lines: [Substring], _ refusal: StrictYAML.Refusal) -> YAMLReason? {
    func reason(_ message: String, _ help: String, line: Int = refusal.line, column: Int = refusal.column) -> YAMLReason
    {
      YAMLReason(message: message, help: help, line: line, column: column)
    }
    let problem = refusal.problem
    let line = lines.indices.contains(refusal.line - 1) ? lines[refusal.line - 1] : ""
    let isTight = problem.contains("could not find expected ':'") || problem.contains("mapping values are not allowed")
    if isTight || problem.contains("not a map of fields"),
      let place = lines.prefix(refusal.line).lastIndex(where: { $0.contains(/^[A-Za-z_][A-Za-z0-9_.-]*:[^ \t:\/]/) })
    {
      let key = lines[place].prefix { $0 != ":" }
      return reason(
        "there is no space after “\(key):”", "Add a space after the colon.", line: place + 1, column: key.count + 1)
    }
    if problem.contains("mapping values are not allowed") {
      if line.first == " ", let key = line.wholeMatch(of: /[ \t]+([A-Za-z_][A-Za-z0-9_.-]*):(?:[ \t].*)?/)?.output.1 {
        return reason(
          "“\(key)” is indented, so YAML reads it as part of the value above", "Remove the spaces before it.", column: 1
        )
      }
      return reason("there is a colon where YAML allows none", "Put the whole value in quotation marks.")
    }
    if problem.contains("could not find expected ':'") {
      let place = lines.prefix(refusal.line).lastIndex { !$0.contains(":") && !$0.allSatisfy(\.isWhitespace) }
      return reason(
        "a line is neither a field nor part of the value above",
        "Write it as “key: value”, or indent it to continue the value above.",
        line: place.map { $0 + 1 } ?? refusal.line, column: 1)
    }
    if problem.contains("did not find expected key") {
      return reason(
        "a line is neither a field nor part of the value above",
        "Align it with the other fields, or indent it to continue the value above.")
    }
    if problem.contains("did not find expected '-' indicator") {
      return reason("a line in the list is not an item", "Begin each item with “- ”, all with the same indentation.")
    }
    if problem.contains("did not find expected <document start>") {
      if let place = lines.firstIndex(where: { $0.first == "%" }) {
        return reason(
          "a line begins with “%”, which is an instruction to the parser", "Remove it.", line: place + 1, column: 1)
      }
      return reason("a field is less indented than the first one", "Begin all fields in the same column.")
    }
    if problem.contains("cannot start any token") || problem.contains("while scanning an a"), let first = line.first {
      return reason(
        "a line begins with “\(first)”, which YAML does not allow without quotation marks",
        "Remove it, or put the text in quotation marks.")
    }
    if problem.contains("undefined alias") {
      return reason("there is a reference to a value that is not in the text", "Write the value itself.")
    }
    if problem.contains("not a map of fields") {
      return reason("the text has no fields", "Write each field as “key: value”.")
    }
    if problem.contains("end of stream"), let place = lines.lastIndex(where: { "\"'".contains($0.first ?? " ") }) {
      return reason("a quotation mark is not closed", "Add the closing one.", line: place + 1, column: 1)
    }
    if problem.contains("control characters") {
      let place = lines.firstIndex { $0.unicodeScalars.contains(where: Self.isControl) }
      let column = place.map { lines[$0].unicodeScalars.prefix { !Self.isControl($0) }.count + 1 }
      return reason(
        "there is a control character, which YAML does not allow", "Remove it.", line: place.map { $0 + 1 } ?? 1,
        column: column ?? 1)
    }
    return nil
  }

  private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value < 0x20 && scalar != "\t" || scalar.value == 0x7F
  }
}
