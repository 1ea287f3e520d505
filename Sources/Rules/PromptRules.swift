// The rules about the prompt, as Markdown and as a text.

extension Rule {
  static let prompt: [Rule] = [
    bodyEmpty, promptLong, headingSkip, linkBroken, fenceNested, fenceUnclosed, tableCells, markdownBounded, fileLarge,
  ]

  /// There is no prompt.
  public static let bodyEmpty = Rule(
    "body-empty", .warning, "there is no prompt",
    "Behind the frontmatter stands nothing: the agent knows its name and what it was asked, and nothing else.")

  /// The prompt is long.
  public static let promptLong = Rule(
    "prompt-long", .note, "the prompt is long",
    runtimes: ["copilot"],
    """
    A prompt of more than 10,000 tokens takes its part of the context at every call, and what stands in its middle is read least. Copilot takes 30,000 characters and \
    no more. Move what is needed now and then into files that the agent reads when it needs them.
    """)

  /// A heading skips a level.
  public static let headingSkip = Rule(
    "heading-skip", .note, "a heading skips a level",
    "A heading of level 4 right below one of level 2 leaves a gap in the outline, by which people and screen readers find their way."
  )

  /// A link leads nowhere.
  public static let linkBroken = Rule(
    "link-broken", .warning, "a link leads to no heading of the file",
    "Identifiers of headings are made as GitHub makes them. The page shows the link as text.")

  /// A fence ends before its author meant to.
  public static let fenceNested = Rule(
    "fence-nested", .warning, "a code block holds a fence that ends it",
    """
    A fence inside a code block of the same length closes the block: the rest of the example becomes part of the prompt, and what was meant as prompt becomes code. \
    Four backticks around three help.
    """)

  /// A fence is never closed.
  public static let fenceUnclosed = Rule(
    "fence-unclosed", .warning, "a code block is never closed",
    "Everything behind the opening fence is code, to the end of the file.")

  /// A row has more cells than the table.
  public static let tableCells = Rule(
    "table-cells", .note, "a row has more cells than its table has columns",
    "GitHub shows nothing of them; Roster does. A bar inside a cell is written `\\|`.")

  /// The text would keep parsers busy.
  public static let markdownBounded = Rule(
    "markdown-bounded", .warning, "the text would keep parsers busy, and is shown as it stands",
    "Some texts take Markdown parsers time that grows with the square of their length. Beyond bounds that nobody's text comes near, Roster shows a text as it stands."
  )

  /// The file is large.
  public static let fileLarge = Rule(
    "file-large", .warning, "the file is too large to be read as Markdown",
    "More than a mebibyte is shown as it stands.")
}
