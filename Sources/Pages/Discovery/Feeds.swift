import Agents
import Catalogs
import Histories
import Text

/// `feed.xml`: added and changed agents, as Atom (RFC 4287). It requires the URL of the site and git history.
struct CatalogFeed: PageKind {
  let site: SiteIndex

  static let isInSitemap = false

  static func all(in site: SiteIndex) -> [any PageKind] {
    exists(in: site.catalog) ? [CatalogFeed(site: site)] : []
  }

  /// Returns whether the URL of the site and the history of any agent are known.
  static func exists(in catalog: Catalog) -> Bool {
    catalog.settings.baseURL != nil && catalog.entries.contains { $0.history != nil }
  }

  static let path = SitePath("feed.xml")

  var path: SitePath { Self.path }

  func inputs() -> MadeEveryTime {
    MadeEveryTime {
      let feed = Feed(catalog: site.catalog, addresses: site.addresses)
      return feed.atom(
        Array(site.catalog.entries.indices), title: site.catalog.settings.title, at: path,
        about: IndexPage.path(page: 1))
    }
  }
}

/// The feed of a tag.
struct TermFeed: PageKind {
  let site: SiteIndex
  let kind: Taxonomy.Kind
  let term: Taxonomy.Term

  static let isInSitemap = false

  static func all(in site: SiteIndex) -> [any PageKind] {
    site.catalog.taxonomies.flatMap { taxonomy in
      taxonomy.terms.filter { exists(for: $0, of: taxonomy.kind, in: site.catalog) }.map {
        TermFeed(site: site, kind: taxonomy.kind, term: $0)
      }
    }
  }

  /// Returns whether a term has a feed: a stated tag with at least one agent whose history is known.
  static func exists(for term: Taxonomy.Term, of kind: Taxonomy.Kind, in catalog: Catalog) -> Bool {
    kind == .tags && !term.isUnstated && catalog.settings.baseURL != nil
      && term.agents.contains { catalog.entries[$0].history != nil }
  }

  /// Returns the path of a term's feed, next to its page. Slugs contain no dots, so it can't collide with another path.
  static func path(_ kind: Taxonomy.Kind, _ slug: String) -> SitePath { SitePath(kind.rawValue, "\(slug).xml") }

  var path: SitePath { Self.path(kind, term.slug) }

  func inputs() -> MadeEveryTime {
    MadeEveryTime {
      let feed = Feed(catalog: site.catalog, addresses: site.addresses)
      return feed.atom(
        term.agents, title: "\(term.name) · \(site.catalog.settings.title)", at: path,
        about: site.addresses.term(kind, term))
    }
  }
}

/// Writes feeds.
private struct Feed {
  let catalog: Catalog
  let addresses: Addresses

  /// The maximum number of agents in a feed.
  private static let feedLength = 50

  func atom(_ agents: [Int], title: String, at path: SitePath, about: SitePath) -> [UInt8] {
    let base = catalog.settings.baseURL ?? ""
    let dated = agents.compactMap { index in catalog.entries[index].history.map { (index, $0) } }
    let last = dated.sorted { ($1.1.changed.time, $0.0) < ($0.1.changed.time, $1.0) }.prefix(Self.feedLength)
    func address(_ path: SitePath) -> String { base + (path.description == "index.html" ? "" : path.description) }
    var lines = [
      #"<?xml version="1.0" encoding="utf-8"?>"#,
      "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"\(HTMLText.escaped(catalog.settings.language))\">",
      element("title", title), element("id", address(path)),
      link("self", "application/atom+xml", address(path)), link("alternate", "text/html", address(about)),
      element("updated", DateText.moment(last.first?.1.changed.time ?? 0)),
      "<generator version=\"\(Site.generator.version)\">\(Site.generator.name)</generator>",
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
      link("enclosure", agent.format.mediaType, base + addresses.agentSource(index).description),
      element("updated", DateText.moment(history.changed.time)),
    ]
    if let created = history.created { lines.append(element("published", DateText.moment(created.time))) }
    lines.append(
      "<author>\(element("name", history.changed.author.isEmpty ? "unknown" : history.changed.author))</author>")
    // The scheme distinguishes a kind from a tag of the same name.
    lines.append("<category term=\"\(agent.kind.noun)\" scheme=\"\(HTMLText.escaped(base))kinds/\"/>")
    lines += agent.tags.map { "<category term=\"\(HTMLText.escaped($0))\"/>" }
    lines += [element("summary", agent.description.summary), "</entry>"]
    return lines
  }

  private func element(_ name: String, _ text: String) -> String { "<\(name)>\(HTMLText.escaped(text))</\(name)>" }

  private func link(_ relation: String, _ type: String, _ address: String) -> String {
    "<link rel=\"\(relation)\" type=\"\(type)\" href=\"\(HTMLText.escaped(address))\"/>"
  }
}
