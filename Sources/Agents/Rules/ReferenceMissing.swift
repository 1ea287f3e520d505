import Files
import Rules
import Text

/// Reports agents, skills and MCP servers that are named and do not exist.
enum ReferenceMissing: FieldRule, TextRule, CatalogRule {
  static let rule = Rule(
    "reference-missing", .note, "a missing agent, skill or MCP server", runtimes: ["claude-code"],
    what: """
      Reports another agent (`Agent(name)` among the tools, `agents`, `handoffs`, `@agent-name` or `subagent_type` in \
      the prompt) or a skill (`skills`) that the catalog does not have. Agents that come with a runtime are known. \
      Skills are looked up only in catalogs that have skills. An MCP server is reported only if its name is almost \
      that of one that the file configures: others may be configured in `.mcp.json`.
      """,
    why: "The call fails, unless the agent or skill is kept elsewhere.",
    fix: "Correct the name, add what is missing, or remove the name.",
    failing: Example(
      """
      ---
      name: reader
      description: Reads design documents.
      tools: Read
      ---
      Ask @agent-tester about it.
      """, line: 6, column: 5),
    passing: Example(
      """
      ---
      name: reader
      description: Reads design documents.
      tools: Read
      ---
      Ask @agent-tester about it.
      """,
      with: [
        .init(
          "tester.md",
          """
          ---
          name: tester
          description: Tests designs.
          tools: Read
          ---
          Test the design.
          """)
      ]))

  // MARK: Servers of the file

  /// Looks for tools whose MCP server is spelled almost as one that the file configures.
  static func check(fieldsOf agent: AgentContext, _ findings: inout FindingList) {
    let runtime = agent.runtime
    let servers =
      runtime.honored("servers", in: agent.agent).map { StartedCommand.servers(in: $0.field.value).map(\.name) } ?? []
    guard !servers.isEmpty, let index = agent.indexOfValue(agent.toolsKey) else { return }
    for tool in agent.agent.tools.allowed.prefix(FindingList.judged) where runtime.tool(tool.name) == nil {
      // The session may have servers of its own, so only a slip of the pen is certain.
      guard let server = server(of: tool.name), server != "*", !servers.contains(server),
        !runtime.facts.builtInServers.contains(server),
        let meant = Spelling.suggestion(for: server, among: servers)
      else { continue }
      findings.add(
        rule, "the file configures no MCP server “\(Bounds.cut(server, to: 80))”",
        help: "Did you mean “\(Bounds.cut(meant, to: 80))”?", textRange: findings.place(of: tool.name, inField: index))
    }
  }

  /// The server of a tool: `github` of `mcp__github__create_issue`, and of `github/create_issue`.
  private static func server(of tool: String) -> String? {
    guard tool.hasPrefix("mcp__") else { return tool.firstIndex(of: "/").map { String(tool[..<$0]) } }
    let rest = tool.dropFirst(5)
    return String(rest.firstRange(of: "__").map { rest[..<$0.lowerBound] } ?? rest)
  }

  // MARK: Agents and skills of the catalog

  static var leads: [[UInt8]] { FindingList.referenceLeads }

  /// Collects what the text names; the catalog tells whether it exists.
  static func check(at index: Int, _ findings: inout FindingList) -> Int? { findings.readReference(at: index) }

  /// For how many references of an agent, and among how many names, a suggestion is looked for.
  private static let guesses = (references: 5, names: 2000)

  /// What is wrong with the references of an agent.
  static func findings(about agent: some AgentSurroundings) -> [Finding] {
    agent.agent.references.enumerated().compactMap { number, reference in
      let key = agent.folded(String(reference.ownName))
      guard isMissing(reference, key, agent) else { return nil }
      let names = reference.kind == .agent ? agent.agentNames : agent.skillNames
      let mayGuess = key.utf8.count >= 5 && number < guesses.references && names.count <= guesses.names
      let meant = mayGuess ? Spelling.suggestion(for: key, among: names) : nil
      return finding(
        "the \(reference.kind.word) “\(reference.name)” is not in this catalog",
        help: meant.map { "Did you mean “\($0)”?" } ?? "Add it, or remove the name, unless it is kept elsewhere.",
        range: reference.range, location: reference.location, end: reference.end)
    }
  }

  private static func isMissing(_ reference: Reference, _ key: String, _ agent: some AgentSurroundings) -> Bool {
    let (agents, skills) = (agent.agentNames, agent.skillNames)
    switch reference.kind {
    case .skill: return !skills.isEmpty && !skills.contains(key)
    // A skill or a command may name an agent of any runtime; some agents have “agent” in their name.
    case .agent:
      let isThere = agents.contains(key) || agents.contains("agent-" + key) || skills.contains("agent-" + key)
      return !isThere && !agent.isBuiltIn(agent: reference.name)
    }
  }
}
