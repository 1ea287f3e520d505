import Agents
import Catalogs
import Files
import Reviews
import Templates

/// The site of a review: an overview, and a page for each agent that changed.
public struct ReviewSite: PageSet {
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

  /// Every file, in a fixed order. Any task may make any of them.
  public let plan: [SiteFile]

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
    let index = ReviewIndex(review, settingsChange: settingsChange, sides: sides, texts: texts, theme: theme)
    plan = Self.kinds.flatMap { $0.all(in: index) }.map { page in
      // Each file is made every time: a review has few.
      SiteFile(path: page.path) {
        SiteFile.Draft(fingerprint: nil) { () throws(SourceChanged) in .bytes(try page.bytes()) }
      }
    }
  }

  /// Every kind of file, in the order in which files are made.
  static let kinds: [any ReviewKind.Type] = [
    ReviewOverview.self, ReviewAgentPage.self, ReviewAgentSource.self, ReviewSettingsPage.self, ReviewDocumentPage.self,
    ReviewItemsFile.self, ReviewSchema.self, ReviewAsset.self,
  ]
}

/// A kind of file that the site of a review has. A value is one such file.
protocol ReviewKind: Sendable {
  /// Every file of this kind, in order.
  static func all(in review: ReviewIndex) -> [Self]
  /// The views that only templates of this kind of page are given.
  static var views: [any TemplateView.Type] { get }
  /// The address.
  var path: SitePath { get }
  /// Makes the file.
  ///
  /// - Throws: ``SourceChanged`` if a source file is no longer what it was.
  func bytes() throws(SourceChanged) -> [UInt8]
}

extension ReviewKind {
  static var views: [any TemplateView.Type] { [] }
}

/// A file that pages load.
struct ReviewAsset: ReviewKind {
  let asset: SiteTheme.Asset

  static func all(in review: ReviewIndex) -> [ReviewAsset] { review.theme.assets.map { ReviewAsset(asset: $0) } }

  var path: SitePath { asset.path }
  func bytes() -> [UInt8] { asset.bytes }
}
