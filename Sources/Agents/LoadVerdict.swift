import Files

/// What a runtime makes of an agent's file: whether it takes it, and what it passes by.
///
/// It follows from the file and from what is known of the runtime. Whether somebody asked not to be told of a finding does not change it.
public struct LoadVerdict: Sendable, Hashable {
  /// What becomes of the file.
  public enum Outcome: String, Sendable, CaseIterable, Comparable {
    /// It loads as it stands.
    case loads
    /// It loads, but something in it is passed by.
    case lessened
    /// What the runtime does with it is not documented, or depends on its version.
    case uncertain
    /// The runtime leaves it out.
    case skipped

    /// In a few words, for example `Loads with less`.
    public var title: String {
      switch self {
      case .loads: "Loads"
      case .lessened: "Loads with less"
      case .uncertain: "May not load"
      case .skipped: "Is skipped"
      }
    }

    /// Orders from what is well to what is worst.
    public static func < (left: Outcome, right: Outcome) -> Bool { left.rank < right.rank }

    private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
  }

  /// Why it is so, and what to do.
  public struct Reason: Sendable, Hashable {
    /// What this by itself would make of the file.
    public let outcome: Outcome
    /// What is wrong, as a finding says it.
    public let message: String
    /// What to do.
    public let fix: String
    /// The line, from 1, or nil where it is about the file as a whole.
    public let line: Int?
  }

  /// What becomes of the file.
  public let outcome: Outcome
  /// Why, the worst first; none where all is well.
  public let reasons: [Reason]
  /// Whether the file would be left out if it were not a plugin's: the runtime then has it under its file's name, with a description of its own.
  public let isSpared: Bool

  /// How many reasons are kept.
  private static let limit = 20

  /// What stands in the way of a file.
  struct Objection: Sendable {
    let cause: Cause
    let message: String
    let fix: String
    let line: Int?
  }

  /// What an objection is about.
  enum Cause: Sendable, Hashable {
    /// Something that makes some runtimes leave a file out.
    case obstacle(Runtime.Obstacle)
    /// A field is not there without which the runtime leaves a file out.
    case required
    /// Something that the runtime passes by.
    case passedBy
    /// Something of which nobody says what it does.
    case unclear
  }

  init(_ objections: [Objection], by runtime: Runtime, isOfPlugin: Bool) {
    let isLenient = isOfPlugin && runtime.facts.loadsPluginsAnyway
    var isSpared = false
    var reasons: [Reason] = []
    for objection in objections {
      var outcome = Self.outcome(of: objection.cause, runtime)
      if isLenient, outcome == .skipped {
        outcome = .lessened
        isSpared = true
      }
      reasons.append(
        Reason(outcome: outcome, message: objection.message, fix: objection.fix, line: objection.line))
    }
    let ordered = reasons.enumerated().sorted { ($1.element.outcome, $0.offset) < ($0.element.outcome, $1.offset) }
    self.reasons = ordered.prefix(Self.limit).map(\.element)
    self.isSpared = isSpared
    outcome = self.reasons.first?.outcome ?? .loads
  }

  private static func outcome(of cause: Cause, _ runtime: Runtime) -> Outcome {
    switch cause {
    case .obstacle(let obstacle) where runtime.facts.skips.contains(obstacle): .skipped
    case .obstacle(.fields), .obstacle(.tools), .obstacle(.name), .passedBy: .lessened
    case .obstacle, .unclear: .uncertain
    case .required: .skipped
    }
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

extension LoadVerdict.Reason: Storable {
  /// Writes every part of it, in order.
  public func store(in bytes: inout ByteWriter) {
    outcome.store(in: &bytes)
    message.store(in: &bytes)
    fix.store(in: &bytes)
    line.store(in: &bytes)
  }

  /// Reads what ``store(in:)`` wrote.
  public init(from bytes: inout ByteReader) throws(ByteReader.Failure) {
    self.init(
      outcome: try LoadVerdict.Outcome(from: &bytes), message: try String(from: &bytes),
      fix: try String(from: &bytes), line: try Int?(from: &bytes))
  }
}
