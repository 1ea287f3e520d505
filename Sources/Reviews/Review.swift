import Agents
import Catalogs
import Differences
import Files
import Likenesses

/// The changes of a catalog between two states of its sources.
public struct Review: Sendable {
  /// The earlier state.
  public let before: ReviewState
  /// The later state.
  public let after: ReviewState
  /// The changed agents, most important first.
  public let changes: [AgentChange]
  /// The changed documents, by path.
  public let documents: [DocumentChange]
  /// The changed settings and other files that grant access, most dangerous first.
  public let settings: [SettingsChange]
  /// The number of unchanged agents.
  public let unchangedCount: Int
  /// The names that several items have in one of the states.
  let sharedNames: Set<String>

  /// Compares two states.
  ///
  /// - Parameters:
  ///   - before: The earlier state.
  ///   - after: The later state.
  ///   - settings: The changed files that grant access.
  ///   - jobs: The maximum number of parallel tasks.
  /// - Throws: ``Disk/Failure`` if a file cannot be read.
  public init(
    of before: ReviewState, and after: ReviewState, settings: [SettingsChange] = [], jobs: Int = 1
  ) async throws(Disk.Failure) {
    self.settings = settings
    self.before = before
    self.after = after
    let pairing = try await Pairing(before, after, jobs: jobs)
    let comparing = Comparing(before, after, pairing)
    let items =
      pairing.pairs.map { Comparing.Item.both($0) } + pairing.added.map { .added($0) }
      + pairing.removed.map { .removed($0) }
    let results = await concurrentMap(items, jobs: jobs) { item -> Result<AgentChange?, Disk.Failure> in
      do throws(Disk.Failure) { return .success(try comparing.change(item)) } catch { return .failure(error) }
    }
    var changes: [AgentChange] = []
    for result in results { if let change = try result.get() { changes.append(change) } }
    changes = try TextTies(before, after, changes).tied(changes)
    self.changes = Self.ordered(changes, before, after)
    documents = try DocumentChange.all(before, after)
    sharedNames = Self.sharedNames(before).union(Self.sharedNames(after))
    unchangedCount = pairing.pairs.count - changes.count { $0.before != nil && $0.after != nil }
  }

  private static func sharedNames(_ state: ReviewState) -> Set<String> {
    var (names, shared): (Set<String>, Set<String>) = ([], [])
    for entry in state.catalog.entries where !names.insert(entry.agent.name).inserted {
      shared.insert(entry.agent.name)
    }
    return shared
  }

  /// Returns the number of changed agents of a kind.
  public func count(_ kind: AgentChange.Kind) -> Int { changes.count { $0.kind == kind } }

  /// The new findings, most severe first, each with the index of its change.
  public var newFindings: [(change: Int, finding: Finding)] { findings(\.newFindings) }
  /// The findings that no longer apply, most severe first, each with the index of its change.
  public var goneFindings: [(change: Int, finding: Finding)] { findings(\.goneFindings) }

  private func findings(_ path: KeyPath<AgentChange, [Finding]>) -> [(change: Int, finding: Finding)] {
    changes.enumerated().flatMap { place, change in change[keyPath: path].map { (place, $0) } }
      .enumerated().sorted { ($0.element.1.severity, $0.offset) < ($1.element.1.severity, $1.offset) }.map(\.element)
  }

  private static func ordered(
    _ changes: [AgentChange], _ before: ReviewState, _ after: ReviewState
  ) -> [AgentChange] {
    func name(_ change: AgentChange) -> String {
      change.after.map { after.catalog.entries[$0].slug } ?? change.before.map { before.catalog.entries[$0].slug } ?? ""
    }
    let ranked = changes.map { change in
      let rank = ReviewPoint.all(of: change, at: 0, before, after).map(\.rank).min() ?? .others
      let severity = change.newFindings.map(\.severity.rank).min() ?? 3
      return (change: change, rank: (rank.rawValue, change.kind == .affected ? 1 : 0, severity, name(change)))
    }
    return ranked.sorted { $0.rank < $1.rank }.map(\.change)
  }
}
