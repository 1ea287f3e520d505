import Agents
import Catalogs
import Files

/// What the opening sentence of a comparison needs to know of an agent, and what makes it a copy of another.
struct ComparedFacts {
  let agent: Agent
  let reach: Reach
  /// What tells the agent from others of its name.
  let qualifier: String?
  /// The prompt, with line feeds between its lines.
  let prompt: [UInt8]

  init(_ inputs: AgentInputs) throws(SourceChanged) {
    agent = inputs.agent
    reach = inputs.file.record.reach
    qualifier = inputs.place.qualifier
    prompt = Array(inputs.agent.prompt(in: try inputs.file.bytes()).text)
  }

  /// The tools that the file lists; nil if it inherits them.
  var tools: [String]? { agent.tools.statement == .listed ? agent.tools.allowed.map(\.text) : nil }

  /// The tools that the file denies.
  var denied: [String] { agent.tools.denied.map(\.text) }

  /// The places of agents, each with those of its copies: same prompt, same fields, same kind.
  static func folded(_ all: [ComparedFacts]) -> [[Int]] {
    var groups: [[Int]] = []
    for (place, facts) in all.enumerated() {
      if let group = groups.firstIndex(where: { facts.isCopy(of: all[$0[0]]) }) {
        groups[group].append(place)
      } else {
        groups.append([place])
      }
    }
    return groups
  }

  private func isCopy(of other: ComparedFacts) -> Bool {
    prompt == other.prompt && agent.kind == other.agent.kind
      && FieldDifference(agent, other.agent).keys.isEmpty
  }
}
