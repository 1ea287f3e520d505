import Agents
import Files
import Histories
import Likenesses

/// All agents, with their addresses and all facts that depend on the other agents.
///
/// It is immutable, and a class because all page layout code holds it.
public final class Catalog: Sendable {
  /// The settings of the catalog.
  public let settings: CatalogSettings
  /// The sources.
  public let collections: [SourceCollection]
  /// The items, by kind, name, collection and path.
  public let entries: [Entry]
  /// Files that aren't items but belong to one, by collection and path.
  public let documents: [DocumentEntry]
  /// The other Markdown files that aren't items, by collection and path.
  public let setAside: [SourceFile]
  /// Items whose kind the catalog excludes, in any order.
  public let leftOut: [SourceFile]
  /// The number of items of each kind, in the order of the kinds, without kinds that don't occur.
  public let kinds: [(kind: ItemKind, count: Int)]
  /// The taxonomies, each with at least one term.
  public let taxonomies: [Taxonomy]
  /// The comparisons: first agents that share a name, then near-duplicates, then the groups from `roster.yml`.
  public let comparisons: [Comparison]

  /// The pairs of agents with a page of their own, in the order of their comparisons.
  public let pairs: [Pair]
  /// The pairs of agents that had a page in earlier versions.
  public let formerPairs: [Pair.Former]

  /// The prompt size, in tokens, that is drawn at full length: the 95th percentile. A few very long prompts must not
  /// make the others invisible.
  public let promptScale: Int

  /// The number of findings of each severity.
  public let findingCounts: SeverityCounts
  /// The number of findings of each entry. Every list of a term adds them up.
  fileprivate let entryFindingCounts: [SeverityCounts]

  /// The decisions about similar agents.
  public let decided: [Decided]
  /// The names in `roster.yml` that match no agent.
  public let unknownNames: [String]
  /// Whether any agent has been approved. If none has, a missing approval means nothing.
  public let hasApprovals: Bool
  /// The latest commits that touched a file of the catalog, newest first.
  public let changes: [CatalogChange]

  /// The addresses that redirect to another page.
  public let formerAddresses: [FormerAddress]
  /// The addresses of removed items, without an extension.
  public let removedAddresses: [(stem: String, item: RemovedItem)]

  private let pairPlaces: [Candidates.Pair: Int]
  private let entriesByPath: [SourceKey: Int]
  private let documentsByPath: [SourceKey: Int]
  /// The files of skills, each with the index of its skill and its index in the bundle.
  private let bundleFiles: [SourceKey: (entry: Int, file: Int)]
  private let taxonomyByKind: [Taxonomy.Kind: Int]

  struct SourceKey: Hashable {
    let collection: Int
    let path: RelativePath
  }

  /// An agent with all that the catalog knows about it.
  ///
  /// It is immutable, and a class because it is large and passed around a lot.
  public final class Entry: Sendable {
    /// The agent with the facts derived from it alone.
    public let record: AgentRecord
    /// The name to use in the terminal, unique in the catalog.
    public let slug: String
    /// The address of its page.
    public let address: ItemAddress
    /// The comparison with agents of the same name, as an index into ``Catalog/comparisons``.
    public let variants: Int?
    /// The near-duplicates, most similar first.
    public let alike: [Assembly.Alike]
    /// The near-duplicates that no decision marks as intended, most similar first.
    public let duplicates: [Assembly.Alike]
    /// Related agents that aren't near-duplicates, the closest first, at most one from each family.
    public let peers: [TermIndex.Found]
    /// The comparison with its near-duplicates, as an index into ``Catalog/comparisons``; nil if there are none.
    public let family: Int?
    /// The findings that depend on other agents.
    public let amongOthers: [Finding]
    /// The file history, if the file is in a repository.
    public let history: FileHistory?
    /// Whether it was added or changed recently.
    public let lately: Lately?
    /// The approval, with the changes since; nil if nobody approved it.
    public let approval: Approval?
    /// The owners: from `roster.yml`, or else the file itself, the manifest of its plugin, or the CODEOWNERS file of
    /// its repository.
    public let owners: [String]
    /// The lifecycle.
    public let lifecycle: Lifecycle
    /// The replacement, as an index into ``Catalog/entries``; nil if the catalog has none.
    public let replacement: Int?

    init(
      record: AgentRecord, slug: String, address: ItemAddress, variants: Int?, alike: [Assembly.Alike],
      duplicates: [Assembly.Alike], peers: [TermIndex.Found], family: Int?, amongOthers: [Finding],
      history: FileHistory?, lately: Lately?,
      approval: Approval?, owners: [String], lifecycle: Lifecycle, replacement: Int?
    ) {
      self.record = record
      self.slug = slug
      self.address = address
      self.variants = variants
      self.alike = alike
      self.duplicates = duplicates
      self.peers = peers
      self.family = family
      self.amongOthers = amongOthers
      self.history = history
      self.lately = lately
      self.approval = approval
      self.owners = owners
      self.lifecycle = lifecycle
      self.replacement = replacement
    }

