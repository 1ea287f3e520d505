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
      folders.insert(Folder(collection: agent.source.collection, path: agent.source.path.folders))
      for link in agent.relativeLinks {
        guard let path = agent.source.path.resolving(link: link) else { continue }
        linked.insert(Catalog.SourceKey(collection: agent.source.collection, path: path))
      }
    }
  }

  func holds(_ file: SourceFile) -> Bool {
    folders.contains(Folder(collection: file.collection, path: file.path.folders))
      || linked.contains(Catalog.SourceKey(collection: file.collection, path: file.path)) || file.isNamed
  }
}
