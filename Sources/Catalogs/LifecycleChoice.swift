import Agents
import Files

/// A lifecycle of items, set in `roster.yml`.
public struct LifecycleChoice: Sendable, Equatable {
  /// The names, slugs, paths or addresses of the items.
  public let items: [String]
  /// The lifecycle.
  public let lifecycle: Lifecycle

  /// Creates a choice.
  public init(items: [String], lifecycle: Lifecycle) {
    self.items = items
    self.lifecycle = lifecycle
  }

  func add(to digester: inout Digester) {
    digester.add(items)
    for text in [lifecycle.status?.rawValue, lifecycle.replacedBy, lifecycle.sunset, lifecycle.reviewBy] {
      digester.add(text)
    }
  }
}

/// The lifecycles of all items of a catalog.
struct Lifecycles {
  /// The lifecycle of each item, by its index.
  let all: [Lifecycle]
  /// The replacements of items, by index.
  let replacements: [Int: Int]
  /// The addresses of removed items, each with the index of the replacement.
  let gone: [(stem: String, item: Int)]

  init(_ assembly: Assembly) {
    var all = assembly.agents.map(\.agent.lifecycle)
    let choices = assembly.settings.lifecycles
    // Few catalogs set lifecycles. Without them, the names aren't needed.
    guard !choices.isEmpty || all.contains(where: { $0.replacedBy != nil }) else {
      (self.all, replacements, gone) = (all, [:], [])
      return
    }
    let known = assembly.agentsByName
    func agents(_ name: String) -> [Int] {
      let name = name.hasSuffix(".html") ? String(name.dropLast(5)) : name
      return known[name] ?? known[Slug.fold(name)] ?? []
    }
    for choice in choices {
      for index in Set(choice.items.flatMap(agents)) { all[index] = all[index].overlaid(by: choice.lifecycle) }
    }
    self.all = all
    var replacements: [Int: Int] = [:]
    for (index, lifecycle) in all.enumerated() {
      if let name = lifecycle.replacedBy, let other = agents(name).first(where: { $0 != index }) {
        replacements[index] = other
      }
    }
    self.replacements = replacements
    gone = choices.flatMap { choice -> [(stem: String, item: Int)] in
      guard let name = choice.lifecycle.replacedBy, let other = agents(name).first else { return [] }
      return choice.items.filter { agents($0).isEmpty }.compactMap(Self.stem).map { ($0, other) }
    }
  }

  /// Returns the address in a text, without an extension; nil if it can't be the address of an item.
  private static func stem(_ text: String) -> String? {
    let stem = text.hasSuffix(".html") ? String(text.dropLast(5)) : text
    let parts = stem.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    guard parts.count > 1, ItemKind.allCases.contains(where: { $0.plural == parts[0] }),
      parts.dropFirst().allSatisfy({ Slug.make($0, fallback: "") == $0 && !$0.isEmpty })
    else { return nil }
    return stem
  }
}
