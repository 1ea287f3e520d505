import Files

/// The verdict on how a runtime handles an item's file: whether it loads the file, and what it ignores.
///
/// It depends only on the file and the facts about the runtime. Findings that are turned off still count.
public struct LoadVerdict: Sendable, Hashable {
  /// The outcome for a file.
  public enum Outcome: String, Sendable, CaseIterable, Comparable {
    /// It loads completely.
    case loads
    /// It loads; some fields or tools are ignored.
    case partial
    /// The runtime's behavior is unknown, or reports disagree.
    case unknown
    /// It is registered, but cannot run.
    case unusable
    /// The runtime does not load it.
    case ignored
    /// It prevents the runtime from starting.
    case fatal

    /// The label, for example `Not loaded`.
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

    /// The severity of a finding with this outcome; nil if the rule decides.
    var severity: Finding.Severity? {
      switch self {
      case .unusable, .ignored, .fatal: .error
      case .unknown: .warning
      case .loads, .partial: nil
      }
    }

    /// Returns the runtime's behavior as a predicate after its name.
    ///
    /// - Parameter noun: The word for the item in the file.
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

    /// Orders outcomes from best to worst.
    public static func < (left: Outcome, right: Outcome) -> Bool { left.rank < right.rank }

    private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
  }

  /// A reason for the verdict, with a fix and the evidence.
  public struct Reason: Sendable, Hashable {
    /// The outcome if this were the only reason.
    public let outcome: Outcome
    /// The problem, worded as in a finding.
    public let message: String
    /// The runtime's behavior, as sentences; empty if the outcome says it all.
    public let why: String
    /// How to fix the problem.
    public let fix: String
    /// The line, counted from 1, or nil if it is about the whole file.
    public let line: Int?
    /// The evidence; empty if there is none.
    public let evidence: [Evidence]
    /// The versions for which this is known, as a phrase, or nil.
    public let versions: String?
  }

  /// The outcome for the file.
  public let outcome: Outcome
  /// The reasons, worst first; empty if there are no problems.
  public let reasons: [Reason]
  /// Whether the file would not be loaded if it were not part of a plugin.
  public let isSpared: Bool

  /// The maximum number of reasons.
  private static let limit = 20

  /// A property of a file that affects how it loads.
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
      // An effect without consequences is a reason only if it is explained or earlier versions differed.
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
  /// Returns a copy with one more reason.
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
  /// Returns the current and the earlier behavior as sentences, without repeating the message before them.
  func sentence(after message: String) -> String {
    var parts: [String] = []
    if !why.isEmpty, !message.contains(why) { parts.append(why.prefix(1).uppercased() + why.dropFirst() + ".") }
    if let before, let since { parts.append("Before \(since): \(before.title.lowercased()).") }
    return parts.joined(separator: " ")
  }
}

extension LoadVerdict: Storable {
  /// Writes all properties in order.
  public func store(in bytes: inout ByteWriter) {
    outcome.store(in: &bytes)
    reasons.store(in: &bytes)
    isSpared.store(in: &bytes)
  }

  /// Reads the format that ``store(in:)`` writes.
  public init(from bytes: inout ByteReader) throws(ByteReader.Failure) {
    outcome = try Outcome(from: &bytes)
    reasons = try [Reason](from: &bytes)
    isSpared = try Bool(from: &bytes)
  }
}

extension LoadVerdict.Outcome: Storable {}
extension Evidence.Kind: Storable {}

extension Evidence: Storable {
  /// Writes all properties in order.
  public func store(in bytes: inout ByteWriter) {
    kind.store(in: &bytes)
    source.store(in: &bytes)
  }

  /// Reads the format that ``store(in:)`` writes.
  public init(from bytes: inout ByteReader) throws(ByteReader.Failure) {
    self.init(kind: try Kind(from: &bytes), source: try String(from: &bytes))
  }
}

extension LoadVerdict.Reason: Storable {
  /// Writes all properties in order.
  public func store(in bytes: inout ByteWriter) {
    outcome.store(in: &bytes)
    message.store(in: &bytes)
    why.store(in: &bytes)
    fix.store(in: &bytes)
    line.store(in: &bytes)
    evidence.store(in: &bytes)
    versions.store(in: &bytes)
  }

  /// Reads the format that ``store(in:)`` writes.
  public init(from bytes: inout ByteReader) throws(ByteReader.Failure) {
    self.init(
      outcome: try LoadVerdict.Outcome(from: &bytes), message: try String(from: &bytes), why: try String(from: &bytes),
      fix: try String(from: &bytes), line: try Int?(from: &bytes), evidence: try [Evidence](from: &bytes),
      versions: try String?(from: &bytes))
  }
}
