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
    "link-broken", .warning, "a link to a missing heading",
    """
    A link to a place in the same file, `[text](#place)`, needs a heading with that identifier, as GitHub makes it, or an anchor such as `<a id="place">` or `{#place}`. \
    Case does not matter. The page shows the link as text.
    """)

  /// A code block ends before its author meant to.
  public static let fenceNested = Rule(
    "fence-nested", .warning, "a code block inside a code block ends both",
    """
    The first closing fence of the same length ends the outer code block, whatever it was meant to end. The rest of the example becomes part of the prompt, and later text \
    becomes code. Use four backticks for the outer fences, and three inside.
    """)

  /// A fence has no partner.
  public static let fenceUnclosed = Rule(
    "fence-unclosed", .warning, "a code fence without a partner",
    """
    One missing or extra fence swaps text and code up to the next one, or to the end of the file. The finding says which: a block that is never closed, a fence that closes \
    nothing, or a fence that is part of the HTML above it. Only the first cause is reported, not the fences that it moves.
    """)

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
