/// The rules of a file that decide together what is allowed.
struct Policy: Sendable, Hashable {
  struct Rule: Sendable, Hashable {
    let scope: Scope
    let action: Action
    /// Of the rules that cover something, the one with the highest priority decides; of equals, the last.
    let priority: Int
    /// The rule as written.
    let text: String
    let key: String
    let line: Int
    /// Why it does nothing.
    var nothing: Sentence?
    /// Whether the runtime brings it.
    var isBuiltIn = false
    /// Whether another rule entails it: what is not named is denied.
    var isRest = false
    /// Whether it is a rule of this policy, not of the one that it builds on.
    var isOwn = true
    /// How the action follows from the file, for the sentence.
    var condition: String?

    /// The same, deciding before others.
    func raised(by distance: Int) -> Rule {
      Rule(
        scope: scope, action: action, priority: priority + distance, text: text, key: key, line: line,
        nothing: nothing, isBuiltIn: isBuiltIn, isRest: isRest, isOwn: isOwn, condition: condition)
    }
  }

  /// How many rules are compared.
  static let limit = 200

  var name: String
  /// Whom it is about, where it isn't about every session.
  var owner: Sentence?
  let syntax: RuleSyntaxName
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

  /// A name of a syntax, so that policies can be compared.
  typealias RuleSyntaxName = String

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
