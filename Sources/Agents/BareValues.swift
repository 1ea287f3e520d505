/// Unquoted values that are invalid YAML but that some runtimes accept: `globs: **/*.ts, **/*.tsx`.
enum BareValues {
  /// Returns a block of fields with bare values quoted, so that YAML reads them as the runtime does.
  ///
  /// - Parameter fields: The keys whose values may be bare, as listed for a place in the runtimes file.
  static func quoted(in block: String, of fields: [String]) -> String {
    let leads = fields.map { "\($0):" }
    guard leads.contains(where: { block.contains($0) }) else { return block }
    return block.split(separator: "\n", omittingEmptySubsequences: false).map { quoted($0, leads) }
      .joined(separator: "\n")
  }

  /// Returns a line with its bare value quoted, or the unchanged line if it has none.
  private static func quoted(_ line: Substring, _ leads: [String]) -> String {
    guard let lead = leads.first(where: { line.hasPrefix($0) }) else { return String(line) }
    let value = line.dropFirst(lead.count).trimmed
    // Any other first character begins a valid plain value, a quoted value or a list.
    guard let first = value.first, "*{!?@%&`".contains(first) else { return String(line) }
    let escaped = value.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
    return "\(lead) \"\(escaped)\""
  }
}
