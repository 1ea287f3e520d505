import Files

/// The globs of a Cursor rule. Cursor reads `globs: **/*.ts, **/*.tsx` without quotation marks, which YAML refuses.
enum CursorGlobs {
  /// Whether a file is a rule of Cursor.
  static func apply(to source: SourceFile) -> Bool { apply(to: source.path) }

  /// Whether a file is a rule of Cursor.
  static func apply(to path: RelativePath) -> Bool { path.fileExtension == "mdc" }

  /// A block of fields with bare globs in quotation marks, so that YAML reads them as Cursor does.
  static func quoted(in block: String) -> String {
    guard block.contains("globs:") else { return block }
    return block.split(separator: "\n", omittingEmptySubsequences: false).map(quoted).joined(separator: "\n")
  }

  /// A line in which a bare glob stands in quotation marks; any other line as it is.
  private static func quoted(_ line: Substring) -> String {
    guard line.hasPrefix("globs:") else { return String(line) }
    let value = line.dropFirst("globs:".count).trimmed
    // What begins otherwise is a plain value, quoted, or a list already.
    guard let first = value.first, "*{!?@%&`".contains(first) else { return String(line) }
    let escaped = value.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
    return "globs: \"\(escaped)\""
  }
}
