/// The result of a rule, as the verb of a sentence.
struct Verb {
  let action: Action
  private let runs: Bool
  private let isPlural: Bool

  init(_ action: Action, _ syntax: RuleSyntax, _ scope: Scope) {
    self.action = action
    isPlural = syntax.subject(scope).isPlural
    let tool = syntax.tool(scope.tool)
    runs = tool.takes == .commands || tool.doing == nil
  }

  /// Returns a sentence such as `… run without asking`.
  func now(_ subject: Sentence) -> Sentence { "\(subject) \(words: present)" }

  var present: String {
    switch action {
    case .allow: runs ? "run\(isPlural ? "" : "s") without asking" : "need\(isPlural ? "" : "s") no approval"
    case .ask: "always ask\(isPlural ? "" : "s") first"
    case .usual: "ask\(isPlural ? "" : "s") as usual"
    case .deny: "\(isPlural ? "are" : "is") blocked"
    }
  }

  var past: String {
    switch action {
    case .allow: runs ? "ran without asking" : "needed no approval"
    case .ask: "always asked first"
    case .usual: "asked as usual"
    case .deny: "\(isPlural ? "were" : "was") blocked"
    }
  }

  var pronoun: String { isPlural ? "they" : "it" }
}
