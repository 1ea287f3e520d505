// The rules about what a model reads and a reviewer does not see.

extension Rule {
  static let hidden: [Rule] = [textInvisible, textDistant, commentHidden]

  /// There are characters that nobody sees.
  public static let textInvisible = Rule(
    "text-invisible", .warning, "there are invisible characters",
    source: "Unicode Standard Annex 9; the Unicode block Tags; trojansource.codes (CVE-2021-42574)",
    """
    A model reads zero-width characters, direction controls, tag characters and variation selectors. A screen shows nothing, or shows the words in another order. Whole \
    instructions can be hidden in them. Roster's pages show each one as a label. Joiners that emoji and some scripts need are not reported.
    """)

  /// Text stands far from where anybody looks.
  public static let textDistant = Rule(
    "text-distant", .warning, "text stands far from where anybody looks",
    """
    Behind hundreds of spaces or empty lines, text is outside every window. A model reads it as if it stood next to the rest.
    """)

  /// There is text that a rendered page does not show.
  public static let commentHidden = Rule(
    "comment-hidden", .note, "there is text that rendered Markdown does not show",
    """
    HTML comments, link definitions that nothing uses (`[//]: # (…)`) and footnotes that nothing refers to vanish when Markdown is rendered, and models read them. Roster's \
    pages show them.
    """)
}
