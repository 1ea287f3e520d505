import ArgumentParser
import Files

/// The command line of `roster review`.
struct ReviewCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "review",
    abstract: "Review the agent changes on a branch.",
    discussion: """
      BASE is a commit, branch or tag. The review shows the changes since HEAD branched off; --direct compares HEAD \
      with BASE itself. Without HEAD, the working files are reviewed, except those ignored by git. The review does \
      not change your files or the git index. Sources are the same as for roster build.

      Settings, hooks, MCP servers, plugins and workflows of the whole repository are reviewed too.

      The result is a small site. Wider access comes first, then models, new commands and addresses in prompts, new \
      near-duplicates, and prose. --summary writes the same as Markdown, short enough for a comment on a pull request.

      The exit status is 1 if the review fails (see --fail-on), and 2 for wrong usage.

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

  /// A kind of change that makes a review fail.
  enum Failing: String, ExpressibleByArgument, CaseIterable {
    case error, warning, access
    case newAccess = "new-access"
    case never
  }

  @Argument(help: "The state before: a commit, branch or tag. Also BASE...HEAD, or BASE..HEAD for --direct.")
  var base: String

  @Argument(
    help: ArgumentHelp(
      "The state after (default: the working files), then folders or files to read agents from.",
      valueName: "head or source"), completion: .file())
  var rest: [String] = []

  @Option(help: "The state after, if a folder has the same name.")
  var head: String?

  @Option(name: [.short, .long], help: "The folder for the review.", completion: .directory)
  var output = Self.usualOutput

  /// The default folder of a review. Git ignores it.
  static let usualOutput = "Review"

  @Option(
    help: "Write a Markdown summary of less than 60,000 characters to this file; - for standard output.",
    completion: .file())
  var summary: String?

  @Option(
    name: .customLong("fail-on"),
    help:
      "The changes that make the review fail: new errors (default), new warnings, wider access of existing items and settings, or also access of new items. Repeatable."
  )
  var failOn: [Failing] = []

  @Flag(help: "Compare HEAD with BASE itself, not with the commit where HEAD branched off.")
  var direct = false

  @Flag(
    help:
      "Fetch files missing from a partial clone over https, ssh or file. The checkout is not changed."
  )
  var fetch = false

  @Option(
    name: [.short, .long], help: "The configuration file (default: roster.yml, if it exists).", completion: .file())
  var config: String?

  @Option(help: "A folder whose Templates and Assets override those of the built-in theme.", completion: .directory)
  var theme: String?

  @Option(help: "The title of the catalog.")
  var title: String?

  @Option(
    help: "The cache folder (default: roster in the user's cache folder). It is safe to delete.",
    completion: .directory)
  var cache: String?

  @Option(name: [.short, .long], help: "The number of parallel tasks (default: the number of cores).")
  var jobs: Int?

  @Option(
    help: ArgumentHelp(
      "A policy that no repository can loosen: a file, or a URL that starts with https://.",
      valueName: "file or url"),
    completion: .file())
  var policy: String?

  func validate() throws {
    if let jobs, jobs < 1 { throw ValidationError("--jobs must be at least 1.") }
    if failOn.contains(.never), failOn.count > 1 {
      throw ValidationError("--fail-on never cannot be combined with other values.")
    }
  }

  func run() async throws {
    try await Reviewing(command: self).run()
  }
}
