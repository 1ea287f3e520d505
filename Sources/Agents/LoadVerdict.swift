import Files

/// What a runtime does with an agent's file: whether it loads it, and what it ignores.
///
/// It follows from the file and from what is known of the runtime. Findings that somebody turned off still count.
public struct LoadVerdict: Sendable, Hashable {
  /// What becomes of the file.
  public enum Outcome: String, Sendable, CaseIterable, Comparable {
    /// It loads as it is.
    case loads
    /// It loads; some fields or tools are ignored.
    case partial
    /// What the runtime does is not known, or reports disagree.
    case unknown
    /// It is registered, but cannot run.
    case unusable
    /// The runtime leaves it out.
    case ignored
    /// It stops the runtime from starting.
    case fatal

    /// In a few words, for example `Loaded, some fields ignored`.
    public var title: String {
      switch self {
      case .loads: "Loaded"
      case .partial: "Loaded, some parts ignored"
      case .unknown: "Unknown"
      case .unusable: "Loaded, cannot run"
      case .ignored: "Not loaded"
      case .fatal: "Stops the runtime"
      }
    }

    /// How much a finding matters that leads to it; nil where that is up to the rule.
    var severity: Finding.Severity? {
      switch self {
      case .unusable, .ignored, .fatal: .error
      case .unknown: .warning
      case .loads, .partial: nil
      }
    }

    /// What the runtime does, as the end of a sentence that its name begins.
    ///
    /// - Parameter noun: the word for what the file holds.
    func predicate(of noun: String) -> String {
      switch self {
      case .loads: "loads the file"
      case .partial: "loads the file, but ignores this part"
      case .unknown: "may not load the file"
      case .unusable: "lists the \(noun), but cannot run it"
      case .ignored: "ignores the file"
      case .fatal: "does not start"
      }
    }

    /// Orders from the best to the worst.
    public static func < (left: Outcome, right: Outcome) -> Bool { left.rank < right.rank }

    private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
  }

  /// Why it is so, what to do, and how it is known.
  public struct Reason: Sendable, Hashable {
    /// What this alone would make of the file.
    public let outcome: Outcome
    /// What is wrong, as a finding says it.
    public let message: String
    /// What happens in the runtime, as a sentence; empty where the outcome says it all.
    public let why: String
    /// What to do.
    public let fix: String
    /// The line, from 1, or nil where it is about the file as a whole.
    public let line: Int?
    /// How it is known; empty where it is not.
    public let evidence: [Evidence]
    /// For which versions it is known to hold, as a phrase, or nil.
    public let versions: String?
  }

  /// What becomes of the file.
  public let outcome: Outcome
  /// Why, the worst first; none where all is well.
  public let reasons: [Reason]
  /// Whether the file would be left out if it were not a plugin's.
  public let isSpared: Bool

  /// How many reasons are kept.
  private static let limit = 20

  /// Something about a file that changes what becomes of it.
  struct Objection: Sendable {
    let effect: Effect
    let message: String
    let fix: String
    let line: Int?
  }

  init(_ objections: [Objection], by runtime: Runtime, isOfPlugin: Bool) {
    let isLenient = isOfPlugin && runtime.facts.loadsPluginsAnyway
    var isSpared = false
    var reasons: [Reason] = []
    for objection in objections {
      let effect = objection.effect
      var (outcome, evidence) = (effect.outcome, effect.evidence)
      if isLenient, outcome == .ignored {
        outcome = .partial
        evidence = runtime.facts.pluginEvidence
        isSpared = true
      }
      // What changes nothing is a reason only where it did once.
      if outcome == .loads, effect.before == nil, effect.why.isEmpty { continue }
      reasons.append(Reason(objection, outcome: outcome, evidence: evidence))
    }
    self.init(reasons, isSpared: isSpared)
  }

  private init(_ reasons: [Reason], isSpared: Bool) {
    let ordered = reasons.enumerated().sorted { ($1.element.outcome, $0.offset) < ($0.element.outcome, $1.offset) }
    self.reasons = ordered.prefix(Self.limit).map(\.element)
    self.isSpared = isSpared
    outcome = self.reasons.first?.outcome ?? .loads
  }
}

extension LoadVerdict {
  /// The same with one more reason.
  func adding(_ objection: Objection) -> LoadVerdict {
    let reason = Reason(objection, outcome: objection.effect.outcome, evidence: objection.effect.evidence)
    return LoadVerdict(reasons + [reason], isSpared: isSpared)
  }
}

extension LoadVerdict.Reason {
  fileprivate init(_ objection: LoadVerdict.Objection, outcome: LoadVerdict.Outcome, evidence: [Evidence]) {
    self.init(
      outcome: outcome, message: objection.message, why: objection.effect.sentence(after: objection.message),
      fix: objection.fix, line: objection.line, evidence: evidence, versions: objection.effect.versions)
  }
}

extension Effect {
  /// What happens, and what happened in earlier versions, as sentences that do not repeat the message before them.
  func sentence(after message: String) -> String {
    var parts: [String] = []
    if !why.isEmpty, !message.contains(why) { parts.append(why.prefix(1).uppercased() + why.dropFirst() + ".") }
    if let before, let since { parts.append("Before \(since): \(before.title.lowercased()).") }
    return parts.joined(separator: " ")
  }
}

extension LoadVerdict: Storable {
  /// Writes every part of it, in order.
  public func store(in bytes: inout ByteWriter) {
    outcome.store(in: &bytes)
    reasons.store(in: &bytes)
    isSpared.store(in: &bytes)
  }

  /// Reads what ``store(in:)`` wrote.
  public init(from bytes: inout ByteReader) throws(ByteReader.Failure) {
    outcome = try Outcome(from: &bytes)
    reasons = try [Reason](from: &bytes)
    isSpared = try Bool(from: &bytes)
  }
}

extension LoadVerdict.Outcome: Storable {}
extension Evidence.Kind: Storable {}

extension Evidence: Storable {
  /// Writes every part of it, in order.
  public func store(in bytes: inout ByteWriter) {
    kind.store(in: &bytes)
    source.store(in: &bytes)
  }

  /// Reads what ``store(in:)`` wrote.
  public init(from bytes: inout ByteReader) throws(ByteReader.Failure) {
    self.init(kind: try Kind(from: &bytes), source: try String(from: &bytes))
  }
}

extension LoadVerdict.Reason: Storable {
  /// Writes every part of it, in order.
  public func store(in bytes: inout ByteWriter) {
    outcome.store(in: &bytes)
    message.store(in: &bytes)
    why.store(in: &bytes)
    fix.store(in: &bytes)
    line.store(in: &bytes)
    evidence.store(in: &bytes)
    versions.store(in: &bytes)
  }

  /// Reads what ``store(in:)`` wrote.
  public init(from bytes: inout ByteReader) throws(ByteReader.Failure) {
    self.init(
      outcome: try LoadVerdict.Outcome(from: &bytes), message: try String(from: &bytes), why: try String(from: &bytes),
      fix: try String(from: &bytes), line: try Int?(from: &bytes), evidence: try [Evidence](from: &bytes),
      versions: try String?(from: &bytes))
  }
}
