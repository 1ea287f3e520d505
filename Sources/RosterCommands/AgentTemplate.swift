import Agents
import Files

/// The file of a new agent.
struct AgentTemplate {
  let name: String
  let description: String?
  let tools: String?
  let model: String?

  /// Where a runtime looks for an agent.
  ///
  /// - Parameter folder: the folder that somebody wants instead, or nil.
  static func path(of name: String, for runtime: Dialect, in folder: String?) -> String {
    let place = folder.map { $0.hasSuffix("/") ? String($0.dropLast()) : $0 }
    switch runtime {
    case .claudeCode:
      let known = [".claude/agents", "agents", "Content"].first { Disk.kind($0) == .folder }
      return "\(place ?? known ?? ".claude/agents")/\(name).md"
    case .copilot: return "\(place ?? ".github/agents")/\(name).agent.md"
    case .openCode: return "\(place ?? ".opencode/agent")/\(name).md"
    case .gemini: return "\(place ?? ".gemini/agents")/\(name).md"
    case .cursor: return "\(place ?? ".cursor/rules")/\(name).mdc"
    case .skill: return "\(place ?? ".claude/skills")/\(name)/SKILL.md"
    }
  }

  /// The file, as a runtime takes it.
  func text(for runtime: Dialect) -> String {
    (["---"] + fields(for: runtime) + ["---", "", prompt]).joined(separator: "\n")
  }

  private func fields(for runtime: Dialect) -> [String] {
    let said =
      description ?? "Says in one sentence what it does. Use it when that is needed, and not for anything else."
    let words = (tools ?? "").split(separator: ",").map { $0.drop { $0 == " " } }.map {
      String($0.reversed().drop { $0 == " " }.reversed())
    }.filter { !$0.isEmpty }
    var fields = ["description: \(Self.quoted(said))"]
    switch runtime {
    case .claudeCode:
      fields.insert("name: \(name)", at: 0)
      fields.append("tools: \(words.isEmpty ? "Read, Grep, Glob" : words.joined(separator: ", "))")
      if let model { fields.append("model: \(Self.quoted(model))") }
    case .copilot:
      fields.insert("name: \(name)", at: 0)
      let named = words.isEmpty ? ["read", "search"] : words
      fields.append("tools: [\(named.map(Self.quoted).joined(separator: ", "))]")
      if let model { fields.append("model: \(Self.quoted(model))") }
    case .openCode:
      fields.append("mode: subagent")
      if let model { fields.append("model: \(Self.quoted(model))") }
      if !words.isEmpty { fields.append("tools:") }
      fields += words.map { "  \(Self.quoted($0)): true" }
    case .gemini:
      fields.insert("name: \(name)", at: 0)
      let named = words.isEmpty ? ["read_file", "grep_search"] : words
      fields.append("tools:")
      fields += named.map { "  - \(Self.quoted($0))" }
      if let model { fields.append("model: \(Self.quoted(model))") }
    case .cursor: fields.append("alwaysApply: false")
    case .skill:
      fields.insert("name: \(name)", at: 0)
      if !words.isEmpty { fields.append("allowed-tools: \(words.joined(separator: ", "))") }
    }
    return fields
  }

  /// A text as YAML takes it, whatever is in it: what stands between double quotation marks is escaped as in JSON.
  private static func quoted(_ text: String) -> String {
    let isPlain = text.utf8.allSatisfy { byte in
      (byte >= 0x30 && byte <= 0x39) || (byte >= 0x41 && byte <= 0x5A) || (byte >= 0x61 && byte <= 0x7A)
        || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-")
    }
    if isPlain, text.utf8.first.map({ $0 >= 0x41 }) ?? false,
      !["true", "false", "null", "yes", "no", "on", "off"].contains(text.lowercased())
    {
      return text
    }
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\": quoted += "\\\(scalar)"
      case "\n": quoted += "\\n"
      case "\t": quoted += "\\t"
      default: if scalar.value >= 0x20, scalar.value != 0x7F { quoted.unicodeScalars.append(scalar) }
      }
    }
    return quoted + "\""
  }

  private var prompt: String {
    """
    # \(name.split(separator: "-").joined(separator: " ").prefix(1).uppercased() + name.split(separator: "-").joined(separator: " ").dropFirst())

    Say who you are to be, and for whom you work, in two or three sentences.

    ## Task

    What you are given, and what you hand back.

    ## Steps

    1. Read what it is about before you say anything.
    2. Do the work.
    3. Check the result against what was asked.

    ## Limits

    - What you leave to others.
    - When you stop and ask.

    """
  }
}
