import Files
import Foundation
import Pages
import Publishing
import Scanning

/// Runs `roster build`: publishes a catalog and prints a report.
struct Build {
  let plan: BuildPlan
  let theme: LoadedTheme
  /// The files to write first; nil if nobody is waiting.
  var urgency: Publisher.Urgency?

  /// The caches of a build.
  struct Caches {
    /// The cache for records of files.
    let records: CacheFolder?
    /// The cache for data about the output.
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
