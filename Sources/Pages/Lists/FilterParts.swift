import Catalogs
import Files

/// A part of the agents, for the filter.
struct FilterAgents: PageKind {
  let site: SiteIndex
  /// The 0-based number of the part.
  let part: Int

  static let isInSitemap = false

  static func all(in site: SiteIndex) -> [any PageKind] {
    FilterData.parts(of: site.catalog, length: FilterData.agentsLength).map { FilterAgents(site: site, part: $0) }
  }

  var path: SitePath { SitePath("filter", "agents.\(part).js") }

  func inputs() -> MadeEveryTime {
    MadeEveryTime {
      let range = FilterData.range(part, of: site.catalog, length: FilterData.agentsLength)
      return FilterData.agents(part, range, of: site.catalog, site.facets, site.copies)
    }
  }
}

/// A part of the rows, for the filter.
struct FilterRows: PageKind {
  let site: SiteIndex
  /// The 0-based number of the part.
  let part: Int

  static let isInSitemap = false

  static func all(in site: SiteIndex) -> [any PageKind] {
    FilterData.parts(of: site.catalog, length: FilterData.rowsLength).map { FilterRows(site: site, part: $0) }
  }

  var path: SitePath { SitePath("filter", "rows.\(part).js") }

  func inputs() -> Inputs {
    let range = FilterData.range(part, of: site.catalog, length: FilterData.rowsLength)
    return Inputs(part: part, rows: Rows(range, at: IndexPage.path(page: 1), in: site))
  }

  struct Inputs: EncodedInputs {
    let part: Int
    let rows: Rows

    func content(at path: SitePath, _ renderer: PageRenderer) -> SiteFile.Content {
      .bytes(FilterData.rows(part, rows.each))
    }
  }
}
