import ArgumentParser
import Reports

/// The command line of `roster check`.
struct CheckCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Check agents for problems.",
    discussion: """
      Sources are the same as for roster build. Nothing is written without --fix or a baseline option. Turn rules off, \
      change their severity or exclude paths in roster.yml. A comment in the frontmatter, # roster: ignore RULE, \
      turns a rule off for that file.

      Errors are listed first, then warnings. In a terminal and in GitHub annotations, notes are counted but not \
      listed, and a terminal shows at most 100 findings. Use --all to list everything.

      A baseline holds accepted findings, so only new ones are reported. Findings are matched by file, rule and text, \
      so they survive added lines and renamed files. --write-baseline accepts all errors and warnings, and with --all \
      notes too. --prune-baseline removes fixed findings and adds none. If .roster-baseline.json exists, it is used.

      --fix makes only safe repairs and leaves everything else unchanged. With --dry-run, the exit status is 1 if a \
      file would be changed.

      The exit status is 0 if the check passes, 1 if it fails (see --fail-on), and 2 for wrong usage.

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

  /// The lowest severity that makes a check fail.
  enum Failing: String, ExpressibleByArgument, CaseIterable {
    case error, warning, never
  }

  @OptionGroup
  var catalog: SourceOptions

  @Option(help: "The output format.")
  var format: ReportFormat = .text

  @Option(name: .customLong("fail-on"), help: "The lowest severity that makes the check fail.")
  var failOn: Failing = .error

  @Flag(help: "List all findings, including notes.")
  var all = false

  @Option(
    help: "The baseline of accepted findings (default: .roster-baseline.json, if it exists).",
    completion: .file())
  var baseline: String?

  @Flag(name: .customLong("no-baseline"), help: "Ignore the baseline.")
  var noBaseline = false

  @Option(
    name: .customLong("write-baseline"), help: "Write all findings to this baseline file and exit.", completion: .file()
  )
  var writeBaseline: String?

  @Flag(name: .customLong("prune-baseline"), help: "Remove fixed findings from the baseline.")
  var pruneBaseline = false

  @Option(help: "Check this rule only. Repeatable.")
  var rule: [String] = []

  @Option(help: "Check this owner's items only. Repeatable.")
  var owner: [String] = []

  @Option(
    help: ArgumentHelp(
      """
      Explain a rule and its sources, then exit. “all” lists the rules, “runtimes” prints the facts about runtimes.
      """,
      valueName: "rule"))
  var explain: String?

  @Flag(
    help:
      """
      Make safe repairs: missing and curly quotation marks, tabs and no-break spaces in indentation, wrong encodings, \
      \\n in descriptions, byte order marks, NUL.
      """
  )
  var fix = false

  @Flag(name: .customLong("dry-run"), help: "Show the changes of --fix as a diff without writing them.")
  var dryRun = false

  @Flag(help: "Count findings by rule instead of listing them.")
  var statistics = false

  @Flag(help: "List skipped files, folders and links, with reasons.")
  var verbose = false

  func validate() throws {
    if dryRun, !fix { throw ValidationError("--dry-run requires --fix.") }
    if fix, !rule.isEmpty || statistics {
      throw ValidationError("--fix cannot be combined with --rule or --statistics.")
    }
    if dryRun, format != .text { throw ValidationError("--dry-run requires --format text.") }
    if noBaseline, baseline != nil || pruneBaseline {
      throw ValidationError("--no-baseline cannot be combined with --baseline or --prune-baseline.")
    }
    if writeBaseline != nil, fix || statistics || !rule.isEmpty || format != .text || pruneBaseline || baseline != nil {
      throw ValidationError(
        """
        --write-baseline writes all findings. It cannot be combined with --fix, --statistics, --rule, --format, \
        --baseline or --prune-baseline.
        """
      )
    }
    if !owner.isEmpty, fix || writeBaseline != nil {
      throw ValidationError("--owner cannot be combined with --fix or --write-baseline.")
    }
    if statistics, format != .text { throw ValidationError("--statistics requires --format text.") }
  }

  func run() async throws {
    if let explain { return try Explanation(of: explain, BuildPlan.runtimes(config: catalog.config)).print() }
    try await Check(command: self).run()
  }
}

extension ReportFormat: ExpressibleByArgument {}
