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
    "text-distant", .warning, "text outside every window",
    """
    After hundreds of spaces or empty lines, text is outside every window, but a model reads it like the rest. Padded tables are not reported.
    """)

  /// Hidden text holds an instruction.
  public static let commentHidden = Rule(
    "comment-hidden", .note, "hidden text holds an instruction",
    """
    HTML comments, unused link definitions (`[//]: # (…)`) and unused footnotes are not shown when Markdown is rendered, but models read them. This rule reports those that \
    hold a command to run, such as `curl`, or words addressed to a model. Phrases that take over a model are reported as `injection-phrase`. Other comments are not \
    reported. Roster's pages show all of them.
    """)
}
