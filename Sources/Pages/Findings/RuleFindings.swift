import Agents
import Catalogs
import Files
import Rules
import Templates

/// The findings of one rule in a catalog.
struct RuleFindings: Sendable {
  let rule: Rule
  /// The highest severity of the findings.
  let severity: Finding.Severity
  /// The findings, grouped by file, in the order of the catalog.
  let places: [Place]
  /// The number of files with findings of the rule.
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
    /// A file of a skill: the index of the skill, and the index of the file in its bundle.
    case part(Int, Int)

    /// Creates the file that a finding of an agent is about.
    init(_ finding: Finding, of agent: Agent, at index: Int) {
      let place = finding.file.flatMap(RelativePath.init).flatMap { agent.bundle?.place(of: $0) }
      self = place.map { .part(index, $0) } ?? .agent(index)
    }
  }

  /// Groups the findings of a catalog by rule. Rules with the most severe findings come first, then rules with the most
  /// findings.
  static func all(in catalog: Catalog) -> [RuleFindings] {
    var places: [String: [Place]] = [:]
    for (index, entry) in catalog.entries.enumerated() {
      for finding in entry.findings {
        places[finding.rule, default: []].append(
          Place(file: File(finding, of: entry.agent, at: index), finding: finding))
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

/// A file and its numbers of findings.
struct FileFindings: Sendable {
  let file: RuleFindings.File
  let counts: SeverityCounts

  /// Returns the files with findings, sorted by the numbers of errors, warnings and notes, highest first.
  static func all(in catalog: Catalog) -> [FileFindings] {
    func counted(_ file: RuleFindings.File, _ findings: [Finding]) -> FileFindings? {
      findings.isEmpty ? nil : FileFindings(file: file, counts: SeverityCounts(findings))
    }
    let agents = catalog.entries.enumerated().flatMap { index, entry in
      guard entry.agent.bundle != nil else { return [counted(.agent(index), entry.findings)].compactMap(\.self) }
      var files: [RuleFindings.File] = []
      var found: [RuleFindings.File: [Finding]] = [:]
      for finding in entry.findings {
        let file = RuleFindings.File(finding, of: entry.agent, at: index)
        if found[file] == nil { files.append(file) }
        found[file, default: []].append(finding)
      }
      return files.compactMap { counted($0, found[$0] ?? []) }
    }
    let documents = catalog.documents.enumerated().compactMap { counted(.document($0), $1.document.findings) }
    return (agents + documents).enumerated().sorted { left, right in
      let (first, second) = (left.element.counts, right.element.counts)
      return first == second ? left.offset < right.offset : second < first
    }.map(\.element)
  }
}
