import Catalogs
import Files

/// The numbers of findings and the most affected files, collections and owners.
struct FindingTotals {
  let findings: SeverityCounts
  /// The numbers of files with findings of each severity.
  private let files: SeverityCounts
  private let site: SiteIndex

  /// The number of bars in a chart.
  private static let length = 6

  init(in site: SiteIndex) {
    self.site = site
    var (findings, files) = (SeverityCounts(), SeverityCounts())
    for file in site.fileFindings {
      for (severity, count) in file.counts.occurring {
        findings[severity] += count
        files[severity] += 1
      }
    }
    (self.findings, self.files) = (findings, files)
  }

  /// The bars of the severities.
  var bars: [BarView] {
    let most = findings.occurring.map(\.count).max() ?? 0
    return Finding.Severity.allCases.map { severity in
      let (count, files) = (findings[severity], files[severity])
      return BarView(
        title: severity.title, number: Wording.number(count),
        share: count == 0 ? nil : "in \(Wording.count(files, "file"))", bar: BarView.length(count, of: most),
        tone: severity.rawValue)
    }
  }

  /// Returns charts of the files, collections and owners with the most errors and warnings. Notes are not counted,
  /// because they are too frequent.
  func charts(at path: SitePath) -> [ChartView] {
    [files(at: path), collections(at: path), owners(at: path)].compactMap(\.self)
  }

  private func files(at path: SitePath) -> ChartView? {
    // Files are sorted by the number of errors.
    let found = site.fileFindings.lazy.filter { $0.counts.problems > 0 }.prefix(Self.length)
    return chart(
      "Most affected files",
      found.map { found in
        let file = found.file.shown(in: site)
        return (file.title, path.link(to: file.address), file.path, found.counts)
      })
  }

  private func collections(at path: SitePath) -> ChartView? {
    guard site.catalog.collections.count > 1 else { return nil }
    var counts = [SeverityCounts](repeating: .init(), count: site.catalog.collections.count)
    for found in site.fileFindings {
      let collection: Int
      switch found.file {
      case .agent(let index), .part(let index, _): collection = site.catalog.entries[index].agent.source.collection
      case .document(let index): collection = site.catalog.documents[index].document.source.collection
      }
      counts[collection] = counts[collection] + found.counts
    }
    return chart(
      "Collections",
      zip(site.catalog.collections, counts).map { collection, counts in
        let page = site.addresses.term(.collections, named: collection.name)
        return (site.names.collection(collection.name), page.map { path.link(to: $0) }, nil, counts)
      })
  }

  private func owners(at path: SitePath) -> ChartView? {
    guard let taxonomy = site.catalog.taxonomy(.owners) else { return nil }
    let chart = chart(
      "Owners",
      taxonomy.terms.map { term in
        (
          term.isUnstated ? "No owner" : term.name, path.link(to: site.addresses.term(.owners, term)), nil,
          SeverityCounts(of: term.agents, in: site.catalog)
        )
      })
    return chart.flatMap { $0.bars.count > 1 ? $0 : nil }
  }

  private typealias Affected = (title: String, href: String?, about: String?, counts: SeverityCounts)

  private func chart(_ title: String, _ all: [Affected]) -> ChartView? {
    func problems(_ one: Affected) -> (Int, Int) { (one.counts[.error], one.counts[.warning]) }
    let found = all.filter { problems($0) != (0, 0) }.enumerated().sorted {
      let (left, right) = (problems($0.element), problems($1.element))
      return left == right ? $0.offset < $1.offset : left > right
    }.prefix(Self.length).map(\.element)
    let most = found.map(\.counts.problems).max() ?? 0
    if found.isEmpty { return nil }
    return ChartView(
      title: title,
      bars: found.map { one in
        let words = one.counts.occurring.filter { $0.severity < .note }.map { Wording.count($1, $0.rawValue) }
        return BarView(
          title: one.title, href: one.href, number: words.joined(separator: ", "),
          bar: BarView.length(one.counts.problems, of: most), about: one.about,
          tone: one.counts[.error] > 0 ? "error" : "warning")
      })
  }
}

extension Finding.Severity {
  /// The heading for findings of this severity.
  var title: String {
    switch self {
    case .error: "Errors"
    case .warning: "Warnings"
    case .note: "Notes"
    }
  }
}
