/// Texts of strangers as a terminal shows them.
public enum TerminalText {
  /// A text whose control characters and marks of direction are shown instead of obeyed: a terminal obeys them.
  public static func printable(_ text: String) -> String {
    String(
      text.unicodeScalars.flatMap { scalar -> [Character] in
        switch scalar.value {
        case 0x09: ["\t"]
        case 0x00..<0x20: Unicode.Scalar(0x2400 + scalar.value).map { [Character($0)] } ?? []
        case 0x7F...0x9F, 0x061C, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F, 0xFEFF, 0xE0000...0xE0FFF: ["·"]
        default: [Character(scalar)]
        }
      })
  }

  /// How many columns a text takes.
  public static func width(of text: String) -> Int { text.reduce(0) { $0 + TerminalWidth.of($1) } }

  /// A text on one line, printable, and cut to a number of columns.
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

  /// A text with spaces behind it, up to a number of columns.
  public static func padded(_ text: String, to columns: Int) -> String {
    text + String(repeating: " ", count: max(0, columns - width(of: text)))
  }
}
