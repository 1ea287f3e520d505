import Agents
import Catalogs
import Differences
import Files
import Likenesses

/// The change of one agent between two states.
public struct AgentChange: Sendable {
  /// The kind of change.
  public enum Kind: String, Sendable, CaseIterable {
    /// The agent was added.
    case added
    /// The agent was removed.
    case removed
    /// The name changed; the path and content may have changed as well.
    case renamed
    /// The path changed and the name did not; the content may have changed as well.
    case moved
    /// The content changed.
    case changed
    /// Only the formatting changed: line endings, file permissions, quotation marks, the order of fields.
    case formal
    /// The file is unchanged, but its results in the catalog are not.
    case affected
  }

  /// A changed field of the frontmatter.
  public struct FieldChange: Sendable, Hashable {
    /// The key.
    public let key: String
    /// The old value; nil if the field was added.
    public let before: FieldValue?
    /// The new value; nil if the field was removed.
    public let after: FieldValue?
  }

  /// The amount of change in a prompt.
  public struct TextChange: Sendable, Hashable {
    /// The number of words in both versions.
    public let same: Int
    /// The number of removed words.
    public let removed: Int
    /// The number of added words.
    public let added: Int
    /// The headings of the changed, added and removed sections.
    public let sections: [String]

    /// The share of words that were removed or added, 0 to 1, among the words of both versions.
    public var share: Double {
      let all = 2 * same + removed + added
      return all == 0 ? 0 : Double(removed + added) / Double(all)
    }
  }

  /// Another agent that this agent took much of its text from, or that took over much of its text.
  public struct Tie: Sendable, Hashable {
    /// The other agent.
    public let agent: Int
    /// The share of this agent's lines that moved between the two, 0 to 1.
    public let share: Double
  }

  /// An agent with a nearly identical prompt that was not near-identical before.
  public struct NewLikeness: Sendable, Hashable {
    /// The agent, as an index into the later catalog.
    public let agent: Int
    /// The similarity of the prompts.
    public let likeness: Likeness
  }

  /// The kind of change.
  public let kind: Kind
  /// The index of the agent in the earlier catalog; nil if it was added.
  public let before: Int?
  /// The index of the agent in the later catalog; nil if it was removed.
  public let after: Int?
  /// The changed fields, in the order of the file.
  public let fields: [FieldChange]
  /// The change of the prompt; nil if it is unchanged.
  public let text: TextChange?
  /// The change of access.
  public let access: AccessChange
  /// New commands and addresses in the prompt.
  public let mentioned: (commands: [String], addresses: [String])
  /// New findings.
  public let newFindings: [Finding]
  /// Findings that no longer apply.
  public let goneFindings: [Finding]
  /// New near-duplicates.
  public let alike: [NewLikeness]
  /// The agents of the earlier catalog that it took over lines from.
  public let origins: [Tie]
  /// The agents of the later catalog that took over its lines.
  public let heirs: [Tie]
  /// Changes in formatting, as short phrases without full stops.
  public let form: [String]
  /// Whether the model changed.
  public let changesModel: Bool
  /// The load outcomes before and after; nil if unchanged.
  public let loading: (before: LoadVerdict.Outcome?, after: LoadVerdict.Outcome?)?

  /// The approval states before and after; nil if unchanged.
  public let approval: (before: Approval.State, after: Approval.State)?

  /// The changed files in the folder of a skill, by path. If the skill was added or removed, all its other files.
  public private(set) var files: [BundleFileChange] = []

  /// A reason to look at a change, most important first: access, model, commands and addresses, near-duplicates,
  /// loading, then everything else.
  public enum Concern: Int, Sendable, Comparable, CaseIterable {
    /// The agent has more access.
    case access
    /// The agent uses another model.
    case model
    /// The prompt has new commands or addresses.
    case mentions
    /// The agent has new near-duplicates.
    case alike
    /// The load outcome changed.
    case loading
    /// There are new findings.
    case findings
    /// The text changed.
    case prose

    /// Orders by importance, most important first.
    public static func < (left: Concern, right: Concern) -> Bool { left.rawValue < right.rawValue }
  }

  /// All concerns of the change, most important first.
  public var concerns: [Concern] {
    var concerns: [Concern] = []
    if !access.gains.isEmpty { concerns.append(.access) }
    if changesModel { concerns.append(.model) }
    if !mentioned.commands.isEmpty || !mentioned.addresses.isEmpty { concerns.append(.mentions) }
    if !alike.isEmpty { concerns.append(.alike) }
    if loading != nil { concerns.append(.loading) }
    if newFindings.contains(where: { $0.severity < .note }) { concerns.append(.findings) }
    return concerns + [.prose]
  }
}
