// The rules about frontmatter and its fields.

extension Rule {
  static let frontmatter: [Rule] = [
    willNotLoad, frontmatterInvalid, frontmatterUnclosed, frontmatterMisplaced, frontmatterLarge, fieldDuplicate,
    fieldNearMiss,
    fieldUnknown, fieldIgnored, valueInvalid, byteOrderMark, colorComment, rulesIgnored,
  ]

  /// The runtime leaves the agent out, and no other rule says why.
  public static let willNotLoad = Rule(
    "will-not-load", .error, "the runtime leaves the agent out", runtimes: ["claude-code", "gemini-cli"],
    """
    Claude Code leaves out an agent whose name begins with a hyphen, holds a colon, or has more than 256 characters; Gemini CLI one whose name is not made of small letters, \
    digits, `_` and `-`. Neither says so where anybody looks.

    There are other reasons, and rules that tell of them: `frontmatter-invalid`, `frontmatter-unclosed`, `frontmatter-misplaced`, `name-missing`, `description-missing`, \
    `field-duplicate`, `tools-shape`; in Gemini CLI also `field-unknown` and `tool-unknown`. The page of an agent says what becomes of it, and why.
    """)

  /// The frontmatter is not YAML.
  public static let frontmatterInvalid = Rule(
    "frontmatter-invalid", .error, "the frontmatter is not YAML", runtimes: ["claude-code"],
    """
    Runtimes read the frontmatter with a YAML parser. Where it refuses, Claude Code leaves the agent out, mostly without a word; its author finds out \
    weeks later. The usual reason is a colon with a space behind it in a description that stands in no quotation marks.

    Roster reads such a file field by field and shows all of it. Put the value in quotation marks, or write it as a block behind `|`.
    """)

  /// The frontmatter is opened and never closed.
  public static let frontmatterUnclosed = Rule(
    "frontmatter-unclosed", .error, "the frontmatter is opened and never closed", runtimes: ["claude-code"],
    """
    A first line of `---` begins a frontmatter, and a second one ends it. Without that, runtimes find no fields: no name, no description, no agent.
    """)

  /// The frontmatter does not begin at the first line.
  public static let frontmatterMisplaced = Rule(
    "frontmatter-misplaced", .warning, "the frontmatter does not begin at the first line",
    runtimes: ["claude-code", "gemini-cli"],
    """
    Runtimes look for `---` in the first line and nowhere else. A blank line before it, or a code fence around it, makes the whole file a text without \
    fields.
    """)

  /// There is more frontmatter than is read.
  public static let frontmatterLarge = Rule(
    "frontmatter-large", .error, "there is more frontmatter than is read",
    """
    A frontmatter holds a name, a description, and what a runtime has to know; nobody's is longer than a few thousand characters. More than 64 KiB, ten \
    thousand values, or brackets that nest more than 64 deep are not read as YAML, since parsers can be kept busy with them.
    """)

  /// A field stands there twice.
  public static let fieldDuplicate = Rule(
    "field-duplicate", .error, "a field stands there twice",
    """
    YAML allows no key twice. Parsers refuse the file, as Gemini CLI's does, or take the first value, or the last: what an agent may do then depends on who reads it.
    """)

  /// A field is spelled almost as one that the runtime knows.
  public static let fieldNearMiss = Rule(
    "field-near-miss", .warning, "a field is spelled almost as one that the runtime knows", runtimes: ["claude-code"],
    """
    A runtime passes by what it does not know. `allowed_tools` in place of `tools` therefore means no limit at all: the agent inherits every tool, and \
    nothing says so. The message tells what follows from the slip.
    """)

  /// A field is unknown to the runtime.
  public static let fieldUnknown = Rule(
    "field-unknown", .note, "a field is unknown to the runtime", runtimes: ["claude-code"],
    """
    The runtime passes it by. That does no harm where the field is for people, or for another program; Roster shows it on the agent's page. Gemini CLI leaves a file out \
    that has a field which it does not know; there it is an error.
    """)

  /// A field is ignored where the file stands.
  public static let fieldIgnored = Rule(
    "field-ignored", .warning, "a field is ignored in the agents of a plugin", runtimes: ["claude-code"],
    """
    Claude Code does not let the agents of a plugin choose their permission mode, bring hooks or MCP servers, or begin with a prompt of their own: these \
    fields are passed by. Whoever installs the plugin has to set them.
    """)

  /// A value is not one that the runtime accepts.
  public static let valueInvalid = Rule(
    "value-invalid", .warning, "a field has a value that the runtime does not accept",
    runtimes: ["claude-code", "copilot", "opencode", "gemini-cli", "cursor", "agent-skill"],
    """
    Each runtime accepts some types and values in its fields and no others. What a wrong value does differs: OpenCode does not start, Gemini CLI leaves the agent out, and \
    others ignore the field. The finding says which.
    """)

  /// The file begins with a byte order mark.
  public static let byteOrderMark = Rule(
    "byte-order-mark", .note, "the file begins with a byte order mark", runtimes: ["claude-code", "gemini-cli"],
    """
    Some editors put an invisible byte order mark in front of the first line. A runtime that looks for `---` at the very beginning finds none, and leaves the agent out. \
    `roster check --fix` removes the mark.
    """)

  /// A file silences rules.
  public static let rulesIgnored = Rule(
    "rules-ignored", .note, "the file asks not to be told of some rules",
    """
    A comment in the frontmatter, `# roster: ignore rule-id`, keeps findings of that rule from being listed for this file. It is written by the file's author, so \
    whoever reviews a stranger's file is told of it; the comment itself cannot be silenced this way, only in `roster.yml`.
    """)

  /// A colour is a comment.
  public static let colorComment = Rule(
    "color-comment", .warning, "a colour begins with # and so is a comment",
    """
    In YAML, ` #` begins a comment: `color: #2563EB` is a field without a value. In quotation marks it is one.
    """)
}
