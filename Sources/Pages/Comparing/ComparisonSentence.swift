import Agents
import Catalogs
import Likenesses
import Templates

/// The summary sentence of a comparison: `Same prompt; b adds Bash and runs on opus.`
///
/// `summary.js` produces the same sentence in the browser, and a test compares the two.
struct ComparisonSentence {
  /// A part of the sentence.
  private enum Piece: Hashable {
    case words(String)
    /// Text from a file.
    case name(String)
  }

  private let pieces: [Piece]

  /// The sentence, with text from files marked as code.
  var html: HTML {
    pieces.map { piece -> HTML in
      switch piece {
      case .words(let words): HTML(text: words)
      case .name(let name): "<code>\(name)</code>"
      }
    }.joined()
  }

  /// The sentence as plain text.
  var text: String {
    pieces.map { piece in
      switch piece {
      case .words(let text), .name(let text): text
      }
    }.joined()
  }

  /// The maximum number of names in a list. Longer lists become a count.
  private static let names = 3

  /// Creates the sentence.
  ///
  /// - Parameters:
  ///   - all: The agents.
  ///   - likenesses: The similarities of all pairs; empty if not every pair was compared.
  ///   - count: The total number of agents, which can be greater than the number given.
  init(_ all: [ComparedFacts], _ likenesses: [Likeness], of count: Int) {
    pieces =
      all.count == 2
      ? Self.two(all[0], all[1], likenesses.first) : Self.many(all, likenesses, of: count)
  }

  // MARK: Two

  private static func two(_ one: ComparedFacts, _ other: ComparedFacts, _ likeness: Likeness?) -> [Piece] {
    let isSame = one.prompt == other.prompt
    let keys = FieldDifference(one.agent, other.agent).keys
    if isSame, keys.isEmpty { return [.words("Identical: same prompt and fields.")] }
    if isSame, keys == ["name"] { return [.words("Same prompt and fields; only the name differs.")] }
    let (first, second) = labels(one, other)
    let tools = toolChanges(one, other)
    let model = modelChange(one, other)
    let rest = keys.filter { key in
      key != "name" && !(key == "model" && model != nil)
        && !(key.lowercased().contains("tools") && !tools.isEmpty)
    }
    var clauses: [[Piece]] = [[.words(isSame ? "Same prompt" : share(likeness))]]
    let changes = tools + (model.map { [$0] } ?? [])
    if !changes.isEmpty { clauses.append([second, .words(" ")] + list(changes)) }
    if !rest.isEmpty { clauses.append(others(rest)) }
    if clauses.count == 1 { clauses.append([.words("same fields")]) }
    let reach = [only(second, other.reach, beside: one.reach), only(first, one.reach, beside: other.reach)]
    return joined(clauses, by: "; ") + [.words(".")] + reach.flatMap { $0 }
  }

  /// Returns the labels of two agents: their names, or qualifiers if the names are the same.
  private static func labels(_ one: ComparedFacts, _ other: ComparedFacts) -> (Piece, Piece) {
    if one.agent.name != other.agent.name { return (.name(one.agent.name), .name(other.agent.name)) }
    if let first = one.qualifier, let second = other.qualifier, first != second {
      return (.name(first), .name(second))
    }
    return (.words("the first"), .words("the second"))
  }

  private static func share(_ likeness: Likeness?) -> String {
    guard let percent = likeness?.percent, percent > 0 else { return "Different prompts" }
    return "Prompts are \(percent)% similar"
  }

  private static func toolChanges(_ one: ComparedFacts, _ other: ComparedFacts) -> [[Piece]] {
    var changes: [[Piece]] = []
    switch (one.tools, other.tools) {
    case (let old?, let new?):
      changes += change("adds ", new.filter { !old.contains($0) })
      changes += change("drops ", old.filter { !new.contains($0) })
    case (_?, nil): changes.append([.words("inherits the session’s tools")])
    case (nil, []?): changes.append([.words("has no tools")])
    case (nil, let new?): changes += change("is limited to ", new)
    case (nil, nil): break
    }
    changes += change("denies ", other.denied.filter { !one.denied.contains($0) })
    changes += change("does not deny ", one.denied.filter { !other.denied.contains($0) })
    return changes
  }

  private static func change(_ verb: String, _ tools: [String]) -> [[Piece]] {
    if tools.isEmpty { return [] }
    if tools.count > names { return [[.words("\(verb)\(Wording.count(tools.count, "tool"))")]] }
    return [[.words(verb)] + list(tools.map { [.name($0)] })]
  }

