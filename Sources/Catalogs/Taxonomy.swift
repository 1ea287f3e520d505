import Agents
import Files

/// A grouping of the agents by one property, such as tag, tool or model.
public struct Taxonomy: Sendable {
  /// The kinds of taxonomies.
  public enum Kind: String, Sendable, CaseIterable {
    /// The kinds of items.
    case kinds
    /// The tags in files.
    case tags
    /// The topics, derived from the words of agents.
    case topics
    /// The tools in files.
    case tools
    /// The models in files.
    case models
    /// The categories in files, or else the folders of the files.
    case categories
    /// The sources of the agents.
    case collections
    /// The abilities that tools give agents.
    case reach
    /// The load verdicts of runtimes.
    case loads
    /// The runtimes of the agents.
    case runtimes
    /// The permission modes in files.
    case modes
    /// The owners; see ``Catalog/Entry/owners``.
    case owners
    /// The statuses.
    case statuses

    /// The heading, in the plural.
    public var title: String {
      switch self {
      case .kinds: "Kinds"
      case .tags: "Tags"
      case .topics: "Topics"
      case .tools: "Tools"
      case .models: "Models"
      case .categories: "Categories"
      case .collections: "Collections"
      case .reach: "Reach"
      case .loads: "Loading"
      case .runtimes: "Runtimes"
      case .modes: "Permission modes"
      case .owners: "Owners"
      case .statuses: "Status"
      }
    }

    /// The word for one term, in lowercase.
    public var singular: String {
      switch self {
      case .kinds: "kind"
      case .tags: "tag"
      case .topics: "topic"
      case .tools: "tool"
      case .models: "model"
      case .categories: "category"
      case .collections: "collection"
      case .reach: "ability"
      case .loads: "outcome"
      case .runtimes: "runtime"
      case .modes: "permission mode"
      case .owners: "owner"
      case .statuses: "status"
      }
    }

    /// The term for agents without a value; nil if every agent has one.
    public var unstated: String? {
      switch self {
      case .tags: "No tag"
      case .topics: "No topic found"
      case .tools: "Inherits all tools"
      case .models, .modes, .owners, .statuses: "Not stated"
      case .categories: "No category"
      case .reach: "None of these"
      case .kinds, .collections, .loads, .runtimes: nil
      }
    }

    /// Returns the terms of an agent, as written.
    func words(of entry: Catalog.Entry, in collections: [SourceCollection]) -> [String] {
      let agent = entry.agent
      return switch self {
      case .kinds: [Taxonomy.word(for: agent.kind)]
      case .tags: agent.tags
      case .topics: entry.topics
      case .tools:
        agent.tools.statement == .listed && agent.tools.allowed.isEmpty
          ? [Taxonomy.noTools] : agent.tools.allowed.map(\.name).filter { $0 != "*" }
      case .models: agent.model.map { [$0] } ?? []
      case .categories: entry.category.map { [$0] } ?? []
      case .collections: [collections[agent.source.collection].name]
      case .reach: entry.reach.phrases
      case .loads: [agent.loading.outcome.title]
      case .runtimes: [agent.dialect.title]
      case .modes: agent.permissionMode.map { [$0] } ?? []
      case .owners: entry.owners
      case .statuses: entry.lifecycle.status.map { [$0.title] } ?? []
      }
    }
  }

  /// The term for agents with an empty list of tools.
  public static let noTools = "No tools"

  /// Returns the term for a kind of items, such as `Skills`.
  public static func word(for kind: ItemKind) -> String { kind.plural.prefix(1).uppercased() + kind.plural.dropFirst() }

  /// A term with its agents.
  public struct Term: Sendable {
    /// The most common spelling of the term.
    public let name: String
    /// The part of its address.
    public let slug: String
    /// The agents, as indices into the catalog, in catalog order.
    public let agents: [Int]
    /// The approximate number of tokens that their descriptions add to every session.
    public let descriptionTokens: Int
    /// Whether it is the term for agents without a value.
    public let isUnstated: Bool
  }

  /// The kind of the terms.
  public let kind: Kind
  /// The heading, as configured.
  public let title: String
  /// The terms by name, with the one for agents without a value last.
  public let terms: [Term]
  /// The address parts of terms, by spelling in files.
  private let slugs: [String: String]
  /// The address parts of terms, by normalized spelling.
  private let slugsByKey: [String: String]

  /// All spellings in files, with the address parts of their terms.
  public var words: [String: String] { slugs }

  /// Returns the address part of a term in any spelling; nil if there is no such term.
  public func slug(of word: String) -> String? { slugs[word] ?? slugsByKey[Slug.fold(word)] }

  /// The maximum number of terms per agent, and the maximum length of a term in bytes. Each term is a page, and a
  /// single line in a file could create any number of them.
  private static let (agentLimit, lengthLimit) = (200, 1000)

  /// Groups agents by terms.
  ///
  /// Spellings that differ only in case, spaces and hyphens are one term, shown in the most common spelling.
  ///
  /// - Parameters:
  ///   - kind: The kind of the terms.
  ///   - title: The heading, or nil for the default.
  ///   - words: The terms of each agent, as written.
  ///   - tokens: The approximate number of tokens of each agent's description.
  init(kind: Kind, title: String?, words: [[String]], tokens: [Int]) {
    self.kind = kind
    self.title = title ?? kind.title
    var spellings: [String: [String: Int]] = [:]
    var members: [String: [Int]] = [:]
    var unstated: [Int] = []
    var keys: [String: String] = [:]
    for (agent, terms) in words.enumerated() {
      var own: Set<String> = []
      for term in terms.prefix(Self.agentLimit) where term.utf8.count <= Self.lengthLimit {
        let key = keys[term] ?? Slug.fold(term)
        guard !key.isEmpty else { continue }
        keys[term] = key
        spellings[key, default: [:]][term, default: 0] += 1
        if own.insert(key).inserted { members[key, default: []].append(agent) }
      }
      if own.isEmpty { unstated.append(agent) }
    }
    func term(_ name: String, _ slug: String, _ agents: [Int], isUnstated: Bool = false) -> Term {
      Term(
        name: name, slug: slug, agents: agents, descriptionTokens: agents.reduce(0) { $0 + tokens[$1] },
        isUnstated: isUnstated)
    }
    var used: Set<String> = ["not-stated"]
    var slugByKey: [String: String] = [:]
    var result = members.keys.sorted { $0.precedesByBytes($1) }.map { key in
      let name = (spellings[key] ?? [:]).max { ($0.value, $1.key) < ($1.value, $0.key) }?.key ?? key
      var slug = Slug.cut(key, fallback: kind.singular)
      var number = 2
      while !used.insert(slug).inserted {
        slug = "\(Slug.cut(key, fallback: kind.singular))-\(number)"
        number += 1
      }
      slugByKey[key] = slug
      return term(name, slug, members[key] ?? [])
    }
    if let title = kind.unstated, !unstated.isEmpty {
      result.append(term(title, "not-stated", unstated, isUnstated: true))
    }
    self.terms = result
    slugs = keys.compactMapValues { slugByKey[$0] }
    slugsByKey = slugByKey
  }

  /// The terms by number of agents, with the one for agents without a value last.
  public var byCount: [Term] {
    terms.enumerated().sorted {
      ($0.element.isUnstated ? 1 : 0, -$0.element.agents.count, $0.offset)
        < ($1.element.isUnstated ? 1 : 0, -$1.element.agents.count, $1.offset)
    }.map(\.element)
  }
}
