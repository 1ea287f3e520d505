import ArgumentParser
import Files

/// `roster review`, as typed.
struct ReviewCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "review",
    abstract: "Show what a branch does to agents: which came, went and changed, and what they may do now.",
    discussion: """
      BASE is a commit, a branch or a tag, and what is shown is what happened since HEAD left it; --direct holds \
      HEAD against BASE itself. Without HEAD, the files as they \
      stand now are looked at, those that git ignores left out. Both states are read from git: neither files nor \
      index are touched. Sources are those of roster build.

      Settings, hooks, MCP servers, plugins and workflows of the whole repository are read too, and what they newly \
      allow comes first.

      The site that is written is one of pages for a browser: what widens access comes first, then models, new \
      commands and addresses in prompts, new near-duplicates, and then \
      prose. --summary writes the same as Markdown, short enough for a comment on a pull request.

      The exit status is 1 where something is found that --fail-on names, 2 for wrong usage.

      Examples:
        roster review main
        roster review origin/main --summary summary.md
        roster review v1.0 v1.1 agents --output changes
        roster review main --fail-on error --fail-on access
        roster review HEAD --summary -
        roster review main --head docs --direct
        roster review origin/main --fetch
        roster review main --config team.yml --theme team-theme --title Agents
        roster review main --jobs 2 --cache /var/cache/agents
        roster review main --policy ../policy.yml
      """
  )

  /// What makes a review fail.
  enum Failing: String, ExpressibleByArgument, CaseIterable {
    case error, warning, access
    case newAccess = "new-access"
    case never
  }

  @Argument(help: "What was there before: a commit, a branch, a tag; also BASE...HEAD, or BASE..HEAD for --direct.")
  var base: String

  @Argument(
    help: ArgumentHelp(
      "What is there now (default: the files as they stand), then folders or files to read agents from.",
      valueName: "head or source"), completion: .file())
  var rest: [String] = []

  @Option(help: "What is there now, where it is called like a folder.")
  var head: String?

  @Option(name: [.short, .long], help: "The folder to write the review to.", completion: .directory)
  var output = Self.usualOutput

  /// The folder for a review if none is named. Git ignores it.
  static let usualOutput = "Review"

  @Option(
    help: "A file to write the review to as Markdown, of less than 60,000 characters; - for standard output.",
    completion: .file())
  var summary: String?

  @Option(
    name: .customLong("fail-on"),
    help:
      "What makes the review fail: new errors (the default), new warnings, wider access of existing items and settings, access of new items as well; may be given several times."
  )
  var failOn: [Failing] = []

  @Flag(help: "Hold HEAD against BASE itself, not against where HEAD left it.")
  var direct = false

  @Flag(
    help:
      "Fetch the files that a partial clone lacks, from its remote over https, ssh or file. The checkout is not changed."
  )
  var fetch = false

  @Option(
    name: [.short, .long], help: "The configuration file (default: roster.yml, if it is there).", completion: .file())
  var config: String?

  @Option(help: "A folder whose Templates and Assets are laid over the built-in theme.", completion: .directory)
  var theme: String?

  @Option(help: "The title of the catalog.")
  var title: String?

  @Option(
    help: "The folder for caches (default: roster in the user's cache folder). Losing it only costs time.",
    completion: .directory)
  var cache: String?

  @Option(name: [.short, .long], help: "How many tasks work at the same time (default: one for each core).")
  var jobs: Int?

  @Option(
    help: ArgumentHelp(
      "A policy that nothing in a repository can loosen: a file, or an address that begins with https://.",
      valueName: "file or url"),
    completion: .file())
  var policy: String?

  func validate() throws {
    if let jobs, jobs < 1 { throw ValidationError("--jobs must be at least 1.") }
    if failOn.contains(.never), failOn.count > 1 { throw ValidationError("--fail-on never goes with nothing else.") }
  }

  func run() async throws {
    try await Reviewing(command: self).run()
  }
}
