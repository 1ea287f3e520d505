import Agents
import Approvals
import ArgumentParser
import Catalogs
import Files
import Foundation
import Pages
import Reports

/// `roster approve`, as typed.
struct ApproveCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "approve",
    abstract: "Say that somebody has read agents, and found them good.",
    discussion: """
      Who approved what, and when, is written into a folder .approvals beside each agent, with the digests of its \
      fields, of the sections of its prompt and, for a skill, of every file in its folder; it is meant to be committed. \
      Pages then say who approved an agent, or what was changed since. Somebody else who approves the same is added; \
      after a change, approvals begin anew.

      roster check tells of agents that were changed since, and, where roster.yml has "rules: {approval-missing: \
      error}", of those that nobody has approved. Who may approve is for the \
      repository to say, for example with owners of **/.approvals/.

      Examples:
        roster approve code-reviewer --by "Ada Lovelace"
        roster approve agents/reviewer.md --by Ada --note "Read with security."
        roster approve --all --from agents --by Ada --on 2026-05-03
        roster approve reviewer --by Ada --config team.yml
        roster approve reviewer --withdraw
        roster approve .roomodes#architect --by Ada
      """
  )

  @Argument(help: "Files, names or slugs of agents.", completion: .file())
  var agents: [String] = []

  @Option(help: "Who approves.")
  var by: String?

  @Option(help: "What there is to say about it, in a sentence or two.")
  var note: String?

  @Option(help: "The day, as 2026-05-03 (default: today).")
  var on: String?

  @Flag(help: "Approve every agent of the sources.")
  var all = false

  @Flag(help: "Take the approvals of agents away.")
  var withdraw = false

  @Option(help: "A folder or file to look for agents in; may be given several times.", completion: .file())
  var from: [String] = []

  @Option(
    name: [.short, .long], help: "The configuration file (default: roster.yml, if it is there).", completion: .file())
  var config: String?

  func validate() throws {
    if agents.isEmpty, !all { throw ValidationError("Name the agents, or say --all.") }
    if !agents.isEmpty, all { throw ValidationError("--all goes with no names of agents.") }
    if withdraw, by != nil || note != nil || on != nil {
      throw ValidationError("--withdraw goes without --by, --note and --on.")
    }
    if !withdraw, (by ?? "").allSatisfy(\.isWhitespace) { throw ValidationError("Say who approves: --by NAME.") }
    if let on, Approving.day(on) == nil { throw ValidationError("--on must be a day such as 2026-05-03: \(on)") }
  }

  func run() async throws {
    let files = AgentLookup.files(named: agents)
    let plan = try BuildPlan(
      naming: files, from: all || files.count < agents.count ? from : nil, config: config)
    let scan = try plan.scan()
    let reading = try await plan.catalog(of: scan)
    let places =
      all
      ? Array(reading.catalog.entries.indices)
      : try agents.map { try AgentLookup.place(of: $0, in: reading.catalog) }
    if places.isEmpty {
      throw CommandFailure.failed("there is no agent in \(plan.sources.map(\.path).joined(separator: ", "))")
    }
    let approver = by.map {
      Approval.Approver(name: $0.trimmingCharacters(in: .whitespaces), day: on ?? Approving.today())
    }
    let approving = Approving(approver: approver, note: note)
    let paths = scan.absolutePaths
    var isComplete = true
    for place in places {
      let entry = reading.catalog.entries[place]
      guard let path = paths[entry.agent.source.publishedPath] else { continue }
      do throws(CommandFailure) {
        Terminal.output(TerminalText.printable(try approving.run(on: entry, path)))
      } catch {
        // What can be approved is; the status says that not all was.
        guard places.count > 1 else { throw error }
        Terminal.error("roster: \(TerminalText.printable(error.message))")
        isComplete = false
      }
    }
    if !isComplete { throw ExitCode.failure }
  }
}

/// Approves agents, one by one.
struct Approving {
  /// Who approves; nil where approvals are withdrawn.
  let approver: Approval.Approver?
  let note: String?

  /// Approves an agent, or withdraws its approval. Returns what there is to say.
  func run(on entry: Catalog.Entry, _ path: String) throws(CommandFailure) -> String {
    let source = entry.agent.source
    let file = ApprovalRecord.path(of: path, source.item)
    let name = source.displayLabel
    do throws(Disk.Failure) {
      guard let approver else {
        guard Disk.kind(file, followsLinks: false) != nil else { return "\(name): nobody had approved it" }
        try Disk.removeFile(file)
        if let slash = file.lastSlash { Disk.removeFolderIfEmpty(String(file[..<slash])) }
        return "\(name): its approval is withdrawn"
      }
      if let omitted = entry.agent.bundle?.omitted, omitted > 0 {
        throw Disk.Failure(
          path: name,
          reason: "its folder has \(CountText.of(omitted, "more file")) than Roster reads, which nobody could approve")
      }
      let bytes = AgentReader.excerpt(of: try Disk.read(path).get(), source)
      let record = ApprovalRecord(of: entry.agent, bytes, by: approver, note: note)
      let past = (try? Disk.read(file).get()).flatMap { ApprovalRecord($0) }
      try write(past?.approved(by: record) ?? record, to: file)
      let errors = entry.findings.count { $0.severity == .error && !$0.rule.hasPrefix("approval-") }
      let warning = errors == 0 ? "" : ", with \(CountText.of(errors, "error")): see roster check"
      return "\(name): approved by \(approver.name) on \(approver.day)\(warning)\(Self.uncovered(entry.agent.bundle))"
    } catch {
      throw .failed(error.description)
    }
  }

  /// How many paths are named.
  private static let pathLimit = 5

  /// What in the folder of a skill was not read, so that the approval does not cover it.
  private static func uncovered(_ bundle: SkillBundle?) -> String {
    guard let skipped = bundle?.skipped, !skipped.isEmpty else { return "" }
    let more = skipped.count > pathLimit ? " and \(skipped.count - pathLimit) more" : ""
    return "; it does not cover what Roster skips: \(skipped.prefix(pathLimit).joined(separator: ", "))\(more)"
  }

  private func write(_ record: ApprovalRecord, to file: String) throws(Disk.Failure) {
    if let slash = file.lastSlash {
      let folder = String(file[..<slash])
      if Disk.kind(folder, followsLinks: false) == .other {
        throw Disk.Failure(path: folder, reason: "this is a link, and nothing is written through links")
      }
      try Disk.makeFolder(folder)
    }
    guard let bytes = try? record.bytes() else {
      throw Disk.Failure(path: file, reason: "it cannot be written as JSON")
    }
    try Disk.save(bytes, to: file)
  }

  /// A day that somebody typed, or nil where it is none.
  static func day(_ text: String) -> String? {
    guard let match = text.wholeMatch(of: /(\d{4})-(\d{2})-(\d{2})/), let month = Int(match.2), let day = Int(match.3)
    else {
      return nil
    }
    return (1...12).contains(month) && (1...31).contains(day) ? text : nil
  }

  /// Today, where this machine is.
  static func today() -> String {
    let parts = Calendar(identifier: .gregorian).dateComponents([.year, .month, .day], from: Date())
    func two(_ number: Int?) -> String { (number ?? 0) < 10 ? "0\(number ?? 0)" : "\(number ?? 0)" }
    return "\(parts.year ?? 0)-\(two(parts.month))-\(two(parts.day))"
  }
}
