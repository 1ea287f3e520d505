import Agents
import Catalogs
import Files
import GFM
import Rules
import Templates

/// What one rule has found in a catalog.
struct RuleFindings: Sendable {
  let rule: Rule
  /// How much the most serious of its findings matters.
  let severity: Finding.Severity
  /// The findings, by the files that they stand in, in the catalog's order.
  let places: [Place]
  /// How many files it has found something in.
  let fileCount: Int

  /// A finding in a file.
  struct Place: Sendable {
    let file: File
    let finding: Finding
  }

  /// A file of the catalog, by its index.
  enum File: Sendable, Hashable {
    case agent(Int)
    case document(Int)
  }

  /// Sorts what is wrong in a catalog by rules: the most serious first, then those that have found most.
  static func all(in catalog: Catalog) -> [RuleFindings] {
    var places: [String: [Place]] = [:]
    for (index, entry) in catalog.entries.enumerated() {
      for finding in entry.findings {
        places[finding.rule, default: []].append(Place(file: .agent(index), finding: finding))
      }
    }
    for (index, entry) in catalog.documents.enumerated() {
      for finding in entry.document.findings {
        places[finding.rule, default: []].append(Place(file: .document(index), finding: finding))
      }
    }
    return Rule.all.compactMap { rule in
      guard let found = places[rule.id], let severity = found.map(\.finding.severity).min() else { return nil }
      return RuleFindings(rule: rule, severity: severity, places: found, fileCount: Set(found.map(\.file)).count)
    }.sorted { ($0.severity, $1.places.count, $0.rule.id) < ($1.severity, $0.places.count, $1.rule.id) }
  }
}

/// A file with how many findings of each severity it has.
struct FileFindings: Sendable {
  let file: RuleFindings.File
  /// One for each severity, the most severe first.
  let counts: [Int]

  /// The files that something is wrong with: those with most errors first, then warnings, then notes.
  static func all(in catalog: Catalog) -> [FileFindings] {
    func counted(_ file: RuleFindings.File, _ findings: [Finding]) -> FileFindings? {
      if findings.isEmpty { return nil }
      var counts = [0, 0, 0]
      for finding in findings { counts[finding.severity.rank] += 1 }
      return FileFindings(file: file, counts: counts)
    }
    let agents = catalog.entries.enumerated().compactMap { counted(.agent($0), $1.findings) }
    let documents = catalog.documents.enumerated().compactMap { counted(.document($0), $1.document.findings) }
    return (agents + documents).enumerated().sorted { left, right in
      let (first, second) = (left.element.counts, right.element.counts)
      return first == second ? left.offset < right.offset : second.lexicographicallyPrecedes(first)
    }.map(\.element)
  }
}

/// The pages of what is wrong.
extension Site {
  /// How many findings a page shows.
  static let findingsLength = 200

  func findingsPage() -> [UInt8] {
    let path = addresses.findings
    let rows = ruleFindings.map { found in
      RuleRowView(
        severity: found.severity.rawValue, rule: found.rule.id, title: found.rule.title.capitalisedFirst,
        href: path.link(to: addresses.rule(found.rule.id)), number: Wording.number(found.places.count),
        fileNumber: Wording.number(found.fileCount))
    }
    let counts = Finding.Severity.allCases.compactMap { severity -> String? in
      let count = ruleFindings.reduce(0) { $0 + $1.places.count { $0.finding.severity == severity } }
      return count == 0 ? nil : Wording.count(count, severity.rawValue)
    }
    let files = catalog.entries.count + catalog.documents.count
    let lead =
      rows.isEmpty
      ? "Nothing is wrong with the \(Wording.count(files, "file")) of this catalog, as far as Roster can tell."
      : "\(counts.joined(separator: ", ")) in \(Wording.number(fileFindings.count)) of \(Wording.count(files, "file")). Each rule leads to what it has found, and to why it exists."
    return render(
      FindingsView(
        lead: lead, rules: rows, filesHref: path.link(to: addresses.findingFiles(page: 1)),
        fileNumber: Wording.count(fileFindings.count, "file")), "findings", at: path, kind: "rules",
      title: "Findings",
      description: lead)
  }

  func findingFilesPage(_ page: Int) -> [UInt8] {
    let path = addresses.findingFiles(page: page)
    let files = fileFindings
    let shown = Paging.range(of: page, in: files.count, length: Self.findingsLength)
    let rows = files[shown].map { found in
      let (title, source, address) = file(found.file)
      return FindingFileView(
        title: title, href: path.link(to: address), path: source,
        numbers: zip(Finding.Severity.allCases, found.counts).map {
          SeverityNumberView(severity: $0.rawValue, number: $1 == 0 ? "" : Wording.number($1))
        })
    }
    let lead =
      files.isEmpty
      ? "Nothing is wrong with any file of this catalog, as far as Roster can tell."
      : "\(Wording.count(files.count, "file")) with something to look at, those with most errors first."
    let view = FindingFilesView(
      lead: lead, files: rows,
      paging: paging(files.count, Self.findingsLength, page, at: path) { addresses.findingFiles(page: $0) })
    return render(
      view, "files", at: path, kind: "rules", title: "Findings by file\(page > 1 ? ", page \(page)" : "")",
      description: lead)
  }

  func rulePage(_ index: Int, _ page: Int) -> [UInt8] {
    let found = ruleFindings[index]
    let path = addresses.rule(found.rule.id, page: page)
    let shown = Paging.range(of: page, in: found.places.count, length: Self.findingsLength)
    let places = found.places[shown].map { place -> PlaceView in
      let (title, source, address) = file(place.file)
      let location = place.finding.location
      return PlaceView(
        title: title, href: path.link(to: address), path: source, severity: place.finding.severity.rawValue,
        message: place.finding.message.capitalisedFirst + ".", line: location?.line, column: location?.column)
    }
    let lead = "\(Wording.count(found.places.count, "finding")) in \(Wording.count(found.fileCount, "file"))."
    let view = RuleView(
      severity: found.severity.rawValue, rule: found.rule.id, heading: found.rule.title.capitalisedFirst, lead: lead,
      explanation: HTML(Markdown.parse(Array(found.rule.explanation.utf8)[...]).markup.html { _ in nil }),
      sources: catalog.settings.runtimes.sources(of: found.rule.runtimes) + [found.rule.source].compactMap(\.self),
      places: places,
      paging: paging(found.places.count, Self.findingsLength, page, at: path) {
        addresses.rule(found.rule.id, page: $0)
      })
    return render(
      view, "rule", at: path, kind: "rule",
      title: "\(found.rule.title.capitalisedFirst)\(page > 1 ? ", page \(page)" : "")", description: lead)
  }

  private func file(_ file: RuleFindings.File) -> (title: String, path: String, address: SitePath) {
    switch file {
    case .agent(let index):
      let agent = catalog.entries[index].agent
      return (agent.name, agent.source.publishedPath, addresses.agent(index))
    case .document(let index):
      let document = catalog.documents[index].document
      return (document.title, document.source.publishedPath, addresses.document(index))
    }
  }
}
