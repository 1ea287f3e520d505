import Agents
import ArgumentParser
import Rules

/// `roster reference`, as typed: what the guide has that the program knows. It is for those who write the guide, and is
/// not listed.
struct ReferenceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reference",
    abstract: "Print a generated page of the guide.",
    discussion: """
      Examples:
        roster reference configuration > Documentation/configuration.md
        roster reference findings > Documentation/findings.md
      """,
    shouldDisplay: false
  )

  /// A generated page.
  enum Subject: String, ExpressibleByArgument, CaseIterable {
    case configuration, findings
  }

  @Argument(help: "The page.")
  var subject: Subject

  func run() {
    switch subject {
    case .configuration: Terminal.output(Self.configurationPage, terminator: "")
    case .findings: Terminal.output(Self.findingsPage, terminator: "")
    }
  }

  private static let note = "<!-- Written by the program; make reference writes it anew. -->\n"

  private static var configurationPage: String {
    var page = """
      \(note)
      # Configuration

      `roster.yml` stands in the folder that `roster` is called in, or where `--config` says. Every key is optional. \
      `roster init` writes the file with each key as a comment. Paths are told from the file's own
      folder. A key that is not known, and a value that cannot be meant, is an error with its line, and nothing is \
      written.


      """
    for key in ConfigurationKey.all {
      page += "## `\(key.name)`\n\n\(key.meaning)"
      if let usual = key.usual { page += " Without it: \(usual)." }
      page += "\n\n```yaml\n\(key.example)\n```\n\n"
    }
    page +=
      """
      ## The environment\n\nFor pipelines: over `roster.yml`, under the command line. An empty value counts as \
      none.\n\n| variable | what it stands for |\n| --- | --- |\n
      """
    for variable in EnvironmentSettings.variables { page += "| `\(variable.name)` | \(variable.meaning) |\n" }
    page += "| `NO_COLOR` | if set, output has no colors |\n"
    return page
  }

  private static var findingsPage: String {
    var page = """
      \(note)
      # Findings

      `roster check` has \(Rule.all.count) rules. The table gives the severity of each; `rules` in \
      [roster.yml](configuration.md#rules) changes it. To turn a rule off for one file, write `# roster: ignore RULE` in its
      frontmatter, or list it under `exceptions` in roster.yml. `roster check --explain RULE` prints the same text.

      | rule | | |
      | --- | --- | --- |

      """
    for rule in Rule.all { page += "| [`\(rule.id)`](#\(rule.id)) | \(rule.severity.rawValue) | \(rule.title) |\n" }
    for rule in Rule.all {
      let sources = Runtimes.builtIn.sources(of: rule.runtimes) + [rule.source].compactMap(\.self)
      page +=
        "\n## \(rule.id)\n\n**\(rule.severity.rawValue.prefix(1).uppercased() + rule.severity.rawValue.dropFirst())**: \(rule.title).\n\n"
      page += "**What it does**: \(rule.what)\n\n**Why it matters**: \(rule.why)\n\n**What to do**: \(rule.fix)\n"
      page += "\nReported:\n" + files(of: rule.failing) + "\nNot reported:\n" + files(of: rule.passing)
      if !sources.isEmpty { page += "\n" + sources.map { "Source: \($0)." }.joined(separator: " ") + "\n" }
    }
    return page
  }

  /// The files of an example as code blocks below their paths.
  private static func files(of example: Example) -> String {
    example.files.map { file in
      let text = file.text.abbreviated
      let ticks = text.matches(of: /`+/).map { $0.output.count }.max() ?? 0
      let fence = String(repeating: "`", count: max(3, ticks + 1))
      return "\n`\(file.title)`\n\n\(fence)\n\(text)\n\(fence)\n"
    }.joined()
  }
}
