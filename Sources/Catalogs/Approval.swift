/// The approval of an agent, with the changes since.
public struct Approval: Sendable, Hashable, Encodable {
  /// A person who approved the agent.
  public struct Approver: Sendable, Hashable, Encodable {
    /// The name.
    public let name: String
    /// The day in ISO 8601: `2026-05-03`.
    public let day: String

    /// Creates an approver.
    public init(name: String, day: String) {
      self.name = name
      self.day = day
    }
  }

  /// The approvers, in order of approval.
  public let approvers: [Approver]
  /// A note from the approvers, or empty.
  public let note: String
  /// The parts that changed since the approval, such as `tools` or `section Workflow`; empty if nothing changed.
  public let changes: [String]

  /// Whether the agent is unchanged since the approval.
  public var isCurrent: Bool { changes.isEmpty }

  /// Creates an approval.
  public init(approvers: [Approver], note: String = "", changes: [String]) {
    self.approvers = approvers
    self.note = note
    self.changes = changes
  }

  /// The approval state of an agent, for lists.
  public enum State: String, Sendable, CaseIterable {
    /// Approved and unchanged.
    case approved
    /// Approved, but changed since.
    case stale
    /// Not approved.
    case missing
  }
}

extension Approval? {
  /// The approval state; `missing` if there is no approval.
  public var state: Approval.State { map { $0.isCurrent ? .approved : .stale } ?? .missing }
}
