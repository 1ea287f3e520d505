import Catalogs
import Files

/// Where each page of a catalog stands.
struct Addresses: Sendable {
  private let catalog: Catalog

  init(_ catalog: Catalog) { self.catalog = catalog }

  func index(page: Int) -> SitePath { SitePath(page == 1 ? "index.html" : "index.\(page).html") }
  func agent(_ index: Int) -> SitePath { SitePath("agents", catalog.entries[index].slug + ".html") }
  func agentSource(_ index: Int) -> SitePath { SitePath("agents", catalog.entries[index].slug + ".md") }
  func document(_ index: Int) -> SitePath { SitePath("documents", catalog.documents[index].slug + ".html") }
  func documentSource(_ index: Int) -> SitePath { SitePath("documents", catalog.documents[index].slug + ".md") }
  func variants(_ comparison: Int) -> SitePath { SitePath("agents", catalog.comparisons[comparison].id + ".html") }
  func comparison(_ index: Int) -> SitePath { SitePath("compare", catalog.comparisons[index].id + ".html") }
  var comparisons: SitePath { SitePath("compare", "index.html") }
  func terms(_ kind: Taxonomy.Kind) -> SitePath { SitePath(kind.rawValue, "index.html") }

  /// A slug has no full stop, so the number of a page cannot be taken for part of a term.
  func term(_ kind: Taxonomy.Kind, _ term: Taxonomy.Term, page: Int = 1) -> SitePath {
    SitePath(kind.rawValue, page == 1 ? "\(term.slug).html" : "\(term.slug).\(page).html")
  }

  /// The page of a term as files write it, or nil where the catalog has no such taxonomy.
  func term(_ kind: Taxonomy.Kind, named name: String) -> SitePath? {
    catalog.termSlug(kind, name).map { SitePath(kind.rawValue, $0 + ".html") }
  }

  /// Where the source of a file can be looked at, if the settings say so.
  func source(_ path: RelativePath) -> String? {
    guard let template = catalog.settings.sourceURL else { return nil }
    let encoded = path.components.map { Self.percentEncoded($0) }.joined(separator: "/")
    if template.contains("{path}") { return template.replacing("{path}", with: encoded) }
    return template + (template.hasSuffix("/") ? "" : "/") + encoded
  }

  /// Where the source of a file can be edited: GitHub, GitLab and Gitea tell it from looking by one word of the address.
  func edit(_ path: RelativePath) -> String? {
    guard let source = source(path), let range = source.firstRange(of: "/blob/") else { return nil }
    return String(source[..<range.lowerBound]) + "/edit/" + source[range.upperBound...]
  }

  private static func percentEncoded(_ text: Substring) -> String {
    text.utf8.map { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."),
        UInt8(ascii: "~"):
        String(UnicodeScalar(byte))
      default: "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
      }
    }.joined()
  }

  /// Resolves a relative link in a file: to another agent or document of its collection, else to the source's own site, else nowhere.
  func resolve(_ destination: String, from source: SourceFile, at page: SitePath) -> String? {
    let end = destination.firstIndex { $0 == "#" || $0 == "?" } ?? destination.endIndex
    let fragment = destination[end...].firstIndex(of: "#").map { String(destination[destination.index(after: $0)...]) }
    guard let path = source.path.resolving(Self.percentDecoded(destination[..<end])) else { return nil }
    if let agent = catalog.entry(at: path, in: source.collection) {
      if let fragment, !catalog.entries[agent].agent.body.outline.contains(where: { $0.id == fragment }) { return nil }
      return page.link(to: self.agent(agent), fragment: fragment)
    }
    if let document = catalog.document(at: path, in: source.collection) {
      return page.link(to: self.document(document))
    }
    return self.source(path)
  }

  private static func percentDecoded(_ text: Substring) -> String {
    guard text.contains("%") else { return String(text) }
    var bytes: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "%"), rest.count >= 2,
        let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
      {
        bytes.append(value)
        rest = rest.dropFirst(2)
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
