import Agents
import Catalogs
import Files
import Foundation
import Pages
import Reports
import Rules
import Text

/// Runs `roster check`: prints findings and sets the exit status.
struct Check {
  let command: CheckCommand

  func run() async throws(CommandFailure) {
    var plan = try BuildPlan(reading: command.catalog)
    try await plan.openRepositories(command.catalog)
    try await run(plan)
  }

  func run(_ plan: BuildPlan) async throws(CommandFailure) {
    let only = try wanted()
    var scan = try plan.scan()
    var failed: [(path: String, reason: String)] = []
    if command.fix {
      // Fix only files of the catalog: a scan finds every Markdown file of a repository.
      let before = try await plan.catalog(of: scan)
      let own = Set(
        before.catalog.entries.map(\.agent.source.publishedPath)
          + before.catalog.documents.map(\.document.source.publishedPath))
      let outcome = Fixing(isDryRun: command.dryRun, runtimes: plan.settings.runtimes).run(
        on: scan.files.filter { own.contains($0.source.publishedPath) && !scan.isCopied($0) })
      let count = CountText.of(outcome.mended, "file")
      if command.dryRun {
        Terminal.output("\(count) would be fixed")
        if outcome.mended > 0 { throw .said }
        return
      }
      failed = outcome.failed
      // The fixed files have changed since the scan.
      if outcome.mended > 0 { scan = try plan.scan() }
      for (path, reason) in failed { Terminal.error("roster: \(path): \(reason); left unchanged") }
      if command.format == .text, outcome.mended > 0 { Terminal.output("\(count) fixed; remaining findings:\n") }
    }
    let reading = try await plan.catalog(of: scan)
    let catalog = reading.catalog
    let unreadable = reading.unreadable.filter { ManifestInvalid.finding(about: $0) == nil }
    let paths = scan.absolutePaths
    let owned = try OwnedItems(command.owner, in: catalog)
    let files = owned.filter(FileFindings.all(in: catalog, unread: reading.unreadable, only: only))
    if let path = command.writeBaseline {
      try writeBaseline(
        FileFindings.only(files, command.all ? Finding.Severity.allCases : [.error, .warning]), path, paths)
      for file in unreadable { Terminal.error("roster: \(UnreadText.of(file, "it was not checked"))") }
      if !unreadable.isEmpty { throw .said }
      return
    }
    let baseline = try CheckBaseline(command)
    let scope = Baseline.Scope(
      checked: owned.filter(Set(CheckBaseline.checked(in: catalog))).union(files.map(\.publishedPath)), rules: only
    ) { Disk.kind($0) != nil }
    // A baseline in the repository must not hide findings that a policy demands.
    let binding = command.baseline == nil ? Set(plan.settings.policy.floors.keys) : []
    let outcome = baseline?.baseline.outcome(of: FileFindings.without(binding, files), in: scope) {
      Self.bytes($0, paths)
    }
    let new = outcome.map { FileFindings.merged($0.new + FileFindings.of(binding, files)) } ?? files
    let report = CheckReport(
      new, checked: scope.checked,
      hidesNotes: [.text, .github].contains(command.format) && !command.all && only.isEmpty,
      limit: command.format == .text && !command.all ? Self.listedFindings : nil)
    let all = report.findings
    if command.statistics {
      Terminal.output(FindingCounts.text(of: all))
    } else {
      let use = outcome.map { JSONReport.BaselineUse(path: baseline?.path ?? "", known: $0.known, fixed: $0.fixed) }
      write(report, paths, use)
    }
    for file in unreadable { Terminal.error("roster: \(UnreadText.of(file, "it was not checked"))") }
    if command.format == .text {
      let unread = unreadable.isEmpty ? "" : "; plus \(CountText.of(unreadable.count, "problem")), see above"
      Terminal.output(report.summary(of: catalog, items: owned.entries) + unread)
      if !command.statistics, let hidden = report.hidden { Terminal.output(hidden) }
    }
    if let baseline, let outcome { try tell(of: outcome, baseline.path) }
    let skipped = SkippedText(reading.skipped)
    skipped.print(isVerbose: command.verbose, toErrors: command.format != .text)
    let isEmpty = catalog.entries.isEmpty && catalog.documents.isEmpty
    if isEmpty { Terminal.error("roster: \(NothingFound(plan, skipped).message)") }
    if isEmpty || all.contains(where: fails) || !unreadable.isEmpty || !failed.isEmpty { throw .said }
  }

