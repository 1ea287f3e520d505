import Agents
import Catalogs
import Differences
import Files
import Likenesses

/// What became of one agent between two states.
public struct AgentChange: Sendable {
  /// What became of it, in a word.
  public enum Kind: String, Sendable, CaseIterable {
    /// It came.
    case added
    /// It went.
    case removed
    /// Its name changed; its path and content may have changed, too.
    case renamed
    /// Its path changed and its name did not; its content may have changed, too.
    case moved
    /// What is in it changed.
    case changed
    /// Only its formatting changed: line endings, permissions of the file, quotation marks, the order of fields.
    case formal
    /// Its file is what it was, but not what the catalog says of it.
    case affected
  }

  /// A field of the frontmatter that is otherwise.
  public struct FieldChange: Sendable, Hashable {
    /// The key.
    public let key: String
    /// What it held; nil where it was not there.
    public let before: FieldValue?
    /// What it holds; nil where it is not there any more.
    public let after: FieldValue?
  }

  /// How much of a prompt is otherwise.
  public struct TextChange: Sendable, Hashable {
    /// How many words both have.
    public let same: Int
    /// How many words are gone.
    public let removed: Int
    /// How many words have come.
    public let added: Int
    /// The headings of the sections that changed, came or went.
    public let sections: [String]

    /// The share of all words of both that are in one only, 0 to 1.
    public var share: Double {
      let all = 2 * same + removed + added
      return all == 0 ? 0 : Double(removed + added) / Double(all)
    }
  }

  /// Another agent that much of this one's text came from, or went to.
  public struct Tie: Sendable, Hashable {
    /// The agent.
    public let agent: Int
    /// The share of this one's lines that are also in the other, 0 to 1.
    public let share: Double
  }

  /// Another agent whose prompt is nearly the same now, and was not.
  public struct NewLikeness: Sendable, Hashable {
    /// The agent, as an index into the later catalog.
    public let agent: Int
    /// How alike they are.
    public let likeness: Likeness
  }

  /// What became of it.
  public let kind: Kind
  /// The agent as it was, as an index into the earlier catalog; nil of one that came.
  public let before: Int?
  /// The agent as it is, as an index into the later catalog; nil of one that went.
  public let after: Int?
  /// The fields that are otherwise, in the order of the file.
  public let fields: [FieldChange]
  /// What is otherwise in the prompt; nil where nothing is.
  public let text: TextChange?
  /// What it may do otherwise.
  public let access: AccessChange
  /// Commands and addresses in its prompt that were not there.
  public let mentioned: (commands: [String], addresses: [String])
  /// Findings that were not there.
  public let newFindings: [Finding]
  /// Findings that are gone.
  public let goneFindings: [Finding]
  /// Agents whose prompts are nearly the same now, and were not.
  public let alike: [NewLikeness]
  /// Where much of it came from: agents of the earlier catalog whose lines it took over.
  public let origins: [Tie]
  /// Where much of it went: agents of the later catalog that took over its lines.
  public let heirs: [Tie]
  /// What changed in the file and not in the agent, in short sentences without full stops.
  public let form: [String]
  /// Whether the model is another one.
  public let changesModel: Bool
  /// What the runtime made of the file and what it makes of it now, where that is not the same.
  public let loading: (before: LoadVerdict.Outcome?, after: LoadVerdict.Outcome?)?

  /// Where it stood among those that are approved and where it stands, where that is not the same.
  public let approval: (before: Approval.State, after: Approval.State)?

  /// What became of the files in the folder of a skill, by path. Those of a skill that came or went are not listed.
  public private(set) var files: [BundleFileChange] = []

  /// What a reader should look at first: access, model, commands and addresses, near-duplicates, whether it loads, then
  /// everything else.
  public enum Concern: Int, Sendable, Comparable, CaseIterable {
    /// It may do more than before.
    case access
    /// It runs on another model.
    case model
    /// Its prompt has new commands or addresses.
    case mentions
    /// It is nearly the same as another now.
    case alike
    /// Its runtime makes something else of the file.
    case loading
    /// There is something wrong that was not.
    case findings
    /// It says something else.
    case prose

    /// Orders from what is to be looked at first.
    public static func < (left: Concern, right: Concern) -> Bool { left.rawValue < right.rawValue }
  }

  /// Everything about it that a reader should look at, what comes first first.
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
