import Agents
import Files

/// An address at which no page stands, and the page that it leads to.
public struct FormerAddress: Sendable, Hashable {
  /// Where a page leads on.
  public enum Target: Sendable, Hashable {
    /// To an item, as an index.
    case item(Int)
    /// To a document, as an index.
    case document(Int)
    /// To the page of a name that several share, as an index into the comparisons.
    case name(Int)
  }

  /// The address, without an ending.
  public let stem: String
  /// The page that it leads to.
  public let target: Target

  /// All of a catalog: that of each name (`agents/reviewer`), that of a name which several of one collection share
  /// (`agents/acme/tools/reviewer`), those of items that are gone, and those that earlier versions gave, unless a page
  /// stands there.
  static func all(
    _ entries: [Catalog.Entry], _ documents: [Catalog.DocumentEntry], _ comparisons: [Comparison],
    _ former: FormerSlugs, gone: [(stem: String, item: Int)] = []
  ) -> [FormerAddress] {
    let names = Dictionary(
      comparisons.enumerated().compactMap { index, comparison in comparison.address.map { ($0.stem, index) } },
      uniquingKeysWith: { first, _ in first })
    var taken = Set(entries.map(\.address.stem)).union(documents.map(\.address.stem)).union(names.keys)
    var result: [FormerAddress] = []
    func add(_ stem: String, _ target: Target) {
      if taken.insert(stem).inserted { result.append(FormerAddress(stem: stem, target: target)) }
    }
    for (index, entry) in entries.enumerated() {
      let name = ItemAddress(of: entry.record)
      let target = entry.variants.map { Target.name($0) } ?? .item(index)
      add(name.stem, target)
      // An item of the name alone may share it with others of another kind or spelling.
      add(ItemAddress(folders: entry.address.folders, name: name.name).stem, target)
    }
    for (stem, item) in gone { add(stem, .item(item)) }
    for (slug, entry) in zip(former.items, entries.indices) { add("agents/\(slug)", .item(entry)) }
    for (slug, address) in former.names {
      if let name = names[address.stem] { add("agents/\(slug)", .name(name)) }
    }
    for (index, document) in documents.enumerated() { add("documents/\(document.slug)", .document(index)) }
    return result
  }
}
