import Templates

/// The page of overlapping descriptions.
struct OverlapsView: TemplateView {
  let lead: String
  let overlaps: [OverlapView]
  /// The pairs with less overlap.
  let more: [OverlapView]
  let sameLead: String
  let same: [SameView]

  static let members: Members<OverlapsView> = [
    "lead": Member { $0.lead },
    "hasOverlaps": Member { !$0.overlaps.isEmpty },
    "overlaps": Member { $0.overlaps },
    "hasMore": Member { !$0.more.isEmpty },
    "more": Member { $0.more },
    "moreTitle": Member { Wording.count($0.more.count, "more pair") },
    "sameLead": Member { $0.sameLead },
    "hasSame": Member { !$0.same.isEmpty },
    "same": Member { $0.same },
  ]
}

/// Two agents with overlapping descriptions.
struct OverlapView: TemplateView {
  let agent: LinkView
  let summary: String
  let other: LinkView
  let otherSummary: String
  /// The score of the second agent for the first agent's description, as a percentage of the first agent's own score.
  let share: String
  let compareHref: String

  static let members: Members<OverlapView> = [
    "agent": Member { [$0.agent] },
    "summary": Member { $0.summary },
    "other": Member { [$0.other] },
    "otherSummary": Member { $0.otherSummary },
    "share": Member { $0.share },
    "compareHref": Member { $0.compareHref },
  ]
}

/// A group of agents with the same description.
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