    /// The agent.
    public var agent: Agent { record.agent }
    /// Whether there are versions to compare. An item that shares its file with others has none.
    public var hasVersions: Bool { agent.source.item == nil && (history?.versions.count ?? 0) > 1 }
    /// The category as written, or else its folder, or nil.
    public var category: String? { record.category }
    /// Whether the category comes from the folder.
    public var categoryIsFolder: Bool { record.categoryIsFolder }
    /// The titles of its topics.
    public var topics: [String] { record.topics }
    /// The abilities that its tools give it.
    public var reach: Reach { record.reach }
    /// All findings, including those that depend on other agents.
    public var findings: [Finding] { amongOthers.isEmpty ? agent.findings : amongOthers + agent.findings }
    /// The number of findings.
    public var findingCount: Int { record.agent.findings.count + amongOthers.count }
  }

  /// A file without frontmatter.
  public struct DocumentEntry: Sendable {
    /// The file.
    public let document: PlainDocument
    /// The names of its owners.
    public let owners: [String]
    /// The identifier in data files, unique among the documents.
    public let slug: String
    /// The address of its page.
    public let address: ItemAddress
  }

  /// Creates a catalog.
  ///
  /// - Parameters:
  ///   - related: The files in order, with their addresses and similarities.
  ///   - chronicle: The histories of the files.
  ///   - approvals: The approvals, by the keys of the sources.
  ///   - owners: The owners from CODEOWNERS files, by published paths.
  ///   - jobs: The number of concurrent tasks.
  public init(
    _ related: Related, chronicle: Chronicle = Chronicle(), approvals: [String: Approval] = [:],
    owners: [String: [String]] = [:], jobs: Int = 1
  ) async {
    let assembly = related.assembly
    settings = assembly.settings
    collections = assembly.collections
    setAside = assembly.setAside
    leftOut = assembly.leftOut
    let counts = Dictionary(assembly.agents.map { ($0.agent.kind, 1) }, uniquingKeysWith: +)
    kinds = ItemKind.allCases.compactMap { kind in counts[kind].map { (kind, $0) } }
    decided = assembly.decided
    unknownNames = assembly.unknownNames
    let addressing = assembly.addressing
    let agents = assembly.agents
    var rest = related.likenesses[...]
    comparisons = assembly.groups.map { group in
      let pairs = group.isCompared ? rest.popFirst() ?? [] : []
      return Comparison(group, similarities: pairs)
    }
    let owned = agents.map {
      OwnerChoice.owners(of: $0.agent.source, stated: $0.agent.owners, in: assembly, codeOwners: owners)
    }
    let lifecycles = Lifecycles(assembly)
    let checks = CatalogChecks(assembly, approvals, owners: owned, lifecycles: lifecycles)
    hasApprovals = !approvals.isEmpty
    let families = Self.families(assembly)
    let peers = await Peers.find(
      agents.map(\.agent.terms), families: assembly.kin, count: Self.peerCount, least: Self.peerScore, jobs: jobs)
    let now = chronicle.histories.values.map(\.changed.time).max() ?? 0
    entries = agents.indices.map { index in
      let history = chronicle.histories[agents[index].agent.source.publishedPath]
      return Entry(
        record: agents[index], slug: addressing.slugs[index], address: assembly.addresses[index],
        variants: addressing.groupOf[index],
        alike: assembly.alike[index] ?? [], duplicates: assembly.duplicates(of: index), peers: peers[index],
        family: families[index],
        amongOthers: checks.findings(of: index),
        history: history, lately: history.flatMap { Lately($0, now: now) },
        approval: approvals[agents[index].agent.source.key],
        owners: owned[index],
        lifecycle: lifecycles.all[index], replacement: lifecycles.replacements[index])
    }
    let (pairs, formerPairs) = Pair.all(of: comparisons, entries)
    self.pairs = pairs
    self.formerPairs = formerPairs
    pairPlaces = Dictionary(
      uniqueKeysWithValues: pairs.enumerated().map { (.init(left: $1.left, right: $1.right), $0) })
    var used: Set<String> = []
    let documentAddresses = ItemAddress.all(of: assembly.documents, collections: assembly.collections)
    documents = zip(assembly.documents, documentAddresses).map { document, address in
      let base = Slug.make(document.source.path.stem, fallback: "document")
      var slug = base
      var number = 2
      while !used.insert(slug).inserted {
        slug = "\(base)-\(number)"
        number += 1
      }
      return DocumentEntry(
        document: document, owners: OwnerChoice.owners(of: document.source, in: assembly, codeOwners: owners),
        slug: slug, address: address)
    }
    (formerAddresses, removedAddresses) = FormerAddress.all(
      entries, documents, comparisons, assembly.formerSlugs, gone: lifecycles.gone,
      files: chronicle.former, namesBefore: chronicle.formerNames)
    changes = CatalogChange.all(chronicle, agents, assembly.documents, by: settings.runtimes)
    taxonomies = await Self.taxonomies(entries, collections, settings, jobs)
    taxonomyByKind = Dictionary(uniqueKeysWithValues: taxonomies.enumerated().map { ($1.kind, $0) })
    entryFindingCounts = entries.map { entry in
      var counts = SeverityCounts(entry.agent.findings)
      counts.add(entry.amongOthers)
      return counts
    }
    var findingCounts = entryFindingCounts.reduce(SeverityCounts(), +)
    for entry in documents { findingCounts.add(entry.document.findings) }
    self.findingCounts = findingCounts
    promptScale = Self.scale(entries.map(\.agent.promptMeasure.tokens).sorted())
    entriesByPath = Dictionary(
      entries.enumerated().filter { $0.element.agent.source.item == nil }.map {
        (SourceKey($0.element.agent.source), $0.offset)
      },
      uniquingKeysWith: { first, _ in first })
    bundleFiles = Dictionary(
      entries.enumerated().flatMap { index, entry in
        (entry.agent.bundle?.files ?? []).enumerated().map { place, file in
          (SourceKey(entry.agent.source.part(file.path)), (index, place))
        }
      }, uniquingKeysWith: { first, _ in first })
    documentsByPath = Dictionary(
      documents.enumerated().map { (SourceKey($0.element.document.source), $0.offset) },
      uniquingKeysWith: { first, _ in first })
  }

