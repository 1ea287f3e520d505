import Files
import Text

/// Something that Roster checks for: what people can read about it. What it finds is a ``Finding`` with its identifier.
public struct Rule: Sendable, Hashable {
  /// What people write to name it, for example `frontmatter-invalid`.
  public let id: String
  /// The severity of its findings, unless the configuration sets another.
  public let severity: Finding.Severity
  /// What it is about, in one line.
  public let title: String
  /// What it reports, as Markdown.
  public let what: String
  /// Why that matters, as Markdown.
  public let why: String
  /// What to do about a finding, as Markdown.
  public let fix: String
  /// The runtimes whose facts it uses, by their names in files of runtimes; empty if the file alone decides.
  public let runtimes: [String]
  /// The source of other facts it uses, or nil.
  public let source: String?
  /// Files with a finding of this rule.
  public let failing: Example
  /// Nearly the same files, without one.
  public let passing: Example

  /// Makes a rule.
  public init(
    _ id: String, _ severity: Finding.Severity, _ title: String, runtimes: [String] = [], source: String? = nil,
    what: String, why: String, fix: String, failing: Example, passing: Example
  ) {
    self.id = id
    self.severity = severity
    self.title = title
    self.runtimes = runtimes
    self.source = source
    self.what = what
    self.why = why
    self.fix = fix
    self.failing = failing
    self.passing = passing
  }

  /// What it reports, why, and what to do, as paragraphs with empty lines between them.
  public var explanation: String { [what, why, fix].joined(separator: "\n\n") }
}
