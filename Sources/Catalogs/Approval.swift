/// That somebody approved an agent, and what was changed in it since.
public struct Approval: Sendable, Hashable, Encodable {
  /// Somebody who approved it.
  public struct Approver: Sendable, Hashable, Encodable {
    /// The name.
    public let name: String
    /// The day, as ISO 8601 has it: `2026-05-03`.
    public let day: String

    /// Makes an approver.
    public init(name: String, day: String) {
      self.name = name
      self.day = day
    }
  }

  /// Who approved it, and when, in the order in which they did.
  public let approvers: [Approver]
  /// What they had to say, or empty.
  public let note: String
  /// What is not any more as it was approved, in a few words each: `tools`, `section Workflow`; empty where all is.
  public let changes: [String]

  /// Whether the agent is what was approved.
  public var isCurrent: Bool { changes.isEmpty }

  /// Makes an approval.
  public init(approvers: [Approver], note: String = "", changes: [String]) {
    self.approvers = approvers
    self.note = note
    self.changes = changes
  }

  /// Where an agent stands among those that are approved, for lists.
  public enum State: String, Sendable, CaseIterable {
    /// It is what was approved.
    case approved
    /// It was approved, and something was changed since.
    case stale
    /// Nobody has approved it.
    case missing
  }
}

extension Approval? {
  /// Where an agent with this approval, or without any, stands.
  public var state: Approval.State { map { $0.isCurrent ? .approved : .stale } ?? .missing }
}
