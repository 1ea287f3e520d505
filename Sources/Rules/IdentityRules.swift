// The rules about what an agent is called, and what it is for.

extension Rule {
  static let identity: [Rule] = [
    nameMissing, nameFormat, nameShared, nearDuplicate, descriptionMissing, descriptionEscaped, descriptionLong,
    modelUnknown,
  ]

  /// There is no name.
  public static let nameMissing = Rule(
    "name-missing", .error, "the agent has no name", runtimes: ["claude-code"],
    """
    Claude Code takes a file without a name for documentation and passes it by. Only the agents of a plugin then go by their file's name.
    """)

  /// The runtime does not take the name.
  public static let nameFormat = Rule(
    "name-format", .warning, "the name is not one that the runtime takes",
    runtimes: ["claude-code", "gemini-cli", "agent-skill"],
    """
    The name of a skill has up to 64 small letters, digits and hyphens, none of them at an end or doubled, and is that of its folder. An agent of a plugin whose name Claude \
    Code does not take goes by its file's name. Where a runtime leaves the agent out, `will-not-load` says so.
    """)

  /// Others have the same name.
  public static let nameShared = Rule(
    "name-shared", .warning, "another agent has the same name",
    """
    Claude Code, OpenCode and Gemini CLI know an agent by its name. Where they find two of one name in the same place (one `.claude` folder, one plugin, one plain folder), \
    they load one and leave out the other. Rename one, or remove one.

    Agents of one name in different plain folders are a note: only one of them can be installed. Agents that never load together are not reported: those of different \
    projects in one repository, of different plugins, and of different runtimes. The page of the name compares them all.
    """)

  /// Another prompt is nearly the same.
  public static let nearDuplicate = Rule(
    "near-duplicate", .note, "another agent has nearly the same prompt",
    """
    More than half of the runs of five words are the same, or all of the prompt is. Whoever improves one of them seldom improves the other, and a model that is to choose between them has nothing \
    to go by. The page of the comparison shows what differs. Where both are meant, say so in `roster.yml`.
    """)

  /// There is no description.
  public static let descriptionMissing = Rule(
    "description-missing", .error, "the agent has no description", runtimes: ["claude-code"],
    """
    A model chooses an agent by its description and nothing else, and Claude Code leaves an agent out that has none.
    """)

  /// The description has `\n` for line breaks.
  public static let descriptionEscaped = Rule(
    "description-escaped", .warning, "the description has \\n where line breaks are meant",
    """
    In plain and single-quoted YAML a backslash is a backslash: the model reads the two characters, and so does whoever looks at a list of agents. Roster \
    shows line breaks. Write the description as a block behind `|`.
    """)

  /// The description is long.
  public static let descriptionLong = Rule(
    "description-long", .note, "the description is long", runtimes: ["claude-code", "agent-skill"],
    """
    The description of every installed agent is in every session, whether the agent is called or not; Claude Code warns where all of them together exceed \
    15,000 tokens. One of more than 1,000 takes a large part of that for itself. A skill may have 1,024 characters and no more. Say when the agent is to be \
    used in the description, and the rest in the prompt.
    """)

  /// The runtime knows no such model.
  public static let modelUnknown = Rule(
    "model-unknown", .warning, "the runtime knows no such model", runtimes: ["claude-code"],
    """
    Claude Code takes `sonnet`, `opus`, `haiku`, `fable` and `inherit`, and full identifiers such as `claude-opus-4-5`. With anything else the agent fails when it \
    is called, or runs on another model than its author meant.
    """)
}
