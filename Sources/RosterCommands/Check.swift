import Catalogs
import Files
import Foundation
import Pages
import Reports
import Rules

/// `roster check`: says what is wrong, and ends the program accordingly.
struct Check {
  let command: CheckCommand

  func run() async throws(CommandFailure) {
    let only = try wanted()
    let plan = try BuildPlan(reading: command.catalog)
    let scan = try plan.scan()
    var failed: [(path: String, reason: String)] = []
    if command.fix {
      let outcome = Fixing(isDryRun: command.dryRun).run(on: scan.files)
      let count = Summary.count(outcome.mended, "file")
      if command.dryRun {
        Terminal.output("\(count) would be mended")
        if outcome.mended > 0 { throw .said }
        return
      }
      failed = outcome.failed
      for (path, reason) in failed { Terminal.error("roster: \(path): \(reason); it stays as it was") }
      if command.format == .text, outcome.mended > 0 { Terminal.output("\(count) mended; what is left:\n") }
    }
    let reading = try await plan.catalog(of: scan)
    let (catalog, unreadable) = (reading.catalog, reading.unreadable)
    let paths = Dictionary(
      scan.files.map { ($0.source.publishedPath, $0.absolutePath) }, uniquingKeysWith: { first, _ in first })
    let files = Self.files(of: catalog, only: only)
    let all = files.flatMap(\.findings)
    if command.statistics {
      Terminal.output(Self.statistics(all))
    } else {
      write(files, paths)
    }
    for file in unreadable { Terminal.error("roster: \(file.displayPath): \(file.reason); it was not checked") }
    if command.format == .text { Terminal.output(Self.summary(catalog, all)) }
    if catalog.entries.isEmpty, catalog.documents.isEmpty {
      Terminal.error("roster: no agents were found in \(plan.sources.map(\.path).joined(separator: ", "))")
    }
    if fails(all) || !unreadable.isEmpty || !failed.isEmpty { throw .said }
  }

  private func wanted() throws(CommandFailure) -> Set<String> {
    for name in command.rule where Rule.named(name) == nil {
      let meant = Rule.suggestion(for: name).map { "did you mean “\($0)”?" }
      throw .usage("there is no rule “\(name)”; \(meant ?? "--explain all lists them")")
    }
    return Set(command.rule)
  }

  // MARK: Writing

  private static func files(of catalog: Catalog, only: Set<String>) -> [FileFindings] {
    func taken(_ findings: [Finding]) -> [Finding] {
      let wanted = only.isEmpty ? findings : findings.filter { only.contains($0.rule) }
      return wanted.sorted { ($0.range?.lowerBound ?? -1, $0.severity) < ($1.range?.lowerBound ?? -1, $1.severity) }
    }
    let agents = catalog.entries.map { FileFindings($0.agent.source, findings: taken($0.findings)) }
    let documents = catalog.documents.map {
      FileFindings($0.document.source, findings: taken($0.document.findings))
    }
    return (agents + documents).filter { !$0.findings.isEmpty }.sorted {
      $0.publishedPath.precedesByBytes($1.publishedPath)
    }
  }

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
    case .sarif: Terminal.output(SARIFReport.text(of: files, program: Site.generator, bytes: bytes), terminator: "")
    case .github: Terminal.output(GitHubReport.text(of: files), terminator: "")
    }
  }

  private static func summary(_ catalog: Catalog, _ findings: [Finding]) -> String {
    let files = catalog.entries.count + catalog.documents.count
    let counts = Finding.Severity.allCases.map { severity in findings.count { $0.severity == severity } }
    return "\(Summary.count(files, "file")) checked, \(Summary.findings(counts))"
  }

  /// How many findings each rule has, most first.
  private static func statistics(_ findings: [Finding]) -> String {
    let counts = Dictionary(grouping: findings, by: \.rule).mapValues(\.count)
    let rows = Rule.all.filter { counts[$0.id] != nil }.sorted {
      (counts[$0.id] ?? 0, $1.id) > (counts[$1.id] ?? 0, $0.id)
    }
    let width = rows.map(\.id.count).max() ?? 0
    return rows.map { rule in
      let number = String(counts[rule.id] ?? 0)
      return String(repeating: " ", count: max(0, 7 - number.count))
        + "\(number)  \(rule.id.padded(to: width))  \(rule.title)"
    }.joined(separator: "\n")
  }

  private func fails(_ findings: [Finding]) -> Bool {
    switch command.failOn {
    case .never: false
    case .warning: findings.contains { $0.severity <= .warning }
    case .error: findings.contains { $0.severity == .error }
    }
  }
}
