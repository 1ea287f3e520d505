import ArgumentParser
import Reports

/// `roster check`, as typed.
struct CheckCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Say what is wrong with agents, and fail where it matters.",
    discussion: """
      Sources are those of roster build. Without --fix, nothing is written. roster.yml says which rules are off, how \
      much each matters, and where it does not hold; a \
      comment in a frontmatter, # roster: ignore RULE, keeps a rule from being told of for that file.

      Errors come first, then warnings. At a terminal and in GitHub annotations, notes are counted only, and a terminal \
      gets 100 findings; --all lists everything.

      A baseline holds the findings that are accepted for now, so that only new ones are reported. They are known by \
      their file, their rule and the text that they are about, so added lines and renamed files change nothing. \
      --write-baseline accepts all errors and warnings, with --all notes too; --prune-baseline removes those that are \
      fixed, and accepts nothing. Where .roster-baseline.json exists, it is used.

      --fix writes whole files, changes no value otherwise than by these repairs, and leaves what is not certain. With \
      --dry-run, the exit status is 1 where something would be done.

      The exit status is 0 where nothing is found that matters as --fail-on says, else 1; 2 for wrong usage.

      Examples:
        roster check
        roster check agents --fail-on warning
        roster check --all
        roster check --write-baseline .roster-baseline.json
        roster check --baseline accepted.json --prune-baseline
        roster check --no-baseline
        roster check --format sarif > roster.sarif
        roster check --format junit > roster.xml
        roster check --rule secret-suspected --rule text-invisible
        roster check --explain frontmatter-invalid
        roster check --explain runtimes > runtimes.yml
        roster check --fix --dry-run
        roster check --statistics --config team.yml --jobs 2
        roster check --verbose
        roster check --cache /var/cache/agents
        roster check --fetch --strict
        roster check --policy ../policy.yml
        roster check --owner @acme/payments
      """
  )

  /// What makes a check fail.
  enum Failing: String, ExpressibleByArgument, CaseIterable {
    case error, warning, never
  }

  @OptionGroup
  var catalog: SourceOptions

  @Option(help: "How findings are written.")
  var format: ReportFormat = .text

  @Option(name: .customLong("fail-on"), help: "What makes the check fail.")
  var failOn: Failing = .error

  @Flag(help: "List notes and every finding.")
  var all = false

  @Option(
    help: "The baseline: findings that are not reported (default: .roster-baseline.json, if it is there).",
    completion: .file())
  var baseline: String?

  @Flag(name: .customLong("no-baseline"), help: "Use no baseline.")
  var noBaseline = false

  @Option(
    name: .customLong("write-baseline"), help: "Write the findings to this file, and end.", completion: .file())
  var writeBaseline: String?

  @Flag(name: .customLong("prune-baseline"), help: "Remove what is fixed from the baseline.")
  var pruneBaseline = false

  @Option(help: "Look for this rule only; may be given several times.")
  var rule: [String] = []

  @Option(help: "Check the items of this owner only; may be given several times.")
  var owner: [String] = []

  @Option(
    help: ArgumentHelp(
      """
      Say why a rule exists and where its facts come from, and end; all lists them, runtimes prints what is known of \
      those.
      """,
      valueName: "rule"))
  var explain: String?

  @Flag(
    help:
      """
      Fix what is certain: missing and curly quotation marks, tabs and no-break spaces in indentation, wrong \
      encodings, \\n in descriptions, byte order marks, NUL.
      """
  )
  var fix = false

  @Flag(name: .customLong("dry-run"), help: "Show what --fix would do, as a diff, and do nothing.")
  var dryRun = false

  @Flag(help: "Count the findings of each rule instead of listing them.")
  var statistics = false

  @Flag(help: "List skipped files, folders and links, each with the reason.")
  var verbose = false

  func validate() throws {
    if dryRun, !fix { throw ValidationError("--dry-run goes with --fix.") }
    if fix, !rule.isEmpty || statistics { throw ValidationError("--fix goes with neither --rule nor --statistics.") }
    if dryRun, format != .text { throw ValidationError("--dry-run is for --format text only.") }
    if noBaseline, baseline != nil || pruneBaseline {
      throw ValidationError("--no-baseline goes without --baseline and --prune-baseline.")
    }
    if writeBaseline != nil, fix || statistics || !rule.isEmpty || format != .text || pruneBaseline || baseline != nil {
      throw ValidationError(
        """
        --write-baseline writes all findings: it goes without --fix, --statistics, --rule, --format, --baseline and \
        --prune-baseline.
        """
      )
    }
    if !owner.isEmpty, fix || writeBaseline != nil {
      throw ValidationError("--owner goes with neither --fix nor --write-baseline.")
    }
    if statistics, format != .text { throw ValidationError("--statistics is for --format text only.") }
  }

  func run() async throws {
    if let explain { return try Explanation(of: explain, BuildPlan.runtimes(config: catalog.config)).print() }
    try await Check(command: self).run()
  }
}

extension ReportFormat: ExpressibleByArgument {}
