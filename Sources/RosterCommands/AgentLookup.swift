import Catalogs
import Files
import Text

/// Finds agents by the names that the user gives.
enum AgentLookup {
  /// Returns the names that are files. `.roomodes#architect` names an item, and so its file.
  static func files(named names: [String]) -> [String] {
    names.compactMap { name in
      if Disk.kind(name) == .file { return name }
      guard let mark = name.lastIndex(of: "#"), Disk.kind(String(name[..<mark])) == .file else { return nil }
      return String(name[..<mark])
    }
  }

  /// Returns the agent with a name, as an index into the catalog.
  static func place(of name: String, in catalog: Catalog) throws(CommandFailure) -> Int {
    func only(_ isMeant: (Catalog.Entry) -> Bool) throws(CommandFailure) -> Int? {
      let found = catalog.entries.indices.filter { isMeant(catalog.entries[$0]) }
      guard found.count > 1 else { return found.first }
      let slugs = found.prefix(12).map { catalog.entries[$0].slug }.joined(separator: ", ")
      throw .usage("\(found.count) agents are named “\(name)”; use one of: \(slugs)")
    }
    let path = name.hasPrefix("./") ? String(name.dropFirst(2)) : name
    let key = Slug.fold(name)
    if let place = try only({ [name, path].contains($0.agent.source.displayLabel) }) { return place }
    if let place = try only({ $0.agent.source.publishedLabel == path }) { return place }
    if let place = try only({ [name, path].contains($0.agent.source.displayPath) }) { return place }
    if let place = try only({ $0.agent.source.publishedPath == path }) { return place }
    if let place = try only({ $0.slug == name || $0.address.stem == name }) { return place }
    if let place = try only({ $0.record.nameKey == key }) { return place }
    if let place = try only({ $0.agent.source.path.description == path }) { return place }
    if Disk.kind(name) == .file { throw .failed("\(name): this is not an agent: it has no frontmatter") }
    let meant = Spelling.suggestion(for: name, among: catalog.entries.lazy.map(\.slug)).map {
      "; did you mean “\($0)”?"
    }
    throw .usage("no agent named “\(name)”\(meant ?? "")")
  }
}
