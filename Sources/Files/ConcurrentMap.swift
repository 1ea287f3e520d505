import Synchronization

/// Calls `body` for each index below `count`, on `jobs` tasks that each take the next index when free.
///
/// One task per index would cost more than most calls. Throws the error of the first failing call.
public func concurrentForEach<Failure: Error>(
  _ count: Int, jobs: Int, _ body: @escaping @Sendable (_ index: Int, _ worker: Int) throws(Failure) -> Void
) async throws(Failure) {
  let next = Counter()
  let failure = await withTaskGroup(of: Failure?.self) { group in
    for worker in 0..<max(1, min(jobs, count)) {
      group.addTask {
        while true {
          let index = next.take()
          guard index < count else { return nil }
          do throws(Failure) {
            try body(index, worker)
          } catch {
            next.stop(at: count)
            return error
          }
        }
      }
    }
    var first: Failure?
    for await result in group { first = first ?? result }
    return first
  }
  if let failure { throw failure }
}

/// Returns the results of `body` for each item, in the order of the items, computed on `jobs` tasks.
public func concurrentMap<Item: Sendable, Result: Sendable>(
  _ items: [Item], jobs: Int, _ body: @escaping @Sendable (Item) -> Result
) async -> [Result] {
  let next = Counter()
  return await withTaskGroup(of: [(Int, Result)].self) { group in
    for _ in 0..<max(1, min(jobs, items.count)) {
      group.addTask {
        var results: [(Int, Result)] = []
        while true {
          let index = next.take()
          guard index < items.count else { return results }
          results.append((index, body(items[index])))
        }
      }
    }
    var ordered = [Result?](repeating: nil, count: items.count)
    for await results in group { for (index, result) in results { ordered[index] = result } }
    return ordered.compactMap(\.self)
  }
}

/// A thread-safe counter from 0.
private final class Counter: Sendable {
  private let value = Atomic<Int>(0)

  func take() -> Int { value.wrappingAdd(1, ordering: .relaxed).oldValue }

  func stop(at end: Int) { value.store(end, ordering: .relaxed) }
}
