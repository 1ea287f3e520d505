/// Values that a runtime reads without quotation marks and YAML refuses: `globs: **/*.ts, **/*.tsx`.
enum BareValues {
  /// A block of fields with bare values in quotation marks, so that YAML reads them as the runtime does.
  ///
  /// - Parameter fields: the fields whose values may be bare; a place in the runtimes file names them.
  static func quoted(in block: String, of fields: [String]) -> String {
    let leads = fields.map { "\($0):" }
    guard leads.contains(where: { block.contains($0) }) else { return block }
    return block.split(separator: "\n", omittingEmptySubsequences: false).map { quoted($0, leads) }
      .joined(separator: "\n")
  }

  /// A line in which a bare value stands in quotation marks; any other line as it is.
  private static func quoted(_ line: Substring, _ leads: [String]) -> String {
    guard let lead = leads.first(where: { line.hasPrefix($0) }) else { return String(line) }
    let value = line.dropFirst(lead.count).trimmed
    // What begins otherwise is a plain value, quoted, or a list already.
    guard let first = value.first, "*{!?@%&`".contains(first) else { return String(line) }
    let escaped = value.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
    return "\(lead) \"\(escaped)\""
  }
}
