import Agents
import Files
import Rules

/// A catalog in numbers: how many agents have what, by each way to sort them, those that state nothing included.
public struct Portfolio: Sendable {
  /// A way to sort the agents, with how many there are of each kind.
  public struct Section: Sendable {
    /// The way, or nil of the findings.
    public let kind: Taxonomy.Kind?
    /// What it is called in data, for example `models`.
    public let id: String
    /// Its heading.
    public let title: String
    /// The kinds, those with most agents first and the ones that state nothing last.
    public let rows: [Row]
  }

  /// A kind of agents.
  public struct Row: Sendable {
    /// What they have in common.
    public let title: String
    /// The part of its address, or nil where all agents are such and have no page besides the index.
    public let slug: String?
    /// Whether it stands for agents that state nothing.
    public let isUnstated: Bool
    /// How many agents there are; of a rule, how many files it has found something in.
    public let count: Int
    /// About how many tokens their descriptions take of every session; nil of a rule.
    public let descriptionTokens: Int?
  }

  /// How many items there are.
  public let items: Int
  /// How many there are of each kind that there is.
  public let kinds: [(kind: ItemKind, count: Int)]
  /// How many files beside them are no items.
  public let documents: Int
  /// About how many tokens all descriptions take.
  public let descriptionTokens: Int
  /// About how many tokens all prompts take.
  public let promptTokens: Int
  /// The ways to sort the agents.
  public let sections: [Section]

  /// In which order the ways to sort agents stand.
  private static let order: [Taxonomy.Kind] = [
    .kinds, .runtimes, .loads, .reach, .tools, .models, .modes, .owners, .statuses, .collections, .categories, .topics,
    .tags,
  ]

  /// What everything may be counted by, in the order in which it stands.
  public static let dimensions = order.map(\.rawValue) + [findings]

  private static let findings = "findings"

  /// Counts a catalog.
  ///
  /// - Parameter dimensions: by what, of ``dimensions``.
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

  /// That no agent states something, unless nobody wants to know.
  private static func unstated(_ kind: Taxonomy.Kind, in catalog: Catalog) -> Section? {
    let setting = catalog.settings.taxonomies[kind]
    // Most catalogs say nothing of statuses, and need not say so.
    if kind == .statuses { return nil }
    guard let title = kind.unstated, setting?.isOn ?? true, !catalog.entries.isEmpty else { return nil }
    let tokens = catalog.entries.reduce(0) { $0 + $1.agent.descriptionMeasure.tokens }
    let row = Row(title: title, slug: nil, isUnstated: true, count: catalog.entries.count, descriptionTokens: tokens)
    return Section(kind: kind, id: kind.rawValue, title: setting?.label ?? kind.title, rows: [row])
  }

  /// In how many files each rule has found something.
  private static func rules(of catalog: Catalog) -> [Row] {
    var files: [String: Int] = [:]
    let all = catalog.entries.lazy.map(\.findings) + catalog.documents.lazy.map(\.document.findings)
    for findings in all { for rule in Set(findings.map(\.rule)) { files[rule, default: 0] += 1 } }
    return Rule.all.filter { files[$0.id] != nil }.map {
      Row(title: $0.id, slug: $0.id, isUnstated: false, count: files[$0.id] ?? 0, descriptionTokens: nil)
    }.sorted { ($1.count, $0.title) < ($0.count, $1.title) }
  }
}
