import Agents
import ArgumentParser
import Catalogs
import Pages
import Reports

/// The command line of `roster list`.
struct ListCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List agents with their reach, size and findings.",
    discussion: """
      Sources are the same as for roster build. Nothing is written. Reach is what an agent's tools allow: r to read, \
      e to edit, x to run commands, w to use the web, d to delegate. ? marks unrecognized tools, * all tools \
      inherited, ! an agent that never asks for permission.

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

  /// The output format.
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case table, json, csv
  }

  @OptionGroup
  var catalog: SourceOptions

  @Option(help: "The output format.")
  var format: Format = .table

  @Flag(help: "List skipped files, folders and links, with reasons.")
  var verbose = false

  func run() async throws {
    var plan = try BuildPlan(reading: catalog)
    try await plan.openRepositories(catalog)
    let reading = try await plan.catalog()
    for file in reading.unreadable { Terminal.error("roster: \(UnreadText.of(file, "it is not listed"))") }
    switch format {
    case .table: for line in AgentTable.lines(of: reading.catalog, width: Terminal.width) { Terminal.output(line) }
    case .json:
      Terminal.output(String(decoding: AgentList.json(reading.catalog), as: UTF8.self), terminator: "", as: .json)
    case .csv:
      Terminal.output(String(decoding: AgentList.csv(reading.catalog), as: UTF8.self), terminator: "")
    }
    let skipped = SkippedText(reading.skipped)
    skipped.print(isVerbose: verbose, toErrors: true)
    let isEmpty = reading.catalog.entries.isEmpty
    if isEmpty { Terminal.error("roster: \(NothingFound(plan, skipped).message)") }
    if isEmpty || !reading.unreadable.isEmpty { throw CommandFailure.said }
  }
}
