import Catalogs
import Files

/// The kinds of files that the site of a catalog has.
enum PageKinds {
  /// Every kind, in the order in which files are made and the site map lists them. Those that take longest come first,
  /// so that no task is left alone with one at the end.
  static let all: [any PageKind.Type] = [
    CatalogFile.self, CatalogLines.self, SearchStart.self, OverlapsPage.self, IndexPage.self, ComparisonsPage.self,
    PortfolioPage.self, PortfolioTable.self, CatalogReviewPage.self, CatalogReviewItems.self, FindingsPage.self,
    ChangesPage.self, FindingFilesPage.self,
    RulePage.self, ComparisonPage.self, PairPage.self, TermsPage.self, AgentPage.self, AgentSource.self,
    DocumentPage.self, DocumentSource.self, MovedPage.self, BundleFilePage.self, BundleFileCopy.self,
    FilterAgents.self, FilterRows.self, ChoicePart.self, SearchWordsPart.self, SearchItemsPart.self,
    CatalogSchema.self, CatalogReviewSchema.self, NotFoundPage.self, ModelsOutline.self, SearchPage.self,
    AnswersPage.self, CatalogFeed.self,
    TermFeed.self, OpenSearch.self, Sitemap.self, SitemapPart.self, Robots.self, AssetFile.self,
  ]

  /// Every file of a site.
  static func files(of site: SiteIndex) -> [SiteFile] {
    all.flatMap { $0.all(in: site).map { $0.file(in: site) } }
  }

  /// The addresses that a site map lists.
  static func mapped(in site: SiteIndex) -> [SitePath] {
    all.filter { $0.isInSitemap }.flatMap { $0.all(in: site) }.filter { type(of: $0).isInSitemap }.map(\.path)
  }

  /// The links that every page has, in order.
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
