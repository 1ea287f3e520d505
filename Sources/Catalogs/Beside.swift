import Agents
import Files

/// Selects the files that aren't items but belong to the catalog: those in an item's folder, and those an item links
/// to.
struct Beside {
  private struct Folder: Hashable {
    let collection: Int
    let path: [String]
  }

  private var folders: Set<Folder> = []
  private var linked: Set<Catalog.SourceKey> = []

  init(_ agents: [Agent]) {
    for agent in agents {
      // A file with several items is usually in a folder with many unrelated files.
      if agent.source.item != nil { continue }
      folders.insert(Folder(collection: agent.source.collection, path: agent.source.path.folders))
      for link in agent.relativeLinks {
        guard let path = agent.source.path.resolving(link: link) else { continue }
        linked.insert(Catalog.SourceKey(collection: agent.source.collection, path: path))
      }
    }
  }

  func holds(_ document: PlainDocument) -> Bool {
    // A settings file without items gets no page, unless it has findings.
    if let held = document.held { return held.count > 0 || !document.findings.isEmpty }
    return holds(document.source)
  }

  private func holds(_ file: SourceFile) -> Bool {
    folders.contains(Folder(collection: file.collection, path: file.path.folders))
      || linked.contains(Catalog.SourceKey(collection: file.collection, path: file.path)) || file.isNamed
  }
}
