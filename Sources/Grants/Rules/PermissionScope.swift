/// A permission of a workflow's run, or all of them.
///
/// The forms: https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#permissions.
struct PermissionScope: Sendable, Hashable {
  /// What a permission is for.
  enum Part: Sendable, Hashable {
    case named(String)
    /// Everything, as in `read-all` and `write-all`.
    case everything
    /// Everything that the other of two compared states does not name.
    case rest
  }

  /// The values of a permission. Each includes the one before it.
  static let levels = ["none", "read", "write"]

  /// The subject of the list that contains it.
  let list: String
  /// What it is for; nil for the list as a whole.
  let part: Part?
  /// The run that has it.
  let run: Sentence

  init(_ list: String, _ part: Part?, _ run: Sentence) {
    self.list = list
    self.part = part
    self.run = run
  }

  /// The subject of statements about it.
  var subject: String {
    switch part {
    case .named(let name)?: "\(list): \(name)"
    case .everything?, .rest?: "\(list), everything"
    case nil: list
    }
  }

  /// Whether it has a name.
  var isNamed: Bool { if case .named? = part { true } else { false } }

  /// Returns the statement about one of the ``levels``.
  func says(_ rank: Int) -> Sentence {
    let object: Sentence =
      switch part {
      case .named(let name)?: "\(quoted: name)"
      case .rest?: "everything else"
      case .everything?, nil: "everything"
      }
    return rank == 0 ? "\(run) may do nothing with \(object)" : "\(run) may \(words: Self.levels[rank]) \(object)"
  }

  /// Returns the kind of a statement about one of the ``levels``.
  func kind(_ rank: Int) -> Statement.Kind {
    .level(rank: rank, missing: .init(rank: 0, says: says(0), danger: .none))
  }
}

extension [Statement] {
  /// Returns the statements for a comparison with another state.
  ///
  /// `read-all` and `write-all` are split into the permissions that the other state names, and the rest. If both states
  /// list permissions, the items of the lists describe the difference.
  func split(for other: [Statement]) -> [Statement] {
    let others = other.filter { !$0.isImplied }.compactMap(\.permission)
    if others.isEmpty { return self }
    return flatMap { statement -> [Statement] in
      guard let scope = statement.permission, case .level(let rank, _) = statement.kind, !scope.isNamed else {
        return [statement]
      }
      let matching = others.filter { $0.list == scope.list }
      guard scope.part == .everything else { return matching.isEmpty ? [statement] : [] }
      let named = matching.filter(\.isNamed)
      if named.isEmpty { return [statement] }
      return (named.compactMap(\.part) + [.rest]).map {
        statement.about(PermissionScope(scope.list, $0, scope.run), rank)
      }
    }
  }
}

extension Statement {
  /// Returns a copy about another permission with the same level.
  fileprivate func about(_ scope: PermissionScope, _ rank: Int) -> Statement {
    var copy = self
    (copy.permission, copy.subject, copy.kind) = (scope, scope.subject, scope.kind(rank))
    copy.grant.says = scope.says(rank)
    copy.grant.identity = "\(scope.subject) \(PermissionScope.levels[rank])"
    return copy
  }
}
