import Agents
import Files
import Histories
import Likenesses

/// All agents together, with their addresses and everything that is known only of all of them. It never changes once it
/// is made, and stands behind a reference since everything that lays out pages holds it.
public final class Catalog: Sendable {
  /// What the catalog was made by.
  public let settings: CatalogSettings
  /// The sources.
  public let collections: [SourceCollection]
  /// The items, by kind, name, collection and path.
  public let entries: [Entry]
  /// Files that are no items and belong to one, by collection and path.
  public let documents: [DocumentEntry]
  /// The other Markdown files that are no items, by collection and path.
  public let setAside: [SourceFile]
  /// Items of kinds that the catalog does not hold, in any order.
  public let leftOut: [SourceFile]
  /// How many items there are of each kind that there is, in the order of the kinds.
  public let kinds: [(kind: ItemKind, count: Int)]
  /// The ways to sort the agents, each with at least one term.
  public let taxonomies: [Taxonomy]
  /// Agents side by side: those that share a name, then those that `roster.yml` puts together.
  public let comparisons: [Comparison]

  /// Two agents that have a page of their own, in the order of the comparisons that they come from.
  public let pairs: [Pair]
  /// Two agents each that had a page in earlier versions.
  public let formerPairs: [Pair.Former]

  /// The size of prompt, in tokens, that is drawn at full length: nineteen of twenty are no longer. The few giants do
  /// not make the others invisible.
  public let promptScale: Int

  /// How many findings there are of each severity.
  public let findingCounts: [Finding.Severity: Int]

  /// What was decided about agents that are alike.
  public let decided: [Decided]
  /// The names in `roster.yml` that no agent has.
  public let unknownNames: [String]
  /// Whether any agent was approved, so that it tells something that another was not.
  public let hasApprovals: Bool
  /// The last commits that touched any of its files, the newest first.
  public let changes: [CatalogChange]

  /// The addresses that lead to a page that stands elsewhere.
  public let formerAddresses: [FormerAddress]

  private let pairPlaces: [Candidates.Pair: Int]
  private let entriesByPath: [SourceKey: Int]
  private let documentsByPath: [SourceKey: Int]
  /// The files of skills, each with the place of its skill and its place in the bundle.
  private let bundleFiles: [SourceKey: (entry: Int, file: Int)]
  private let taxonomyByKind: [Taxonomy.Kind: Int]

  struct SourceKey: Hashable {
    let collection: Int
    let path: RelativePath
  }

  /// An agent with what the catalog knows of it. It never changes, and is behind a reference because it has many parts
  /// and is handed around a lot.
  public final class Entry: Sendable {
    /// The agent with what was derived from it alone.
    public let record: AgentRecord
    /// What it is called at a terminal, unique in the catalog.
    public let slug: String
    /// Where its page stands.
    public let address: ItemAddress
    /// The comparison with others of its name, as an index into ``Catalog/comparisons``.
    public let variants: Int?
    /// Others whose prompts are nearly the same, the most alike first.
    public let alike: [Assembly.Alike]
    /// Others that are near it in topic and no near-duplicates, the nearest first, one of each family.
    public let peers: [TermIndex.Found]
    /// What sets them side by side, as an index into ``Catalog/comparisons``, or nil where there are none.
    public let family: Int?
    /// What is wrong with it among the others.
    public let amongOthers: [Finding]
    /// What its repository knows of it, where it stands in one.
    public let history: FileHistory?
    /// Whether it came or was changed lately.
    public let lately: Lately?
    /// That it was approved, and what was changed since; nil where nobody has approved it.
    public let approval: Approval?
    /// Who owns it: whom `roster.yml` names, else the file itself, else the manifest of its plugin, else the CODEOWNERS
    /// file of its repository.
    public let owners: [String]
    /// Its lifecycle.
    public let lifecycle: Lifecycle
    /// What takes its place, as an index into ``Catalog/entries``; nil if nothing in the catalog does.
    public let replacement: Int?

