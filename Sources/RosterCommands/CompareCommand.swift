import Agents
import ArgumentParser
import Catalogs
import Files
import Foundation
import Gathering
import Pages
import Reports
import Scanning

/// `roster compare`, as typed.
struct CompareCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "Set agents side by side: fields, and what makes one prompt of the other.",
    discussion: """
      An agent is a file, or the name or the slug of one in the sources, which are those of roster build unless \
      --from names others. Two are compared word by word, section \
      by section; of more, each two are said to be how alike.

      Examples:
        roster compare agents/reviewer.md agents/code-reviewer.md
        roster compare reviewer code-reviewer --from team --from community
        roster compare reviewer critic --format markdown > comparison.md
        roster compare reviewer critic judge --format html > comparison.html
        roster compare reviewer critic --all --config team.yml
        roster compare .roomodes#architect agents/architect.md
      """
  )

  /// How a comparison is written.
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text, markdown, json, html
  }

  @Argument(help: "Files, names or slugs of two agents or more.", completion: .file())
  var agents: [String]

  @Option(help: "A folder or file to look for them in; may be given several times.", completion: .file())
  var from: [String] = []

  @Option(
    name: [.short, .long], help: "The configuration file (default: roster.yml, if it is there).", completion: .file())
  var config: String?

  @Option(help: "How the comparison is written.")
  var format: Format = .text

  @Flag(help: "Show fields in which all agree, and lines that both have, too.")
  var all = false

  func validate() throws {
    if agents.count < 2 { throw ValidationError("Name two agents or more.") }
    if agents.count > Comparison.pairLimit {
      throw ValidationError("No more than \(Comparison.pairLimit) agents stand side by side.")
    }
  }

  func run() async throws {
    let files = AgentLookup.files(named: agents)
    let needsMore = files.count < agents.count
    var plan = try BuildPlan(naming: files, from: needsMore ? from : nil, config: config)
    try await plan.openRepositories()
    let scan = try plan.scan()
    let reading = try await plan.catalog(of: scan)
    let places = try agents.map { try AgentLookup.place(of: $0, in: reading.catalog) }
    let entries = places.map { reading.catalog.entries[$0] }
    let paths = scan.absolutePaths
    let prompts = try entries.map { entry throws(CommandFailure) in
      let path = paths[entry.agent.source.publishedPath] ?? ""
      switch Disk.read(path) {
      case .success(let bytes): return AgentReader.excerpt(of: bytes, entry.agent.source)
      case .failure(let failure): throw .failed(failure.description)
      }
    }
    let comparison = SideBySide(entries, files: prompts, in: reading.catalog) {
      format == .text ? $0.displayLabel : $0.publishedLabel
    }
    switch format {
    case .text: Terminal.output(ComparisonText(comparison, showsAll: all, hasColour: Terminal.hasColour).text)
    case .markdown: Terminal.output(ComparisonMarkdown(comparison, showsAll: all).text)
    case .html: Terminal.output(try await html(of: places, comparison, reading, plan), terminator: "")
    case .json: Terminal.output(try ComparisonJSON(comparison).text())
    }
  }

  /// The comparison as a page that needs nothing else.
  private func html(
    of places: [Int], _ comparison: SideBySide, _ reading: CatalogSnapshot, _ plan: BuildPlan
  ) async throws(CommandFailure) -> String {
    let theme: SiteTheme
    do throws(ThemeError) { theme = try SiteTheme() } catch { throw CommandFailure(error) }
    let site = await Site(
      reading.catalog, theme: theme, texts: reading.texts, key: .random(), jobs: plan.jobs)
    do throws(SourceChanged) {
      let bytes = try site.standaloneComparison(of: places, comparison.twos)
      return String(decoding: bytes, as: UTF8.self)
    } catch {
      throw .failed(error.description)
    }
  }
}
