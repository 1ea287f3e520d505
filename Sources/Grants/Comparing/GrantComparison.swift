/// What became wider and what narrower from one state of a file to another.
///
/// ```swift
/// let comparison = GrantComparison(from: GrantingFile(path, old), to: GrantingFile(path, new))
/// if comparison.verdict == .widens { print(comparison.danger, comparison.changes.map(\.sentence)) }
/// ```
public struct GrantComparison: Sendable {
  /// All differences taken together.
  public enum Verdict: String, Sendable, Hashable {
    /// Something is wider, nothing narrower.
    case widens
    /// Something is narrower, nothing wider.
    case narrows
    /// Something is wider, and something narrower.
    case mixed
    /// Access is the same.
    case same
    /// It is not known whether access is wider.
    case unknown
  }

  /// The differences, the most dangerous first.
  public let changes: [GrantChange]

  /// All differences taken together.
  public var verdict: Verdict {
    let effects = Set(changes.map(\.effect))
    switch (effects.contains(.widens), effects.contains(.narrows)) {
    case (true, true): return .mixed
    case (true, false): return .widens
    case (false, let narrows): return effects.contains(.unknown) ? .unknown : narrows ? .narrows : .same
    }
  }

  /// How dangerous the worst is that became possible.
  public var danger: Danger { changes.map(\.danger).max() ?? .none }

  /// Compares two states of a file; nil for a state in which there is none.
  public init(from old: GrantingFile?, to new: GrantingFile?) {
    var comparing = GrantComparing(old, new)
    comparing.compare()
    self.init(comparing.changes)
  }

  init(_ all: [GrantChange]) {
    let order: [GrantChange.Effect] = [.widens, .unknown, .narrows, .same]
    func rank(_ change: GrantChange) -> Int { order.firstIndex(of: change.effect) ?? 0 }
    var seen: Set<GrantChange> = []
    changes = all.filter { seen.insert($0).inserted }.enumerated().sorted { left, right in
      let (first, second) = (left.element, right.element)
      if first.danger != second.danger { return first.danger > second.danger }
      return (rank(first), left.offset) < (rank(second), right.offset)
    }.map(\.element)
  }
}
