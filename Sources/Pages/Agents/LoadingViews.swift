import Templates

/// What runtimes make of an agent's file.
struct LoadingView: TemplateView {
  let outcome: String
  let title: String
  let href: String?
  let sentence: String
  let reasons: [LoadReasonView]
  let elsewhere: HTML

  static let members: Members<LoadingView> = [
    "outcome": Member { $0.outcome },
    "title": Member { $0.title },
    // Beside other badges, “Unknown” alone says nothing.
    "badge": Member { $0.outcome == "unknown" ? "May not load" : $0.title },
    "href": Member { $0.href },
    "isWell": Member { $0.outcome == "loads" },
    "sentence": Member { $0.sentence },
    "hasReasons": Member { !$0.reasons.isEmpty },
    "reasons": Member { $0.reasons },
    "elsewhere": Member { $0.elsewhere },
  ]
}

/// Why a runtime does not take a file as it stands, and what to do.
struct LoadReasonView: TemplateView {
  let outcome: String
  let message: String
  /// What happens in the runtime, as sentences.
  let why: String
  let fix: String
  let line: Int?
  /// For which versions it is known to hold.
  let versions: String?
  let evidence: [EvidenceView]

  static let members: Members<LoadReasonView> = [
    "outcome": Member { $0.outcome },
    "message": Member { HTML(codeSpans: $0.message) },
    "why": Member { $0.why },
    "fix": Member { HTML(codeSpans: $0.fix) },
    "line": Member { $0.line },
    "versions": Member { $0.versions },
    "hasEvidence": Member { !$0.evidence.isEmpty },
    "evidence": Member { $0.evidence },
  ]
}

/// How a fact about a runtime is known.
struct EvidenceView: TemplateView {
  let known: String
  let source: String

  static let members: Members<EvidenceView> = ["known": Member { $0.known }, "source": Member { $0.source }]
}

/// What other runtimes would make of the file.
struct PortsView: TemplateView {
  let runtimes: [PortabilityView]

  static let members: Members<PortsView> = ["runtimes": Member { $0.runtimes }]
}

/// What another runtime would make of the file.
struct PortabilityView: TemplateView {
  let title: String
  /// Where the runtime looks for it, with NAME for the name of the file.
  let path: String
  let rewritten: [String]
  let lost: [String]
  let obstacles: [String]
  let change: String

  static let members: Members<PortabilityView> = [
    "title": Member { $0.title },
    "path": Member { $0.path },
    "rewritten": Member { $0.rewritten.joined(separator: "; ") },
    "lost": Member { $0.lost.joined(separator: "; ") },
    "obstacles": Member { $0.obstacles.joined(separator: "; ") },
    "change": Member { $0.change },
    "isSame": Member { $0.change == "the same" },
    "isAsItIs": Member { $0.rewritten.isEmpty && $0.lost.isEmpty && $0.obstacles.isEmpty },
  ]
}
