import Agents
import Files

/// An address that redirects to a page.
public struct FormerAddress: Sendable, Hashable {
  /// The target of a redirect.
  public enum Target: Sendable, Hashable {
    /// An item, as an index.
    case item(Int)
    /// A document, as an index.
    case document(Int)
    /// The page of a shared name, as an index into the comparisons.
    case name(Int)
  }

  /// The address, without an extension.
  public let stem: String
  /// The page that it redirects to.
  public let target: Target

  /// Returns all redirects of a catalog, except for addresses that have a page.
  ///
  /// They are the addresses of names (`agents/reviewer`), names shared within one collection
  /// (`agents/acme/tools/reviewer`), and removed items, and the addresses of earlier versions.
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
      // An item whose address is only its name may share the name with items of another kind or spelling.
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
