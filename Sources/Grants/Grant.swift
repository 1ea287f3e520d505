import Agents

/// One thing that a settings file lets an agent do, or keeps it from.
public struct Grant: Sendable, Hashable {
  /// What a key does.
  public enum Effect: String, Sendable, Hashable {
    /// It lets the agent do something, or runs something.
    case grants
    /// It keeps the agent from something.
    case limits
    /// It does nothing, although it may look as if it did.
    case nothing
    /// It is not known what it does.
    case unknown
  }

  /// The path of the key as written, such as `permissions.allow` or `plugins[0].source`.
  public internal(set) var key: String
  /// What it does, such as “shell commands that begin with `git diff` run without asking”. It has no full stop.
  public internal(set) var says: Sentence
  /// Whether it grants or limits.
  public internal(set) var effect: Effect
  /// How dangerous it is what it grants; of a limit, what is possible without it.
  public internal(set) var danger: Danger
  /// The line of the file, from 1.
  public internal(set) var line: Int
  /// The same for the same grant in another state of the file, in whatever form it is written.
  public internal(set) var identity: String
  /// Under which condition it counts, such as “once the folder is trusted”.
  public internal(set) var condition: String?
  /// What is not known about the key, such as “how an entry is matched”.
  public internal(set) var notKnown: String?
  /// How it is known what the key does.
  public internal(set) var evidence: [Evidence]

  init(
    key: String, says: Sentence, effect: Effect, danger: Danger, line: Int, identity: String,
    condition: String? = nil, notKnown: String? = nil, evidence: [Evidence] = []
  ) {
    self.key = key
    self.says = says
    self.effect = effect
    self.danger = danger
    self.line = line
    self.identity = identity
    self.condition = condition
    self.notKnown = notKnown
    self.evidence = evidence
  }
}

/// A grant with what the comparison of two states needs.
struct Statement: Sendable, Hashable {
  enum Kind: Sendable, Hashable {
    case plain
    /// One of several levels; `missing` is that of a file without the key.
    case level(rank: Int, missing: Missing?)
    case hook(Hook)
    case server(Server)
    case source(PluginSource)
  }

  /// What is so where a key is missing.
  struct Missing: Sendable, Hashable {
    let rank: Int
    let says: Sentence
    let danger: Danger
  }

  var grant: Grant
  /// What the grant is about: of two states, statements with one subject are compared.
  var subject: String
  /// The path of the key, part by part.
  var keys: [String]
  /// The key that makes it superfluous.
  var unless: GrantFact.Condition?
  /// The subject of the list whose item it is, where it counts only as a part of that.
  var list: String?
  /// What is so once it is gone.
  var gone: Sentence?
  var kind = Kind.plain
  /// Whether the file has no such key, and this is so for that reason.
  var isImplied = false
  /// Whether that is new where the key that it needs is.
  var isNewWhenImplied = false
  /// The command that runs.
  var command: String?
}

/// What a runtime does when an agent wants something.
enum Action: String, Sendable, Hashable, Comparable {
  case deny
  /// It always asks, whatever else allows it.
  case ask
  /// What the runtime does without a rule, unless the user's own rules say something else.
  case usual
  case allow

  static func < (left: Action, right: Action) -> Bool { left.rank < right.rank }

  private var rank: Int {
    switch self {
    case .deny: 0
    case .ask: 1
    case .usual: 2
    case .allow: 3
    }
  }
}
