import Catalogs
import Files
import Templates

/// The overview of all findings: totals, the most affected files, collections and owners, and the rules.
struct FindingsPage: PageKind {
  let site: SiteIndex

  static let isInSitemap = true
  static let views: [any TemplateView.Type] = [
    FindingsView.self, RuleGroupView.self, RuleRowView.self,
  ]

  static func all(in site: SiteIndex) -> [any PageKind] { [FindingsPage(site: site)] }

  static func navigation(in catalog: Catalog) -> [NavigationEntry] {
    [NavigationEntry(place: .tools, position: 3, title: "Findings", path: path)]
  }

  static let path = SitePath("findings.html")

  var path: SitePath { Self.path }

  func inputs() -> PageView {
    let (path, found) = (path, site.ruleFindings)
    let files = site.catalog.entries.count + site.catalog.documents.count
    let totals = FindingTotals(in: site)
    let wrong = site.fileFindings.count
    let lead =
      found.isEmpty
      ? "No findings in \(Wording.count(files, "file"))."
      : "\(Wording.count(totals.findings.total, "finding")) in \(Wording.number(wrong)) of \(Wording.count(files, "file"))."
    return PageView(
      template: "findings", kind: "rules", title: "Findings", description: lead,
      content: FindingsView(
        lead: lead, severities: totals.bars, charts: totals.charts(at: path), groups: groups,
        filesHref: path.link(to: FindingFilesPage.path(page: 1)), fileNumber: Wording.count(wrong, "file")))
  }

  /// The rules, grouped by severity. In each group, rules with the most findings come first.
  private var groups: [RuleGroupView] {
    let most = site.ruleFindings.map(\.places.count).max() ?? 0
    return Finding.Severity.allCases.compactMap { severity -> RuleGroupView? in
      let found = site.ruleFindings.filter { $0.severity == severity }
      if found.isEmpty { return nil }
      return RuleGroupView(
        severity: severity.rawValue, title: severity.title,
        // The number of rules, not of findings, because a rule can also have findings of lower severity.
        number: Wording.count(found.count, "rule"),
        rules: found.map { found in
          RuleRowView(
            severity: found.severity.rawValue, rule: found.rule.id, title: found.rule.title.capitalisedFirst,
            href: path.link(to: RulePage.path(found.rule.id)), number: Wording.number(found.places.count),
            fileNumber: Wording.number(found.fileCount), bar: BarView.length(found.places.count, of: most))
        })
    }
  }

  /// The number of findings, or of files with findings, per page of a list.
  static let length = 100
}

/// A page of the files that have findings.
struct FindingFilesPage: PageKind {
  let site: SiteIndex
  /// The page number, counted from 1.
  let page: Int

  static let isInSitemap = true
  static let views: [any TemplateView.Type] = [
    FindingFilesView.self, FindingFileView.self, SeverityNumberView.self,
  ]

  static func all(in site: SiteIndex) -> [any PageKind] {
    if site.fileFindings.isEmpty { return [] }
    return Paging.pages(site.fileFindings.count, length: FindingsPage.length).map {
      FindingFilesPage(site: site, page: $0)
    }
  }

  /// Returns the path of a page. It cannot collide with the page of a rule, because no rule is called `files`.
  static func path(page: Int) -> SitePath { SitePath("findings", page == 1 ? "files.html" : "files.\(page).html") }

  var path: SitePath { Self.path(page: page) }

  func inputs() -> PageView {
    let (path, files) = (path, site.fileFindings)
    let shown = Paging.range(of: page, in: files.count, length: FindingsPage.length)
    let rows = files[shown].map { found in
      let file = found.file.shown(in: site)
      return FindingFileView(
        title: file.title, href: path.link(to: file.address), path: file.path,
        numbers: Finding.Severity.allCases.map {
          SeverityNumberView(
            severity: $0.rawValue, number: found.counts[$0] == 0 ? "" : Wording.number(found.counts[$0]))
        })
    }
    let lead =
      "\(Wording.count(files.count, "file")) with findings, those with most errors first."
    return PageView(
      template: "files", kind: "rules", title: "Findings by file\(page > 1 ? ", page \(page)" : "")", description: lead,
      content: FindingFilesView(
        lead: lead, files: rows,
        paging: PagingView(files.count, FindingsPage.length, page: page, at: path) { Self.path(page: $0) }))
  }
}

extension RuleFindings.File {
  /// Returns the title, path and address of the file for lists of findings.
  func shown(in site: SiteIndex) -> (title: String, path: String, address: SitePath) {
    switch self {
    case .agent(let index):
      let agent = site.catalog.entries[index].agent
      return (agent.name, agent.source.publishedLabel, site.addresses.agent(index))
    case .part(let index, let place):
      let agent = site.catalog.entries[index].agent
      let source = agent.bundle.map { agent.source.part($0.files[place].path) } ?? agent.source
      let address = site.addresses.bundle(index)?.files[place].page ?? site.addresses.agent(index)
      return ("\(agent.name): \(source.path.lastComponent)", source.publishedPath, address)
    case .document(let index):
      let document = site.catalog.documents[index].document
      return (document.title, document.source.publishedLabel, site.addresses.document(index))
    }
  }
}
