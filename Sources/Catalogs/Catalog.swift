import Agents
import Files

/// All agents together, with their addresses and everything that is known only of all of them. It never changes once it is made.
public struct Catalog: Sendable {
  /// What the catalog was made by.
  public let settings: CatalogSettings
  /// The sources.
  public let collections: [Collection]
  /// The agents, by name, then collection and path.
  public let entries: [Entry]
  /// The files without frontmatter, by collection and path.
  public let documents: [DocumentEntry]
  /// The ways to sort the agents, each with at least one term.
  public let taxonomies: [Taxonomy]
  /// Agents side by side: those that share a name, then those that `roster.yml` puts together.
  public let comparisons: [Comparison]

  /// The size of prompt, in tokens, that is drawn at full length: nineteen of twenty are no longer. The few giants do not make the others invisible.
  public let promptScale: Int

  private let entriesByPath: [SourceKey: Int]
  private let documentsByPath: [SourceKey: Int]
  private let termSlugs: [Taxonomy.Kind: [String: String]]

  struct SourceKey: Hashable {
    let collection: Int
    let path: RelativePath
  }

  /// An agent with what the catalog knows of it.
  public struct Entry: Sendable {
    /// The agent; its findings include those of the catalog.
    public let agent: Agent
    /// The part of its address, unique in the catalog.
    public let slug: String
    /// Its category as written, else its folder, or nil.
    public let category: String?
    /// Whether the category is that of the folder.
    public let categoryIsFolder: Bool
    /// The titles of its topics.
    public let topics: [String]
    /// What its tools let it do.
    public let reach: Reach
    /// The comparison with others of its name, as an index into ``Catalog/comparisons``.
    public let variants: Int?
  }

  /// A file without frontmatter.
  public struct DocumentEntry: Sendable {
    /// The file.
    public let document: PlainDocument
    /// The part of its address, unique among the documents.
    public let slug: String
  }

  /// Puts readings together.
  ///
  /// - Parameters:
  ///   - readings: what the files turned out to be, in any order.
  ///   - collections: the sources that ``SourceFile/collection`` counts in.
  ///   - settings: titles, taxonomies, lexicon and pinned comparisons.
  public init(_ readings: [Reading], collections: [Collection], settings: CatalogSettings = CatalogSettings()) {
    self.settings = settings
    self.collections = collections
    var agents: [Agent] = []
    var documents: [PlainDocument] = []
    for reading in readings {
      switch reading {
      case .agent(let agent): agents.append(agent)
      case .document(let document): documents.append(document)
      }
    }
    agents = Self.sorted(agents, collections)
    documents.sort { Self.place($0.source, collections) < Self.place($1.source, collections) }

    let addressing = Addressing(agents, collections: collections)
    let categories = agents.map { Category($0) }
    let topics = Self.topics(of: agents, settings)
    let variants = addressing.groups.map {
      Comparison(id: $0.slug, title: $0.name, kind: .variants, agents: $0.agents, in: agents)
    }
    comparisons = variants + Self.pinned(settings, agents, addressing)
    let slugs = addressing.slugs
    entries = agents.indices.map { index in
      let group = addressing.groupOf[index]
      return Entry(
        agent: Self.adding(group.map { addressing.groups[$0] }, to: agents[index], agents), slug: slugs[index],
        category: categories[index].name, categoryIsFolder: categories[index].isFolder,
        topics: topics[index].map { settings.lexicon.topics[$0].title }, reach: Reach(of: agents[index]),
        variants: group)
    }
    var used: Set<String> = []
    self.documents = documents.map { document in
      let base = Slug.make(document.source.path.stem, fallback: "document")
      var slug = base
      var number = 2
      while !used.insert(slug).inserted {
        slug = "\(base)-\(number)"
        number += 1
      }
      return DocumentEntry(document: document, slug: slug)
    }
    taxonomies = Self.taxonomies(entries, collections, settings)
    termSlugs = Dictionary(
      uniqueKeysWithValues: taxonomies.map { taxonomy in
        let slugs = taxonomy.terms.filter { !$0.isUnstated }.map { (Slug.fold($0.name), $0.slug) }
        return (taxonomy.kind, Dictionary(slugs, uniquingKeysWith: { first, _ in first }))
      })
    let sizes = entries.map(\.agent.promptMeasure.tokens).sorted()
    promptScale = sizes.isEmpty ? 0 : sizes[(sizes.count - 1) * 19 / 20]
    entriesByPath = Dictionary(
      entries.enumerated().map { (SourceKey($0.element.agent.source), $0.offset) },
      uniquingKeysWith: { first, _ in first })
    documentsByPath = Dictionary(
      self.documents.enumerated().map { (SourceKey($0.element.document.source), $0.offset) },
      uniquingKeysWith: { first, _ in first })
  }

  /// The agent of a file, as an index.
  public func entry(at path: RelativePath, in collection: Int) -> Int? {
    entriesByPath[SourceKey(collection: collection, path: path)]
  }