  /// Returns the index of the agent in a file.
  public func entry(at path: RelativePath, in collection: Int) -> Int? {
    entriesByPath[SourceKey(collection: collection, path: path)]
  }

  /// Returns the skill that a file belongs to, as an index, and the index of the file in its bundle.
  public func bundleFile(at path: RelativePath, in collection: Int) -> (entry: Int, file: Int)? {
    bundleFiles[SourceKey(collection: collection, path: path)]
  }

  /// Returns the page of two agents, as an index into ``pairs``; nil if they have none.
  public func pair(_ one: Int, _ other: Int) -> Int? {
    pairPlaces[.init(left: min(one, other), right: max(one, other))]
  }

  /// Returns the decisions about at least two agents of a comparison.
  public func decisions(about comparison: Comparison) -> [Decided] {
    let members = Set(comparison.agents)
    return decided.filter { decided in decided.agents.count { members.contains($0) } > 1 }
  }

  /// Returns the index of the document of a file.
  public func document(at path: RelativePath, in collection: Int) -> Int? {
    documentsByPath[SourceKey(collection: collection, path: path)]
  }

  /// Returns the address part of a term as written in a file; nil if the catalog has no such term.
  public func termSlug(_ kind: Taxonomy.Kind, _ name: String) -> String? {
    taxonomyByKind[kind].flatMap { taxonomies[$0].slug(of: name) }
  }

  /// Returns a taxonomy, or nil if the catalog doesn't have it.
  public func taxonomy(_ kind: Taxonomy.Kind) -> Taxonomy? { taxonomyByKind[kind].map { taxonomies[$0] } }

  // MARK: Making

  /// The maximum number of related agents, and the minimum score. Below it, texts share words but no topic.
  private static let (peerCount, peerScore) = (5, 0.15)

  /// Returns the comparison of each agent with its near-duplicates. If they all share its name, it is that of the name.
  private static func families(_ assembly: Assembly) -> [Int: Int] {
    var families: [Int: Int] = [:]
    for (place, group) in assembly.groups.enumerated() where group.kind == .family {
      for agent in group.agents { families[agent] = place }
    }
    for agent in assembly.alike.keys where families[agent] == nil {
      families[agent] = assembly.addressing.groupOf[agent]
    }
    return families
  }

  /// Returns the 95th percentile, rounded up to two digits, so that it stays the same after small changes.
  private static func scale(_ sizes: [Int]) -> Int {
    guard !sizes.isEmpty else { return 0 }
    let size = sizes[(sizes.count - 1) * 19 / 20]
    var step = 1
    while size / step >= 100 { step *= 10 }
    return (size + step - 1) / step * step
  }

  private static func taxonomies(
    _ entries: [Entry], _ collections: [SourceCollection], _ settings: CatalogSettings, _ jobs: Int
  ) async -> [Taxonomy] {
    let tokens = entries.map(\.agent.descriptionMeasure.tokens)
    return await concurrentMap(Taxonomy.Kind.allCases, jobs: jobs) { kind in
      let setting = settings.taxonomies[kind]
      guard setting?.isOn ?? true else { return nil as Taxonomy? }
      let words = entries.map { kind.words(of: $0, in: collections) }
      guard words.contains(where: { !$0.isEmpty }) else { return nil }
      // A catalog with items of one kind needs no taxonomy of kinds.
      if kind == .kinds, entries.first?.agent.kind == entries.last?.agent.kind { return nil }
      return Taxonomy(kind: kind, title: setting?.label, words: words, tokens: tokens)
    }.compactMap(\.self)
  }
}

extension Catalog.SourceKey {
  fileprivate init(_ source: SourceFile) {
    self.init(collection: source.collection, path: source.path)
  }
}

extension SeverityCounts {
  /// Counts the findings of items.
  ///
  /// - Parameter items: The items, as indices of entries.
  public init(of items: [Int], in catalog: Catalog) {
    self.init()
    for item in items { self += catalog.entryFindingCounts[item] }
  }
}
