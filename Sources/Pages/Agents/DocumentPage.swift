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
      links: LinkTargets(document.relativeLinks, of: document.source, at: path, site.addresses),
      web: site.addresses.sourceLinks.links(of: document.source))
  }
}

extension DocumentPage {
  /// Returns the items in a file, in file order.
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

/// The file of a document, byte for byte. Files that contain items aren't published, because the rest may be settings
/// with URLs and keys.
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

/// The file of a document, with the facts derived from it alone.
struct DocumentFile: Sendable, Encodable {
  let document: PlainDocument
  private let source: SourceInput

  init(_ document: PlainDocument, _ texts: Texts) {
    self.document = document
    source = SourceInput(document.source, texts)
  }

  /// Returns the Markdown as HTML.
  func rendering() throws(SourceChanged) -> Rendering { try source.rendering() }

  /// Encodes only the digest of the file, because the document is derived from it.
  func encode(to encoder: any Encoder) throws { try source.encode(to: encoder) }
}

/// All inputs of a document's page.
struct DocumentInputs: PageInputs {
  let file: DocumentFile
  /// The address of the published file, or nil if it isn't published.
  let copy: SitePath?
  /// The items in the file.
  let items: [Item]
  let links: LinkTargets
  /// The links to the server of the file.
  let web: FileLinks

  /// An item in the file.
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
        sourceHref: web.source,
        findings: FindingView.all(FindingMarks(document), of: nil, at: path),
        body: document.held == nil ? HTML(try file.rendering().body.html { links[$0] }) : ""))
  }
}

/// The page of a file without frontmatter.
struct DocumentView: TemplateView {
  let heading: String
  /// A phrase for the items in the file; nil for a plain document.
  let holds: String?
  let path: String
  let rawHref: String?
  /// The items in the file.
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
