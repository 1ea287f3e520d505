import Agents
import Files
import GFM
import Templates

/// A page of what a rule has found, with why the rule exists.
struct RulePage: PageKind {
  let site: SiteIndex
  let found: RuleFindings
  /// The number of the page, from 1.
  let page: Int

  static let isInSitemap = true
  static let views: [any TemplateView.Type] = [
    RuleView.self, PlaceView.self,
  ]

  static func all(in site: SiteIndex) -> [any PageKind] {
    site.ruleFindings.flatMap { found in
      Paging.pages(found.places.count, length: FindingsPage.length).map {
        RulePage(site: site, found: found, page: $0)
      }
    }
  }

  static func path(_ id: String, page: Int = 1) -> SitePath {
    SitePath("findings", page == 1 ? "\(id).html" : "\(id).\(page).html")
  }

  var path: SitePath { Self.path(found.rule.id, page: page) }

  func inputs() -> PageView {
    let (path, rule) = (path, found.rule)
    let shown = Paging.range(of: page, in: found.places.count, length: FindingsPage.length)
    let places = found.places[shown].map { place -> PlaceView in
      let file = place.file.shown(in: site)
      let location = place.finding.location
      return PlaceView(
        title: file.title, href: path.link(to: file.address), path: file.path,
        severity: place.finding.severity.rawValue, message: place.finding.message.capitalisedFirst + ".",
        line: location?.line, column: location?.column)
    }
    let lead = "\(Wording.count(found.places.count, "finding")) in \(Wording.count(found.fileCount, "file"))."
    return PageView(
      template: "rule", kind: "rule", title: "\(rule.title.capitalisedFirst)\(page > 1 ? ", page \(page)" : "")",
      description: lead,
      content: RuleView(
        severity: found.severity.rawValue, rule: rule.id, heading: rule.title.capitalisedFirst, lead: lead,
        explanation: HTML(Markdown.parse(Array(rule.explanation.utf8)[...]).markup.html { _ in nil }),
        sources: site.catalog.settings.runtimes.sources(of: rule.runtimes) + [rule.source].compactMap(\.self),
        places: places,
        paging: PagingView(found.places.count, FindingsPage.length, page: page, at: path) {
          Self.path(rule.id, page: $0)
        }))
  }
}
