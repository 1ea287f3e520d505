import Files
import Support
import Testing

@testable import Catalogs

/// A catalog of these texts, by path. A first folder that begins with `@` names the collection.
func catalog(_ files: [String: String], settings: CatalogSettings = CatalogSettings(), order: Int = 1) async throws
  -> Catalog
{
  var collections: [SourceCollection] = []
  var sources: [(source: SourceFile, bytes: [UInt8])] = []
  let sorted = files.sorted { $0.key < $1.key }
  for (path, text) in order > 0 ? sorted : sorted.reversed() {
    var path = path
    var name = "all"
    if path.hasPrefix("@"), let slash = path.firstIndex(of: "/") {
      name = String(path[..<slash].dropFirst())
      path = String(path[path.index(after: slash)...])
    }
    let collection = SourceCollection(name: name, folder: name)
    if !collections.contains(collection) { collections.append(collection) }
    let file = SourceFile(
      path: try #require(RelativePath(path)), collection: try #require(collections.firstIndex(of: collection)),
      displayPath: "\(name)/\(path)")
    sources.append((file, Array(text.utf8)))
  }
  return await MemoryCatalog(sources, collections: collections, settings: settings).catalog
}

/// An agent file with these lines in its frontmatter.
func file(_ name: String, _ lines: String = "", body: String = "Body.") -> String {
  "---\nname: \(name)\ndescription: Does a thing.\n\(lines.isEmpty ? "" : lines + "\n")---\n\n\(body)\n"
}
