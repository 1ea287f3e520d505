import Agents
import Approvals
import ArgumentParser
import Catalogs
import Files
import Foundation
import Pages
import Reports
import Scanning

/// The command line of `roster approve`.
struct ApproveCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "approve",
    abstract: "Record an approval.",
    discussion: """
      An approval is a file in the folder .approvals beside the agent, meant to be committed. It contains the \
      approver, the date, and the digests of the fields, of the sections of the prompt and, for a skill, of every file \
      in its folder. Pages show who approved an agent, or what changed since. A second approver of the same state is \
      added. After a change, the list starts again.

      roster check reports agents that changed since their approval. With "rules: {approval-missing: error}" in \
      roster.yml, it also reports agents without one. Roster does not check who may approve; protect **/.approvals/ \
      with the code owners of your repository.

      --import reads the JSON file that Finish review exports in the browser. It records the approvals of items that \
      have not changed since. The approver is --by or git's user.name, never a name in the file. Comments are printed. \
      The exit status is 1 if an approval was refused or the file is invalid.

      Examples:
        roster approve code-reviewer --by "Ada Lovelace"
        roster approve agents/reviewer.md --by Ada --note "Read with security."
        roster approve --all --from agents --by Ada --on 2026-05-03
        roster approve reviewer --by Ada --config team.yml
        roster approve reviewer --withdraw
        roster approve .roomodes#architect --by Ada
        roster approve --import roster-review.json
        roster approve --import roster-review.json --dry-run
        roster approve --import roster-review.json --by Ada --format sarif
      """
  )

  /// The output format of an import.
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text, json, sarif, github
  }

  @Argument(help: "Files, names or slugs of agents.", completion: .file())
  var agents: [String] = []

  @Option(help: "The approver (default with --import: git's user.name).")
  var by: String?

  @Option(help: "A note of a sentence or two.")
  var note: String?

  @Option(help: "The date, such as 2026-05-03 (default: today).")
  var on: String?

  @Flag(help: "Approve every agent of the sources.")
  var all = false

  @Flag(help: "Remove the approvals of agents.")
  var withdraw = false

  @Option(
    name: .customLong("import"), help: "Record the approvals of a review that was exported from the browser.",
    completion: .file(extensions: ["json"]))
  var review: String?

  @Option(help: "The output format of an import.")
  var format: Format = .text

  @Flag(name: .customLong("dry-run"), help: "Show the outcome of an import without writing anything.")
  var dryRun = false

  @Option(help: "A folder or file with agents. Repeat for more.", completion: .file())
  var from: [String] = []

  @Option(
    name: [.short, .long], help: "The configuration file (default: roster.yml, if it exists).", completion: .file())
  var config: String?

  func validate() throws {
    if review != nil {
      if !agents.isEmpty || all || withdraw {
        throw ValidationError("--import cannot be combined with agent names, --all or --withdraw.")
      }
      if by.map({ $0.allSatisfy(\.isWhitespace) }) ?? false {
        throw ValidationError("Name the approver with --by NAME.")
      }
    } else {
      if format != .text || dryRun { throw ValidationError("--format and --dry-run require --import.") }
      if agents.isEmpty, !all { throw ValidationError("Name agents, or use --all.") }
      if !agents.isEmpty, all { throw ValidationError("--all cannot be combined with agent names.") }
      if withdraw, by != nil || note != nil || on != nil {
        throw ValidationError("--withdraw cannot be combined with --by, --note or --on.")
      }
      if !withdraw, (by ?? "").allSatisfy(\.isWhitespace) { throw ValidationError("Name the approver with --by NAME.") }
    }
    if let on, Approving.day(on) == nil { throw ValidationError("--on must be a day such as 2026-05-03: \(on)") }
  }

  func run() async throws {
    if let review { return try await importReview(at: review) }
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
      throw CommandFailure.failed("no agents found in \(plan.sources.map(\.path).joined(separator: ", "))")
    }
    let approving = by.map { Approving(approver: approver($0), note: note, texts: reading.texts) }
    let paths = scan.absolutePaths
    var isComplete = true
    for place in places {
      let entry = reading.catalog.entries[place]
      guard let path = paths[entry.agent.source.publishedPath] else { continue }
      do throws(Disk.Failure) {
        let words: String
        if let approving {
          words = try approving.run(on: entry, path)
        } else {
          words = try Approving.withdraw(of: entry, path)
        }
        Terminal.output(TerminalText.printable("\(entry.agent.source.displayLabel): \(words)"))
      } catch {
        // Continue with the other agents after a failure.
        guard places.count > 1 else { throw CommandFailure.failed(error.description) }
        Terminal.error("roster: \(TerminalText.printable(error.description))")
        isComplete = false
      }
    }
    if !isComplete { throw ExitCode.failure }
  }

  private func approver(_ name: String) -> Approval.Approver {
    Approval.Approver(name: name.trimmingCharacters(in: .whitespaces), day: on ?? Approving.today())
  }

  private func importReview(at path: String) async throws(CommandFailure) {
    let git = Git.find(in: ProcessInfo.processInfo.environment["PATH"])
    guard let name = by ?? git?.userName(in: ".") else {
      throw .usage("name the approver with --by NAME, or set git config user.name")
    }
    let review = try Importing.review(at: path)
    let plan = try BuildPlan(naming: [], from: from, config: config)
    let scan = try plan.scan()
    let reading = try await plan.catalog(of: scan)
    let approving = Approving(approver: approver(name), note: note, texts: reading.texts)
    let importing = Importing(review: review, approving: approving, isDryRun: dryRun)
    let outcome = importing.run(on: reading.catalog, scan.absolutePaths)
    switch format {
    case .text: Terminal.output(outcome.text, terminator: "")
    case .json: Terminal.output(outcome.json, terminator: "", as: .json)
    case .sarif: Terminal.output(outcome.sarif(program: Site.generator), terminator: "", as: .json)
    case .github: Terminal.output(outcome.gitHub, terminator: "", as: .unchanged)
    }
    for line in outcome.refusals { Terminal.error("roster: \(line)") }
    let summary = outcome.summary(isDryRun: dryRun)
    if format == .text { Terminal.output(summary) } else { Terminal.error("roster: \(summary)") }
    if !outcome.isComplete { throw .said }
  }
}
