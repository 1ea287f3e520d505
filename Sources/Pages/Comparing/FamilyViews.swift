import Templates

/// The common text of the prompts in a group, and the differences of each prompt.
struct FamilyView: TemplateView {
  /// The name of the baseline agent.
  let measure: String
  /// The agents that share the text, in words.
  let all: String
  let core: HTML
  let lineCount: Int
  let members: [FamilyMemberView]

  static let members: Members<FamilyView> = [
    "measure": Member { $0.measure },
    "coreMembers": Member { $0.all },
    "core": Member { $0.core },
    "coreLines": Member { Wording.count($0.lineCount, "line") },
    "members": Member { $0.members },
  ]
}

/// The differences between a prompt and the baseline.
struct FamilyMemberView: TemplateView {
  let name: String
  let href: String?
  let qualifier: String?
  let kind: String
  /// The link to the comparison of the two agents.
  let compareHref: String?
  let parts: [DiffPartView]
  /// A summary of the differences if they are too long to show line by line; otherwise empty.
  let more: String
  /// Whether the prompt is identical to the baseline.
  let isSame: Bool

  static let members: Members<FamilyMemberView> = [
    "name": Member { Identifier($0.name) },
    "href": Member { $0.href },
    "qualifier": Member { $0.qualifier },
    "kind": Member { $0.kind },
    "compareHref": Member { $0.compareHref },
    "parts": Member { $0.parts },
    "more": Member { $0.more },
    "isSame": Member { $0.isSame },
  ]
}

/// A decision about similar agents.
struct DecisionView: TemplateView, Encodable {
  let verdict: String
  let href: String?
  let name: String?
  let note: String

  static let members: Members<DecisionView> = [
    "verdict": Member { $0.verdict },
    "href": Member { $0.href },
    "name": Member { Identifier($0.name) },
    "note": Member { $0.note },
  ]
}
