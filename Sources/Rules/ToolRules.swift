// The rules about what an agent may do.

extension Rule {
  static let tools: [Rule] = [
    toolUnknown, toolLegacy, toolUnavailable, toolsNoneExist, toolsShape, toolPattern,
    toolsUnrestricted, permissionBypass,
    claimContradicted, referenceMissing,
  ]

  /// The runtime has no such tool.
  public static let toolUnknown = Rule(
    "tool-unknown", .warning, "the runtime has no such tool",
    runtimes: ["claude-code", "opencode", "gemini-cli"],
    """
    A tool that does not exist is left out without a word: `bash` gives no `Bash`. Tools of MCP servers are named `mcp__server__tool` and are not looked at.
    """)

  /// A tool has gone, or is called otherwise.
  public static let toolLegacy = Rule(
    "tool-legacy", .note, "a tool has gone, or is called otherwise by now", runtimes: ["claude-code"],
    """
    Claude Code has no `MultiEdit`, `LS`, `NotebookRead`, `BashOutput`, `KillShell` and `SlashCommand` any more, and calls `Task` `Agent` since 2.1.63; the old name \
    still works. What has gone is passed by.
    """)

  /// Subagents never get a tool.
  public static let toolUnavailable = Rule(
    "tool-unavailable", .warning, "subagents never get this tool", runtimes: ["claude-code"],
    """
    Some tools belong to the session that a person talks to: `AskUserQuestion`, `EnterPlanMode`, `EndConversation`, `ScheduleWakeup`, `WaitForMcpServers` and `Workflow`. A \
    subagent does not get them, whatever its file says. A prompt that relies on asking the person will not work as its author thinks.
    """)

  /// None of the tools exists.
  public static let toolsNoneExist = Rule(
    "tools-none-exist", .error, "none of the tools exists in the runtime", runtimes: ["claude-code"],
    """
    A list of tools of which none exists leaves the agent without any: it cannot read a file, and fails to start in some versions.
    """)

  /// Tools are stated in another shape than the runtime wants.
  public static let toolsShape = Rule(
    "tools-shape", .error, "tools are stated in another shape than the runtime wants",
    runtimes: ["opencode", "gemini-cli"],
    """
    OpenCode wants a map of names, each `true` or `false`; Gemini CLI wants a list. Text parted by commas, as Claude Code takes it, makes them refuse the whole file.
    """)

  /// A pattern behind a tool limits nothing.
  public static let toolPattern = Rule(
    "tool-pattern", .warning, "a pattern in brackets does not limit the tool", runtimes: ["claude-code"],
    """
    In an agent's `tools`, Claude Code reads `Bash(git diff:*)` as all of `Bash`. Such patterns limit a tool only in the permission rules of settings. In the `allowed-tools` \
    of skills and commands they only say which commands need no question.
    """)

  /// Nothing limits the tools.
  public static let toolsUnrestricted = Rule(
    "tools-unrestricted", .note, "nothing limits the agent's tools", runtimes: ["claude-code"],
    """
    Where a file names no tools, the agent inherits all that the session has: files, commands, the web, and every MCP server. Often nobody decided that. Name \
    the tools that it needs.
    """)

  /// Nobody is asked.
  public static let permissionBypass = Rule(
    "permission-bypass", .warning, "the agent never asks for permission", runtimes: ["claude-code"],
    """
    `permissionMode: bypassPermissions` lets the agent write and run whatever its tools allow, without anybody being asked. In a file that others install, that is \
    their decision, not its author's.
    """)

  /// The text says one thing, the tools another.
  public static let claimContradicted = Rule(
    "claim-contradicted", .note, "the text says read-only, the tools do not",
    """
    The text says that the agent is read-only, or must not change files, but its tools let it edit files or run commands. Only the model's restraint keeps the promise. \
    Leave those tools out, and it holds for certain. Sentences with an exception (“outside `docs/`”, “unless asked”) and sentences about something else are not reported, \
    nor are skills, which use the tools of the session.
    """)

  /// Something is named that is not there.
  public static let referenceMissing = Rule(
    "reference-missing", .note, "a missing agent, skill or MCP server", runtimes: ["claude-code"],
    """
    The agent names another agent (`Agent(name)` among its tools, `agents`, `handoffs`, `@agent-name` or `subagent_type` in its prompt) or a skill (`skills`), and the \
    catalog has none of that name. It may be kept elsewhere; if not, the call fails. Agents that come with a runtime are known. Skills are looked up only in catalogs that have \
    skills. An MCP server is reported only where its name is almost that of one that the file configures: others may be configured in `.mcp.json`.
    """)
}
