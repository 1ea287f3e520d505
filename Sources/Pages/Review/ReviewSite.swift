import Agents
import Catalogs
import Differences
import Files
import Reviews
import Templates

/// A review laid out: an overview, and a page for each agent that something became of.
public struct ReviewSite: PageSet {
  /// A file of the review.
  public enum Plan: Sendable, Hashable {
    /// What happened, what is to be looked at first first.
    case overview
    /// An agent, by the place of its change.
    case agent(Int)
    /// A document, by the place of its change.
    case document(Int)
    /// The file of an agent as it is, byte for byte, by the place of its change.
    case agentSource(Int)
    /// A file that pages load, by its index in the theme.
    case asset(Int)
  }

  /// What is held against what, in words.
  public struct Sides: Sendable {
    /// What was there before: `main at 3f2a1b0c`.
    public let before: String
    /// What is there now: `the working tree`.
    public let after: String
    /// What else is to be known, in sentences.
    public let notes: [String]

    /// Makes the words.
    public init(before: String, after: String, notes: [String] = []) {
      self.before = before
      self.after = after
      self.notes = notes
    }
  }

  /// Where pages get what files hold.
  public struct States: Sendable {
    /// As they were.
    public let before: Texts
    /// As they are.
    public let after: Texts

    /// Makes a source of both states.
    public init(before: Texts, after: Texts) {
      self.before = before
      self.after = after
    }
  }

  /// Every file, in a fixed order.
  public let plan: [Plan]
  let review: Review
  /// Changes of documents and of settings.
  let documents: [DocumentChange]
  let sides: Sides
  let texts: States
  let settings: CatalogSettings
  private let theme: SiteTheme
  private let slugs: [String]
  private let documentSlugs: [String]
  private let chromes: [String: FrameView.Chrome]

  /// Lays a review out.
  ///
  /// - Parameters:
  ///   - review: what happened.
  ///   - settingsChange: what happened to the settings of the catalog.
  ///   - sides: what is held against what.
  ///   - texts: where the files' own text comes from.
  ///   - theme: how it looks.
  public init(
    _ review: Review, settingsChange: DocumentChange? = nil, sides: Sides, texts: States, theme: SiteTheme
  ) {
    self.review = review
    documents = [settingsChange].compactMap(\.self) + review.documents
    self.sides = sides
    self.texts = texts
    self.theme = theme
    settings = review.after.catalog.settings
    slugs = Self.slugs(review)
    var used: Set<String> = []
    documentSlugs = documents.map { Self.unique(Slug.make($0.path, fallback: "document"), &used) }
    var plan: [Plan] = [.overview]
    for (place, change) in review.changes.enumerated() {
      plan.append(.agent(place))
      if change.after != nil { plan.append(.agentSource(place)) }
    }
    plan += documents.indices.map { .document($0) }
    self.plan = plan + theme.assets.indices.map { .asset($0) }
    var chromes: [String: FrameView.Chrome] = [:]
    for root in ["", "../"] { chromes[root] = Self.chrome(settings, sides, theme, root: root) }
    self.chromes = chromes
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

  private static func chrome(
    _ settings: CatalogSettings, _ sides: Sides, _ theme: SiteTheme, root: String
  ) -> FrameView.Chrome {
    let generator = "\(Site.generator.name) \(Site.generator.version)"
    let view = NavigationView(
      root: root, siteTitle: settings.title, generator: generator, siteFooter: settings.footer, hasSearch: false,
      navigation: [], taxonomies: [])
    return FrameView.Chrome(
      siteTitle: settings.title, generator: generator, feed: nil, openSearch: nil, choiceParts: nil, tokenLimit: nil,
      header: HTML(theme.render(view, as: "reviewHeader")), footer: HTML(theme.render(view, as: "reviewFooter")))
  }

  // MARK: Files

  /// The address of a file.
  public func path(_ plan: Plan) -> SitePath {
    switch plan {
    case .overview: SitePath("index.html")
    case .agent(let place): SitePath("agents", slugs[place] + ".html")
    case .agentSource(let place): SitePath("agents", slugs[place] + ".md")
    case .document(let place): SitePath("documents", documentSlugs[place] + ".html")
    case .asset(let index): theme.assets[index].path
    }
  }

  /// Makes a file.
  ///
  /// - Throws: ``SourceChanged`` where a file that it shows is not any more what it was.
  public func page(_ plan: Plan) throws(SourceChanged) -> Page {
    let bytes: [UInt8] =
      switch plan {
      case .overview: overviewPage()
      case .agent(let place): try agentPage(place)
      case .agentSource(let place): try source(place)
      case .document(let place): documentPage(place)
      case .asset(let index): theme.assets[index].bytes
      }
    return Page(path: path(plan), content: .bytes(bytes))
  }

  /// Each file is made every time: a review has few.
  public func fingerprint(_ plan: Plan) throws(SourceChanged) -> Digest? { nil }

  private func source(_ place: Int) throws(SourceChanged) -> [UInt8] {
    guard let index = review.changes[place].after else { return [] }
    return try texts.after.bytes(review.after[index].source)
  }

  func render(
    _ content: some TemplateView, _ template: String, at path: SitePath, title: String, description: String
  ) -> [UInt8] {
    let chrome = chromes[path.root] ?? Self.chrome(settings, sides, theme, root: path.root)
    let frame = FrameView(
      language: settings.language, pageTitle: "\(title) · \(settings.title)",
      pageDescription: String(description.prefix(300)), pageKind: template, canonical: nil, root: path.root,
      chrome: chrome, card: nil, structuredData: nil, termFeed: nil)
    return theme.render(frame, content, as: template)
  }

  func reach(_ entry: Catalog.Entry?) -> HTML? {
    entry.map { HTML(trimmingNewline: theme.render(ReachView(reach: $0.reach), as: "reach")) }
  }
}
