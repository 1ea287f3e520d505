import Agents
import Files
import Rules

/// The output of `roster check --explain`.
struct Explanation {
  private let text: String

  /// Creates the documentation of a rule. The name `all` gives a list of rules, and `runtimes` gives the runtime facts.
  ///
  /// - Parameter runtimes: The facts that the rules use.
  init(of name: String, _ runtimes: Runtimes) throws(CommandFailure) {
    if name == "runtimes" {
      text = Runtimes.builtInText
      return
    }
    if name == "all" {
      let width = Rule.all.map(\.id.count).max() ?? 0
      text = Rule.all.map { rule in
        "\(rule.id.padded(to: width))  \(rule.severity.rawValue.padded(to: 7))  \(rule.title)"
      }.joined(separator: "\n")
      return
    }
    guard let rule = Rule.named(name) else {
      let meant = Rule.suggestion(for: name).map { "did you mean “\($0)”?" }
      throw .usage("unknown rule “\(name)”; \(meant ?? "--explain all lists them")")
    }
    let sources = (runtimes.sources(of: rule.runtimes) + [rule.source].compactMap(\.self)).map { "Source: \($0).\n" }
    text =
      """
      \(rule.id) (\(rule.severity.rawValue)): \(rule.title)

      \(rule.explanation.wrapped(at: 100))

      Reported:

      \(Self.listing(of: rule.failing))

      Not reported:

      \(Self.listing(of: rule.passing))

      \(sources.joined())\(sources.isEmpty ? "" : "\n")Off for a file: # roster: ignore \(rule.id) in its frontmatter. For all: rules: {\(rule.id): off} in roster.yml.
      """
  }

  /// Returns the files of an example, indented below their paths.
  private static func listing(of example: Example) -> String {
    example.files.map { file in
      let lines = file.text.abbreviated.split(separator: "\n", omittingEmptySubsequences: false)
      return "  \(file.title):\n" + lines.map { $0.isEmpty ? "" : "    \($0)" }.joined(separator: "\n")
    }.joined(separator: "\n\n")
  }

  func print() { Terminal.output(text) }
}

extension String {
  /// Returns the text wrapped at a width, with its paragraphs unchanged.
  func wrapped(at width: Int) -> String {
    split(separator: "\n", omittingEmptySubsequences: false).map { paragraph in
      var lines = [""]
      for word in paragraph.split(separator: " ") {
        if !lines[lines.count - 1].isEmpty, lines[lines.count - 1].count + word.count + 1 > width { lines.append("") }
        lines[lines.count - 1] += (lines[lines.count - 1].isEmpty ? "" : " ") + word
      }
      return lines.joined(separator: "\n")
    }.joined(separator: "\n")
  }

  /// Returns the text with trailing spaces up to a width.
  func padded(to width: Int) -> String { self + String(repeating: " ", count: Swift.max(0, width - count)) }
}
