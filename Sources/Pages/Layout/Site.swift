import Agents
import Catalogs
import Files
import Likenesses

/// The site of a catalog.
public struct Site: PageSet {
  /// The program and its version, for pages and data.
  public static let generator = (name: "Roster", version: "0.1.0")

  /// Every file, in a fixed order. Any task may make any of them.
  public let plan: [SiteFile]
  private let index: SiteIndex

  /// Lays a catalog out.
  ///
  /// - Parameters:
  ///   - catalog: the catalog.
  ///   - theme: the templates and assets.
  ///   - texts: reads the texts of source files.
  ///   - key: the key of fingerprints.
  ///   - hasSearch: whether the site can be searched.
  ///   - jobs: how many tasks work at the same time.
  public init(
    _ catalog: Catalog, theme: SiteTheme, texts: Texts, key: DigestKey, hasSearch: Bool = false, jobs: Int = 1
  ) async {
    index = await SiteIndex(catalog, theme: theme, texts: texts, key: key, hasSearch: hasSearch, jobs: jobs)
    plan = PageKinds.files(of: index)
  }

  /// Agents side by side as a page that needs no other file.
  ///
  /// - Parameters:
  ///   - agents: the agents, as indices into the catalog.
  ///   - likenesses: how similar every two are.
  ///   - labels: what to call the agents beside their names; nil to call those of one name by their slugs.
  /// - Throws: ``SourceChanged`` if a source file is no longer what it was.
  public func standaloneComparison(
    of agents: [Int], _ likenesses: [Likeness.Pair], labels: [String]? = nil
  ) throws(SourceChanged) -> [UInt8] {
    try StandaloneComparison(of: agents, likenesses, labels: labels, in: index).bytes(index.renderer)
  }
}
