import Agents
import Catalogs
import Files
import Likenesses

/// The site of a catalog.
public struct Site: PageSet {
  /// The name and version of the program, for pages and data.
  public static let generator = (name: "Roster", version: "0.1.0")

  /// All files, in a fixed order. Any task may render any of them.
  public let plan: [SiteFile]
  private let index: SiteIndex

  /// Lays out a catalog.
  ///
  /// - Parameters:
  ///   - catalog: The catalog.
  ///   - theme: The templates and assets.
  ///   - texts: Reads the texts of source files.
  ///   - key: The key of fingerprints.
  ///   - hasSearch: Whether the site has a search.
  ///   - searchShelves: Keeps the words of the search between builds.
  ///   - jobs: The number of concurrent tasks.
  public init(
    _ catalog: Catalog, theme: SiteTheme, texts: Texts, key: DigestKey, hasSearch: Bool = false,
    searchShelves: SearchShelves = .none, jobs: Int = 1
  ) async {
    index = await SiteIndex(
      catalog, theme: theme, texts: texts, key: key, hasSearch: hasSearch, searchShelves: searchShelves, jobs: jobs)
    plan = PageKinds.files(of: index)
  }

  /// Returns a comparison of agents as a page without other files.
  ///
  /// - Parameters:
  ///   - agents: The agents, as indices into the catalog.
  ///   - likenesses: The similarities of all pairs.
  ///   - labels: The labels of the agents beside their names; nil to label agents with the same name by their slugs.
  /// - Throws: ``SourceChanged`` if a source file has changed since it was read.
  public func standaloneComparison(
    of agents: [Int], _ likenesses: [Likeness.Pair], labels: [String]? = nil
  ) throws(SourceChanged) -> [UInt8] {
    try StandaloneComparison(of: agents, likenesses, labels: labels, in: index).bytes(index.renderer)
  }
}
