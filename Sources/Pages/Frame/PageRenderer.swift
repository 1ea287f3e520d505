import Agents
import Catalogs
import Files
import Synchronization
import Templates

/// Renders pages with the theme, the settings, and the parts that are the same on every page.
///
/// A page depends only on its inputs and on this. The program, the settings and the theme are the same for two builds
/// whose fingerprints are compared; the ``Chrome`` is part of each fingerprint.
final class PageRenderer: Sendable {
  let settings: CatalogSettings
  let portabilities: PortabilityCache
  private let theme: SiteTheme
  private let key: DigestKey
  /// The chrome for each depth, created on demand.
  private let chromes = Mutex<[Int: Chrome]>([:])
  /// The chrome of the page for missing files, whose address is unknown.
  private let notFound: Chrome
  private let makeChrome: @Sendable (String) -> Chrome
  private let reaches: [Reach.Drawing: HTML]

  init(_ catalog: Catalog, _ theme: SiteTheme, key: DigestKey, hasSearch: Bool) {
    settings = catalog.settings
    portabilities = PortabilityCache(catalog.settings.runtimes, theme)
    self.theme = theme
    self.key = key
    let chrome: @Sendable (String) -> Chrome = { root in
      Chrome(catalog, theme, key: key, root: root, hasSearch: hasSearch)
    }
    makeChrome = chrome
    notFound = chrome(Self.rootOfNotFound(catalog.settings))
    var reaches: [Reach.Drawing: HTML] = [:]
    for entry in catalog.entries where reaches[entry.reach.drawing] == nil {
      reaches[entry.reach.drawing] = Self.rendered(entry.reach, theme)
    }
    self.reaches = reaches
  }

  /// The assets that pages load.
  var assets: [SiteTheme.Asset] { theme.assets }

  // MARK: Pages

  /// Renders a page.
  func render(_ page: PageView, at path: SitePath) -> [UInt8] {
    theme.render(frame(of: page, at: path), page.content, as: page.template)
  }

  /// Renders a view without a frame.
  func render(_ view: some TemplateView, as template: String) -> [UInt8] { theme.render(view, as: template) }

  /// Returns the digest of everything that the templates can read of a page.
  func digest(_ page: PageView, at path: SitePath) -> Digest {
    var digester = Digester(key: key)
    digester.add(page.template)
    digester.add(frame(of: page, at: path))
    digester.add(page.content)
    return digester.digest
  }

  /// Returns the digest of inputs and of the parts that are the same on every page.
  func digest(_ inputs: some EncodedInputs, at path: SitePath) -> Digest {
    var digester = Digester(key: key)
    digester.add(path.description)
    digester.add(chrome(of: path).digest)
    digester.add(encoding: inputs)
    return digester.digest
  }

  private func frame(of page: PageView, at path: SitePath) -> FrameView {
    let isNotFound = page.kind == NotFoundPage.kind
    let chrome = isNotFound ? notFound : chrome(of: path)
    let card = settings.baseURL.flatMap { base in
      theme.assets.first { $0.name == Self.cardName }.map { base + $0.path.description }
    }
    return FrameView(
      language: settings.language,
      pageTitle: page.title == settings.title ? page.title : "\(page.title) · \(settings.title)",
      // Counting characters is slower than counting bytes, and most descriptions are short.
      pageDescription: page.description.utf8.count <= 300 ? page.description : String(page.description.prefix(300)),
      pageKind: page.kind,
      canonical: isNotFound
        ? nil : settings.baseURL.map { $0 + (path.description == "index.html" ? "" : path.description) },
      root: chrome.root, chrome: chrome.view, card: card, structuredData: page.about?.html,
      termFeed: page.feed)
  }

  private func chrome(of path: SitePath) -> Chrome {
    let depth = path.depth
    return chromes.withLock { known in
      if let chrome = known[depth] { return chrome }
      let chrome = makeChrome(path.root)
      known[depth] = chrome
      return chrome
    }
  }

  /// Returns the root for the page for missing files. A server shows it at any address, so its links must be absolute.
  /// If the URL is unknown, they are relative to the page itself.
  private static func rootOfNotFound(_ settings: CatalogSettings) -> String {
    settings.baseURL ?? (settings.standsAtRoot ? "/" : "")
  }

  /// The preview image for links to the catalog, if a theme has one.
  private static let cardName = "card.png"

  // MARK: Parts of pages

  /// Returns the drawing of an agent's reach.
  func reach(_ reach: Reach) -> HTML { reaches[reach.drawing] ?? Self.rendered(reach, theme) }

  private static func rendered(_ reach: Reach, _ theme: SiteTheme) -> HTML {
    HTML(trimmingNewline: theme.render(ReachView(reach: reach), as: "reach"))
  }

  /// The style sheet for a page without other files.
  var style: HTML { HTML(StyleSheet.withoutFonts(theme.bytes(ofAsset: "style.css"))) }
}
