import Agents
import Files
import Likenesses
import Testing

@testable import Catalogs

/// A catalog of texts by path; the first folder of a path that begins with `@` is its collection.
func catalog(_ files: [String: String], settings: CatalogSettings = CatalogSettings(), order: Int = 1) async throws
  -> Catalog
{
  var collections: [Collection] = []
  var records: [Record] = []
  var prompts: [SourceFile: ArraySlice<UInt8>] = [:]
  let sorted = files.sorted { $0.key < $1.key }
  for (path, text) in order > 0 ? sorted : sorted.reversed() {
    var path = path
    var name = "all"
    if path.hasPrefix("@"), let slash = path.firstIndex(of: "/") {
      name = String(path[..<slash].dropFirst())
      path = String(path[path.index(after: slash)...])
    }
    let collection = Collection(name: name, folder: name)
    if !collections.contains(collection) { collections.append(collection) }
    let file = SourceFile(
      path: try #require(RelativePath(path)), collection: try #require(collections.firstIndex(of: collection)),
      displayPath: "\(name)/\(path)")
    let bytes = Array(text.utf8)
    records.append(Record(AgentReader().read(bytes, of: file).facts, settings: settings))
    prompts[file] = AgentReader.prompt(in: bytes)
  }
  let assembly = Assembly(records, collections: collections, settings: settings)
  let held = prompts
  return await Catalog(
    await assembly.related { tasks in
      tasks.map { Likeness.pairs($0.pairs, of: $0.files.map { held[$0] ?? [] }) }
    })
}

/// An agent's file with these lines in its frontmatter.
func file(_ name: String, _ lines: String = "", body: String = "Body.") -> String {
  "---\nname: \(name)\ndescription: Does a thing.\n\(lines.isEmpty ? "" : lines + "\n")---\n\n\(body)\n"
}
