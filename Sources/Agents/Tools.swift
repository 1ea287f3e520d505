/// A tool that a runtime has.
public struct KnownTool: Sendable, Hashable {
  /// Its name, as the runtime spells it.
  public let name: String
  /// What it lets an agent do; empty of one that only keeps lists or talks to the session.
  public let abilities: [Reach.Ability]
  /// The same in plain words, for example `run any shell command`.
  public let allows: String
}

/// The tools that each runtime has.
///
/// Sources, all read in October 2026: Claude Code's settings and subagents pages; GitHub's custom agents configuration and the VS Code
/// custom agent reference; opencode.ai/docs/agents; docs/core/subagents.md of Gemini CLI.
public enum Tools {
  /// The tool that an agent means by a name, or nil where its runtime has none.
  public static func known(_ name: String, _ dialect: Dialect) -> KnownTool? {
    let tools = tables[dialect] ?? [:]
    if let tool = tools[canonical(name, dialect)] { return tool }
    // Copilot groups its tools: `edit/editFiles`, `search/codebase`; the group says enough.
    guard dialect == .copilot, let slash = name.firstIndex(of: "/") else { return nil }
    let member = canonical(String(name[name.index(after: slash)...]), dialect)
    return tools[member] ?? tools[canonical(String(name[..<slash]), dialect)]
  }

  /// The name that a runtime has for a tool today: `Task` is `Agent`; OpenCode's `patch` goes with `edit`; Copilot does not tell capitals from small letters.
  static func canonical(_ name: String, _ dialect: Dialect) -> String {
    switch dialect {
    case .claudeCode, .skill: name == "Task" ? "Agent" : name
    case .copilot: name.lowercased()
    // Names of its first and second version; one permission governs edits and patches.
    case .openCode: ["patch": "edit", "shell": "bash", "execute": "bash", "subagent": "task"][name] ?? name
    default: name
    }
  }

  /// Whether a name is that of an MCP server's tool, or of the server.
  static func isFromServer(_ name: String) -> Bool {
    name.hasPrefix("mcp__") || name.hasPrefix("mcp_") || name.contains("/") || name.hasSuffix("*")
  }

  /// The names of the tools that give an ability.
  static func names(giving ability: Reach.Ability, _ dialect: Dialect) -> Set<String> {
    Set(
      (tables[dialect] ?? [:]).filter { $0.value.abilities.contains(ability) && !legacy.contains($0.value.name) }
        .map(\.key))
  }

  /// What Claude Code gives to no subagent, whatever its file says.
  static let neverInSubagents: Set<String> = [
    "AskUserQuestion", "EndConversation", "EnterPlanMode", "ScheduleWakeup", "WaitForMcpServers", "Workflow",
  ]

  /// Names that Claude Code once had; denying what is left is enough.
  private static let legacy: Set<String> = ["MultiEdit", "LS", "NotebookRead", "BashOutput", "KillShell", "Task"]

  /// The names of the tools that a runtime has today.
  static func names(of dialect: Dialect) -> [String] {
    (tables[dialect] ?? [:]).keys.filter { !legacy.contains($0) && !neverInSubagents.contains($0) }.sorted()
  }

  /// What became of a tool that Claude Code once had, and what to do; nil of one that it has.
  static func whatBecame(of name: String) -> (fate: String, help: String)? {
    switch name {
    case "Task": ("is called Agent since Claude Code 2.1.63", "Write Agent; the old name still works.")
    case "MultiEdit": ("is gone: Edit does what it did", "Write Edit.")
    case "NotebookRead": ("is gone: Read does what it did", "Write Read.")
    case "LS": ("is gone: Glob and Bash do what it did", "Write Glob.")
    case "BashOutput", "KillShell": ("is gone: it belongs to Bash and TaskStop by now", "Take it out.")
    case "SlashCommand": ("is gone: Skill does what it did", "Write Skill.")
    case "TaskOutput": ("is on its way out: Read reads the file that a task writes", "Write Read.")
    default: nil
    }
  }

  private static let tables: [Dialect: [String: KnownTool]] = [
    .claudeCode: claude, .skill: claude, .copilot: copilot, .openCode: openCode, .gemini: gemini, .cursor: claude,
  ]

