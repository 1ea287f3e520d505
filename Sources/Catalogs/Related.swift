import Files
import Likenesses

/// All files in their order, with how alike their prompts are: what a catalog is made of.
public struct Related: Sendable {
  let assembly: Assembly
  /// For each task of ``Assembly/compared``, how alike every two of its prompts are.
  let likenesses: [[Likeness.Pair]]
  /// What was held against each other.
  public let tasks: [Assembly.Task]
  /// What came of each task: its pairs, in order.
  public let results: [[Likeness.Pair]]
}

extension Assembly {
  /// Finds prompts that are nearly the same, then holds every two of each group against each other.
  ///
  /// - Parameters:
  ///   - jobs: how many tasks work at the same time.
  ///   - hold: holds prompts against each other: for each task its pairs, in order.
  /// - Throws: what `hold` throws.
  public func related<Failure: Error>(
    jobs: Int = 1, _ hold: ([Task]) async throws(Failure) -> [[Likeness.Pair]]
  ) async throws(Failure) -> Related {
    var assembly = self
    let candidates = await assembly.candidates(jobs: jobs)
    let first = assembly.tasks(for: candidates)
    let found = try await hold(first)
    assembly.relate(candidates, found.flatMap { $0.map(\.likeness) })
    let compared = assembly.compared
    let pairs = try await hold(compared)
    return Related(assembly: assembly, likenesses: pairs, tasks: first + compared, results: found + pairs)
  }
}
