import Agents

/// A permission, restriction or automatic action in a settings file.
public struct Grant: Sendable, Hashable {
  /// The effect of a key.
  public enum Effect: String, Sendable, Hashable {
    /// It allows the agent something, or runs something.
    case grants
    /// It restricts the agent.
    case limits
    /// It has no effect, although it may seem to have one.
    case nothing
    /// Its effect is unknown.
    case unknown
  }

  /// The path of the key as written, such as `permissions.allow` or `plugins[0].source`.
  public internal(set) var key: String
  /// The meaning, such as “shell commands that begin with `git diff` run without asking”, without a full stop.
  public internal(set) var says: Sentence
  /// The effect.
  public internal(set) var effect: Effect
  /// The danger of the granted access. For a restriction, the danger of removing it.
  public internal(set) var danger: Danger
  /// The line in the file, from 1.
  public internal(set) var line: Int
  /// A key that is equal for the same grant in another state of the file, regardless of its form.
  public internal(set) var identity: String
  /// The condition for the grant to take effect, such as “once the folder is trusted”.
  public internal(set) var condition: String?
  /// The unknown aspect of the key, such as “how an entry is matched”; nil if there is none.
  public internal(set) var notKnown: String?
  /// The evidence for the meaning of the key.
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

/// A grant, with the data for comparing two states.
struct Statement: Sendable, Hashable {
  enum Kind: Sendable, Hashable {
    case plain
    /// One of several levels. `missing` is the level of a file without the key.
    case level(rank: Int, missing: Missing?)
    case hook(Hook)
    case server(Server)
    case source(PluginSource)
  }

  /// The statement that applies if a key is missing.
  struct Missing: Sendable, Hashable {
    let rank: Int
    let says: Sentence
    let danger: Danger
  }

  var grant: Grant
  /// The subject. Statements of two states with the same subject are compared.
  var subject: String
  /// The components of the key's path.
  var keys: [String]
  /// The condition under which the key has no effect.
  var unless: GrantFact.Condition?
  /// The subject of its list, if it counts only as an item of that list.
  var list: String?
  /// The statement for its removal.
  var gone: Sentence?
  var kind = Kind.plain
  /// Whether the statement follows from the absence of the key.
  var isImplied = false
  /// Whether an implied statement is new if the key that it depends on is new.
  var isNewWhenImplied = false
  /// The command that runs.
  var command: String?
  /// The run of an agent that it is about: a step of a workflow, or a job for its permissions; nil outside of workflows.
  var run: String?
  /// The option that allows everything that no rule denies or asks for; nil if it is about anything else.
  var mode: String?
  /// The permission of a workflow's run that it is about.
  var permission: PermissionScope?
  /// The path of the entry that declares something whose effect is unknown. If the entry is removed, nothing can be
  /// wider than before.
  var declaration: [String]?
}

/// A runtime's response to an agent's request.
enum Action: String, Sendable, Hashable, Comparable {
  case deny
  /// Always asks, even if another rule allows the request.
  case ask
  /// The default without a rule, which the user's own rules can change.
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
