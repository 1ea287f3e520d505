import Agents
import Catalogs
import Files

/// The facts about an agent that determine the summary sentence of a comparison, and whether it is a copy of another
/// agent.
struct ComparedFacts {
  let agent: Agent
  let reach: Reach
  /// The text that distinguishes the agent from others with the same name.
  let qualifier: String?
  /// The prompt, with lines separated by line feeds.
  let prompt: [UInt8]

  init(_ inputs: AgentInputs) throws(SourceChanged) {
    agent = inputs.agent
    reach = inputs.file.record.reach
    qualifier = inputs.place.qualifier
    prompt = Array(inputs.agent.prompt(in: try inputs.file.bytes()).text)
  }

  /// The listed tools; nil if tools are inherited.
  var tools: [String]? { agent.tools.statement == .listed ? agent.tools.allowed.map(\.text) : nil }

  /// The denied tools.
  var denied: [String] { agent.tools.denied.map(\.text) }

  /// Groups agents with their copies, by index. Copies have the same prompt, fields and kind.
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