    init(
      record: AgentRecord, slug: String, address: ItemAddress, variants: Int?, alike: [Assembly.Alike],
      peers: [TermIndex.Found], family: Int?, amongOthers: [Finding], history: FileHistory?, lately: Lately?,
      approval: Approval?, owners: [String], lifecycle: Lifecycle, replacement: Int?
    ) {
      self.record = record
      self.slug = slug
      self.address = address
      self.variants = variants
      self.alike = alike
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
    /// Its category as written, else its folder, or nil.
    public var category: String? { record.category }
    /// Whether the category is that of the folder.
    public var categoryIsFolder: Bool { record.categoryIsFolder }
    /// The titles of its topics.
    public var topics: [String] { record.topics }
    /// What its tools let it do.
    public var reach: Reach { record.reach }
    /// What is wrong with it, alone and among the others.
    public var findings: [Finding] { amongOthers.isEmpty ? agent.findings : amongOthers + agent.findings }
    /// How many findings it has.
    public var findingCount: Int { record.agent.findings.count + amongOthers.count }
  }

  /// A file without frontmatter.
  public struct DocumentEntry: Sendable {
    /// The file.
    public let document: PlainDocument
    /// What it is called in data, unique among the documents.
    public let slug: String
    /// Where its page stands.
    public let address: ItemAddress
  }

  /// Puts agents together.
  ///
  /// - Parameters:
  ///   - related: the files in order, with their addresses, and how alike they are.
  ///   - chronicle: what repositories know of the files.
  ///   - approvals: which agents are approved, by the keys of their sources.
  ///   - owners: the owners of files by CODEOWNERS files, by published paths.
  ///   - jobs: how many tasks work at the same time.
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
    let owned = agents.map { OwnerChoice.owners(of: $0.agent, in: assembly, codeOwners: owners) }
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
        alike: assembly.alike[index] ?? [], peers: peers[index], family: families[index],
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
      return DocumentEntry(document: document, slug: slug, address: address)
    }
    formerAddresses = FormerAddress.all(
      entries, documents, comparisons, assembly.formerSlugs, gone: lifecycles.gone,
      files: chronicle.former)
    changes = CatalogChange.all(chronicle.commits, agents, assembly.documents, by: settings.runtimes)
    taxonomies = await Self.taxonomies(entries, collections, settings, jobs)
    taxonomyByKind = Dictionary(uniqueKeysWithValues: taxonomies.enumerated().map { ($1.kind, $0) })
    var findingCounts: [Finding.Severity: Int] = [:]
    for entry in entries { for finding in entry.findings { findingCounts[finding.severity, default: 0] += 1 } }
    for entry in documents {
      for finding in entry.document.findings { findingCounts[finding.severity, default: 0] += 1 }
    }
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

  /// The agent of a file, as an index.
  public func entry(at path: RelativePath, in collection: Int) -> Int? {
    entriesByPath[SourceKey(collection: collection, path: path)]
  }

  /// The file of a skill at a path: the skill as an index, and the place of the file in its bundle.
  public func bundleFile(at path: RelativePath, in collection: Int) -> (entry: Int, file: Int)? {
    bundleFiles[SourceKey(collection: collection, path: path)]
  }

  /// The page of two agents, as an index into ``pairs``; nil where they have none.
  public func pair(_ one: Int, _ other: Int) -> Int? {
    pairPlaces[.init(left: min(one, other), right: max(one, other))]
  }

  /// What was decided about agents of a comparison.
  public func decisions(about comparison: Comparison) -> [Decided] {
    let members = Set(comparison.agents)
    return decided.filter { decided in decided.agents.count { members.contains($0) } > 1 }
  }

  /// The document of a file, as an index.
  public func document(at path: RelativePath, in collection: Int) -> Int? {
    documentsByPath[SourceKey(collection: collection, path: path)]
  }

  /// The part of a term's address, for the term as a file writes it; nil where the catalog has none.
  public func termSlug(_ kind: Taxonomy.Kind, _ name: String) -> String? {
    taxonomyByKind[kind].flatMap { taxonomies[$0].slug(of: name) }
  }

  /// A way to sort the agents, if the catalog has it.
  public func taxonomy(_ kind: Taxonomy.Kind) -> Taxonomy? { taxonomyByKind[kind].map { taxonomies[$0] } }

  // MARK: Making

  /// How many peers an agent has at most, and the score of one at least: below it texts share words and no topic.
  private static let (peerCount, peerScore) = (5, 0.15)

  /// The comparison that sets an agent beside those like it: that of its family, or of its name where all of one name
  /// are alike.
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

  /// The size that nineteen of twenty do not exceed, rounded up to two digits, so that it stays when a single prompt
  /// changes a little.
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
      // That all are agents goes without saying.
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
