import Agents
import Catalogs
import Files
import Reviews
import Templates

/// A review with everything that pages of several kinds need to know of it. It never changes.
final class ReviewIndex: Sendable {
  let review: Review
  /// Changes of documents and of settings.
  let documents: [DocumentChange]
  let sides: ReviewSite.Sides
  let texts: ReviewSite.States
  let theme: SiteTheme
  private let settings: CatalogSettings
  private let slugs: [String]
  private let documentSlugs: [String]
  private let settingsSlugs: [String]
  /// For pages at the root, and in folders.
  private let (atRoot, inFolder): (ChromeView, ChromeView)

  init(
    _ review: Review, settingsChange: DocumentChange?, sides: ReviewSite.Sides, texts: ReviewSite.States,
    theme: SiteTheme
  ) {
    self.review = review
    documents = [settingsChange].compactMap(\.self) + review.documents
    self.sides = sides
    self.texts = texts
    self.theme = theme
    let settings = review.after.catalog.settings
    self.settings = settings
    slugs = Self.slugs(review)
    var used: Set<String> = []
    documentSlugs = documents.map { Self.unique(Slug.make($0.path, fallback: "document"), &used) }
    used = []
    settingsSlugs = review.settings.map { Self.unique(Slug.make($0.path.description, fallback: "settings"), &used) }
    (atRoot, inFolder) = (ChromeView(settings, theme, root: ""), ChromeView(settings, theme, root: "../"))
  }

  private static func slugs(_ review: Review) -> [String] {
    var used: Set<String> = []
    return review.changes.map { change in
      if let after = change.after { return unique(review.after.catalog.entries[after].slug, &used) }
      let slug = change.before.map { review.before.catalog.entries[$0].slug } ?? "agent"
      return unique("\(slug)-removed", &used)
    }
  }

  private static func unique(_ base: String, _ used: inout Set<String>) -> String {
    var slug = base
    var number = 2
    while !used.insert(slug).inserted {
      slug = "\(base)-\(number)"
      number += 1
    }
    return slug
  }

  // MARK: Addresses

  /// The page of an agent, by the place of its change.
  func agentPath(_ place: Int) -> SitePath { SitePath("agents", slugs[place] + ".html") }
  /// The file of an agent as it is, by the place of its change.
  func agentSourcePath(_ place: Int) -> SitePath {
    let change = review.changes[place]
    let agent = change.after.map { review.after[$0] } ?? change.before.map { review.before[$0] }
    return SitePath("agents", "\(slugs[place]).\((agent?.format ?? .markdown).fileEnding)")
  }
  /// The page of a document, by the place of its change.
  func documentPath(_ place: Int) -> SitePath { SitePath("documents", documentSlugs[place] + ".html") }

  /// The page of a settings file, by the place of its change.
  func settingsPath(_ place: Int) -> SitePath { SitePath("settings", settingsSlugs[place] + ".html") }

  // MARK: Rendering

  /// Renders a page.
  func render(
    _ content: some TemplateView, _ template: String, at path: SitePath, title: String, description: String
  ) -> [UInt8] {
    let frame = FrameView(
      language: settings.language, pageTitle: "\(title) · \(settings.title)",
      pageDescription: String(description.prefix(300)), pageKind: template, canonical: nil, root: path.root,
      chrome: path.root.isEmpty ? atRoot : inFolder, card: nil, structuredData: nil, termFeed: nil)
    return theme.render(frame, content, as: template)
  }

  /// The permissions of an agent, drawn.
  func reach(_ entry: Catalog.Entry?) -> HTML? {
    entry.map { HTML(trimmingNewline: theme.render(ReachView(reach: $0.reach), as: "reach")) }
  }
}

extension ChromeView {
  /// The frame of a review, which has no navigation, and no agents that can be selected.
  fileprivate init(_ settings: CatalogSettings, _ theme: SiteTheme, root: String) {
    let generator = "\(Site.generator.name) \(Site.generator.version)"
    let view = NavigationView(
      root: root, siteTitle: settings.title, generator: generator, siteFooter: settings.footer, hasSearch: false,
      navigation: [], taxonomies: [])
    self.init(
      siteTitle: settings.title, generator: generator, feed: nil, openSearch: nil, hasSearch: false, choiceParts: nil,
      tokenLimit: nil,
      tokenLimitRuntime: nil, header: HTML(theme.render(view, as: "reviewHeader")),
      footer: HTML(theme.render(view, as: "reviewFooter")))
  }
}
