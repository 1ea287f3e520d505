import Agents
import Catalogs
import Files

/// Feeds of what has come or changed, as Atom (RFC 4287). They need absolute addresses, and the days that a repository knows.
extension Site {
  /// How many agents a feed tells of.
  private static let feedLength = 50

  /// Whether the catalog knows when any agent changed, and where it will stand.
  static func hasFeed(_ catalog: Catalog) -> Bool {
    catalog.settings.baseURL != nil && catalog.entries.contains { $0.history != nil }
  }

  /// Whether a term has a feed, in a catalog that has one: a tag that somebody stated, with an agent whose days are known.
  static func hasFeed(_ kind: Taxonomy.Kind, _ term: Taxonomy.Term, _ catalog: Catalog) -> Bool {
    kind == .tags && !term.isUnstated && term.agents.contains { catalog.entries[$0].history != nil }
  }

  /// The feed of all agents.
  func feed() -> [UInt8] {
    atom(
      Array(catalog.entries.indices), title: catalog.settings.title, at: addresses.feed,
      about: addresses.index(page: 1))
  }

  /// The feed of the agents of a tag.
  func feed(taxonomy: Int, term: Int) -> [UInt8] {
    let (taxonomy, term) = (catalog.taxonomies[taxonomy], catalog.taxonomies[taxonomy].terms[term])
    return atom(
      term.agents, title: "\(term.name) · \(catalog.settings.title)", at: addresses.feed(taxonomy.kind, term),
      about: addresses.term(taxonomy.kind, term))
  }

  private func atom(_ agents: [Int], title: String, at path: SitePath, about: SitePath) -> [UInt8] {
    let base = catalog.settings.baseURL ?? ""
    let dated = agents.compactMap { index in catalog.entries[index].history.map { (index, $0) } }
    let last = dated.sorted { ($1.1.changed.time, $0.0) < ($0.1.changed.time, $1.0) }.prefix(Self.feedLength)
    func address(_ path: SitePath) -> String { base + (path.description == "index.html" ? "" : path.description) }
    var lines = [
      #"<?xml version="1.0" encoding="utf-8"?>"#,
      "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"\(HTMLText.escaped(catalog.settings.language))\">",
      element("title", title), element("id", address(path)),
      link("self", "application/atom+xml", address(path)), link("alternate", "text/html", address(about)),
      element("updated", Calendar.moment(last.first?.1.changed.time ?? 0)),
      "<generator version=\"\(Self.generator.version)\">\(Self.generator.name)</generator>",
    ]
    if !catalog.settings.description.isEmpty { lines.insert(element("subtitle", catalog.settings.description), at: 3) }
    for (index, history) in last { lines += entry(index, history, base) }
    lines.append("</feed>")
    return Array((lines.joined(separator: "\n") + "\n").utf8)
  }

  private func entry(_ index: Int, _ history: FileHistory, _ base: String) -> [String] {
    let agent = catalog.entries[index].agent
    let page = base + addresses.agent(index).description
    var lines = [
      "<entry>", element("title", agent.name), element("id", page), link("alternate", "text/html", page),
      link("enclosure", "text/markdown", base + addresses.agentSource(index).description),
      element("updated", Calendar.moment(history.changed.time)),
    ]
    if let created = history.created { lines.append(element("published", Calendar.moment(created.time))) }
    lines.append(
      "<author>\(element("name", history.changed.author.isEmpty ? "unknown" : history.changed.author))</author>")
    lines += agent.tags.map { "<category term=\"\(HTMLText.escaped($0))\"/>" }
    lines += [element("summary", agent.description.summary), "</entry>"]
    return lines
  }

  private func element(_ name: String, _ text: String) -> String { "<\(name)>\(HTMLText.escaped(text))</\(name)>" }

  private func link(_ relation: String, _ type: String, _ address: String) -> String {
    "<link rel=\"\(relation)\" type=\"\(type)\" href=\"\(HTMLText.escaped(address))\"/>"
  }
}
