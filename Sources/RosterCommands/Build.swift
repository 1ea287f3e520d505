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

  func run() async throws(CommandFailure) {
    let start = ContinuousClock.now
    let result = try await result()
    BuildReport(plan: plan, result: result).print(took: ContinuousClock.now - start)
  }

  /// Publishes the catalog.
  func result() async throws(CommandFailure) -> Road.Result {
    let search = plan.wantsSearch ? SearchTool.find(in: ProcessInfo.processInfo.environment["PATH"]) : nil
    let publisher = Publisher(folder: plan.output, jobs: plan.jobs)
    let last = publisher.lastRun
    let progress = Progress(isShown: Terminal.showsProgress && !plan.isQuiet)
    defer { progress.end() }
    let road = Road(
      plan: plan, publisher: publisher, last: last,
      recipe: Recipe.digest(plan, theme.folder, hasSearch: search != nil, key: last.key), theme: theme.theme,
      search: search,
      git: plan.wantsHistory ? Git.find(in: ProcessInfo.processInfo.environment["PATH"]) : nil,
      progress: progress, urgency: urgency)
    return try await road.travel()
  }
}
