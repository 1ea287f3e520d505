/// What a runtime starts by itself at an event.
struct Hook: Sendable, Hashable {
  let event: String
  /// For which tools, or other things that the event is about.
  let matcher: String
  /// The rule that limits it further.
  let rule: String?
  /// How it is run: `command`, `http`, `prompt` …
  let type: String
  /// What is run, or the address.
  let target: String
  /// What else belongs to it.
  let rest: String
  /// When it runs, in words.
  let when: Sentence
  /// The line of the matcher, where there is one.
  let matcherLine: Int?
  /// Whether it can block what is about to happen.
  let blocks: Bool

  /// How two compare by what they run for.
  enum Width { case same, wider, narrower, other }

  /// Whether a hook runs for more than another.
  func width(over old: Hook) -> Width {
    let parts = [
      Self.compare(names(old.matcher), names(matcher)),
      rule == old.rule ? Width.same : rule == nil ? .wider : old.rule == nil ? .narrower : .other,
    ].filter { $0 != .same }
    guard let first = parts.first else { return .same }
    return parts.allSatisfy { $0 == first } ? first : .other
  }

  /// The names that a matcher lists; nil for everything.
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
