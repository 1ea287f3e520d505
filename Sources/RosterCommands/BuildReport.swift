import Catalogs
import Reports
import Scanning

/// The closing report of a build.
struct BuildReport {
  let plan: BuildPlan
  let result: Road.Result

  /// The skipped paths. Files that aren't items are listed only if the catalog was read.
  private var skipped: SkippedText {
    if let catalog = result.catalog { return SkippedText(result.scan.skipped + catalog.skipped) }
    return SkippedText(
      result.scan.skipped,
      besides: [.notAnItem: result.figures.setAside, .otherKind: result.figures.leftOut])
  }

  func print(took: Duration) {
    if plan.isVerbose, let catalog = result.catalog { list(catalog) }
    for file in result.unreadable.prefix(plan.isVerbose ? .max : 5) {
      Terminal.error("roster: \(UnreadText.of(file, "it is not in the catalog"))")
    }
    if !plan.isVerbose, result.unreadable.count > 5 {
      Terminal.error("roster: \(result.unreadable.count - 5) more could not be read; --verbose lists them")
    }
    if result.figures.items == 0 { Terminal.error("roster: \(NothingFound(plan, skipped).message)") }
    let names = result.figures.unknownNames
    if !names.isEmpty {
      Terminal.error(
        "roster: \(plan.configurationFile): compare lists unknown agents: \(names.joined(separator: ", "))")
    }
    for note in result.historyNotes { Terminal.error("roster: \(note)") }
    if plan.isQuiet { return }
    Terminal.output(Summary(result, took: took).line)
    skipped.print(isVerbose: plan.isVerbose)
    Terminal.output("Open \(plan.output.hasSuffix("/") ? plan.output : plan.output + "/")index.html")
    if result.isShallow {
      Terminal.output(
        """
        The clone is shallow, so dates of older files are unknown. Run git fetch --unshallow, or set history: off in \
        roster.yml.
        """
      )
    }
  }

  private func list(_ catalog: Catalog) {
    let report = TextReport(hasColour: Terminal.hasColour)
    let agents = catalog.entries.map { FileFindings($0.agent.source, findings: $0.findings) }
    let documents = catalog.documents.map {
      FileFindings($0.document.source, findings: $0.document.findings)
    }
    for file in agents + documents { Terminal.output(report.text(of: file, bytes: nil), terminator: "") }
    if plan.settings.baseURL == nil {
      Terminal.output("not written without --base-url: sitemap.xml, robots.txt, feed.xml, opensearch.xml")
    }
  }
}
