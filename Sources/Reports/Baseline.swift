import Files
import Foundation

/// Findings that a team has accepted for now, so that a check reports only what is new.
///
/// As a file: `{"version": 1, "files": {"agents/a.md": [{"rule", "subject", "count", "message"}]}}`. The message is for
/// people who read the file; a finding is known by its path, its rule and its subject.
public struct Baseline: Sendable, Equatable {
  /// Equal findings of a file.
  public struct Entry: Sendable, Equatable, Codable {
    let rule: String
    let subject: String
    /// How many there are.
    var count: Int
    let message: String

    var identity: FindingIdentity { FindingIdentity(rule: rule, subject: subject) }
  }

  /// The entries by the published paths of their files, in the order of their identities.
  private(set) var files: [String: [Entry]]

  /// Where a check looks for one that nobody names.
  public static let usualPath = FolderNames.baseline

  private static let version = 1

  /// Makes a baseline of findings.
  ///
  /// - Parameter bytes: what is in a file, by its published path.
  public init(_ found: [FileFindings], bytes: (String) -> [UInt8]?) {
    files = [:]
    for file in found {
      let identified = IdentifiedFindings(file, bytes: bytes)
      var entries: [FindingIdentity: Entry] = [:]
      for (finding, identity) in zip(file.findings, identified.identities) {
        let first = Entry(rule: identity.rule, subject: identity.subject, count: 0, message: finding.message)
        entries[identity, default: first].count += 1
      }
      files[file.publishedPath] = entries.values.sorted { $0.identity < $1.identity }
    }
  }

  // MARK: As a file

  private struct Document: Codable {
    let version: Int
    let files: [String: [Entry]]
  }

  /// Why a file is no baseline, in a few words.
  public struct Failure: Error, Equatable {
    /// The reason.
    public let reason: String
  }

  /// Reads a baseline.
  ///
  /// - Throws: ``Failure`` where the bytes are none, or one of a version that is not known.
  public init(_ bytes: [UInt8]) throws(Failure) {
    guard let document = try? JSONDecoder().decode(Document.self, from: Data(bytes)) else {
      throw Failure(reason: "this is not a baseline of findings; roster check --write-baseline writes one")
    }
    guard document.version == Self.version else {
      throw Failure(reason: "this baseline has version \(document.version), and only version \(Self.version) is known")
    }
    guard document.files.values.joined().allSatisfy({ Self.counts.contains($0.count) }) else {
      throw Failure(reason: "this baseline has a count below 1 or above \(Self.counts.upperBound)")
    }
    files = document.files
  }

  /// How many equal findings a file can have. It holds far fewer.
  private static let counts = 1...1_000_000

  /// The bytes of a file, a line for each value, so that changes of it can be reviewed.
  public var bytes: [UInt8] {
    Array(Encoding.text(Document(version: Self.version, files: files)).utf8)
  }

  /// How many findings there are.
  public var count: Int { files.values.joined().reduce(0) { $0 + $1.count } }

  // MARK: Using it

  /// What a baseline says of the findings of a check.
  public struct Outcome: Sendable {
    /// The findings that are not in the baseline.
    public let new: [FileFindings]
    /// How many findings are in it.
    public let known: Int
    /// How many entries nothing was found for any more.
    public let fixed: Int
    /// The baseline without those.
    public let rest: Baseline
  }

  /// What a check may say nothing about: entries of files outside it, and of other rules.
  public struct Scope {
    /// The published paths of all files that were checked.
    public let checked: Set<String>
    let rules: Set<String>
    let exists: (String) -> Bool

    /// - Parameters:
    ///   - checked: the published paths of all files that were checked.
    ///   - rules: the rules that were looked for; empty for all.
    ///   - exists: whether there is a file at a published path.
    public init(checked: Set<String>, rules: Set<String>, exists: @escaping (String) -> Bool) {
      self.checked = checked
      self.rules = rules
      self.exists = exists
    }

    func covers(_ path: String, _ rule: String) -> Bool {
      (rules.isEmpty || rules.contains(rule)) && (checked.contains(path) || !exists(path))
    }
  }

  /// Takes the findings of a check that are in the baseline out of it. Those of a file that was moved are found by what
  /// they are about.
  ///
  /// - Parameters:
  ///   - bytes: what is in a file, by its published path.
  public func outcome(
    of found: [FileFindings], in scope: Scope, bytes: (String) -> [UInt8]?
  ) -> Outcome {
    var left = files.mapValues { entries in
      Dictionary(entries.map { ($0.identity, $0.count) }, uniquingKeysWith: +)
    }
    let identified = found.map { IdentifiedFindings($0, bytes: bytes) }
    var isNew = identified.map { $0.identities.map { _ in true } }
    func take(_ identity: FindingIdentity, _ path: String) -> Bool {
      guard let count = left[path]?[identity], count > 0 else { return false }
      left[path]?[identity] = count - 1
      return true
    }
    for (index, file) in identified.enumerated() {
      for (place, identity) in file.identities.enumerated() {
        isNew[index][place] = !take(identity, file.file.publishedPath)
      }
    }
    // The files that have gone, and what was found in them.
    var moved: [FindingIdentity: [String]] = [:]
    for path in left.keys.sorted() where !scope.checked.contains(path) && !scope.exists(path) {
      for (identity, count) in left[path] ?? [:] where count > 0 { moved[identity, default: []].append(path) }
    }
    for (index, file) in identified.enumerated() where files[file.file.publishedPath] == nil {
      for (place, identity) in file.identities.enumerated() where isNew[index][place] {
        isNew[index][place] = !(moved[identity] ?? []).contains { take(identity, $0) }
      }
    }
    let new = zip(identified, isNew).compactMap { file, isNew -> FileFindings? in
      let findings = zip(file.file.findings, isNew).filter(\.1).map(\.0)
      return findings.isEmpty ? nil : file.file.with(findings)
    }
    let known = isNew.joined().count { !$0 }
    let (fixed, rest) = without(left, in: scope)
    return Outcome(new: new, known: known, fixed: fixed, rest: rest)
  }

  /// The baseline without what is left of it after a check.
  private func without(_ left: [String: [FindingIdentity: Int]], in scope: Scope) -> (fixed: Int, rest: Baseline) {
    var fixed = 0
    var rest = self
    for (path, entries) in files {
      rest.files[path] = entries.compactMap { entry in
        let gone = scope.covers(path, entry.rule) ? left[path]?[entry.identity] ?? 0 : 0
        fixed += gone
        var kept = entry
        kept.count -= gone
        return kept.count > 0 ? kept : nil
      }
      if rest.files[path]?.isEmpty ?? true { rest.files[path] = nil }
    }
    return (fixed, rest)
  }
}
