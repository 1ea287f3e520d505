import Templates

/// The verdict of the runtime about an agent's file, and its portability.
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
    // Among other badges, “Unknown” alone would be unclear.
    "badge": Member { $0.outcome == "unknown" ? "May not load" : $0.title },
    "href": Member { $0.href },
    "isWell": Member { $0.outcome == "loads" },
    "sentence": Member { $0.sentence },
    "hasReasons": Member { !$0.reasons.isEmpty },
    "reasons": Member { $0.reasons },
    "elsewhere": Member { $0.elsewhere },
  ]
}

/// A reason why a runtime doesn't fully load a file, and how to fix it.
struct LoadReasonView: TemplateView {
  let outcome: String
  let message: String
  /// The behavior of the runtime, as sentences.
  let why: String
  let fix: String
  let line: Int?
  /// The versions to which this applies, if known.
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

/// The evidence for a fact about a runtime.
struct EvidenceView: TemplateView {
  let known: String
  let source: String

  static let members: Members<EvidenceView> = ["known": Member { $0.known }, "source": Member { $0.source }]
}

/// The portability to other runtimes.
struct PortsView: TemplateView {
  let runtimes: [PortabilityView]

  static let members: Members<PortsView> = ["runtimes": Member { $0.runtimes }]
}

/// The portability to one runtime.
struct PortabilityView: TemplateView {
  let title: String
  /// The path where the runtime looks for it, with NAME as a placeholder for the file name.
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
