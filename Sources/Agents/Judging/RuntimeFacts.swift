/// What a runtime takes in a frontmatter.
///
/// Sources, all read in October 2026: Claude Code's settings and subagents pages; GitHub's custom agents configuration and the VS Code custom agent reference;
/// opencode.ai/docs/agents; docs/core/subagents.md of Gemini CLI; cursor.com/docs/agent/subagents; agentskills.io.
struct RuntimeFacts {
  /// The fields that it knows.
  let fields: Set<String>
  /// Whether the names of all its tools are known, so that others are mistakes.
  var knowsTools = false

  /// The facts about the runtime of a dialect; nil where what it takes is not written down.
  static func of(_ dialect: Dialect) -> RuntimeFacts? {
    switch dialect {
    case .claudeCode: claudeCode
    case .copilot: copilot
    case .openCode: openCode
    case .gemini: gemini
    case .skill: skill
    case .cursor: nil
    }
  }

  /// Fields that are for people and for programs such as this one, in whatever runtime.
  static let common: Set<String> = [
    "name", "description", "title", "tags", "keywords", "category", "categories", "version", "author", "authors",
    "license", "metadata", "emoji", "icon",
    "triggers", "tier", "vibe", "priority", "status", "created", "updated", "date", "source", "homepage", "repository",
    "url", "examples", "owner", "team",
    "domain", "role", "type", "id", "whenToUse", "color", "model", "language", "languages", "capabilities", "expertise",
    "specialization", "dependencies",
  ]

  private static let claudeCode = RuntimeFacts(
    fields: [
      "name", "description", "tools", "disallowedTools", "model", "permissionMode", "maxTurns", "skills", "mcpServers",
      "hooks", "memory", "background",
      "omitClaudeMd", "effort", "isolation", "color", "initialPrompt", "experimental", "observer", "observerMessage",
      "observeSubagents",
      "requiredMcpServers",
    ], knowsTools: true)

  private static let copilot = RuntimeFacts(fields: [
    "name", "description", "target", "tools", "model", "disable-model-invocation", "user-invocable", "infer",
    "mcp-servers", "metadata", "argument-hint",
    "agents", "handoffs", "hooks", "mode",
  ])

  private static let openCode = RuntimeFacts(
    fields: [
      "description", "mode", "model", "variant", "temperature", "top_p", "prompt", "tools", "permission", "permissions",
      "steps", "maxSteps", "disable",
      "disabled", "hidden", "color", "options", "request",
    ], knowsTools: true)

  private static let gemini = RuntimeFacts(
    fields: [
      "name", "description", "kind", "tools", "mcpServers", "mcp_servers", "model", "temperature", "max_turns",
      "timeout_mins", "display_name",
    ], knowsTools: true)

  private static let skill = RuntimeFacts(fields: [
    "name", "description", "license", "compatibility", "metadata", "allowed-tools", "model", "disable-model-invocation",
    "user-invocable", "context",
    "agent", "hooks", "argument-hint",
  ])

  /// What Claude Code passes by in the agents of a plugin.
  static let ignoredInPlugins: Set<String> = ["permissionMode", "mcpServers", "hooks", "initialPrompt"]

  /// What follows where a runtime does not see one of these fields.
  static func consequence(of missing: String) -> String {
    switch missing {
    case "tools": "nothing limits its tools: it inherits every one"
    case "disallowedTools": "nothing is denied"
    case "description": "it has no description, and is left out"
    case "name": "it has no name, and is left out"
    case "model": "it runs on the model of the session"
    case "permissionMode": "the session's permissions hold"
    case "maxTurns", "max_turns", "steps": "nothing bounds its turns"
    case "readonly": "it may write"
    default: "the runtime passes it by"
    }
  }

  /// What people write for a field of Claude Code where another program, or an older habit, has it so.
  static let otherSpellings = [
    "allowed-tools": "tools", "allowed_tools": "tools", "allowedTools": "tools", "tool": "tools",
    "denied-tools": "disallowedTools",
    "disallowed-tools": "disallowedTools", "disallowed_tools": "disallowedTools", "deniedTools": "disallowedTools",
    "desc": "description",
    "permission-mode": "permissionMode", "permission_mode": "permissionMode", "permissions": "permissionMode",
    "max_turns": "maxTurns", "max-turns": "maxTurns",
    "mcp-servers": "mcpServers", "mcp_servers": "mcpServers", "colour": "color",
  ]
}
