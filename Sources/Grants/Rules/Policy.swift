import Agents

/// The rules of a file that decide together what is allowed.
struct Policy: Sendable, Hashable {
  struct Rule: Sendable, Hashable {
    let scope: Scope
    let action: Action
    /// Of the rules that cover something, the one with the highest priority decides; of equals, the last.
    var priority: Int
    /// The rule as written.
    let text: String
    var key: String
    var line: Int
    /// Why it does nothing.
    var nothing: Sentence?
    /// Whether the runtime brings it.
    var isBuiltIn = false
    /// Whether another rule entails it: what is not named is denied.
    var isRest = false
    /// Whether it is a rule of this policy, not of the one that it builds on.
    var isOwn = true
    /// Under which condition it counts.
    var condition: String?
    /// What is not known about it.
    var notKnown: String?
    /// How it is known what it does.
    var evidence: [Evidence] = []

    /// The same with some of it changed.
    func with(_ change: (inout Rule) -> Void) -> Rule {
      var rule = self
      change(&rule)
      return rule
    }
  }

  /// How many rules are compared.
  static let limit = 200
  /// How many policies of agents a file may have.
  static let countLimit = 200

  var name: String
  /// Whom it is about, where it isn't about every session.
  var owner: Sentence?
  /// The name of the syntax of its rules.
  let syntax: String
  var rules: [Rule] = []
  /// What is so where no rule covers something, by tool; `*` for all others.
  var defaults: [String: Action] = [:]

  /// All rules that the runtime brings, also those that the file takes back.
  var brought: [Rule] = []
  /// Whether the last rule decides.
  var isLastFirst = false
  /// The rules of the runtime that the file takes back, with their lines.
  var lifted: [String: Int] = [:]
  /// Whether the rules for all sessions are in it.
  var isComplete = false

  /// What happens with everything that a scope is about, and the rule that decides it.
  func resolve(_ scope: Scope) -> (action: Action, rule: Rule?) {
    var found: Rule?
    for rule in rules
    where rule.nothing == nil && rule.priority >= found?.priority ?? Int.min && rule.scope.covers(scope) {
      found = rule
    }
    if let found { return (found.action, found) }
    return (defaults[scope.tool] ?? defaults["*"] ?? .usual, nil)
  }
}
