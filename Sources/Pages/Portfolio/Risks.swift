import Agents
import Catalogs
import Likenesses

/// A risk that the portfolio reports.
enum Risk: String, CaseIterable, Sendable {
  /// It runs commands without asking.
  case unasked
  /// The runtime does not load it, or cannot run it.
  case unloaded = "not-loaded"
  /// Its current state is not approved.
  case unapproved
  /// Its prompt is identical or similar to another.
  case duplicates

  /// The name of the facet for risks.
  static let facet = "risk"

  /// The value of the facet, and the heading of the list.
  var title: String {
    switch self {
    case .unasked: "Run commands without asking"
    case .unloaded: "Will not work"
    case .unapproved: "Not approved"
    case .duplicates: "Similar prompts"
    }
  }
}

/// The items with each risk.
struct Risks: Sendable {
  /// The items of each risk, as ascending indices, in the order of ``Risk``.
  private let items: [[Int]]
  /// Whether approvals are used, so that a missing one is meaningful.
  let hasApprovals: Bool

  init(_ catalog: Catalog) {
    hasApprovals = catalog.hasApprovals
    items = Risk.allCases.map { risk in
      catalog.entries.indices.filter { Self.has(risk, catalog.entries[$0]) }
    }
  }

  private static func has(_ risk: Risk, _ entry: Catalog.Entry) -> Bool {
    switch risk {
    case .unasked: entry.reach.runsCommandsUnasked
    case .unloaded: entry.agent.loading.outcome.isFailure
    case .unapproved: entry.approval.state != .approved
    case .duplicates: !entry.duplicates.isEmpty
    }
  }

  subscript(risk: Risk) -> [Int] { items[Risk.allCases.firstIndex(of: risk) ?? 0] }

  /// Returns whether a risk includes all items, because approvals are not used.
  func isEverything(_ risk: Risk) -> Bool { risk == .unapproved && !hasApprovals }
}

extension LoadVerdict.Outcome {
  /// Whether the item cannot be used at all.
  var isFailure: Bool { self == .unusable || self == .ignored || self == .fatal }
}

/// A part of the items with a risk, as a bar of its chart.
struct RiskPart {
  let title: String
  let count: Int
  /// The facet and value that select this part in lists, or nil.
  var value: (facet: String, slug: String)?
}

/// An example of a risk: an item or a group of near-duplicates.
struct RiskExample {
  let title: String
  let address: SitePath
  let reason: String
}

extension SiteIndex {
  /// Returns the non-empty parts of a risk. Similar prompts are sorted by similarity, other risks by size, largest first.
  func parts(of risk: Risk) -> [RiskPart] {
    let entries = risks[risk].map { catalog.entries[$0] }
    var parts: [RiskPart]
    switch risk {
    case .unasked:
      parts = [
        RiskPart(title: "Never ask for permission", count: entries.count { $0.reach.bypassesPermissions }),
        RiskPart(
          title: "Run commands automatically", count: entries.count { !$0.reach.automaticCommands.isEmpty }),
        RiskPart(title: "Have commands approved in advance", count: entries.count { $0.reach.approvesCommands }),
      ]
    case .unloaded:
      parts = Dictionary(entries.map { ($0.agent.dialect.title, 1) }, uniquingKeysWith: +).map { title, count in
        RiskPart(
          title: title, count: count,
          value: catalog.termSlug(.runtimes, title).map { (Taxonomy.Kind.runtimes.rawValue, $0) })
      }
    case .unapproved:
      let stale = entries.count { $0.approval.state == .stale }
      parts = [
        RiskPart(
          title: "Never approved", count: entries.count - stale, value: ("approval", Approval.State.missing.rawValue)),
        RiskPart(title: "Changed since approval", count: stale, value: ("approval", Approval.State.stale.rawValue)),
      ]
    case .duplicates:
      let same = entries.count { $0.duplicates.first?.likeness.isIdentical ?? false }
      let near = entries.count {
        $0.duplicates.first.map { !$0.likeness.isIdentical && Likeness.isNearlySame(percent: $0.likeness.percent) }
          ?? false
      }
      return [
        RiskPart(title: "The same", count: same),
        RiskPart(title: "Nearly the same (90% or more)", count: near),
        RiskPart(title: "Similar (below 90%)", count: entries.count - same - near),
      ].filter { $0.count > 0 }
    }
    parts.removeAll { $0.count == 0 }
    return parts.sorted { ($1.count, $0.title) < ($0.count, $1.title) }
  }

