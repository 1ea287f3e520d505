import Agents
import ArgumentParser
import Catalogs
import Pages
import Reports

/// `roster list`, as typed.
struct ListCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List agents: what each is called, what it may do, how large it is, what is wrong with it.",
    discussion: """
      Sources are those of roster build, and nothing is written. Reach is what the tools let an agent do: r for \
      read, e for edit, x for run, w for web, d for delegate, \
      ? for tools of unknown effect, * where all is inherited, ! where nobody is asked.

      Examples:
        roster list
        roster list agents --format csv > agents.csv
        roster list --verbose
        roster list agents --format json | jq -r '.[].name'
        roster list agents --config team.yml --jobs 4 --cache /var/cache/agents
        roster list --fetch --strict
        roster list --policy ../policy.yml
      """
  )

  /// How the list is written.
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case table, json, csv
  }

  @OptionGroup
  var catalog: SourceOptions

  @Option(help: "How the list is written.")
  var format: Format = .table

  @Flag(help: "List skipped files, folders and links, each with the reason.")
  var verbose = false

  func run() async throws {
    var plan = try BuildPlan(reading: catalog)
    try await plan.openRepositories(catalog)
    let reading = try await plan.catalog()
    for file in reading.unreadable { Terminal.error("roster: \(UnreadText.of(file, "it is not listed"))") }
    switch format {
    case .table: for line in AgentTable.lines(of: reading.catalog, width: Terminal.width) { Terminal.output(line) }
    case .json: Terminal.output(String(decoding: AgentList.json(reading.catalog), as: UTF8.self), terminator: "")
    case .csv: Terminal.output(String(decoding: AgentList.csv(reading.catalog), as: UTF8.self), terminator: "")
    }
    let skipped = SkippedText(reading.skipped)
    skipped.print(isVerbose: verbose, toErrors: true)
    let isEmpty = reading.catalog.entries.isEmpty
    if isEmpty { Terminal.error("roster: \(NothingFound(plan, skipped).message)") }
    if isEmpty || !reading.unreadable.isEmpty { throw CommandFailure.said }
  }
}
