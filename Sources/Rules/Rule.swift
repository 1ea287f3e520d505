import Files
import Text

/// A thing that Roster looks for in every file. What it finds is a ``Finding`` with the rule's identifier.
public struct Rule: Sendable, Hashable {
  /// What people write to name it, for example `frontmatter-invalid`.
  public let id: String
  /// How much it matters where nobody says otherwise.
  public let severity: Finding.Severity
  /// What it is about, as a line of a list.
  public let title: String
  /// Why it exists and what to do, in paragraphs parted by empty lines.
  public let explanation: String
  /// The runtimes whose facts it goes by, as they are called in files of runtimes; none where it follows from the file alone.
  public let runtimes: [String]
  /// Where other facts behind it come from, and when they were looked at, or nil.
  public let source: String?

  init(
    _ id: String, _ severity: Finding.Severity, _ title: String, runtimes: [String] = [], source: String? = nil,
    _ explanation: String
  ) {
    self.id = id
    self.severity = severity
    self.title = title
    self.runtimes = runtimes
    self.source = source
    self.explanation = explanation
  }

  /// The rule of an identifier, or nil where there is none.
  public static func named(_ id: String) -> Rule? { byID[id] }

  /// The identifier that was probably meant by one that there is not, or nil.
  public static func suggestion(for id: String) -> String? { Spelling.suggestion(for: id, among: all.map(\.id)) }

  private static let byID = Dictionary(uniqueKeysWithValues: all.map { ($0.id, $0) })

  /// Every rule, by subject.
  public static let all: [Rule] =
    frontmatter + reading + identity + tools + prompt + hidden + risk + bytes + approval
}
