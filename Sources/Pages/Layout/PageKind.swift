import Catalogs
import Files
import Templates

/// A kind of file that the site of a catalog has. A value is one such file.
///
/// A conforming type says everything about its kind: the addresses, the inputs, and whether the site map and the
/// navigation list them. ``PageKinds`` registers it.
protocol PageKind: Sendable {
  associatedtype Inputs: FileInputs

  /// Every file of this kind, in order. Files of another kind that belong between them are listed with them.
  static func all(in site: SiteIndex) -> [any PageKind]
  /// Whether the site map lists the files, because readers can begin there.
  static var isInSitemap: Bool { get }
  /// The views that only templates of this kind of page are given. ``Vocabulary`` checks themes against them.
  static var views: [any TemplateView.Type] { get }
  /// The links that every page has to files of this kind.
  static func navigation(in catalog: Catalog) -> [NavigationEntry]

  /// The address.
  var path: SitePath { get }
  /// Everything that the file is made from.
  func inputs() -> Inputs
}

extension PageKind {
  static var views: [any TemplateView.Type] { [] }
  static func navigation(in catalog: Catalog) -> [NavigationEntry] { [] }
}

/// A link that every page has.
struct NavigationEntry: Sendable {
  /// Where links stand, in order.
  enum Place: Int, Sendable {
    /// Among the tools of the catalog.
    case tools
    /// Among the ways to browse it.
    case browsing
  }

  let place: Place
  /// The order among the links of one place, from 1.
  let position: Int
  let title: String
  let path: SitePath
}

/// Everything that one file is made from, as a value.
///
/// The file is made from this value and from what ``PageRenderer`` holds, which is the same for the whole program run:
/// there is no other way to the catalog from ``content(at:_:)``. The fingerprint is a digest of the same value. So a
/// file whose fingerprint is unchanged is unchanged too.
protocol FileInputs: Sendable {
  /// The digest of everything that the file is made from, or nil for files that are made every time.
  func fingerprint(at path: SitePath, _ renderer: PageRenderer) -> Digest?
  /// Makes the file.
  ///
  /// - Throws: ``SourceChanged`` if a source file is no longer what it was.
  func content(at path: SitePath, _ renderer: PageRenderer) throws(SourceChanged) -> SiteFile.Content
}

/// Inputs that are cheaper than the file. The compiler writes how they are encoded, so no field is left out.
protocol EncodedInputs: FileInputs, Encodable {}

extension EncodedInputs {
  func fingerprint(at path: SitePath, _ renderer: PageRenderer) -> Digest? { renderer.digest(self, at: path) }
}

/// Inputs of a page that are cheaper than its view.
protocol PageInputs: EncodedInputs {
  /// Makes what the templates show.
  ///
  /// - Throws: ``SourceChanged`` if a source file is no longer what it was.
  func page(at path: SitePath, _ renderer: PageRenderer) throws(SourceChanged) -> PageView
}

extension PageInputs {
  func content(at path: SitePath, _ renderer: PageRenderer) throws(SourceChanged) -> SiteFile.Content {
    .bytes(renderer.render(try page(at: path, renderer), at: path))
  }
}

/// A file that costs little more to make than its inputs to collect, so it is made every time.
struct MadeEveryTime: FileInputs {
  let make: @Sendable () -> SiteFile.Content

  init(_ make: @escaping @Sendable () -> [UInt8]) { self.make = { .bytes(make()) } }
  init(_ content: SiteFile.Content) { make = { content } }

  func fingerprint(at path: SitePath, _ renderer: PageRenderer) -> Digest? { nil }
  func content(at path: SitePath, _ renderer: PageRenderer) -> SiteFile.Content { make() }
}
