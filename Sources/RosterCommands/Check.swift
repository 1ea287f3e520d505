import Agents
import Catalogs
import Files
import Foundation
import Pages
import Reports
import Rules
import Text

/// `roster check`: says what is wrong, and ends the program accordingly.
struct Check {
  let command: CheckCommand

  func run() async throws(CommandFailure) {
    try await run(BuildPlan(reading: command.catalog))
  }

  func run(_ plan: BuildPlan) async throws(CommandFailure) {
    let only = try wanted()
    var scan = try plan.scan()
    var failed: [(path: String, reason: String)] = []
    if command.fix {
      // Only what belongs to the catalog is mended: a scan finds every Markdown file of a repository.
      let before = try await plan.catalog(of: scan)
      let own = Set(
        before.catalog.entries.map(\.agent.source.publishedPath)
          + before.catalog.documents.map(\.document.source.publishedPath))
      let outcome = Fixing(isDryRun: command.dryRun, runtimes: plan.settings.runtimes).run(
        on: scan.files.filter { own.contains($0.source.publishedPath) })
      let count = CountText.of(outcome.mended, "file")
      if command.dryRun {
        Terminal.output("\(count) would be mended")
        if outcome.mended > 0 { throw .said }
        return
      }
      failed = outcome.failed
      // What was mended has changed since the scan.
      if outcome.mended > 0 { scan = try plan.scan() }
      for (path, reason) in failed { Terminal.error("roster: \(path): \(reason); it stays as it was") }
      if command.format == .text, outcome.mended > 0 { Terminal.output("\(count) mended; what is left:\n") }
    }
    let reading = try await plan.catalog(of: scan)
    let catalog = reading.catalog
    let unreadable = reading.unreadable.filter { $0.use == .content }
    let paths = scan.absolutePaths
    let files = FileFindings.all(in: catalog, unread: reading.unreadable, only: only)
    let all = files.flatMap(\.findings)
    if command.statistics {
      Terminal.output(FindingCounts.text(of: all))
    } else {
      write(files, paths)
    }
    for file in unreadable { Terminal.error("roster: \(UnreadText.of(file, "it was not checked"))") }
    if command.format == .text {
      let unread = unreadable.isEmpty ? "" : "; \(CountText.of(unreadable.count, "problem")) besides, see above"
      Terminal.output(FindingCounts.summary(of: all, in: catalog) + unread)
    }
    let skipped = SkippedText(reading.skipped)
    skipped.print(isVerbose: command.verbose, toErrors: command.format != .text)
    let isEmpty = catalog.entries.isEmpty && catalog.documents.isEmpty
    if isEmpty { Terminal.error("roster: \(NothingFound(plan, skipped).message)") }
    if isEmpty || fails(all) || !unreadable.isEmpty || !failed.isEmpty { throw .said }
  }

  private func wanted() throws(CommandFailure) -> Set<String> {
    for name in command.rule where Rule.named(name) == nil {
      let meant = Rule.suggestion(for: name).map { "did you mean “\($0)”?" }
      throw .usage("there is no rule “\(name)”; \(meant ?? "--explain all lists them")")
    }
    return Set(command.rule)
  }

  // MARK: Writing

  private func write(_ files: [FileFindings], _ paths: [String: String]) {
    // Places in a file of another encoding are those of its text as UTF-8.
    func bytes(_ path: String) -> [UInt8]? {
      paths[path].flatMap { try? Disk.read($0).get() }.map { SourceText($0).bytes }
    }
    switch command.format {
    case .text:
      let report = TextReport(hasColour: Terminal.hasColour, width: Terminal.width)
      for file in files { Terminal.output(report.text(of: file, bytes: bytes(file.publishedPath))) }
    case .json: Terminal.output(JSONReport.text(of: files), terminator: "")
    case .sarif:
      Terminal.output(
        SARIFReport.text(of: files, rules: Rule.all, program: Site.generator, bytes: bytes), terminator: "")
    case .github: Terminal.output(GitHubReport.text(of: files), terminator: "")
    }
  }

  private func fails(_ findings: [Finding]) -> Bool {
    switch command.failOn {
    case .never: false
    case .warning: findings.contains { $0.severity <= .warning }
    case .error: findings.contains { $0.severity == .error }
    }
  }
}
