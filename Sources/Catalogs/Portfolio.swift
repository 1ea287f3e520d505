import Agents
import Files
import Rules

/// The number of agents in each term of each taxonomy, including agents without a value.
public struct Portfolio: Sendable {
  /// A taxonomy with the counts of its terms.
  public struct Section: Sendable {
    /// The taxonomy; nil for findings.
    public let kind: Taxonomy.Kind?
    /// The identifier in data files, for example `models`.
    public let id: String
    /// The heading.
    public let title: String
    /// The rows, sorted by count; the row for agents without a value comes last.
    public let rows: [Row]
  }

  /// A term with its count.
  public struct Row: Sendable {
    /// The term.
    public let title: String
    /// The part of the term's address; nil if it covers all agents and has no page.
    public let slug: String?
    /// Whether the row counts agents without a value.
    public let isUnstated: Bool
    /// The number of agents; for a rule, the number of files with findings.
    public let count: Int
    /// The approximate number of tokens that their descriptions add to every session; nil for a rule.
    public let descriptionTokens: Int?
  }

  /// The number of items.
  public let items: Int
  /// The number of items of each kind that occurs.
  public let kinds: [(kind: ItemKind, count: Int)]
  /// The number of files that aren't items.
  public let documents: Int
  /// The approximate number of tokens of all descriptions.
  public let descriptionTokens: Int
  /// The approximate number of tokens of all prompts.
  public let promptTokens: Int
  /// The taxonomies.
  public let sections: [Section]

  /// The order of the taxonomies.
  private static let order: [Taxonomy.Kind] = [
    .kinds, .runtimes, .loads, .reach, .tools, .models, .modes, .owners, .statuses, .collections, .categories, .topics,
    .tags,
  ]

  /// All dimensions for counting, in display order.
  public static let dimensions = order.map(\.rawValue) + [findings]

  private static let findings = "findings"

  /// Counts the agents of a catalog.
  ///
  /// - Parameter dimensions: The dimensions to count by, from ``dimensions``.
  public init(_ catalog: Catalog, by dimensions: [String] = dimensions) {
    items = catalog.entries.count
    kinds = catalog.kinds
    documents = catalog.documents.count
    descriptionTokens = catalog.entries.reduce(0) { $0 + $1.agent.descriptionMeasure.tokens }
    promptTokens = catalog.entries.reduce(0) { $0 + $1.agent.promptMeasure.tokens }
    var sections = Self.order.filter { dimensions.contains($0.rawValue) }.compactMap { Self.section($0, of: catalog) }
    let rules = dimensions.contains(Self.findings) ? Self.rules(of: catalog) : []
    if !rules.isEmpty { sections.append(Section(kind: nil, id: Self.findings, title: "Findings", rows: rules)) }
    self.sections = sections
  }

  private static func section(_ kind: Taxonomy.Kind, of catalog: Catalog) -> Section? {
    guard let taxonomy = catalog.taxonomy(kind) else { return unstated(kind, in: catalog) }
    return Section(
      kind: kind, id: kind.rawValue, title: taxonomy.title,
      rows: taxonomy.byCount.map { term in
        Row(
          title: term.name, slug: term.slug, isUnstated: term.isUnstated, count: term.agents.count,
          descriptionTokens: term.descriptionTokens)
      })
  }

  /// Returns a section for a field that no agent has, unless the taxonomy is turned off.
  private static func unstated(_ kind: Taxonomy.Kind, in catalog: Catalog) -> Section? {
    let setting = catalog.settings.taxonomies[kind]
    // Most catalogs have no statuses, so an empty section would be noise.
    if kind == .statuses { return nil }
    guard let title = kind.unstated, setting?.isOn ?? true, !catalog.entries.isEmpty else { return nil }
    let tokens = catalog.entries.reduce(0) { $0 + $1.agent.descriptionMeasure.tokens }
    let row = Row(title: title, slug: nil, isUnstated: true, count: catalog.entries.count, descriptionTokens: tokens)
    return Section(kind: kind, id: kind.rawValue, title: setting?.label ?? kind.title, rows: [row])
  }

  /// Returns the number of files with findings for each rule.
  private static func rules(of catalog: Catalog) -> [Row] {
    var files: [String: Int] = [:]
    let all = catalog.entries.lazy.map(\.findings) + catalog.documents.lazy.map(\.document.findings)
    for findings in all { for rule in Set(findings.map(\.rule)) { files[rule, default: 0] += 1 } }
    return Rule.all.filter { files[$0.id] != nil }.map {
      Row(title: $0.id, slug: $0.id, isUnstated: false, count: files[$0.id] ?? 0, descriptionTokens: nil)
    }.sorted { ($1.count, $0.title) < ($0.count, $1.title) }
  }
}
