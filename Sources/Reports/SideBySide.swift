import Agents
import Catalogs
import Differences
import Files
import Likenesses
import Rules

/// A comparison of agents: their values in a table, and the similarities of their prompts.
public struct SideBySide: Sendable {
  /// A row of the table.
  public struct Row: Sendable {
    /// The title.
    public let title: String
    /// The value of each agent; nil if it has none.
    public let values: [String?]

    /// Whether all values are equal.
    public var isSame: Bool { values.allSatisfy { $0 == values.first } }
  }

  /// The agents.
  public let entries: [Catalog.Entry]
  /// The label of each agent: its slug, or the name and commit that were requested.
  public let labels: [String]
  /// The rows of the table.
  public let rows: [Row]
  /// The similarities of all pairs of agents, by index.
  public let twos: [Likeness.Pair]
  /// The differences of two prompts; nil for more than two.
  public let diff: SectionDiff?
  /// The files that differ between two skills, by path; empty for other comparisons.
  public let files: [FileDifference]

  /// A file that differs between two skills.
  public struct FileDifference: Sendable, Hashable {
    /// The path, relative to the folders of the skills.
    public let path: String
    /// A phrase for the difference, such as `only in 2`.
    public let words: String

    static func all(_ entries: [Catalog.Entry]) -> [FileDifference] {
      guard entries.count == 2, let one = entries[0].agent.bundle, let other = entries[1].agent.bundle else {
        return []
      }
      let paths = Set(one.files.map(\.path)).union(other.files.map(\.path)).sorted()
      return paths.compactMap { path in
        let pair = (one.place(of: path).map { one.files[$0] }, other.place(of: path).map { other.files[$0] })
        let words: String? =
          switch pair {
          case (nil, _): "only in 2"
          case (_, nil): "only in 1"
          case (let left?, let right?) where left.digest != right.digest: "different"
          case (let left?, let right?) where left.isExecutable != right.isExecutable:
            "executable only in \(left.isExecutable ? 1 : 2)"
          default: nil
          }
        return words.map { FileDifference(path: path.description, words: $0) }
      }
    }
  }

  /// Compares agents.
  ///
  /// - Parameters:
  ///   - files: The contents of their files.
  ///   - labels: The labels of the agents; nil for their slugs.
  ///   - path: Returns the path to show for a file.
  public init(
    _ entries: [Catalog.Entry], files: [[UInt8]], in catalog: Catalog, labels: [String]? = nil,
    path: (SourceFile) -> String
  ) {
    self.entries = entries
    self.labels = labels ?? entries.map(\.slug)
    rows = Self.rows(entries, in: catalog, path: path)
    twos = Likeness.pairs(
      Likeness.everyTwo(of: entries.count), of: zip(entries, files).map { $0.agent.prompt(in: $1).text })
    self.files = FileDifference.all(entries)
    diff =
      entries.count == 2
      ? SectionDiff(entries[0].agent.sections(of: files[0]), entries[1].agent.sections(of: files[1])) : nil
  }

  private static func rows(
    _ entries: [Catalog.Entry], in catalog: Catalog, path: (SourceFile) -> String
  ) -> [Row] {
    func row(_ title: String, _ value: (Catalog.Entry) -> String?) -> Row {
      Row(title: title, values: entries.map { entry in value(entry).flatMap { $0.isEmpty ? nil : $0 } })
    }
    func names(_ tools: [ToolSet.Tool]) -> String { tools.map(\.text).joined(separator: ", ") }
    var rows = [
      row("name") { $0.agent.name },
      row("summary") { $0.agent.description.summary },
      row("written for") { $0.agent.dialect.title },
      row("loading") { $0.agent.loading.outcome.title },
      row("model") { $0.agent.model },
      row("tools") { entry in
        entry.agent.tools.statement == .listed ? names(entry.agent.tools.allowed) : "inherits all"
      },
      row("denied tools") { names($0.agent.tools.denied) },
      row("reach") { $0.reach.abilities.map(\.word).joined(separator: ", ") },
      row("permission mode") { $0.agent.permissionMode },
      row("color") { $0.agent.color },
      row("category") { $0.category },
      row("tags") { $0.agent.tags.joined(separator: ", ") },
      row("topics") { $0.topics.joined(separator: ", ") },
      row("examples") { String($0.agent.description.examples.count) },
      row("words") { String($0.agent.promptMeasure.words) },
      row("tokens, about") { String($0.agent.promptMeasure.tokens) },
      row("headings") { String($0.agent.outline.count) },
      row("files") { $0.agent.bundle.map { String($0.files.count + 1) } },
      row("findings") {
        String($0.findings.count { $0.rule != NearDuplicate.rule.id && $0.rule != NameShared.rule.id })
      },
      row("collection") { catalog.collections[$0.agent.source.collection].name },
      row("file") { path($0.agent.source) },
    ]
    var keys: [String] = []
    for field in entries.flatMap(\.agent.otherFields) where !keys.contains(field.key) { keys.append(field.key) }
    rows += keys.map { key in row(key) { $0.agent.value(key)?.line } }
    return rows.filter { $0.values.contains { $0 != nil } }
  }

  /// Returns the similarity of two prompts in words.
  static func words(_ likeness: Likeness) -> String {
    likeness.isIdentical
      ? "identical"
      : "\(likeness.percent)% similar"
  }
}
