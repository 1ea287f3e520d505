import Agents
import Catalogs
import Files
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
    /// A file of a skill: the skill, and the place of the file in its bundle.
    case part(Int, Int)

    /// The file that a finding of an agent is about.
    init(_ finding: Finding, of agent: Agent, at index: Int) {
      let place = finding.file.flatMap(RelativePath.init).flatMap { agent.bundle?.place(of: $0) }
      self = place.map { .part(index, $0) } ?? .agent(index)
    }
  }

  /// Sorts what is wrong in a catalog by rules: the most serious first, then those that have found most.
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
      return first == second ? left.offset < right.offset : second.lexicographicallyPrecedes(first)
    }.map(\.element)
  }
}
