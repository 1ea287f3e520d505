import Templates

/// What the prompts of a group have in common, and what each makes of it.
struct FamilyView: TemplateView {
  /// The one that the others are held against.
  let measure: String
  /// Those that have it in common, in words.
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

/// What one makes of what all have in common.
struct FamilyMemberView: TemplateView {
  let name: String
  let href: String?
  let qualifier: String?
  let kind: String
  /// The page of the two side by side.
  let compareHref: String?
  let parts: [DiffPartView]
  /// Where it differs, of one that differs in too much to be told here line by line; else empty.
  let more: String
  /// Whether the prompt is the same, byte for byte.
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

/// What was decided about agents that are alike.
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
