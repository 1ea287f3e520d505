import Agents
import Catalogs
import Files
import Foundation
import Pages
import Publishing
import Reports
import Scanning

/// The road from folders to a site: scan, read, assemble, lay out, publish.
struct Build {
  let plan: BuildPlan

  func run() async throws(CommandFailure) {
    let start = ContinuousClock.now
    let progress = Progress(isShown: Terminal.showsProgress && !plan.isQuiet)
    defer { progress.end() }

    let theme = try theme()
    progress.show("Looking for agents …")
    let scan = try await scan()
    progress.show("Reading", scan.files.count)
    let readings = await concurrentMap(scan.files, jobs: plan.jobs) { AgentReader().read($0) }
    let catalog = Catalog(readings, collections: scan.collections, settings: plan.settings)
    let search = plan.wantsSearch ? SearchTool.find(in: ProcessInfo.processInfo.environment["PATH"]) : nil
    let site = await Site(catalog, theme: theme, hasSearch: search != nil, jobs: plan.jobs)
    let outcome = try await publish(site, search, progress)
    progress.end()
    report(catalog, scan, outcome, took: ContinuousClock.now - start)
    if search == nil, plan.wantsSearch, !plan.isQuiet {
      Terminal.output(
        "Without full-text search: Pagefind is not on the PATH (https://pagefind.app); with --no-search this is not said"
      )
    }
  }

  private func theme() throws(CommandFailure) -> SiteTheme {
    do throws(ThemeError) {
      guard let folder = plan.theme else { return try SiteTheme() }
      return try SiteTheme(
        templates: try ThemeFolder.files(folder, "Templates"), assets: try ThemeFolder.files(folder, "Assets"))
    } catch {
      throw .usage(error.description)
    }
  }

  private func scan() async throws(CommandFailure) -> ScanResult {
    do {
      return try await Scanner(selection: plan.selection, output: plan.output).scan(plan.sources, jobs: plan.jobs)
    } catch {
      throw .usage(error.description)
    }
  }

  private func publish(_ site: Site, _ search: SearchTool?, _ progress: Progress) async throws(CommandFailure)
    -> Publisher.Outcome
  {
    let total = site.plan.count
    do {
      return try await Publisher(folder: plan.output, jobs: plan.jobs).publish(site, search: search) { done in
        progress.show("Writing", done, of: total)
      }
    } catch {
      throw .failed(error.description)
    }
  }

  // MARK: Saying what was done

  private func report(_ catalog: Catalog, _ scan: ScanResult, _ outcome: Publisher.Outcome, took: Duration) {
    if plan.isVerbose { list(catalog, scan) }
    for (path, reason) in scan.unreadable.prefix(plan.isVerbose ? .max : 5) {
      Terminal.error("roster: \(path): \(reason); it is not in the catalog")
    }
    if !plan.isVerbose, scan.unreadable.count > 5 {
      Terminal.error("roster: \(scan.unreadable.count - 5) more could not be read; --verbose lists them")
    }
    if catalog.entries.isEmpty {
      Terminal.error("roster: no agents were found in \(plan.sources.map(\.path).joined(separator: ", "))")
    }
    if plan.isQuiet { return }
    Terminal.output(Summary(catalog: catalog, scan: scan, outcome: outcome, took: took).line)
    Terminal.output("Open \(plan.output.hasSuffix("/") ? plan.output : plan.output + "/")index.html")
  }

  private func list(_ catalog: Catalog, _ scan: ScanResult) {
    for entry in catalog.entries {
      for finding in entry.agent.findings {
        Terminal.output(TextReport.lines(finding, path: entry.agent.source.displayPath))
      }
    }
    for document in catalog.documents {
      for finding in document.document.findings {
        Terminal.output(TextReport.lines(finding, path: document.document.source.displayPath))
      }
    }
    for path in scan.passedOver { Terminal.output("passed over: \(path)") }
    if plan.settings.baseURL == nil { Terminal.output("left out: sitemap.xml and robots.txt, which need --base-url") }
  }
}
