/// The access that was added and removed between two states of a file.
///
/// ```swift
/// let comparison = GrantComparison(from: GrantingFile(path, old), to: GrantingFile(path, new))
/// if comparison.verdict == .widens { print(comparison.danger, comparison.changes.map(\.sentence)) }
/// ```
public struct GrantComparison: Sendable {
  /// The overall effect of all changes.
  public enum Verdict: String, Sendable, Hashable {
    /// Access was added, and none removed.
    case widens
    /// Access was removed, and none added.
    case narrows
    /// Some access was added, and some removed.
    case mixed
    /// Access is unchanged.
    case same
    /// It is unknown whether access was added.
    case unknown
  }

  /// The changes, the most dangerous first.
  public let changes: [GrantChange]

  /// The overall effect of all changes.
  public var verdict: Verdict {
    let effects = Set(changes.map(\.effect))
    switch (effects.contains(.widens), effects.contains(.narrows)) {
    case (true, true): return .mixed
    case (true, false): return .widens
    case (false, let narrows): return effects.contains(.unknown) ? .unknown : narrows ? .narrows : .same
    }
  }

  /// The greatest danger of any added access.
  public var danger: Danger { changes.map(\.danger).max() ?? .none }

  /// Compares two states of a file. Pass nil for a state without the file.
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
