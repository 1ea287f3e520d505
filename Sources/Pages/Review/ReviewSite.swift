import Agents
import Catalogs
import Files
import Reviews
import Templates

/// The site of a review: an overview, and a page for each change.
public struct ReviewSite: PageSet {
  /// The names of the two compared states.
  public struct Sides: Sendable {
    /// The earlier state: `main at 3f2a1b0c`.
    public let before: String
    /// The later state: `the working tree`.
    public let after: String
    /// Notes about the states, as sentences.
    public let notes: [String]

    /// Creates the names of two states.
    public init(before: String, after: String, notes: [String] = []) {
      self.before = before
      self.after = after
      self.notes = notes
    }
  }

  /// The texts of the files in both states.
  public struct States: Sendable {
    /// The texts of the earlier state.
    public let before: Texts
    /// The texts of the later state.
    public let after: Texts

    /// Creates the texts of two states.
    public init(before: Texts, after: Texts) {
      self.before = before
      self.after = after
    }
  }

  /// All files, in a fixed order. They can be generated concurrently.
  public let plan: [SiteFile]

  /// Lays out a review.
  ///
  /// - Parameters:
  ///   - review: The changes.
  ///   - settingsChange: The change of the catalog's configuration.
  ///   - sides: The names of the compared states.
  ///   - texts: The texts of the files.
  ///   - theme: The theme.
  public init(
    _ review: Review, settingsChange: DocumentChange? = nil, sides: Sides, texts: States, theme: SiteTheme
  ) {
    let index = ReviewIndex(review, settingsChange: settingsChange, sides: sides, texts: texts, theme: theme)
    plan = Self.kinds.flatMap { $0.all(in: index) }.map { page in
      // A review has few files, so each is generated every time.
      SiteFile(path: page.path) {
        SiteFile.Draft(fingerprint: nil) { () throws(SourceChanged) in .bytes(try page.bytes()) }
      }
    }
  }

  /// All kinds of files, in the order in which they are generated.
  static let kinds: [any ReviewKind.Type] = [
    ReviewOverview.self, ReviewAgentPage.self, ReviewAgentSource.self, ReviewSettingsPage.self, ReviewDocumentPage.self,
    ReviewItemsFile.self, ReviewSchema.self, ReviewAsset.self,
  ]
}

/// A kind of file in the site of a review. A value represents one file.
protocol ReviewKind: Sendable {
  /// Returns all files of this kind, in order.
  static func all(in review: ReviewIndex) -> [Self]
  /// The views that only the templates of this kind of page use.
  static var views: [any TemplateView.Type] { get }
  /// The path of the file.
  var path: SitePath { get }
  /// Generates the file.
  ///
  /// - Throws: ``SourceChanged`` if a source file has changed since it was read.
  func bytes() throws(SourceChanged) -> [UInt8]
}

extension ReviewKind {
  static var views: [any TemplateView.Type] { [] }
}

/// An asset that pages load.
struct ReviewAsset: ReviewKind {
  let asset: SiteTheme.Asset

  static func all(in review: ReviewIndex) -> [ReviewAsset] { review.theme.assets.map { ReviewAsset(asset: $0) } }

  var path: SitePath { asset.path }
  func bytes() -> [UInt8] { asset.bytes }
}
