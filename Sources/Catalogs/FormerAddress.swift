import Agents
import Files
import Histories

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

  /// Returns all redirects of a catalog and the addresses of removed items, except for addresses that have a page.
  ///
  /// The redirects are the addresses of names (`agents/reviewer`), names shared within one collection
  /// (`agents/acme/tools/reviewer`), items with another name or path before, and the addresses of earlier versions.
  static func all(
    _ entries: [Catalog.Entry], _ documents: [Catalog.DocumentEntry], _ comparisons: [Comparison],
    _ former: FormerSlugs, gone: [(stem: String, item: Int)] = [], files: [FormerFile] = [],
    namesBefore: [FormerName] = []
  ) -> (redirects: [FormerAddress], removed: [(stem: String, item: RemovedItem)]) {
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
    var removed: [(stem: String, item: RemovedItem)] = []
    for past in PastAddress.all(of: files, namesBefore, entries) {
      switch past.use {
      case .item(let today): add(past.address.stem, .item(today))
      case .removed(let item):
        if taken.insert(past.address.stem).inserted { removed.append((past.address.stem, item)) }
      }
    }
    for (index, document) in documents.enumerated() { add("documents/\(document.slug)", .document(index)) }
    return (result, removed)
  }
}

/// An item that was removed from its repository.
public struct RemovedItem: Sendable, Hashable {
  /// The name of its file.
  public let name: String
  /// The commit that removed it.
  public let commit: FileHistory.Commit
  /// The first line of the commit's message.
  public let title: String
  /// An item of its collection.
  public let neighbor: SourceFile

  init(_ file: FormerFile, beside neighbor: SourceFile) {
    self.neighbor = neighbor
    name = ItemName.ofFile(file.path)
    commit = file.commit
    title = file.title
  }
}

/// The names of items.
public enum ItemName {
  /// Returns the name of an item that doesn't set one: its file name without extensions, or the name of a skill's
  /// folder.
  public static func ofFile(_ path: String) -> String {
    let parts = path.pathComponents
    guard let last = parts.last else { return path }
    if last.uppercased() == "SKILL.MD", parts.count > 1 { return String(parts[parts.count - 2]) }
    return last.first == "." ? last : String(last.prefix { $0 != "." })
  }
}
