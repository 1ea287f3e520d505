import Agents
import Files
import Histories

/// An address that an item had according to git.
struct PastAddress {
  /// The item that had it.
  enum Use {
    /// An item of today, as an index.
    case item(Int)
    /// An item that was removed.
    case removed(RemovedItem)
  }

  let address: ItemAddress
  let use: Use
  /// When the address ended, in seconds since 1970.
  private let end: Int

  /// Returns the addresses of files that were renamed or removed, and of items whose name was changed. The item that had
  /// an address last comes first.
  ///
  /// The folders of an address follow from the collection of a file, which is that of its neighbors. The names are those
  /// that the item had at that path, or else that of the file, since most items are named like it.
  static func all(
    of files: [FormerFile], _ names: [FormerName], _ entries: [Catalog.Entry]
  ) -> [PastAddress] {
    if files.isEmpty, names.isEmpty { return [] }
    var places: [String: Int] = [:]
    for (index, entry) in entries.enumerated() where entry.agent.source.item == nil {
      places[entry.agent.source.publishedPath] = index
    }
    var earlier: [Place: [(name: String, end: Int)]] = [:]
    for name in names {
      guard let path = name.path else { continue }
      earlier[Place(today: name.today, path: path), default: []].append((name.name, name.end))
    }
    let ofFiles = files.flatMap { file -> [PastAddress] in
      if FolderNames.isForPeople(file: file.path.lastName) { return [] }
      let today = file.today.flatMap { places[$0] }
      // A file that still exists, but is no item, has no page to lead to.
      if file.today != nil, today == nil { return [] }
      guard let neighbor = file.neighbors.lazy.compactMap({ places[$0] }).first ?? today else { return [] }
      let use = today.map { Use.item($0) } ?? .removed(RemovedItem(file, beside: entries[neighbor].agent.source))
      let names =
        file.today.flatMap { earlier[Place(today: $0, path: file.path)] }
        ?? [(ItemName.ofFile(file.path), file.commit.time)]
      return names.flatMap { both($0.name, beside: entries[neighbor], use, $0.end) }
    }
    let ofNames = names.flatMap { name -> [PastAddress] in
      guard name.path == nil, let today = places[name.today] else { return [] }
      return both(name.name, beside: entries[today], .item(today), name.end)
    }
    // Commits of the same second keep the order of git.
    return (ofFiles + ofNames).enumerated().sorted { ($1.element.end, $0.offset) < ($0.element.end, $1.offset) }
      .map(\.element)
  }

  /// A file at a path in its repository.
  private struct Place: Hashable {
    let today: String
    let path: String
  }

  /// Returns the address in the collection of an item, and the address of the name alone.
  private static func both(_ name: String, beside item: Catalog.Entry, _ use: Use, _ end: Int) -> [PastAddress] {
    let kind = item.agent.kind
    let name = Slug.make(name, fallback: kind.noun)
    return [item.address.folders, [kind.plural]].map {
      PastAddress(address: ItemAddress(folders: $0, name: name), use: use, end: end)
    }
  }
}