  private static func table(_ rows: [(String, [Reach.Ability], String)]) -> [String: KnownTool] {
    Dictionary(
      rows.map { ($0.0, KnownTool(name: $0.0, abilities: $0.1, allows: $0.2)) }, uniquingKeysWith: { first, _ in first }
    )
  }

  private static let claude = table([
    ("Read", [.read], "read any file, pictures and PDFs too"),
    ("Grep", [.read], "search the contents of files"),
    ("Glob", [.read], "find files by pattern"),
    ("LS", [.read], "list folders"),
    ("LSP", [.read], "ask a language server about the code"),
    ("NotebookRead", [.read], "read notebooks"),
    ("Write", [.edit], "create and overwrite files"),
    ("Edit", [.edit], "change files"),
    ("MultiEdit", [.edit], "change files in several places at once"),
    ("NotebookEdit", [.edit], "change notebooks"),
    ("Bash", [.run], "run any shell command"),
    ("PowerShell", [.run], "run any PowerShell command"),
    ("Monitor", [.run], "run a command and watch what it prints"),
    ("BashOutput", [.run], "read what a running command prints"),
    ("KillShell", [.run], "stop a running command"),
    ("WebFetch", [.web], "fetch a page from the web"),
    ("WebSearch", [.web], "search the web"),
    ("Agent", [.delegate], "start other agents"),
    ("Workflow", [.delegate], "start a workflow of agents"),
    ("SlashCommand", [.delegate], "run a command of the project"),
    ("Skill", [.delegate], "load a skill and follow it"),
    ("RemoteTrigger", [.delegate], "start a remote session"),
    ("CronCreate", [.delegate], "have a prompt run later"),
    ("CronDelete", [], "take a scheduled prompt away"),
    ("CronList", [], "list scheduled prompts"),
    ("Artifact", [.edit], "publish a page"),
    ("TodoWrite", [], "keep a list of what is to do"),
    ("TaskCreate", [], "add to the list of tasks"),
    ("TaskGet", [], "look at a task"),
    ("TaskList", [], "list the tasks"),
    ("TaskUpdate", [], "change a task"),
    ("TaskOutput", [.read], "read what a background task prints"),
    ("TaskStop", [], "stop a background task"),
    ("AskUserQuestion", [], "ask the person a question"),
    ("EnterPlanMode", [], "begin to plan"),
    ("ExitPlanMode", [], "show a plan for approval"),
    ("EnterWorktree", [.edit], "work in a copy of the repository"),
    ("ExitWorktree", [], "leave the copy of the repository"),
    ("EndConversation", [], "end the conversation"),
    ("ListAgents", [], "list the agents"),
    ("ListMcpResourcesTool", [.read], "list what MCP servers offer"),
    ("ReadMcpResourceTool", [.read], "read what MCP servers offer"),
    ("PushNotification", [], "notify the person"),
    ("ReportFindings", [], "report findings"),
    ("ScheduleWakeup", [], "wake up later"),
    ("SendFeedback", [], "send feedback"),
    ("SendMessage", [], "send a message to another agent"),
    ("SendUserFile", [], "hand a file to the person"),
    ("ShareOnboardingGuide", [], "share a guide"),
    ("SubagentHandback", [], "hand the work back"),
    ("ToolSearch", [], "look for tools"),
    ("WaitForMcpServers", [], "wait for MCP servers"),
  ])

