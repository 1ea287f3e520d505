import Files
import Foundation
import Pages
import Publishing
import Scanning

/// `roster build`: publishes a catalog, and says what came of it.
struct Build {
  let plan: BuildPlan

  func run() async throws(CommandFailure) {
    let start = ContinuousClock.now
    let result = try await result()
    BuildReport(plan: plan, result: result).print(took: ContinuousClock.now - start)
  }

  /// Publishes the catalog.
  func result() async throws(CommandFailure) -> Road.Result {
    let search = plan.wantsSearch ? SearchTool.find(in: ProcessInfo.processInfo.environment["PATH"]) : nil
    let overlays = try overlays()
    let theme = try theme(overlays)
    let publisher = Publisher(folder: plan.output, jobs: plan.jobs)
    let last = publisher.lastRun
    let progress = Progress(isShown: Terminal.showsProgress && !plan.isQuiet)
    defer { progress.end() }
    let road = Road(
      plan: plan, publisher: publisher, last: last,
      recipe: Recipe.digest(plan, overlays, hasSearch: search != nil, key: last.key), theme: theme, search: search,
      git: plan.wantsHistory ? Git.find(in: ProcessInfo.processInfo.environment["PATH"]) : nil,
      progress: progress)
    return try await road.travel()
  }

  private func overlays() throws(CommandFailure) -> ThemeFolder {
    do throws(ThemeError) {
      return try ThemeFolder(plan.theme)
    } catch {
      throw CommandFailure(error)
    }
  }

  private func theme(_ folder: ThemeFolder) throws(CommandFailure) -> SiteTheme {
    do throws(ThemeError) {
      return try SiteTheme(templates: folder.templates, assets: folder.assets)
    } catch {
      throw CommandFailure(error)
    }
  }
}
