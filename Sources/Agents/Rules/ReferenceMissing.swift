import Files
import Foundation
import Rules
import Text

/// Reports references to missing agents, skills, files and MCP servers.
enum ReferenceMissing: FieldRule, TextRule, CatalogRule {
  static let rule = Rule(
    "reference-missing", .note, "a missing agent, skill, file or MCP server", runtimes: ["claude-code"],
    what: """
      Reports another agent (`Agent(name)` among the tools, `agents`, `handoffs`, `@agent-name` or `subagent_type` in \
      the prompt) or a skill (`skills`) that is not in the catalog. In a skill, it reports links to files that are not \
      in its folder, and commands that run such files (`python scripts/a.py`) if the skill has other files in \
      `scripts`. The built-in agents of runtimes are known. Skills are looked up only in catalogs that have skills. An \
      MCP server is reported only if its name is almost that of one that the file configures: others may be configured \
      in `.mcp.json`.
      """,
    why: "The call fails unless the agent, skill or file is defined elsewhere.",
    fix: "Correct the name, add the missing item, or remove the reference.",
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

  /// Reports tools of an MCP server whose name is almost that of a server configured in the file.
  static func check(fieldsOf agent: AgentContext, _ findings: inout FindingList) {
    let runtime = agent.runtime
    let servers =
      runtime.honored("servers", in: agent.agent).map { StartedCommand.servers(in: $0.field.value).map(\.name) } ?? []
    guard !servers.isEmpty, let index = agent.indexOfValue(agent.toolsKey) else { return }
    for tool in agent.agent.tools.allowed.prefix(FindingList.judged) where runtime.tool(tool.name) == nil {
      // The session may have other servers, so only a likely misspelling is reported.
      guard let server = server(of: tool.name), server != "*", !servers.contains(server),
        !runtime.facts.builtInServers.contains(server),
        let meant = Spelling.suggestion(for: server, among: servers)
      else { continue }
      findings.add(
        rule, "the file configures no MCP server “\(Bounds.cut(server, to: 80))”",
        help: "Did you mean “\(Bounds.cut(meant, to: 80))”?", textRange: findings.place(of: tool.name, inField: index))
    }
  }

  /// Returns the server of a tool: `github` for `mcp__github__create_issue` and `github/create_issue`.
  private static func server(of tool: String) -> String? {
    guard tool.hasPrefix("mcp__") else { return tool.firstIndex(of: "/").map { String(tool[..<$0]) } }
    let rest = tool.dropFirst(5)
    return String(rest.firstRange(of: "__").map { rest[..<$0.lowerBound] } ?? rest)
  }

  // MARK: Files of the skill

  /// Matches a command in a code span or block that runs a file of the skill. The folders come from the specification
  /// (https://agentskills.io/specification).
  private static let commandPattern =
    #"(?:python3?|bash|sh|zsh|node|bun|tsx|ruby|perl|Rscript|uv run(?: python3?)?)\s+(?:\./)?((?:scripts|references|assets)/[\w./-]*\w\.\w+)"#

  /// Returns findings about missing files that the text of a skill links to or runs.
  static func findings(of skill: Agent, in bytes: [UInt8]) -> [Finding] {
    guard let bundle = skill.bundle, !skill.ignoredRules.contains(rule.id) else { return [] }
    let text = SourceText(bytes)
    var findings = FindingList(bytes: text.bytes, text: text)
    let folder = skill.source.path.folders.joined(separator: "/")
    var seen: Set<RelativePath> = []
    func missing(_ written: String) -> RelativePath? {
      // Text with placeholders such as `{baseDir}` is not a path.
      guard !written.contains(where: { "{}<>$*".contains($0) }), let path = skill.source.path.resolving(link: written),
        let below = path.description.path(below: folder).flatMap(RelativePath.init),
        !below.fileExtension.isEmpty || below.description.contains("/"), path != skill.source.path,
        !bundle.holds(below), seen.insert(below).inserted
      else { return nil }
      return below
    }
    func report(_ path: RelativePath, at range: Range<Int>?) {
      findings.add(
        rule, "the file “\(Bounds.cut(path.description, to: 200))” is not in the folder of the skill",
        help: "Add it, or correct the path.", textRange: range)
    }
    for link in skill.relativeLinks {
      guard let path = missing(link) else { continue }
      report(path, at: text.utf8.firstRange(of: Array(link.utf8)).map { $0.lowerBound..<$0.upperBound })
    }
    let prompt = String(decoding: text.utf8, as: UTF8.self)
    let pattern = try? NSRegularExpression(pattern: commandPattern)
    for match in pattern?.matches(in: prompt, range: NSRange(location: 0, length: prompt.utf16.count)) ?? [] {
      guard let range = Range(match.range(at: 1), in: prompt) else { continue }
      // If the skill has no such folder, the command belongs to another project that the text describes.
      let folder = "\(prompt[range].prefix { $0 != "/" })/"
      guard bundle.files.contains(where: { $0.path.description.hasPrefix(folder) }),
        let path = missing(String(prompt[range]))
      else { continue }
      let start = prompt.utf8.distance(from: prompt.startIndex, to: range.lowerBound)
      report(path, at: start..<start + prompt[range].utf8.count)
    }
    return findings.listed
  }

  // MARK: Agents and skills of the catalog

  static var leads: [[UInt8]] { FindingList.referenceLeads }

  /// Collects a reference in the text. The catalog decides whether its target exists.
  static func check(at index: Int, _ findings: inout FindingList) -> Int? { findings.readReference(at: index) }

  /// The maximum number of references of an agent, and of known names, for which to look up suggestions.
  private static let guesses = (references: 5, names: 2000)

  /// Returns the findings about missing targets of an agent's references.
  static func findings(about agent: some AgentSurroundings) -> [Finding] {
    agent.agent.references.enumerated().compactMap { number, reference in
      let key = agent.folded(String(reference.ownName))
      guard isMissing(reference, key, agent) else { return nil }
      let names = reference.kind == .agent ? agent.agentNames : agent.skillNames
      let mayGuess = key.utf8.count >= 5 && number < guesses.references && names.count <= guesses.names
      let meant = mayGuess ? Spelling.suggestion(for: key, among: names) : nil
      return finding(
        "the \(reference.kind.word) “\(reference.name)” is not in this catalog",
        help: meant.map { "Did you mean “\($0)”?" }
          ?? "Add it or remove the reference, unless it is defined elsewhere.",
        range: reference.range, location: reference.location, end: reference.end)
    }
  }

  private static func isMissing(_ reference: Reference, _ key: String, _ agent: some AgentSurroundings) -> Bool {
    let (agents, skills) = (agent.agentNames, agent.skillNames)
    switch reference.kind {
    case .skill: return !skills.isEmpty && !skills.contains(key)
    // Skills and commands may reference an agent of any runtime. Some agent names begin with “agent-”.
    case .agent:
      let isThere = agents.contains(key) || agents.contains("agent-" + key) || skills.contains("agent-" + key)
      return !isThere && !agent.isBuiltIn(agent: reference.name)
    }
  }
}