  private static let copilot = table([
    ("read", [.read], "read files"), ("notebookread", [.read], "read notebooks"),
    ("search", [.read], "search files"), ("grep", [.read], "search the contents of files"),
    ("glob", [.read], "find files by pattern"), ("codebase", [.read], "search the code"),
    ("usages", [.read], "find where something is used"), ("problems", [.read], "see the editor's problems"),
    ("changes", [.read], "see what has changed"), ("findtestfiles", [.read], "find tests"),
    ("searchresults", [.read], "see search results"), ("testfailure", [.read], "see which tests fail"),
    ("terminallastcommand", [.read], "see the last command of the terminal"),
    ("terminalselection", [.read], "see what is selected in the terminal"),
    ("edit", [.edit], "change files"), ("multiedit", [.edit], "change files in several places at once"),
    ("write", [.edit], "create and overwrite files"), ("notebookedit", [.edit], "change notebooks"),
    ("editfiles", [.edit], "change files"), ("new", [.edit], "create a project"),
    ("editnotebook", [.edit], "change notebooks"), ("createfile", [.edit], "create files"),
    ("execute", [.run], "run shell commands"), ("shell", [.run], "run shell commands"),
    ("bash", [.run], "run shell commands"), ("powershell", [.run], "run shell commands"),
    ("runcommands", [.run], "run shell commands"), ("terminalcommand", [.run], "run shell commands"),
    ("runinterminal", [.run], "run shell commands"), ("runtasks", [.run], "run the editor's tasks"),
    ("runtests", [.run], "run tests"), ("runnotebooks", [.run], "run notebooks"),
    ("getterminaloutput", [.read], "see what the terminal shows"),
    ("web", [.web], "use the web"), ("websearch", [.web], "search the web"),
    ("webfetch", [.web], "fetch a page from the web"), ("fetch", [.web], "fetch a page from the web"),
    ("githubrepo", [.web], "search a repository on GitHub"), ("opensimplebrowser", [.web], "open a page in the editor"),
    ("agent", [.delegate], "start other agents"), ("custom-agent", [.delegate], "start other agents"),
    ("task", [.delegate], "start other agents"), ("runsubagent", [.delegate], "start other agents"),
    ("todo", [], "keep a list of what is to do"), ("todos", [], "keep a list of what is to do"),
    ("todowrite", [], "keep a list of what is to do"), ("think", [], "think"),
    ("memory", [.edit], "keep notes between sessions"), ("vscodeapi", [.read], "look up the editor's interface"),
    ("extensions", [.read], "look up extensions of the editor"),
  ])

  private static let openCode = table([
    ("read", [.read], "read files"), ("grep", [.read], "search the contents of files"),
    ("glob", [.read], "find files by pattern"), ("list", [.read], "list folders"),
    ("lsp", [.read], "ask a language server"),
    ("write", [.edit], "create and overwrite files"), ("edit", [.edit], "change files"),
    ("bash", [.run], "run any shell command"),
    ("webfetch", [.web], "fetch a page from the web"), ("websearch", [.web], "search the web"),
    ("task", [.delegate], "start other agents"),
    ("skill", [.delegate], "load a skill and follow it"),
    ("todowrite", [], "keep a list of what is to do"), ("todoread", [], "read the list of what is to do"),
    ("question", [], "ask the person a question"),
  ])

  private static let gemini = table([
    ("read_file", [.read], "read files"), ("read_many_files", [.read], "read many files at once"),
    ("glob", [.read], "find files by pattern"), ("grep_search", [.read], "search the contents of files"),
    ("list_directory", [.read], "list folders"), ("get_internal_docs", [.read], "read the manual of the program"),
    ("write_file", [.edit], "create and overwrite files"), ("replace", [.edit], "change files"),
    ("run_shell_command", [.run], "run any shell command"),
    ("google_web_search", [.web], "search the web"), ("web_fetch", [.web], "fetch a page from the web"),
    ("invoke_agent", [.delegate], "start other agents"), ("activate_skill", [.delegate], "load a skill and follow it"),
    ("write_todos", [], "keep a list of what is to do"), ("ask_user", [], "ask the person a question"),
    ("enter_plan_mode", [], "begin to plan"), ("exit_plan_mode", [], "show a plan for approval"),
    ("update_topic", [], "say what it works on"), ("complete_task", [], "say that it is done"),
    ("read_mcp_resource", [.read], "read what MCP servers offer"),
    ("list_mcp_resources", [.read], "list what MCP servers offer"),
    ("tracker_create_task", [], "add to the list of tasks"), ("tracker_update_task", [], "change a task"),
    ("tracker_get_task", [], "look at a task"), ("tracker_list_tasks", [], "list the tasks"),
    ("tracker_add_dependency", [], "link two tasks"), ("tracker_visualize", [], "draw the tasks"),
  ])
}
