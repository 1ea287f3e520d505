import Catalogs
import Files
import Templates

/// A kind of file in the site of a catalog. A value is one such file.
///
/// A conforming type defines everything about its kind: the addresses, the inputs, and whether the sitemap and the
/// navigation list its files. ``PageKinds`` registers it.
protocol PageKind: Sendable {
  associatedtype Inputs: FileInputs

  /// Returns all files of this kind, in order. Related files of another kind can be included.
  static func all(in site: SiteIndex) -> [any PageKind]
  /// Whether the sitemap lists the files, as entry points for readers.
  static var isInSitemap: Bool { get }
  /// The views that only templates of this kind receive. ``Vocabulary`` checks themes against them.
  static var views: [any TemplateView.Type] { get }
  /// Returns the navigation entries for files of this kind, shown on every page.
  static func navigation(in catalog: Catalog) -> [NavigationEntry]

  /// The address.
  var path: SitePath { get }
  /// Returns all inputs of the file.
  func inputs() -> Inputs
}

extension PageKind {
  static var views: [any TemplateView.Type] { [] }
  static func navigation(in catalog: Catalog) -> [NavigationEntry] { [] }
}

/// A navigation link on every page.
struct NavigationEntry: Sendable {
  /// The groups of navigation links, in order.
  enum Place: Int, Sendable {
    /// The tools of the catalog.
    case tools
    /// The taxonomies.
    case browsing
  }

  let place: Place
  /// The 1-based order within the group.
  let position: Int
  let title: String
  let path: SitePath
}

/// All inputs of one file, as a value.
///
/// The content depends only on this value and on the ``PageRenderer``, which is the same during the whole run:
/// ``content(at:_:)`` has no other access to the catalog. The fingerprint is a digest of the same value. So if the
/// fingerprint is unchanged, the file is unchanged too.
protocol FileInputs: Sendable {
  /// Returns the digest of all inputs, or nil for files that are always rendered.
  func fingerprint(at path: SitePath, _ renderer: PageRenderer) -> Digest?
  /// Renders the file.
  ///
  /// - Throws: ``SourceChanged`` if a source file has changed since it was read.
  func content(at path: SitePath, _ renderer: PageRenderer) throws(SourceChanged) -> SiteFile.Content
}

/// Inputs that are cheaper than the file. The compiler synthesizes the encoding, so no field is forgotten.
protocol EncodedInputs: FileInputs, Encodable {}

extension EncodedInputs {
  func fingerprint(at path: SitePath, _ renderer: PageRenderer) -> Digest? { renderer.digest(self, at: path) }
}

/// Inputs of a page that are cheaper than its view.
protocol PageInputs: EncodedInputs {
  /// Creates the view of the page.
  ///
  /// - Throws: ``SourceChanged`` if a source file has changed since it was read.
  func page(at path: SitePath, _ renderer: PageRenderer) throws(SourceChanged) -> PageView
}

extension PageInputs {
  func content(at path: SitePath, _ renderer: PageRenderer) throws(SourceChanged) -> SiteFile.Content {
    .bytes(renderer.render(try page(at: path, renderer), at: path))
  }
}

/// A file that is nearly as cheap as its inputs, so it is always rendered.
struct MadeEveryTime: FileInputs {
  let make: @Sendable () -> SiteFile.Content

  init(_ make: @escaping @Sendable () -> [UInt8]) { self.make = { .bytes(make()) } }
  init(_ content: SiteFile.Content) { make = { content } }

  func fingerprint(at path: SitePath, _ renderer: PageRenderer) -> Digest? { nil }
  func content(at path: SitePath, _ renderer: PageRenderer) -> SiteFile.Content { make() }
}
