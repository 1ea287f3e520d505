import Agents
import ArgumentParser
import Files

/// `roster build`, as typed.
struct BuildCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "build",
    abstract: "Publish a catalog.",
    discussion: """
      Sources are folders or single files. Without any, roster.yml names them; without that, the current folder is \
      read, with the hidden folders of runtimes. Files that git ignores, dependencies, test fixtures and backups are \
      skipped unless they are sources themselves.

      What an earlier build wrote is replaced, file by file; what it wrote and is no longer needed is removed; every \
      other file in \
      the folder stays.

      Examples:
        roster build
        roster build .claude/agents --title "Platform agents"
        roster build agents --output public --base-url https://acme.example/agents/
        roster build --config team.yml --theme team-theme --jobs 2
        roster build --cache /var/cache/agents
        roster build --no-search --verbose
        roster build --quiet
        roster build --report work.json
        roster build --fetch --strict
        roster build --policy ../policy.yml
      """
  )

  @OptionGroup
  var catalog: CatalogOptions

  @Option(name: [.short, .long], help: "The folder to write the site to (default: Output).", completion: .directory)
  var output: String?

  @Option(
    name: .customLong("base-url"), help: "Where the site will stand; needed for the site map and canonical links.")
  var baseURL: String?

  @Flag(name: .customLong("no-search"), help: "Leave out the search and its index.")
  var noSearch = false

  @Flag(help: "List findings, and skipped files with the reason.")
  var verbose = false

  @Option(
    help: "Write what the build did to a file, as JSON: files read, laid out, written, unchanged and removed.",
    completion: .file())
  var report: String?

  @Flag(help: "Print nothing but errors.")
  var quiet = false

  func validate() throws {
    if verbose, quiet { throw ValidationError("--verbose and --quiet contradict each other.") }
    if let baseURL, !BaseURL.isAbsolute(baseURL) {
      throw ValidationError("--base-url must begin with https:// or http://: \(baseURL)")
    }
  }

  func run() async throws {
    var plan = try BuildPlan(self)
    try await plan.openRepositories(catalog.source, isQuiet: quiet)
    try await Build(plan: plan, theme: LoadedTheme(plan.theme)).run()
  }
}
