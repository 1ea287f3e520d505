import Text

/// Values separated by commas (RFC 4180). Spreadsheets display them, so invisible characters are labelled.
enum CSV {
  /// A text as a cell. Spreadsheets take what begins with certain signs for a formula, so those get an apostrophe in
  /// front: https://owasp.org/www-community/attacks/CSV_Injection.
  static func cell(_ text: String) -> String {
    let text = InvisibleText.labelled(text)
    let isFormula = text.unicodeScalars.first.map { "=+-@\t\r".unicodeScalars.contains($0) } ?? false
    let safe = isFormula ? "'" + text : text
    let needsQuotes = safe.unicodeScalars.contains { "\",\r\n'".unicodeScalars.contains($0) }
    return needsQuotes ? "\"" + safe.replacing("\"", with: "\"\"") + "\"" : safe
  }
}
