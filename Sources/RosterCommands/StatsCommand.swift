import ArgumentParser
import Catalogs
import Pages
import Reports

/// The command line of `roster stats`.
struct StatsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "stats",
    abstract: "Count agents by runtime, reach, tool, model, owner and more.",
    discussion: """
      Sources are the same as for roster build. Nothing is written. The numbers match the portfolio page. Missing \
      values are counted too. An agent counts once for each of its tools, tags, topics and abilities, so their shares \
      can add up to more than 100%.

      Examples:
        roster stats
        roster stats agents --by models --by owners
        roster stats --format csv > portfolio.csv
        roster stats --limit 0 --config team.yml --jobs 2 --cache /var/cache/agents
        roster stats --fetch --strict
        roster stats --policy ../policy.yml
      """
  )

  /// The output format.
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text, json, csv
  }

  @OptionGroup
  var catalog: SourceOptions

  @Option(help: "The output format.")
  var format: Format = .text

  @Option(
    help: ArgumentHelp(
      "Count by this dimension only. Repeatable. One of \(Self.dimensions.joined(separator: ", ")).",
      valueName: "dimension"))
  var by: [String] = []

  @Option(help: "The number of values listed per dimension as text; 0 lists all.")
  var limit: Int = 12

  static let dimensions = Portfolio.dimensions

  func validate() throws {
    if limit < 0 { throw ValidationError("--limit must not be less than 0.") }
    for name in by where !Self.dimensions.contains(name) {
      throw ValidationError("--by takes \(Self.dimensions.joined(separator: ", ")), not “\(name)”.")
    }
  }

  func run() async throws {
    var plan = try BuildPlan(reading: catalog)
    try await plan.openRepositories(catalog)
    let reading = try await plan.catalog()
    for file in reading.unreadable { Terminal.error("roster: \(UnreadText.of(file, "it was not counted"))") }
    let portfolio = Portfolio(reading.catalog, by: by.isEmpty ? Self.dimensions : by)
    switch format {
    case .text: Terminal.output(PortfolioText(portfolio, limit: limit == 0 ? .max : limit).text)
    case .json: Terminal.output(text(PortfolioData.json(portfolio, of: reading.catalog)), terminator: "", as: .json)
    case .csv: Terminal.output(text(PortfolioData.csv(portfolio, of: reading.catalog)), terminator: "")
    }
    let isEmpty = reading.catalog.entries.isEmpty
    if isEmpty { Terminal.error("roster: \(NothingFound(plan, SkippedText(reading.skipped)).message)") }
    if isEmpty || !reading.unreadable.isEmpty { throw CommandFailure.said }
  }

  private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
}
