import Catalogs
import Files

/// The registry of page kinds.
enum PageKinds {
  /// All kinds, in the order of rendering and of the sitemap. The slowest come first, so that no task ends up alone
  /// with one of them.
  static let all: [any PageKind.Type] = [
    CatalogFile.self, CatalogLines.self, SearchStart.self, OverlapsPage.self, IndexPage.self, ComparisonsPage.self,
    PortfolioPage.self, PortfolioTable.self, RiskPage.self, CatalogReviewPage.self, CatalogReviewItems.self,
    FindingsPage.self, ChangesPage.self, FindingFilesPage.self,
    RulePage.self, ComparisonPage.self, PairPage.self, TermsPage.self, AgentPage.self, AgentSource.self,
    VersionsPage.self, VersionsPart.self, DocumentPage.self, DocumentSource.self, MovedPage.self, RemovedPage.self,
    BundleFilePage.self, BundleFileCopy.self,
    FilterAgents.self, FilterRows.self, ChoicePart.self, SearchWordsPart.self, SearchItemsPart.self,
    CatalogSchema.self, CatalogReviewSchema.self, NotFoundPage.self, ModelsOutline.self, SearchPage.self,
    AnswersPage.self, CatalogFeed.self,
    TermFeed.self, OpenSearch.self, Sitemap.self, SitemapPart.self, Robots.self, AssetFile.self,
  ]

  /// Returns all files of a site.
  static func files(of site: SiteIndex) -> [SiteFile] {
    all.flatMap { $0.all(in: site).map { $0.file(in: site) } }
  }

  /// Returns the addresses for the sitemap.
  static func mapped(in site: SiteIndex) -> [SitePath] {
    all.filter { $0.isInSitemap }.flatMap { $0.all(in: site) }.filter { type(of: $0).isInSitemap }.map(\.path)
  }

  /// Returns the navigation links of every page, in order.
  static func navigation(in catalog: Catalog) -> [NavigationEntry] {
    all.flatMap { $0.navigation(in: catalog) }.enumerated().sorted {
      ($0.element.position, $0.offset) < ($1.element.position, $1.offset)
    }.map(\.element)
  }
}

extension PageKind {
  fileprivate func file(in site: SiteIndex) -> SiteFile {
    let (path, renderer) = (path, site.renderer)
    return SiteFile(path: path) {
      let inputs = self.inputs()
      return SiteFile.Draft(fingerprint: inputs.fingerprint(at: path, renderer)) { () throws(SourceChanged) in
        try inputs.content(at: path, renderer)
      }
    }
  }
}
