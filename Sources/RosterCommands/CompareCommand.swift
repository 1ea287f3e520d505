import ArgumentParser
import Catalogs
import Files
import Pages
import Reports

/// The command line of `roster compare`.
struct CompareCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "Compare agents: fields, tools and prompts.",
    discussion: """
      Two agents are compared word by word, section by section. For three or more, each pair gets a similarity.

      An agent is a file, or the name or slug of one in the sources, which are those of roster build unless --from \
      names others. With @REV, it is the agent as it was in that commit: reviewer@v1.2, agents/reviewer.md@HEAD~3. REV \
      is any commit that git knows, and the name is looked up in that state. A file whose name contains @ is read as \
      it is.

      Examples:
        roster compare agents/reviewer.md agents/code-reviewer.md
        roster compare reviewer code-reviewer --from team --from community
        roster compare reviewer@v1.2 reviewer
        roster compare agents/reviewer.md@main agents/reviewer.md@HEAD
        roster compare reviewer@HEAD~10 reviewer --fetch
        roster compare reviewer critic --format markdown > comparison.md
        roster compare reviewer critic judge --format html > comparison.html
        roster compare reviewer critic --all --config team.yml
        roster compare .roomodes#architect agents/architect.md
      """
  )

  /// The output format of a comparison.
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text, markdown, json, html
  }

  @Argument(help: "Files, names or slugs of two or more agents, each as NAME or NAME@REV.", completion: .file())
  var agents: [String]

  @Option(help: "A folder or file with agents. Repeat for more.", completion: .file())
  var from: [String] = []

  @Option(
    name: [.short, .long], help: "The configuration file (default: roster.yml, if it exists).", completion: .file())
  var config: String?

  @Option(help: "The output format.")
  var format: Format = .text

  @Flag(help: "Show equal fields and unchanged lines, too.")
  var all = false

  @Flag(
    help:
      "Fetch the files that a partial clone lacks, from its remote over https, ssh or file. The checkout is not changed."
  )
  var fetch = false

  func validate() throws {
    if agents.count < 2 { throw ValidationError("Name at least two agents.") }
    if agents.count > Comparison.pairLimit {
      throw ValidationError("At most \(Comparison.pairLimit) agents can be compared.")
    }
  }

  func run() async throws {
    let folder: String
    do throws(Disk.Failure) { folder = try Disk.makeTemporaryFolder() } catch {
      throw CommandFailure.failed(error.description)
    }
    defer { Disk.removeTree(folder) }
    var reader = ComparedAgentsReader(self, in: folder)
    let (compared, plan) = try await reader.read()
    let entries = compared.places.map { compared.catalog.entries[$0] }
    let files = try entries.map { entry throws(CommandFailure) in
      do throws(SourceChanged) { return try compared.texts.bytes(entry.agent.source) } catch {
        throw .failed(error.description)
      }
    }
    let comparison = SideBySide(entries, files: files, in: compared.catalog, labels: compared.labels) {
      format == .text ? $0.displayLabel : $0.publishedLabel
    }
    switch format {
    case .text: Terminal.output(ComparisonText(comparison, showsAll: all, hasColour: Terminal.hasColour).text)
    case .markdown: Terminal.output(ComparisonMarkdown(comparison, showsAll: all).text)
    case .html: Terminal.output(try await html(of: compared, comparison, plan), terminator: "", as: .markup)
    case .json: Terminal.output(try ComparisonJSON(comparison).text(), as: .json)
    }
  }

  /// Returns the comparison as a standalone page.
  private func html(
    of compared: ComparedAgents, _ comparison: SideBySide, _ plan: BuildPlan
  ) async throws(CommandFailure) -> String {
    let theme: SiteTheme
    do throws(ThemeError) { theme = try SiteTheme() } catch { throw CommandFailure(error) }
    let site = await Site(
      compared.catalog, theme: theme, texts: compared.texts, key: .random(), jobs: plan.jobs)
    do throws(SourceChanged) {
      let bytes = try site.standaloneComparison(
        of: compared.places, comparison.twos, labels: compared.labels)
      return String(decoding: bytes, as: UTF8.self)
    } catch {
      throw .failed(error.description)
    }
  }
}