  /// The document of a file, as an index.
  public func document(at path: RelativePath, in collection: Int) -> Int? {
    documentsByPath[SourceKey(collection: collection, path: path)]
  }

  /// The part of a term's address, for the term as a file writes it; nil where the catalog has none.
  public func termSlug(_ kind: Taxonomy.Kind, _ name: String) -> String? { termSlugs[kind]?[Slug.fold(name)] }

  /// A way to sort the agents, if the catalog has it.
  public func taxonomy(_ kind: Taxonomy.Kind) -> Taxonomy? { taxonomies.first { $0.kind == kind } }

  // MARK: Making

  /// Where a file stands among all: the name of its collection, then its path.
  private static func place(_ source: SourceFile, _ collections: [Collection]) -> (String, String) {
    (collections[source.collection].name, source.path.description)
  }

  private static func sorted(_ agents: [Agent], _ collections: [Collection]) -> [Agent] {
    let keyed = agents.map { (Slug.fold($0.name), place($0.source, collections), $0) }
    return keyed.sorted { left, right in
      left.0 != right.0
        ? left.0.utf8.lexicographicallyPrecedes(right.0.utf8)
        : left.1.0 != right.1.0
          ? left.1.0.utf8.lexicographicallyPrecedes(right.1.0.utf8)
          : left.1.1.utf8.lexicographicallyPrecedes(right.1.1.utf8)
    }.map(\.2)
  }

  private static func topics(of agents: [Agent], _ settings: CatalogSettings) -> [[Int]] {
    guard settings.taxonomies[.topics]?.isOn ?? true else { return agents.map { _ in [] } }
    return agents.map { settings.lexicon.topics(of: $0) }
  }

  private static func pinned(_ settings: CatalogSettings, _ agents: [Agent], _ addressing: Addressing) -> [Comparison] {
    var used = Set(addressing.groups.map(\.slug))
    return settings.pinned.compactMap { pin in
      let wanted = Set(pin.agents.flatMap { [$0, Slug.fold($0)] })
      let members = agents.indices.filter {
        wanted.contains(addressing.slugs[$0]) || wanted.contains(Slug.fold(agents[$0].name))
          || wanted.contains(agents[$0].source.path.description)
      }
      guard members.count > 1 else { return nil }
      var id = Slug.make(pin.title, fallback: "comparison")
      while !used.insert(id).inserted { id += "-pinned" }
      return Comparison(id: id, title: pin.title, kind: .pinned, agents: members, in: agents)
    }
  }

  private static func taxonomies(
    _ entries: [Entry], _ collections: [Collection], _ settings: CatalogSettings
  ) -> [Taxonomy] {
    Taxonomy.Kind.allCases.compactMap { kind in
      let setting = settings.taxonomies[kind]
      guard setting?.isOn ?? true else { return nil }
      let words: [[String]] = entries.map { entry in
        switch kind {
        case .tags: entry.agent.tags
        case .topics: entry.topics
        case .tools: entry.agent.tools.allowed.map(\.name).filter { $0 != "*" }
        case .models: entry.agent.model.map { [$0] } ?? []
        case .categories: entry.category.map { [$0] } ?? []
        case .collections: [collections[entry.agent.source.collection].name]
        }
      }
      guard words.contains(where: { !$0.isEmpty }) else { return nil }
      return Taxonomy(kind: kind, title: setting?.label, words: words)
    }
  }

  /// The agent with the finding that others share its name.
  private static func adding(_ group: Addressing.Group?, to agent: Agent, _ all: [Agent]) -> Agent {
    guard let group else { return agent }
    let others = group.agents.map { all[$0].source }.filter { $0.displayPath != agent.source.displayPath }
    let named = others.prefix(3).map(\.displayPath).joined(separator: ", ")
    let more = others.count > 3 ? " and \(others.count - 3) more" : ""
    let field = agent.fields.first { $0.key == "name" }
    let finding = Finding(
      rule: "name-shared", severity: .warning,
      message: "the name “\(agent.name)” is shared with \(named)\(more)",
      help: "Installed together they overwrite each other: rename one, or keep one.", range: field?.range,
      location: field.map { SourceText.location(of: $0.range.lowerBound, in: agent.source.bytes) })
    return agent.with(findings: [finding] + agent.findings)
  }
}

extension Catalog.SourceKey {
  fileprivate init(_ source: SourceFile) {
    self.init(collection: source.collection, path: source.path)
  }
}

/// The category of an agent: as written, else the folder that it stands in.
private struct Category {
  let name: String?
  let isFolder: Bool

  init(_ agent: Agent) {
    if let stated = agent.category {
      name = stated
      isFolder = false
      return
    }
    var folders = agent.source.path.folders
    if agent.dialect == .skill { _ = folders.popLast() }
    name = folders.last { !FolderNames.areStructure($0) }.map(FolderNames.withoutNumber)
    isFolder = name != nil
  }
}
