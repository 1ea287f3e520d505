import Reports
import Scanning

/// The skipped paths for a terminal: a summary by reason, or a line for each path.
struct SkippedText {
  private let skipped: [SkippedPath]
  /// The numbers of additional files, by reason.
  private let besides: [SkipReason: Int]

  init(_ skipped: [SkippedPath], besides: [SkipReason: Int] = [:]) {
    self.skipped = skipped
    self.besides = besides
  }

  /// The numbers by reason, for example `Skipped: 3 folders ignored by git, 2 folders of test fixtures`; nil if nothing
  /// was skipped.
  var summary: String? {
    let groups = Dictionary(grouping: skipped, by: \.reason)
    let counts = SkipReason.allCases.compactMap { reason -> String? in
      let paths = groups[reason] ?? []
      let more = besides[reason] ?? 0
      if paths.isEmpty, more == 0 { return nil }
      return reason.counted(paths.count + more, of: Set(paths.map(\.kind) + (more > 0 ? [.file] : [])))
    }
    return counts.isEmpty ? nil : "Skipped: \(counts.joined(separator: ", "))"
  }

  /// A line for each path.
  var lines: [String] { skipped.map { "skipped: \($0.path): \($0.reason.description)" } }

  /// Prints the summary, after the paths in verbose mode.
  ///
  /// - Parameter toErrors: Whether to print to standard error, because standard output is for a program.
  func print(isVerbose: Bool, toErrors: Bool = false) {
    for line in (isVerbose ? lines : []) + [summary].compactMap(\.self) {
      if toErrors { Terminal.error(line) } else { Terminal.output(line) }
    }
  }
}

/// The message if no agents are found.
struct NothingFound {
  /// The message.
  let message: String

  init(_ plan: BuildPlan, _ skipped: SkippedText) {
    let sources =
      plan.sources.map { $0.path == "." ? "the current folder" : $0.path } + plan.copies.requests.map(\.path)
    if sources.isEmpty {
      message = "no agents found: none of the repositories in \(plan.configurationFile) can be read"
      return
    }
    let places = sources.joined(separator: ", ")
    let patterns = plan.selection.include.map(\.pattern).joined(separator: ", ")
    let hidden = plan.selection.hiddenFolders.sorted().joined(separator: ", ")
    let skipped = skipped.summary.map { "; s\($0.dropFirst())" } ?? ""
    message =
      "no agents found in \(places); searched for \(patterns) there and in \(hidden)\(skipped); "
      + "name a folder with agents, or list what is skipped with --verbose"
  }
}
