import Agents
import Catalogs
import Files
import Reviews
import Templates

/// A review with the data that several kinds of pages share. It is immutable.
final class ReviewIndex: Sendable {
  let review: Review
  /// Changed documents and the changed catalog configuration, without files that are reported as settings changes.
  let documents: [DocumentChange]
  let sides: ReviewSite.Sides
  let texts: ReviewSite.States
  let theme: SiteTheme
  /// The points that a reviewer should look at.
  let queue: ReviewQueue
  /// Everything to review, most urgent first.
  let items: [ReviewItem]
  private let settings: CatalogSettings
  private let addresses: ReviewAddresses
  /// The index of each subject among the items.
  private let places: [ReviewItem.Subject: Int]
  /// The frame of pages at the root, and of pages in folders.
  private let (atRoot, inFolder): (ChromeView, ChromeView)

  init(
    _ review: Review, settingsChange: DocumentChange?, sides: ReviewSite.Sides, texts: ReviewSite.States,
    theme: SiteTheme
  ) {
    self.review = review
    let settingsPaths = Set(review.settings.map(\.path.description))
    documents = ([settingsChange].compactMap(\.self) + review.documents).filter { !settingsPaths.contains($0.path) }
    self.sides = sides
    self.texts = texts
    self.theme = theme
    let settings = review.after.catalog.settings
    self.settings = settings
    let queue = ReviewQueue(review)
    self.queue = queue
    addresses = ReviewAddresses(review, documents)
    let items = ReviewItem.all(review, documents, queue, addresses)
    self.items = items
    places = Dictionary(
      items.enumerated().map { ($0.element.subject, $0.offset) }, uniquingKeysWith: { first, _ in first })
    (atRoot, inFolder) = (ChromeView(settings, theme, root: ""), ChromeView(settings, theme, root: "../"))
  }

  // MARK: Addresses

  /// Returns the path of an agent's page, given the index of its change.
  func agentPath(_ place: Int) -> SitePath { addresses.agent(place) }
  /// Returns the path of a document's page, given the index of its change.
  func documentPath(_ place: Int) -> SitePath { addresses.document(place) }
  /// Returns the path of a settings file's page, given the index of its change.
  func settingsPath(_ place: Int) -> SitePath { addresses.settings(place) }

  /// Returns the path of an agent's unmodified file, given the index of its change.
  func agentSourcePath(_ place: Int) -> SitePath {
    let change = review.changes[place]
    let agent = change.after.map { review.after[$0] } ?? change.before.map { review.before[$0] }
    return addresses.agent(place, ending: (agent?.format ?? .markdown).fileEnding)
  }

  // MARK: Items

  /// The title of the catalog.
  var siteTitle: String { settings.title }

  /// Returns the index of a subject among the items.
  func place(of subject: ReviewItem.Subject) -> Int { places[subject] ?? 0 }

  /// Returns the view that shows the position of a page among the items.
  func step(_ subject: ReviewItem.Subject, at path: SitePath) -> ReviewStepView {
    let place = place(of: subject)
    func link(_ place: Int) -> String? { items.indices.contains(place) ? path.link(to: items[place].page) : nil }
    return ReviewStepView(
      digest: items[place].data.digest, position: place + 1, count: items.count,
      previousHref: link(place - 1), nextHref: link(place + 1))
  }

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

  /// Returns the drawing of an agent's permissions.
  func reach(_ entry: Catalog.Entry?) -> HTML? {
    entry.map { HTML(trimmingNewline: theme.render(ReachView(reach: $0.reach), as: "reach")) }
  }
}

extension ChromeView {
  /// Creates the frame of a review, which has no navigation and no agent selection.
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
