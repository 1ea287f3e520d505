import Agents
import Files

/// One way to sort the agents: by tag, tool, model, what they may do, and so on.
public struct Taxonomy: Sendable {
  /// The ways there are.
  public enum Kind: String, Sendable, CaseIterable {
    /// What items are for.
    case kinds
    /// The tags that files state.
    case tags
    /// What agents are about, derived from their words.
    case topics
    /// The tools that files name.
    case tools
    /// The models that files name.
    case models
    /// The categories that files state, or the folders that they stand in.
    case categories
    /// The sources that agents come from.
    case collections
    /// What tools let agents do.
    case reach
    /// What runtimes make of the files.
    case loads
    /// The runtimes that agents are written for.
    case runtimes
    /// The permission modes that files name.
    case modes
    /// Who owns them: see ``Catalog/Entry/owners``.
    case owners
    /// Their status.
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

    /// The word for one term, in lower case.
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

    /// What stands for agents that state nothing of the kind, or nil where every agent has a term.
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

    /// The terms of an agent, as written.
    func words(of entry: Catalog.Entry, in collections: [SourceCollection]) -> [String] {
      let agent = entry.agent
      return switch self {
      case .kinds: [Taxonomy.word(for: agent.kind)]
      case .tags: agent.tags
      case .topics: entry.topics
      case .tools: agent.tools.allowed.map(\.name).filter { $0 != "*" }
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

  /// The term of a kind of items: `Skills`.
  public static func word(for kind: ItemKind) -> String { kind.plural.prefix(1).uppercased() + kind.plural.dropFirst() }

  /// A term with its agents.
  public struct Term: Sendable {
    /// The term as most agents write it.
    public let name: String
    /// The part of its address.
    public let slug: String
    /// The agents, as indices into the catalog, in its order.
    public let agents: [Int]
    /// About how many tokens their descriptions take of every session.
    public let descriptionTokens: Int
    /// Whether it stands for agents that state nothing.
    public let isUnstated: Bool
  }

  /// What the terms are.
  public let kind: Kind
  /// The heading, as configured.
  public let title: String
  /// The terms by name; the one for nothing stated last.
  public let terms: [Term]
  /// The part of a term's address, by the words that files write for it.
  private let slugs: [String: String]
  /// The same, by the words with the spelling folded.
  private let slugsByKey: [String: String]

  /// Every word that a file writes for a term, with the part of the term's address.
  public var words: [String: String] { slugs }

  /// The part of the address of a term, however it is spelled; nil where there is none.
  public func slug(of word: String) -> String? { slugs[word] ?? slugsByKey[Slug.fold(word)] }

  /// How many terms an agent can stand under, and how many bytes a term may have. More make no page: each would be one,
  /// from a line of a file.
  private static let (agentLimit, lengthLimit) = (200, 1000)

  /// Sorts agents into terms.
  ///
  /// Spellings that differ in case, spaces and hyphens only are one term, shown as most write it.
  ///
  /// - Parameters:
  ///   - kind: what the terms are.
  ///   - title: the heading, or nil for the usual one.
  ///   - words: for each agent of the catalog, the terms as written.
  ///   - tokens: for each agent, about how many tokens its description takes.
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

  /// The terms with most agents first, the one for nothing stated last.
  public var byCount: [Term] {
    terms.enumerated().sorted {
      ($0.element.isUnstated ? 1 : 0, -$0.element.agents.count, $0.offset)
        < ($1.element.isUnstated ? 1 : 0, -$1.element.agents.count, $1.offset)
    }.map(\.element)
  }
}
