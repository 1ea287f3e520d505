import Agents
import Files

/// Which files that are no items belong to a catalog: those in the folder of an item, and those that one links to.
struct Beside {
  private struct Folder: Hashable {
    let collection: Int
    let path: [String]
  }

  private var folders: Set<Folder> = []
  private var linked: Set<Catalog.SourceKey> = []

  init(_ agents: [Agent]) {
    for agent in agents {
      // A file that holds several items is in a folder of many other things.
      if agent.source.item != nil { continue }
      folders.insert(Folder(collection: agent.source.collection, path: agent.source.path.folders))
      for link in agent.relativeLinks {
        guard let path = agent.source.path.resolving(link: link) else { continue }
        linked.insert(Catalog.SourceKey(collection: agent.source.collection, path: path))
      }
    }
  }

  func holds(_ document: PlainDocument) -> Bool {
    // A file of settings that holds no item is no page of a catalog.
    if let held = document.held { return held.count > 0 || !document.findings.isEmpty }
    return holds(document.source)
  }

  private func holds(_ file: SourceFile) -> Bool {
    folders.contains(Folder(collection: file.collection, path: file.path.folders))
      || linked.contains(Catalog.SourceKey(collection: file.collection, path: file.path)) || file.isNamed
  }
}
