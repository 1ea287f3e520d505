import Agents
import Catalogs
import Files

/// What an agent's page says of runtimes: what its own makes of the file, and what others would.
extension Site {
  func loading(_ record: AgentRecord, _ place: AgentPlace) -> LoadingView {
    let agent = record.agent
    let verdict = agent.loading
    return LoadingView(
      outcome: verdict.outcome.rawValue, title: verdict.outcome.title,
      href: place.loadsTerm.map { place.address.link(to: $0) }, sentence: Self.sentence(verdict, agent),
      reasons: verdict.reasons.map {
        LoadReasonView(
          outcome: $0.outcome.rawValue, message: $0.message.capitalisedFirst + ".", fix: $0.fix, line: $0.line)
      }, elsewhere: portabilities.of(record).html)
  }

  private static func sentence(_ verdict: LoadVerdict, _ agent: Agent) -> String {
    let runtime = agent.dialect.title
    if verdict.isSpared {
      return
        "\(runtime) loads it as an agent of a plugin, under the name of its file and with a description of its own making. Anywhere else it would leave it out."
    }
    return switch verdict.outcome {
    case .loads: "\(runtime) loads it."
    case .lessened: "\(runtime) loads it, and passes something by."
    case .uncertain: "It is not certain that \(runtime) loads it."
    case .skipped: "\(runtime) leaves it out."
    }
  }
}
