import Agents
import Files
import Text

/// The address of an item's page: `agents/acme/tools/reviewer`.
///
/// It consists of the kind of the item, the key of its collection, the project that it is installed in, and its name. A
/// qualifier from the path is added only if several items of one collection share all of these. So adding a source
/// changes no address.
public struct ItemAddress: Hashable, Sendable {
  /// The folders, starting from the root of the site.
  public let folders: [String]
  /// The file name, without an extension.
  public let name: String

  /// The address as a path without an extension, for comparing addresses.
  public var stem: String { (folders + [name]).joined(separator: "/") }

  /// Creates an address from its parts.
  init(folders: [String], name: String) {
    self.folders = folders
    self.name = name
  }

  /// Creates the address of the page of a name, which leads to the items of a kind with that name.
  init(of record: AgentRecord) {
    folders = [record.agent.kind.plural]
    name = Self.slug(record)
  }

  private static func slug(_ record: AgentRecord) -> String {
    Slug.cut(record.nameKey, fallback: record.agent.kind.noun)
  }

  /// Returns the addresses of items, in their order.
  static func all(
    of items: [AgentRecord], collections: [SourceCollection], hiddenFolders: Set<String>
  ) -> [ItemAddress] {
    let keys = collections.map { $0.key.map { Slug.make($0, fallback: "collection") } }
    let plain = items.map { item in
      let folders =
        [item.agent.kind.plural] + keys[item.agent.source.collection]
        + project(of: item.agent.source.path, hiddenFolders).map { Slug.make($0, fallback: "folder") }
      return ItemAddress(folders: folders, name: slug(item))
    }
    var result = plain
    for same in Dictionary(grouping: items.indices, by: { plain[$0] }).values where same.count > 1 {
      for (index, qualifier) in zip(same, qualifiers(same.map { items[$0].agent.source })) {
        result[index] = ItemAddress(folders: plain[index].folders, name: "\(plain[index].name)--\(qualifier)")
      }
    }
    return result
  }

  /// Returns the addresses of documents, in their order.
  static func all(of documents: [PlainDocument], collections: [SourceCollection]) -> [ItemAddress] {
    let plain = documents.map { document in
      let path = document.source.path
      let folders = collections[document.source.collection].key + path.folders
      return ItemAddress(
        folders: ["documents"] + folders.map { Slug.make($0, fallback: "folder") },
        name: Slug.make(path.stem, fallback: "document"))
    }
    let counts = Dictionary(plain.map { ($0, 1) }, uniquingKeysWith: +)
    return zip(documents, plain).map { document, address in
      guard counts[address] != 1 else { return address }
      let mark = FNV.digits(document.source.key.utf8).prefix(8)
      return ItemAddress(folders: address.folders, name: "\(address.name)--\(mark)")
    }
  }

  /// Returns the folders of the project that an item is installed in: those above the folder that a runtime reads.
  private static func project(of path: RelativePath, _ hiddenFolders: Set<String>) -> ArraySlice<String> {
    let folders = path.folders
    return folders.lastIndex { hiddenFolders.contains($0) }.map { folders[..<$0] } ?? []
  }

  /// Returns the shortest unique qualifier for each file of one collection.
  ///
  /// The candidates are the telling folders, all folders, the path, and the path with a checksum. The checksum is
  /// needed because two paths can have the same slug.
  private static func qualifiers(_ files: [SourceFile]) -> [String] {
    let paths = files.map(\.path)
    func parts(of file: SourceFile) -> [String] {
      file.path.description.pathComponents + (file.item?.path.pathComponents ?? [])
    }
    func slug(_ parts: some Sequence<String>) -> String {
      Slug.cut(parts.map(Slug.fold).filter { !$0.isEmpty }.joined(separator: "-"), fallback: "file")
    }
    let candidates = [
      paths.map { path in
        let telling = path.folders.filter { !FolderNames.areStructure($0) }
        return telling.isEmpty ? "" : slug(telling.map(FolderNames.withoutNumber))
      },
      paths.map { $0.folders.isEmpty ? "" : slug($0.folders) },
      files.map { slug(parts(of: $0)) },
      files.map { "\(slug(parts(of: $0)))-\(FNV.digits($0.key.utf8).prefix(8))" },
    ]
    let counts = candidates.map { Dictionary($0.map { ($0, 1) }, uniquingKeysWith: +) }
    let last = candidates.count - 1
    let chosen = paths.indices.map { index in
      let found = candidates.indices.first { !candidates[$0][index].isEmpty && counts[$0][candidates[$0][index]] == 1 }
      return candidates[found ?? last][index]
    }
    let used = Dictionary(chosen.map { ($0, 1) }, uniquingKeysWith: +)
    return paths.indices.map { used[chosen[$0]] == 1 ? chosen[$0] : candidates[last][$0] }
  }
}
