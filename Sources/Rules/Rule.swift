import Files
import Text

/// The metadata of a rule. A problem that the rule detects is a ``Finding`` with its identifier.
public struct Rule: Sendable, Hashable {
  /// The identifier, for example `frontmatter-invalid`.
  public let id: String
  /// The default severity of its findings.
  public let severity: Finding.Severity
  /// A one-line summary.
  public let title: String
  /// The problem that the rule reports, as Markdown.
  public let what: String
  /// The reason why it matters, as Markdown.
  public let why: String
  /// The fix, as Markdown.
  public let fix: String
  /// The runtimes whose facts the rule uses, by name in the runtime file; empty if the file alone decides.
  public let runtimes: [String]
  /// The source of other facts it uses, or nil.
  public let source: String?
  /// Files with a finding of this rule.
  public let failing: Example
  /// Nearly the same files, without a finding.
  public let passing: Example

  /// Creates a rule.
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

  /// The problem, the reason and the fix, as paragraphs separated by empty lines.
  public var explanation: String { [what, why, fix].joined(separator: "\n\n") }
}
