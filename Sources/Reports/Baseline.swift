import Files
import Foundation

/// The findings that a team has accepted for now, so that a check reports only new ones.
///
/// The file format is `{"version": 1, "files": {"agents/a.md": [{"rule", "subject", "count", "message"}]}}`. A finding
/// is identified by its path, rule and subject. The message is only for human readers.
public struct Baseline: Sendable, Equatable {
  /// Equal findings in a file.
  public struct Entry: Sendable, Equatable, Codable {
    let rule: String
    let subject: String
    /// The number of equal findings.
    var count: Int
    let message: String

    var identity: FindingIdentity { FindingIdentity(rule: rule, subject: subject) }
  }

  /// The entries by published path, sorted by identity.
  private(set) var files: [String: [Entry]]

  /// The default path of a baseline.
  public static let usualPath = FolderNames.baseline

  private static let version = 1

  /// Creates a baseline of findings.
  ///
  /// - Parameter bytes: Returns the content of a file, given its published path.
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

  /// The reason why a file isn't a valid baseline.
  public struct Failure: Error, Equatable {
    /// The reason.
    public let reason: String
  }

  /// Reads a baseline.
  ///
  /// - Throws: ``Failure`` if the bytes aren't a baseline or have an unknown version.
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

  /// The valid numbers of equal findings in a file. Real files have far fewer.
  private static let counts = 1...1_000_000

  /// The content of the file, with one value per line so that changes are easy to review.
  public var bytes: [UInt8] {
    Array(Encoding.text(Document(version: Self.version, files: files)).utf8)
  }

  /// The number of findings.
  public var count: Int { files.values.joined().reduce(0) { $0 + $1.count } }

  // MARK: Using it

  /// The result of applying a baseline to the findings of a check.
  public struct Outcome: Sendable {
    /// The findings that aren't in the baseline.
    public let new: [FileFindings]
    /// The number of findings in the baseline.
    public let known: Int
    /// The number of entries without a matching finding.
    public let fixed: Int
    /// The baseline without these entries.
    public let rest: Baseline
  }

  /// The files and rules that a check covers. Other entries of a baseline are kept.
  public struct Scope {
    /// The published paths of all checked files.
    public let checked: Set<String>
    let rules: Set<String>
    let exists: (String) -> Bool

    /// - Parameters:
    ///   - checked: The published paths of all checked files.
    ///   - rules: The checked rules; empty for all.
    ///   - exists: Whether a file exists at a published path.
    public init(checked: Set<String>, rules: Set<String>, exists: @escaping (String) -> Bool) {
      self.checked = checked
      self.rules = rules
      self.exists = exists
    }

    func covers(_ path: String, _ rule: String) -> Bool {
      (rules.isEmpty || rules.contains(rule)) && (checked.contains(path) || !exists(path))
    }
  }

  /// Removes the findings in the baseline from those of a check. Findings in moved files are matched by subject.
  ///
  /// - Parameter bytes: Returns the content of a file, given its published path.
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
    // The deleted files, by the identities of their findings.
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

  /// Returns the baseline without the entries that a check left unmatched.
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
