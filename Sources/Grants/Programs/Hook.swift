/// An action that a runtime starts automatically at an event.
struct Hook: Sendable, Hashable {
  let event: String
  /// The tools or other subjects of the event that it runs for.
  let matcher: String
  /// The rule that limits it further.
  let rule: String?
  /// The type: `command`, `http`, `prompt` …
  let type: String
  /// The command, prompt, tool or URL.
  let target: String
  /// The other properties.
  let rest: [Property]
  /// A description of when it runs.
  let when: Sentence
  /// The line of the matcher, if there is one.
  let matcherLine: Int?
  /// Whether it can block the action.
  let blocks: Bool

  /// The relation between the scopes of two hooks.
  enum Width { case same, wider, narrower, other }

  /// Returns how the scope of this hook compares with that of an older one.
  func width(over old: Hook) -> Width {
    let parts = [
      Self.compare(names(old.matcher), names(matcher)),
      rule == old.rule ? Width.same : rule == nil ? .wider : old.rule == nil ? .narrower : .other,
    ].filter { $0 != .same }
    guard let first = parts.first else { return .same }
    return parts.allSatisfy { $0 == first } ? first : .other
  }

  /// Returns the names that a matcher lists; nil for all names.
  private func names(_ matcher: String) -> Set<String>? {
    matcher.isEmpty || matcher == "*" || matcher == ".*"
      ? nil : Set(matcher.split { $0 == "|" || $0 == "," }.map { String($0.filter { $0 != " " }) })
  }

  private static func compare(_ old: Set<String>?, _ new: Set<String>?) -> Width {
    guard let old else { return new == nil ? .same : .narrower }
    guard let new else { return .wider }
    if old == new { return .same }
    return new.isSuperset(of: old) ? .wider : old.isSuperset(of: new) ? .narrower : .other
  }
}
