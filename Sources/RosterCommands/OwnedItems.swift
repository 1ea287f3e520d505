import Catalogs
import Files
import Reports
import Text

/// The items that a check covers: all, or those of some owners.
struct OwnedItems {
  /// The items.
  let entries: [Catalog.Entry]
  /// The published paths of their files; nil for all files.
  private let paths: Set<String>?

  /// - Parameters:
  ///   - names: The owners, with or without @; empty for all items.
  ///   - catalog: The items.
  init(_ names: [String], in catalog: Catalog) throws(CommandFailure) {
    if names.isEmpty {
      entries = catalog.entries
      paths = nil
      return
    }
    let all = Set(catalog.entries.flatMap(\.owners))
    let known = Set(all.map(Owner.key))
    for name in names where !known.contains(Owner.key(name)) {
      let meant = Spelling.suggestion(for: name, among: all.sorted()).map { "; did you mean “\($0)”?" }
      throw .usage("“\(name)” owns no items\(meant ?? "; roster stats --by owners lists the owners")")
    }
    let wanted = Set(names.map(Owner.key))
    entries = catalog.entries.filter { entry in entry.owners.contains { wanted.contains(Owner.key($0)) } }
    paths = Set(
      entries.flatMap { entry in
        let source = entry.agent.source
        return [source.publishedPath] + (entry.agent.bundle?.files ?? []).map { source.part($0.path).publishedPath }
      })
  }

  /// Returns the files that belong to the owners.
  func filter(_ files: [FileFindings]) -> [FileFindings] {
    guard let paths else { return files }
    return files.filter { paths.contains($0.publishedPath) }
  }

  /// Returns the published paths that belong to the owners.
  func filter(_ files: Set<String>) -> Set<String> { paths.map { files.intersection($0) } ?? files }
}
