import Synchronization
import Templates

/// The rows of agents, each rendered once: an agent stands in as many lists as it has terms, and templates cost more
/// than copying.
final class RowCache: Sendable {
  private let rows: Mutex<[HTML?]>
  /// The rows that stand for several agents, by those.
  private let folded = Mutex<[[Int]: HTML]>([:])

  init(count: Int) { rows = Mutex(Array(repeating: nil, count: count)) }

  /// The row of an agent, or of several copies. Two tasks may render the same at once; it is the same.
  func row(_ agents: [Int], render: () -> HTML) -> HTML {
    if agents.count == 1 {
      if let row = rows.withLock({ $0[agents[0]] }) { return row }
      let row = render()
      rows.withLock { $0[agents[0]] = row }
      return row
    }
    if let row = folded.withLock({ $0[agents] }) { return row }
    let row = render()
    folded.withLock { $0[agents] = row }
    return row
  }
}
