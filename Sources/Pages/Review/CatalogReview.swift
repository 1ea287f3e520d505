import Agents
import Catalogs
import Files
import Templates

/// The page that lists all items without a current approval. It needs no base branch.
struct CatalogReviewPage: PageKind {
  let site: SiteIndex

  static let isInSitemap = true
  static let views: [any TemplateView.Type] = [CatalogReviewView.self, CatalogReviewRowView.self]

  static func all(in site: SiteIndex) -> [any PageKind] {
    site.catalog.entries.isEmpty ? [] : [CatalogReviewPage(site: site)]
  }

  static func navigation(in catalog: Catalog) -> [NavigationEntry] {
    catalog.entries.isEmpty ? [] : [NavigationEntry(place: .tools, position: 5, title: "Review", path: path)]
  }

  static let path = SitePath("review.html")

  var path: SitePath { Self.path }

  func inputs() -> PageView {
    let path = path
    let waiting = CatalogReview(site.catalog).waiting
    let changed = waiting.count { site.catalog.entries[$0].approval != nil }
    let counts = [(changed, "changed since approval"), (waiting.count - changed, "not approved")].filter { $0.0 > 0 }
    let figures = counts.map { "\(Wording.number($0.0)) \($0.1)" }.joined(separator: ", ")
    let rest = site.catalog.entries.count - waiting.count
    let lead =
      waiting.isEmpty
      ? "Every item is approved in its current state."
      : "\(figures); \(Wording.number(rest)) approved.".capitalisedFirst
    return PageView(
      template: "catalogReview", kind: "catalogReview", title: "Review", description: lead,
      content: CatalogReviewView(
        lead: lead,
        rows: waiting.enumerated().map { place, index in
          let entry = site.catalog.entries[index]
          return CatalogReviewRowView(
            item: place, name: entry.agent.name, href: path.link(to: site.addresses.agent(index)),
            path: entry.agent.source.publishedLabel, spine: Spine.name(entry.agent.color),
            kind: entry.agent.kind.noun, evidence: CatalogReview.evidence(entry),
            reach: site.renderer.reach(entry.reach), tokens: Wording.short(entry.agent.promptMeasure.tokens),
            findings: Wording.counts(entry.findings.filter { $0.severity < .note }),
            severity: entry.findings.map(\.severity).min()?.rawValue ?? "")
        }))
  }
}

/// The script with the items of a catalog review.
struct CatalogReviewItems: PageKind {
  let site: SiteIndex

  static let isInSitemap = false

  static func all(in site: SiteIndex) -> [any PageKind] {
    site.catalog.entries.isEmpty ? [] : [CatalogReviewItems(site: site)]
  }

  var path: SitePath { ReviewData.path }

  func inputs() -> MadeEveryTime {
    MadeEveryTime {
      let catalog = site.catalog
      let review = CatalogReview(catalog)
      let items = review.waiting.map { index in
        let entry = catalog.entries[index]
        return ReviewData.Item(
          name: entry.agent.name, path: entry.agent.source.publishedLabel, kind: entry.agent.kind.noun,
          digest: entry.record.digest, href: site.addresses.agent(index).description,
          needsAttention: review.needsAttention(index), isRemoved: false, owners: entry.owners)
      }
      return ReviewData(
        title: catalog.settings.title, base: nil, head: nil, queue: CatalogReviewPage.path.description, items: items
      ).script
    }
  }
}

/// `roster-review.schema.json`, the schema of exported reviews.
struct CatalogReviewSchema: PageKind {
  static let isInSitemap = false

  static func all(in site: SiteIndex) -> [any PageKind] { site.catalog.entries.isEmpty ? [] : [CatalogReviewSchema()] }

  var path: SitePath { ReviewData.schemaPath }
  func inputs() -> MadeEveryTime { MadeEveryTime(.bytes(ReviewData.schema)) }
}

/// The items of a catalog that still need an approval.
struct CatalogReview {
  private let catalog: Catalog
  /// The items without a current approval: those changed since their approval first, then by risk, then by name.
  private(set) var waiting: [Int] = []

  init(_ catalog: Catalog) {
    self.catalog = catalog
    waiting = catalog.entries.indices.filter { catalog.entries[$0].approval.state != .approved }
    waiting = waiting.map { (rank(of: $0), $0) }.sorted { $0 < $1 }.map(\.1)
  }

  /// Returns whether an item is dangerous, has problems, or has changed since its approval.
  func needsAttention(_ index: Int) -> Bool { rank(of: index) < 4 }

  /// The maximum number of findings in a row.
  private static let evidenceLength = 2

  /// Returns why an item needs attention, most urgent first.
  static func evidence(_ entry: Catalog.Entry) -> [String] {
    let findings = entry.findings.filter { $0.severity < .note }.sorted { $0.severity < $1.severity }
    return [
      entry.approval.map { Wording.approval($0) }, entry.reach.bypassesPermissions ? "Never asks for permission." : nil,
    ].compactMap(\.self) + findings.prefix(evidenceLength).map { "\($0.message.capitalisedFirst)." }
  }

  private func rank(of index: Int) -> Int {
    let entry = catalog.entries[index]
    if entry.approval != nil { return 0 }
    if entry.reach.bypassesPermissions { return 1 }
    if entry.findings.contains(where: { $0.severity == .error }) { return 2 }
    return entry.findings.contains { $0.severity == .warning } ? 3 : 4
  }
}

/// The view of a catalog review.
struct CatalogReviewView: TemplateView {
  let lead: String
  let rows: [CatalogReviewRowView]

  static let members: Members<CatalogReviewView> = [
    "lead": Member { $0.lead },
    "hasRows": Member { !$0.rows.isEmpty },
    "rows": Member { $0.rows },
  ]
}

/// An item that needs an approval.
struct CatalogReviewRowView: TemplateView {
  /// The index of the item in the review.
  let item: Int
  let name: String
  let href: String
  let path: String
  let spine: String
  let kind: String
  /// Why it needs attention, most urgent first.
  let evidence: [String]
  let reach: HTML
  let tokens: String
  let findings: String
  let severity: String

  static let members: Members<CatalogReviewRowView> = [
    "item": Member { $0.item },
    "name": Member { Identifier($0.name) },
    "href": Member { $0.href },
    "path": Member { Identifier($0.path) },
    "spine": Member { $0.spine },
    "kind": Member { $0.kind },
    "hasEvidence": Member { !$0.evidence.isEmpty },
    "evidence": Member { $0.evidence },
    "reach": Member { $0.reach },
    "tokens": Member { $0.tokens },
    "findings": Member { $0.findings },
    "severity": Member { $0.severity },
  ]
}
