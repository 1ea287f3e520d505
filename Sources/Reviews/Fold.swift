import Grants

/// An item of a list, with the later items that say the same about other things: the tools of one server.
public struct Fold<Item: Sendable>: Sendable {
  /// The first item.
  public let first: Item
  /// The other items.
  public private(set) var others: [Item] = []

  /// The minimum number of items to fold. Shorter lists are easy to read.
  private static var least: Int { 8 }

  /// Folds the items of a list whose sentences differ only in their first quoted text.
  ///
  /// - Parameters:
  ///   - items: The items in order.
  ///   - sentence: Returns the sentence of an item; nil for an item that stands alone.
  ///   - property: Returns another property of an item. Items with different ones are not folded.
  public static func list<Property: Hashable>(
    _ items: [Item], by sentence: (Item) -> Sentence?, and property: (Item) -> Property
  ) -> [Fold] {
    let keys = items.map { item in sentence(item).map { Key(pattern: $0.pattern, property: property(item)) } }
    let counts = keys.reduce(into: [Key<Property>: Int]()) { if let key = $1 { $0[key, default: 0] += 1 } }
    var places: [Key<Property>: Int] = [:]
    var folds: [Fold] = []
    for (item, key) in zip(items, keys) {
      if let key, let place = places[key] {
        folds[place].others.append(item)
        continue
      }
      if let key, counts[key] ?? 0 >= least { places[key] = folds.count }
      folds.append(Fold(first: item))
    }
    return folds
  }

  private init(first: Item) { self.first = first }

  private struct Key<Property: Hashable>: Hashable {
    let pattern: Sentence
    let property: Property
  }
}

extension Fold<ReviewPoint> {
  /// The first quoted texts of the other points, as a list.
  public var names: Sentence {
    let names = others.compactMap { point -> String? in
      if case .sentence(let sentence) = point.content { sentence.firstQuoted } else { nil }
    }
    return .quoted(names, limit: 20).cut(to: 80)
  }
}

extension ReviewQueue.Block {
  /// The points, with long lists of similar ones folded.
  public var folds: [Fold<ReviewPoint>] {
    Fold.list(
      points, by: { if case .sentence(let sentence) = $0.content { sentence } else { nil } }, and: { $0.file })
  }
}
