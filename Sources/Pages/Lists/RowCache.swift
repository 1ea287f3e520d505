import Synchronization
import Templates

/// The rows of agents, each rendered once: an agent stands in as many lists as it has terms, and templates cost more
/// than copying.
final class RowCache: Sendable {
  private let rows: Mutex<[HTML?]>

  init(count: Int) { rows = Mutex(Array(repeating: nil, count: count)) }

  /// The row of an agent. Two tasks may render the same at once; it is the same.
  func row(_ index: Int, render: () -> HTML) -> HTML {
    if let row = rows.withLock({ $0[index] }) { return row }
    let row = render()
    rows.withLock { $0[index] = row }
    return row
  }
}
