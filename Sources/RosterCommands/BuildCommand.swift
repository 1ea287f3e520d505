import Agents
import ArgumentParser
import Files

/// The command line of `roster build`.
struct BuildCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "build",
    abstract: "Build the catalog.",
    discussion: """
      Sources are folders or files. By default they come from roster.yml, or else Roster reads the current folder, \
      including the hidden folders of runtimes. Files ignored by git, dependencies, test fixtures and backups are \
      skipped unless you name them as sources.

      Files from an earlier build are replaced if they changed, and removed if they are no longer needed. Other files \
      in the output folder are never touched.

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

  @Option(name: [.short, .long], help: "The output folder (default: Output).", completion: .directory)
  var output: String?

  @Option(
    name: .customLong("base-url"), help: "The URL of the published site, for the sitemap, feeds and canonical links.")
  var baseURL: String?

  @Flag(name: .customLong("no-search"), help: "Build without search.")
  var noSearch = false

  @Flag(help: "List findings, and skipped files with reasons.")
  var verbose = false

  @Option(
    help: "Write a JSON report of the build: files read, rendered, written, unchanged and removed.",
    completion: .file())
  var report: String?

  @Flag(help: "Print errors only.")
  var quiet = false

  func validate() throws {
    if verbose, quiet { throw ValidationError("Use either --verbose or --quiet.") }
    if let baseURL, !BaseURL.isAbsolute(baseURL) {
      throw ValidationError("--base-url must start with https:// or http://: \(baseURL)")
    }
  }

  func run() async throws {
    var plan = try BuildPlan(self)
    try await plan.openRepositories(catalog.source, isQuiet: quiet)
    try await Build(plan: plan, theme: LoadedTheme(plan.theme)).run()
  }
}
