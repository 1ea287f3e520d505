import Files

/// The runtime that a file was written for, by its place and its keys.
public enum Dialect: String, Sendable, CaseIterable, Storable {
  /// A Claude Code subagent, or the agent of a Claude Code plugin.
  case claudeCode = "claude-code"
  /// A custom agent or chat mode of GitHub Copilot.
  case copilot
  /// An agent of OpenCode.
  case openCode = "opencode"
  /// A subagent of Gemini CLI.
  case gemini = "gemini-cli"
  /// A rule or an agent of Cursor.
  case cursor
  /// An agent skill: a folder with `SKILL.md`.
  case skill = "agent-skill"

  /// The name that people use.
  public var title: String {
    switch self {
    case .claudeCode: "Claude Code"
    case .copilot: "GitHub Copilot"
    case .openCode: "OpenCode"
    case .gemini: "Gemini CLI"
    case .cursor: "Cursor"
    case .skill: "Agent Skill"
    }
  }

  /// Recognises the dialect of a file.
  ///
  /// - Parameters:
  ///   - path: the published path, which includes the folders that belong to a runtime.
  ///   - fields: the fields of the frontmatter.
  init(path: String, fields: [Field]) {
    let components = path.lowercased().split(separator: "/")
    let file = components.last ?? ""
    let keys = Set(fields.map(\.key))
    if file == "skill.md" {
      self = .skill
    } else if file.hasSuffix(".agent.md") || file.hasSuffix(".chatmode.md") {
      self = .copilot
    } else if file.hasSuffix(".mdc") || components.contains(".cursor") {
      self = .cursor
    } else if components.contains(".opencode") {
      self = .openCode
    } else if components.contains(".gemini") {
      self = .gemini
    } else if components.contains(".github") {
      self = .copilot
    } else if components.contains(".claude") {
      self = .claudeCode
    } else if let byKeys = Self.dialect(of: keys, fields: fields) {
      self = byKeys
    } else {
      self = .claudeCode
    }
  }

  private static func dialect(of keys: Set<String>, fields: [Field]) -> Dialect? {
    if !keys.isDisjoint(with: ["globs", "alwaysApply", "is_background"]) { return .cursor }
    let mode = fields.first { $0.key == "mode" }?.value.scalar
    if ["primary", "subagent", "all"].contains(mode) { return .openCode }
    if case .map = fields.first(where: { $0.key == "tools" })?.value { return .openCode }
    if !keys.isDisjoint(with: ["max_turns", "timeout_mins", "display_name"]) { return .gemini }
    if !keys.isDisjoint(with: ["handoffs", "argument-hint", "mcp-servers", "user-invocable", "target"]),
      keys.isDisjoint(with: ["permissionMode", "disallowedTools"])
    {
      return .copilot
    }
    return nil
  }
}