  /// Returns the items to look at first, most important first.
  func examples(of risk: Risk, limit: Int) -> [RiskExample] {
    switch risk {
    case .unasked:
      first(of: risk, limit) {
        $0.reach.power
      } reason: { entry in
        let reach = entry.reach
        if reach.bypassesPermissions { return "never asks for permission" }
        let commands = reach.automaticCommands.count
        return commands > 0
          ? "runs \(Wording.count(commands, "command")) automatically" : "commands approved in advance"
      }
    case .unloaded:
      first(of: risk, limit) {
        LoadVerdict.Outcome.allCases.firstIndex(of: $0.agent.loading.outcome) ?? 0
      } reason: {
        "\($0.agent.dialect.title): \($0.agent.loading.outcome.shortTitle)"
      }
    case .unapproved:
      // Items that changed since approval come first, then those with the most power, then those with the most
      // problems.
      first(of: risk, limit) {
        ($0.approval.state == .stale ? 100_000 : 0) + $0.reach.power * 1000 + min(999, $0.problems)
      } reason: { entry in
        if entry.approval.state == .stale { return "changed since approval" }
        let access = entry.reach.runsCommandsUnasked ? "runs commands without asking" : "runs commands"
        let problems = Wording.counts(entry.findings.filter { $0.severity != .note })
        let parts = (entry.reach[.run] == .none ? [] : [access]) + (problems == "none" ? [] : [problems])
        return parts.isEmpty ? "never approved" : parts.joined(separator: ", ")
      }
    case .duplicates: families(limit)
    }
  }

  private func first(
    of risk: Risk, _ limit: Int, by rank: (Catalog.Entry) -> Int, reason: (Catalog.Entry) -> String
  ) -> [RiskExample] {
    let ranked = risks[risk].map { (rank(catalog.entries[$0]), $0) }.sorted { ($1.0, $0.1) < ($0.0, $1.1) }
    // Copies count as one example: the most important of them.
    var heads: Set<Int> = []
    return ranked.filter { heads.insert(copies.heads[$0.1]).inserted }.prefix(limit).map { _, index in
      let entry = catalog.entries[index]
      return RiskExample(title: entry.agent.name, address: addresses.agent(index), reason: reason(entry))
    }
  }

  /// Returns the largest groups of near-duplicates.
  private func families(_ limit: Int) -> [RiskExample] {
    var sizes: [Int: Int] = [:]
    for index in risks[.duplicates] { if let family = catalog.entries[index].family { sizes[family, default: 0] += 1 } }
    return sizes.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(limit).map { family, count in
      let comparison = catalog.comparisons[family]
      let title = comparison.agents.first.map { catalog.entries[$0].agent.name } ?? comparison.title
      return RiskExample(
        title: title, address: addresses.comparison(family),
        reason: "and \(Wording.count(max(1, count - 1), "other")) with similar prompts")
    }
  }
}

extension Reach {
  /// A score for ranking items by power. Running without asking weighs most, then running commands.
  var power: Int {
    let ways = (bypassesPermissions ? 64 : 0) + (automaticCommands.isEmpty ? 0 : 32) + (approvesCommands ? 16 : 0)
    let abilities = (self[.run] == .none ? 0 : 8) + (self[.edit] == .none ? 0 : 4) + (self[.web] == .none ? 0 : 2)
    return ways + abilities + (self[.delegate] == .none ? 0 : 1)
  }
}

extension Catalog.Entry {
  /// A score for ranking items of equal power by their errors and warnings.
  fileprivate var problems: Int {
    findings.reduce(0) { $0 + [10, 3, 0][$1.severity.rank] }
  }
}

extension LoadVerdict.Outcome {
  /// A short phrase for a failure, for lists.
  fileprivate var shortTitle: String {
    switch self {
    case .fatal: "stops it from starting"
    case .unusable: "cannot run"
    default: "not loaded"
    }
  }
}
