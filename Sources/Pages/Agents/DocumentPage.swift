import Agents
import Catalogs
import Files
import Templates

/// The page of a document: a file without frontmatter.
struct DocumentPage: PageKind {
  let site: SiteIndex
  /// The document, as an index into the catalog.
  let index: Int

  static let isInSitemap = true
  static let views: [any TemplateView.Type] = [
    DocumentView.self
  ]

  static func all(in site: SiteIndex) -> [any PageKind] {
    site.catalog.documents.indices.map { DocumentPage(site: site, index: $0) }
  }

  var path: SitePath { site.catalog.documents[index].address.page }

  func inputs() -> DocumentInputs {
    let document = site.catalog.documents[index].document
    return DocumentInputs(
      file: DocumentFile(document, site.texts), copy: site.addresses.documentSource(index), items: items(of: document),
      links: LinkTargets(document.relativeLinks, of: document.source, at: path, site.addresses))
  }
}

extension DocumentPage {
  /// The items that a file holds, in its order.
  private func items(of document: PlainDocument) -> [DocumentInputs.Item] {
    guard document.held != nil else { return [] }
    let entries = site.catalog.entries.enumerated().filter {
      $0.element.agent.source.publishedPath == document.source.publishedPath
    }
    func start(_ entry: Catalog.Entry) -> Int { entry.agent.source.item?.range.lowerBound ?? 0 }
    return entries.sorted { start($0.element) < start($1.element) }.map { index, entry in
      .init(name: entry.agent.name, kind: entry.agent.kind.noun, address: site.addresses.agent(index))
    }
  }
}

/// The file of a document, byte for byte. A file that holds items is not published as a whole: what else is in it may be
/// settings with addresses and keys.
struct DocumentSource: PageKind {
  let site: SiteIndex
  /// The document, as an index into the catalog.
  let index: Int

  static let isInSitemap = false

  static func all(in site: SiteIndex) -> [any PageKind] {
    site.catalog.documents.indices.filter { site.addresses.documentSource($0) != nil }
      .map { DocumentSource(site: site, index: $0) }
  }

  var path: SitePath { site.addresses.documentSource(index) ?? site.addresses.document(index) }
  func inputs() -> SourceCopy { SourceCopy(site.catalog.documents[index].document.source, site.texts) }
}

/// The file of a document, with everything that is known from the file alone.
struct DocumentFile: Sendable, Encodable {
  let document: PlainDocument
  private let source: SourceInput

  init(_ document: PlainDocument, _ texts: Texts) {
    self.document = document
    source = SourceInput(document.source, texts)
  }

  /// The Markdown as HTML.
  func rendering() throws(SourceChanged) -> Rendering { try source.rendering() }

  /// The document follows from the file, so the digest of the file stands for it.
  func encode(to encoder: any Encoder) throws { try source.encode(to: encoder) }
}

/// Everything that the page of a document is made from.
struct DocumentInputs: PageInputs {
  let file: DocumentFile
  /// The address of the published file, or nil of one that is not published.
  let copy: SitePath?
  /// The items that the file holds.
  let items: [Item]
  let links: LinkTargets

  /// An item of the file.
  struct Item: Sendable, Encodable {
    let name: String
    let kind: String
    let address: SitePath
  }

  func page(at path: SitePath, _ renderer: PageRenderer) throws(SourceChanged) -> PageView {
    let document = file.document
    return PageView(
      template: "document", kind: "document", title: document.title,
      description: document.held.map { "A file with \(Wording.count($0.count, "item"))." }
        ?? "A document in this catalog.",
      content: DocumentView(
        heading: document.title,
        holds: document.held.map { "\(Wording.count($0.count, "item")) for \($0.dialect.title)" },
        path: document.source.publishedPath, rawHref: copy.map { path.link(to: $0) },
        items: items.map { LinkView(title: $0.name, href: path.link(to: $0.address), number: $0.kind) },
        sourceHref: renderer.sourceLinks.source(document.source.path),
        findings: FindingView.all(FindingMarks(document), of: nil, at: path),
        body: document.held == nil ? HTML(try file.rendering().body.html { links[$0] }) : ""))
  }
}

/// The page of a file without frontmatter.
struct DocumentView: TemplateView {
  let heading: String
  /// What the file holds, or nil of one that is read as a whole.
  let holds: String?
  let path: String
  let rawHref: String?
  /// What the file holds.
  let items: [LinkView]
  let sourceHref: String?
  let findings: [FindingView]
  let body: HTML

  static let members: Members<DocumentView> = [
    "hasFindings": Member { !$0.findings.isEmpty },
    "findings": Member { $0.findings },
    "heading": Member { $0.heading },
    "holds": Member { $0.holds },
    "path": Member { $0.path },
    "rawHref": Member { $0.rawHref },
    "items": Member { $0.items },
    "sourceHref": Member { $0.sourceHref },
    "body": Member { $0.body },
  ]
}
