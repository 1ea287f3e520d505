// The rules about what a model reads and a reviewer does not see.

extension Rule {
  static let hidden: [Rule] = [textInvisible, textDistant, commentHidden]

  /// There are characters that nobody sees.
  public static let textInvisible = Rule(
    "text-invisible", .warning, "there are characters that nobody sees",
    source: "Unicode Standard Annex 9; the Unicode block Tags; trojansource.codes (CVE-2021-42574)",
    """
    Characters of no width, marks that turn the direction of a text, and the block of tags that mirrors ASCII: a model reads them, a screen shows nothing or shows the words \
    in another order. Whole instructions fit into them. The finding names them. Those that emoji and the scripts of some languages need are not meant.
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
