import Text

/// Escapes untrusted text for a terminal.
public enum TerminalText {
  /// Returns a text with visible symbols for control characters and labels for invisible characters (`[U+202E]`),
  /// because a terminal would interpret them.
  public static func printable(_ text: String) -> String {
    let text = InvisibleText.labelled(text)
    guard text.utf8.contains(where: { $0 < 0x20 && $0 != 0x09 || $0 == 0x7F }) else { return text }
    var printable = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x09: printable.append(scalar)
      case 0..<0x20: printable.append(Unicode.Scalar(0x2400 + scalar.value) ?? "\u{FFFD}")
      case 0x7F: printable.append("\u{2421}")
      default: printable.append(scalar)
      }
    }
    return String(printable)
  }

  /// Returns the number of columns of a text.
  public static func width(of text: String) -> Int { text.reduce(0) { $0 + TerminalWidth.of($1) } }

  /// Returns a printable text on one line, truncated to a number of columns.
  public static func line(_ text: String, to columns: Int) -> String {
    let whole = printable(text).replacing("\t", with: " ")
    if width(of: whole) <= columns { return whole }
    var rest = columns - 1
    let kept = whole.prefix { character in
      rest -= TerminalWidth.of(character)
      return rest >= 0
    }
    return kept + "…"
  }

  /// Returns a text with trailing spaces up to a number of columns.
  public static func padded(_ text: String, to columns: Int) -> String {
    text + String(repeating: " ", count: max(0, columns - width(of: text)))
  }
}
