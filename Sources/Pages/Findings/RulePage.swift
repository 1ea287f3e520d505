import Agents
import Files
import GFM
import Templates

/// A page of a rule, with its findings and how to fix them.
struct RulePage: PageKind {
  let site: SiteIndex
  let found: RuleFindings
  /// The page number, counted from 1.
  let page: Int

  static let isInSitemap = true
  static let views: [any TemplateView.Type] = [
    RuleView.self, PlaceGroupView.self, PlaceView.self,
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
    // Findings of one rule are grouped by file.
    var files: [PlaceGroupView] = []
    var last: RuleFindings.File?
    for place in found.places[shown] {
      if place.file != last {
        let file = place.file.shown(in: site)
        files.append(PlaceGroupView(title: file.title, href: path.link(to: file.address), path: file.path, places: []))
        last = place.file
      }
      let location = place.finding.location
      files[files.count - 1].places.append(
        PlaceView(
          severity: place.finding.severity.rawValue, message: place.finding.message.capitalisedFirst + ".",
          line: location?.line, column: location?.column))
    }
    let lead = "\(Wording.count(found.places.count, "finding")) in \(Wording.count(found.fileCount, "file"))."
    return PageView(
      template: "rule", kind: "rule", title: "\(rule.title.capitalisedFirst)\(page > 1 ? ", page \(page)" : "")",
      description: lead,
      content: RuleView(
        severity: found.severity.rawValue, rule: rule.id, heading: rule.title.capitalisedFirst, lead: lead,
        what: Self.markup(rule.what), why: Self.markup(rule.why), fix: Self.markup(rule.fix),
        sources: site.catalog.settings.runtimes.sources(of: rule.runtimes) + [rule.source].compactMap(\.self),
        files: files,
        paging: PagingView(found.places.count, FindingsPage.length, page: page, at: path) {
          Self.path(rule.id, page: $0)
        }))
  }

  private static func markup(_ text: String) -> HTML {
    HTML(Markdown.parse(Array(text.utf8)[...]).markup.html { _ in nil })
  }
}
