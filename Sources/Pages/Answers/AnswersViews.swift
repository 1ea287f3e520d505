import Templates

/// Who answers: the box that ranks agents for a sentence, and the agents whose descriptions compete.
struct AnswersView: TemplateView {
  let count: Int
  /// How many parts the descriptions come in.
  let parts: Int
  let closeLead: String
  let rivalries: [RivalryView]
  let sameLead: String
  let same: [SameView]

  static let members: Members<AnswersView> = [
    "agentCount": Member { $0.count },
    "descriptionParts": Member { $0.parts },
    "closeLead": Member { $0.closeLead },
    "hasRivalries": Member { !$0.rivalries.isEmpty },
    "rivalries": Member { $0.rivalries },
    "sameLead": Member { $0.sameLead },
    "hasSame": Member { !$0.same.isEmpty },
    "same": Member { $0.same },
  ]
}

/// Two agents whose descriptions compete.
struct RivalryView: TemplateView {
  let agent: LinkView
  let summary: String
  let rival: LinkView
  let rivalSummary: String
  /// The score of the second, in percent of the first's.
  let share: String
  let compareHref: String

  static let members: Members<RivalryView> = [
    "agent": Member { [$0.agent] },
    "summary": Member { $0.summary },
    "rival": Member { [$0.rival] },
    "rivalSummary": Member { $0.rivalSummary },
    "share": Member { $0.share },
    "compareHref": Member { $0.compareHref },
  ]
}

/// Agents of one description.
struct SameView: TemplateView {
  let summary: String
  let agents: [LinkView]
  let rest: Int
  let compareHref: String

  static let members: Members<SameView> = [
    "summary": Member { $0.summary },
    "agents": Member { $0.agents },
    "rest": Member { $0.rest > 0 ? $0.rest : nil },
    "compareHref": Member { $0.compareHref },
  ]
}
