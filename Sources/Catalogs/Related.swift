import Files
import Likenesses

/// All files in order, with the similarities of their prompts: the input for a catalog.
public struct Related: Sendable {
  let assembly: Assembly
  /// For each task of ``Assembly/compared``, the similarities of all pairs of its prompts.
  let likenesses: [[Likeness.Pair]]
  /// The tasks that were run.
  public let tasks: [Assembly.Task]
  /// The result of each task: its pairs, in order.
  public let results: [[Likeness.Pair]]
}

extension Assembly {
  /// Finds near-duplicates, then compares all pairs of each group.
  ///
  /// - Parameters:
  ///   - jobs: The number of concurrent tasks.
  ///   - hold: Compares prompts. It returns the pairs of each task, in order.
  /// - Throws: The errors of `hold`.
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
