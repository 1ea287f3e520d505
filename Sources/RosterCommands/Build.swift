import Files
import Foundation
import Pages
import Publishing
import Scanning

/// `roster build`: publishes a catalog, and says what came of it.
struct Build {
  let plan: BuildPlan
  let theme: LoadedTheme
  /// What is to stand before the rest; nil where nobody waits.
  var urgency: Publisher.Urgency?

  /// Where a build keeps what the next one can use.
  struct Caches {
    /// The records of files.
    let records: CacheFolder?
    /// What was written into the output.
    let output: CacheFolder?
  }

  func run() async throws(CommandFailure) {
    let start = ContinuousClock.now
    let cache = plan.cache.open()
    defer { cache.close() }
    let result = try await result(Caches(records: cache.folder, output: cache.folder))
    if let note = cache.note { Terminal.error("roster: \(note)") }
    BuildReport(plan: plan, result: result).print(took: ContinuousClock.now - start)
    if let file = plan.workReport {
      do throws(Disk.Failure) { try Disk.save(WorkReport(result).bytes, to: file) } catch {
        throw .failed(error.description)
      }
    }
    if result.figures.items + result.figures.documents == 0 { throw .said }
  }

  /// Publishes the catalog.
  func result(_ caches: Caches) async throws(CommandFailure) -> Road.Result {
    let publisher = Publisher(folder: plan.output, cache: caches.output, jobs: plan.jobs)
    let last = publisher.lastRun
    let progress = Progress(isShown: Terminal.showsProgress && !plan.isQuiet)
    defer { progress.end() }
    let road = Road(
      plan: plan, records: caches.records, publisher: publisher, last: last,
      recipe: Recipe.digest(plan, theme.folder, key: last.key), theme: theme.theme,
      git: plan.wantsHistory ? Git.find(in: ProcessInfo.processInfo.environment["PATH"]) : nil,
      progress: progress, urgency: urgency)
    return try await road.travel()
  }
}
