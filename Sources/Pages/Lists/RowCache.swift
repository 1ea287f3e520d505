import Synchronization
import Templates

/// A cache of rendered rows. An agent is in as many lists as it has terms, and copying is cheaper than rendering.
final class RowCache: Sendable {
  private let rows: Mutex<[HTML?]>
  /// The rows for several copies, by the copies.
  private let folded = Mutex<[[Int]: HTML]>([:])

  init(count: Int) { rows = Mutex(Array(repeating: nil, count: count)) }

  /// Returns the row of an agent, or of several copies. Two tasks may render the same row at once, with the same
  /// result.
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