  /// The maximum number of findings listed in a terminal.
  private static let listedFindings = 100

  // MARK: The baseline

  private func writeBaseline(
    _ files: [FileFindings], _ path: String, _ paths: [String: String]
  ) throws(CommandFailure) {
    let baseline = Baseline(files) { Self.bytes($0, paths) }
    try CheckBaseline.write(baseline, to: path)
    let use = path == Baseline.usualPath ? "roster check" : "roster check --baseline \(path)"
    let files = CountText.of(files.count, "file")
    Terminal.output(
      TerminalText.printable(
        "\(path): \(CountText.of(baseline.count, "finding")) in \(files); \(use) reports new findings only"))
  }

  /// Prints what a baseline hides. It goes to standard error if standard output is for a program.
  private func tell(of outcome: Baseline.Outcome, _ path: String) throws(CommandFailure) {
    if outcome.known == 0, outcome.fixed == 0 { return }
    var text = "\(CountText.of(outcome.known, "finding")) in the baseline \(path)"
    if outcome.fixed > 0 {
      text += "; \(outcome.fixed) of its entries \(outcome.fixed == 1 ? "is" : "are") fixed"
      if command.pruneBaseline {
        try CheckBaseline.write(outcome.rest, to: path)
        text += " and removed"
      } else {
        text += ": --prune-baseline removes \(outcome.fixed == 1 ? "it" : "them")"
      }
    }
    let line = TerminalText.printable(text)
    if command.format == .text { Terminal.output(line) } else { Terminal.error("roster: \(line)") }
  }

  private func wanted() throws(CommandFailure) -> Set<String> {
    for name in command.rule where Rule.named(name) == nil {
      let meant = Rule.suggestion(for: name).map { "did you mean “\($0)”?" }
      throw .usage("unknown rule “\(name)”; \(meant ?? "--explain all lists them")")
    }
    return Set(command.rule)
  }

  // MARK: Writing

  /// Returns the content of a file, given its published path. For other encodings it is the text as UTF-8, which
  /// positions refer to.
  private static func bytes(_ path: String, _ paths: [String: String]) -> [UInt8]? {
    paths[path].flatMap { try? Disk.read($0).get() }.map { SourceText($0).bytes }
  }

  private func write(_ report: CheckReport, _ paths: [String: String], _ baseline: JSONReport.BaselineUse?) {
    func bytes(_ path: String) -> [UInt8]? { Self.bytes(path, paths) }
    let files = report.listed
    switch command.format {
    case .text:
      let text = TextReport(hasColour: Terminal.hasColour, width: Terminal.width)
      for file in files { Terminal.output(text.text(of: file, bytes: bytes(file.publishedPath))) }
    case .json: Terminal.output(JSONReport.text(of: files, baseline: baseline), terminator: "", as: .json)
    case .sarif:
      Terminal.output(
        SARIFReport.text(of: files, rules: Rule.all, program: Site.generator, bytes: bytes), terminator: "", as: .json)
    case .github: Terminal.output(GitHubReport.text(of: files), terminator: "", as: .unchanged)
    case .gitlab: Terminal.output(GitLabReport.text(of: files, bytes: bytes), terminator: "", as: .json)
    case .junit:
      Terminal.output(JUnitReport.text(of: files, checked: report.checked, fails: fails), terminator: "", as: .markup)
    }
  }

  /// Returns whether a finding makes the check fail.
  private func fails(_ finding: Finding) -> Bool {
    switch command.failOn {
    case .never: false
    case .warning: finding.severity <= .warning
    case .error: finding.severity == .error
    }
  }
}
