import Agents

/// The rules of a file that together decide what is allowed.
struct Policy: Sendable, Hashable {
  struct Rule: Sendable, Hashable {
    let scope: Scope
    let action: Action
    /// The priority. The covering rule with the highest priority decides; among equals, the last one.
    var priority: Int
    /// The rule as written.
    let text: String
    var key: String
    var line: Int
    /// The reason why it has no effect; nil if it has one.
    var nothing: Sentence?
    /// Whether it is one of the runtime's built-in rules.
    var isBuiltIn = false
    /// Whether it is implied by another rule, and denies everything that is not named.
    var isRest = false
    /// Whether it belongs to this policy, rather than to its base policy.
    var isOwn = true
    /// Whether it is an option that allows everything, unless a rule denies it or asks for approval.
    var isMode = false
    /// The condition for it to take effect.
    var condition: String?
    /// The unknown aspect of the rule.
    var notKnown: String?
    /// The evidence for its meaning.
    var evidence: [Evidence] = []

    /// Returns a modified copy.
    func with(_ change: (inout Rule) -> Void) -> Rule {
      var rule = self
      change(&rule)
      return rule
    }
  }

  /// The maximum number of rules in a policy.
  static let limit = 200
  /// The maximum number of policies in a file.
  static let countLimit = 200

  var name: String
  /// The agent that the policy applies to; nil for every session.
  var owner: Sentence?
  /// The name of the syntax of its rules.
  let syntax: String
  var rules: [Rule] = []
  /// The actions if no rule covers a request, by tool; `*` for all other tools.
  var defaults: [String: Action] = [:]

  /// All built-in rules, including those that the file removes.
  var brought: [Rule] = []
  /// Whether the last matching rule decides.
  var isLastFirst = false
  /// The built-in rules that the file removes, with their lines.
  var lifted: [String: Int] = [:]
  /// The run of an agent that the rules apply to; nil outside of workflows.
  var run: String?
  /// Whether the rules for all sessions have been added.
  var isComplete = false

  /// Returns the action for everything in a scope, and the rule that decides it.
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