  private static func modelChange(_ one: ComparedFacts, _ other: ComparedFacts) -> [Piece]? {
    if one.agent.model == other.agent.model { return nil }
    switch other.agent.model {
    case nil: return [.words("sets no model")]
    case "inherit": return [.words("inherits the model")]
    case let model?: return [.words("runs on "), .name(model)]
    }
  }

  private static func others(_ keys: [String]) -> [Piece] {
    if keys.count > names { return [.words("\(Wording.count(keys.count, "other field")) differ")] }
    return list(keys.map { [.name($0.ifAny ?? "frontmatter")] }) + [
      .words(keys.count == 1 ? " differs" : " differ")
    ]
  }

  /// Returns a sentence about the abilities that only one of two agents has.
  private static func only(_ label: Piece, _ reach: Reach, beside other: Reach) -> [Piece] {
    let more = abilities.filter { reach[$0.0] != .none && other[$0.0] == .none }.map(\.1)
    var verbs = more.isEmpty ? [] : ["can \(more.joined(before: "and"))"]
    if reach.bypassesPermissions, !other.bypassesPermissions { verbs.append("never asks for permission") }
    return verbs.isEmpty ? [] : [.words(" Only "), label, .words(" \(verbs.joined(separator: " and ")).")]
  }

  private static let abilities: [(Reach.Ability, String)] = [
    (.read, "read files"), (.edit, "edit files"), (.run, "run commands"), (.web, "use the web"),
    (.delegate, "start agents"),
  ]

  // MARK: Many

  private static func many(_ all: [ComparedFacts], _ likenesses: [Likeness], of count: Int) -> [Piece] {
    let kinds = ItemKind.allCases.map { kind in (kind: kind, count: all.count { $0.agent.kind == kind }) }
      .filter { $0.count > 0 }
    let isWhole = all.count == count
    let counted =
      isWhole
      ? Wording.count(of: kinds) : Wording.count(count, kinds.count == 1 ? kinds[0].kind.noun : "item")
    let subject = isWhole ? counted : "First \(Wording.number(all.count)) of \(counted)"
    let running = all.count { $0.reach[.run] != .none }
    let unasked = all.count { $0.reach.bypassesPermissions }
    var clauses = [
      prompts(all, likenesses),
      "\(running == 0 ? "none" : running == all.count ? "all" : Wording.number(running)) can run commands",
    ]
    if unasked > 0 {
      clauses.append("\(Wording.number(unasked)) never \(unasked == 1 ? "asks" : "ask") for permission")
    }
    var differing: [String] = []
    if all.contains(where: { !$0.hasTools(of: all[0]) }) { differing.append("tools") }
    if all.contains(where: { $0.agent.model != all[0].agent.model }) { differing.append("models") }
    clauses.append(
      differing.isEmpty ? "same tools and model" : "\(differing.joined(separator: " and ")) differ")
    return [.words("\(subject): \(clauses.joined(separator: "; ")).")]
  }

  private static func prompts(_ all: [ComparedFacts], _ likenesses: [Likeness]) -> String {
    // Comparing is cheaper than hashing: different prompts differ in length, or at the start.
    var same: [(prompt: [UInt8], count: Int)] = []
    for facts in all {
      if let place = same.firstIndex(where: { $0.prompt == facts.prompt }) {
        same[place].count += 1
      } else {
        same.append((facts.prompt, 1))
      }
    }
    let most = same.map(\.count).max() ?? 0
    if most == all.count { return "same prompt in all" }
    if most > 1 { return "same prompt in \(Wording.number(most))" }
    let shares = likenesses.map(\.percent)
    guard let least = shares.min(), let greatest = shares.max(), greatest > 0 else { return "different prompts" }
    return "prompts are \(least == greatest ? "" : "\(least)–")\(greatest)% similar"
  }

  // MARK: Lists

  private static func list(_ items: [[Piece]]) -> [Piece] {
    guard let last = items.last, items.count > 1 else { return items.first ?? [] }
    return joined(Array(items.dropLast()), by: ", ") + [.words(" and ")] + last
  }

  private static func joined(_ items: [[Piece]], by separator: String) -> [Piece] {
    items.enumerated().flatMap { place, item in place == 0 ? item : [.words(separator)] + item }
  }
}

extension ComparedFacts {
  fileprivate func hasTools(of other: ComparedFacts) -> Bool {
    tools.map(Set.init) == other.tools.map(Set.init) && Set(denied) == Set(other.denied)
  }
}
