/// The reason why a frontmatter is invalid YAML, as far as runtimes react to it differently.
struct YAMLProblem {
  /// The circumstance for the runtime.
  let circumstance: Circumstance
  /// The problem, as a clause.
  let message: String
  /// How to fix it.
  let help: String
  /// The line and column in the frontmatter, counted from 1.
  let line, column: Int

  /// Determines why a block of fields is rejected.
  ///
  /// - Parameters:
  ///   - block: The fields, with LF line endings.
  ///   - refusal: The error of the strict parser.
  ///   - hasReturns: Whether the file itself has CRLF line endings.
  ///   - isNested: Whether fields may be indented, in the maps of a list.
  init(in block: String, _ refusal: StrictYAML.Refusal, hasReturns: Bool, isNested: Bool = false) {
    let lines = block.split(separator: "\n", omittingEmptySubsequences: false)
    func line(_ number: Int) -> Substring { lines.indices.contains(number - 1) ? lines[number - 1] : "" }
    if refusal.isDuplicate {
      (circumstance, message, help) = (.duplicateKey, refusal.problem, "Keep one of them.")
      (self.line, column) =
        isNested
        ? Self.second(refusal.duplicate ?? "", in: lines, from: refusal.line)
        : (refusal.line, refusal.column)
      return
    }
    let indented = lines.firstIndex {
      $0.prefix { $0 == " " || $0 == "\t" }.contains("\t") && !$0.allSatisfy(\.isWhitespace)
    }
    let withoutTabs = lines.map { line in
      let indent = line.prefix { $0 == " " || $0 == "\t" }
      return indent.replacing("\t", with: "  ") + line.dropFirst(indent.count)
    }.joined(separator: "\n")
    if let indented, (try? StrictYAML.fields(of: withoutTabs)) != nil {
      (circumstance, message, help) = (
        .yamlTab, "line is indented with a tab; YAML allows spaces only", "Indent with spaces."
      )
      (self.line, column) = (indented + 1, 1)
      return
    }
    let (quoted, places) = Self.quotingColons(lines, isNested: isNested)
    if let first = places.first, (try? StrictYAML.fields(of: quoted)) != nil {
      let hasComment = places.contains { line($0.line).contains(" #") }
      circumstance = hasComment ? .yamlColonComment : hasReturns ? .yamlColonReturns : .yamlColon
      let key = line(first.line).prefix { $0 != ":" }.drop { " -".contains($0) }
      message = "the value of “\(key)” contains an unquoted colon"
      help = "Put the value in quotation marks."
      (self.line, column) = first
      return
    }
    circumstance = places.isEmpty ? .yamlWithoutColon : .yamlOther
    let reason = YAMLReason(in: lines, refusal)
    if !reason.isOfValue, let flush = Self.flushLine(lines) {
      (message, help) = (
        "the value continues on a line that is not indented", "Indent the lines of the value, after “|”."
      )
      (self.line, column) = (flush, 1)
      return
    }
    (message, help) = (reason.message, reason.help)
    (self.line, column) = (reason.line, reason.column)
  }

  /// Returns the block with single-line values quoted if they contain an unquoted colon, and the positions of these
  /// colons.
  private static func quotingColons(
    _ lines: [Substring], isNested: Bool
  ) -> (block: String, places: [(line: Int, column: Int)]) {
    var places: [(line: Int, column: Int)] = []
    let result = lines.enumerated().map { index, whole -> String in
      let indent = isNested ? whole.prefixMatch(of: /(?: |- )*/)?.output ?? "" : ""
      let line = whole.dropFirst(indent.count)
      guard let match = line.wholeMatch(of: /([A-Za-z_][A-Za-z0-9_.-]*):[ \t]+(.*?)[ \t]*/) else {
        return String(whole)
      }
      let value = match.output.2
      guard let first = value.first, !"\"'|>[{&*!%@`#".contains(first),
        value.contains(": ") || value.hasSuffix(":") || value.contains(":\t")
      else { return String(whole) }
      let colon = value.firstRange(of: /:([ \t]|$)/)?.lowerBound ?? value.startIndex
      places.append((index + 1, (indent + line[..<colon]).unicodeScalars.count + 1))
      return "\(indent)\(match.output.1): '\(value.replacing("'", with: "''"))'"
    }
    return (result.joined(separator: "\n"), places)
  }

  /// Returns the position at which a key of a map occurs for the second time, searching from just before a line.
  private static func second(_ key: String, in lines: [Substring], from start: Int) -> (line: Int, column: Int) {
    var columns: Set<Int> = []
    for (index, line) in lines.enumerated().dropFirst(max(0, start - 2)) {
      let column = line.prefix { $0 == " " || $0 == "-" }.count
      guard line.dropFirst(column).hasPrefix("\(key):") else { continue }
      // The hyphen of the next item begins another map.
      if line.prefix(column).contains("-") { columns = [] }
      if !columns.insert(column).inserted { return (index + 1, column + 1) }
    }
    return (start, 1)
  }

  /// Returns the first line that continues the value of a field without being indented, counted from 1.
  private static func flushLine(_ lines: [Substring]) -> Int? {
    guard let first = lines.firstIndex(where: { $0.contains(/^[A-Za-z_][A-Za-z0-9_.-]*:[ \t]+[^ \t|>\[{"']/) }) else {
      return nil
    }
    return lines.indices.first { index in
      let line = lines[index]
      return index > first && !line.allSatisfy(\.isWhitespace)
        && !line.contains(/^([ \t#\-\]}]|[A-Za-z_][A-Za-z0-9_. -]*:|<<:|["'?%@`&!*{\[])/)
    }.map { $0 + 1 }
  }
}
