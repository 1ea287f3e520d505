import Text

/// Comma-separated values (RFC 4180). Invisible characters are replaced by labels, because spreadsheets display the
/// text.
enum CSV {
  /// Returns a text as a cell. Spreadsheets interpret text after certain signs as a formula, so such text gets a
  /// leading apostrophe: https://owasp.org/www-community/attacks/CSV_Injection.
  static func cell(_ text: String) -> String {
    let text = InvisibleText.labelled(text)
    let isFormula = text.unicodeScalars.first.map { "=+-@\t\r".unicodeScalars.contains($0) } ?? false
    let safe = isFormula ? "'" + text : text
    let needsQuotes = safe.unicodeScalars.contains { "\",\r\n'".unicodeScalars.contains($0) }
    return needsQuotes ? "\"" + safe.replacing("\"", with: "\"\"") + "\"" : safe
  }
}
