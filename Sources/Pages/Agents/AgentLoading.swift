import Agents
import Catalogs
import Files

/// The verdict of an agent's runtime about its file, and its portability to other runtimes.
extension AgentInputs {
  func loading(_ renderer: PageRenderer) -> LoadingView {
    let agent = file.record.agent
    let verdict = agent.loading
    return LoadingView(
      outcome: verdict.outcome.rawValue, title: verdict.outcome.title,
      href: place.loadsTerm.map { place.address.link(to: $0) }, sentence: Self.sentence(verdict, agent),
      reasons: verdict.reasons.map {
        LoadReasonView(
          outcome: $0.outcome.rawValue, message: $0.message.capitalisedFirst + ".", why: $0.why, fix: $0.fix,
          line: $0.line, versions: $0.versions,
          evidence: $0.evidence.map { EvidenceView(known: $0.kind.title.capitalisedFirst, source: $0.source) })
      }, elsewhere: renderer.portabilities.of(file.record).html)
  }

  private static func sentence(_ verdict: LoadVerdict, _ agent: Agent) -> String {
    let runtime = agent.dialect.title
    if verdict.isSpared {
      return
        "\(runtime) loads it as an agent of a plugin, named after its file. Outside a plugin, it would ignore the file."
    }
    return switch verdict.outcome {
    case .loads: "\(runtime) loads this file."
    case .partial: "\(runtime) loads this file, but ignores some of it."
    case .unknown: "It is unknown whether \(runtime) loads this file."
    case .unusable: "\(runtime) lists this agent, but cannot run it."
    case .ignored: "\(runtime) ignores this file."
    case .fatal: "\(runtime) does not start while this file exists."
    }
  }
}
