import Differences
import Files
import Grants

/// What was done to a file that grants access besides items: settings, hooks, servers, manifests, workflows.
public struct SettingsChange: Sendable {
  /// What became of the file.
  public let kind: DocumentChange.Kind
  /// The path from the root of its repository.
  public let path: RelativePath
  /// What kind of file it is, for people: `Claude Code settings`.
  public let title: String
  /// Whether it is a script that settings or items start or allow, and no settings file.
  public let isScript: Bool
  /// What it grants more and less.
  public let comparison: GrantComparison
  /// Whether it is not valid any more, or new and not valid.
  let isBroken: Bool
  /// What makes the one text of the other.
  public let diff: TextDiff
  /// The SHA-256 digest of the file as it is, or as it was if it was removed.
  public let digest: String

  /// Compares two states of a file; nil where both are the same, or where the file grants nothing by its nature.
  ///
  /// - Parameters:
  ///   - path: the path from the root of its repository.
  ///   - old: what was in it; nil where it was not there.
  ///   - new: what is in it; nil where it is not there any more.
  public init?(_ path: RelativePath, from old: [UInt8]?, to new: [UInt8]?) {
    guard old != new else { return nil }
    let before = old.flatMap { GrantingFile(path, $0) }
    let after = new.flatMap { GrantingFile(path, $0) }
    guard let title = after?.title ?? before?.title else { return nil }
    self.path = path
    self.title = title
    isScript = false
    kind = old == nil ? .added : new == nil ? .removed : .changed
    comparison = GrantComparison(from: before, to: after)
    isBroken = after?.problem != nil && before?.problem == nil
    digest = ContentSummary.digest(of: new ?? old ?? [])
    diff = TextDiff(DocumentChange.lines(old), DocumentChange.lines(new))
  }

  /// Compares two states of a script that settings start; nil where both are the same.
  ///
  /// - Parameters:
  ///   - path: the path from the root of its repository.
  ///   - old: what was in it; nil where it was not there.
  ///   - new: what is in it; nil where it is not there any more.
  ///   - starters: what starts it.
  public init?(script path: RelativePath, from old: [UInt8]?, to new: [UInt8]?, startedBy starters: [String]) {
    guard old != new else { return nil }
    let (before, after) = (old.map { DocumentChange.lines($0) }, new.map { DocumentChange.lines($0) })
    self.path = path
    title = "Script"
    isScript = true
    kind = old == nil ? .added : new == nil ? .removed : .changed
    comparison = GrantComparison(script: before, to: after, startedBy: starters)
    isBroken = false
    digest = ContentSummary.digest(of: new ?? old ?? [])
    diff = TextDiff(before ?? [], after ?? [])
  }

  /// What is allowed now and was not before, and what nobody knows; the most dangerous first.
  public var gains: [GrantChange] { comparison.changes.filter { $0.effect == .widens || $0.effect == .unknown } }

  /// What is allowed no longer.
  public var losses: [GrantChange] { comparison.changes.filter { $0.effect == .narrows } }

  /// What looks like a difference and is none.
  public var remarks: [GrantChange] { comparison.changes.filter { $0.effect == .same } }

  /// The changes of all files that are in either state, the most dangerous first.
  ///
  /// - Parameters:
  ///   - old: what was in each file.
  ///   - new: what is in each file.
  public static func all(from old: [RelativePath: [UInt8]], to new: [RelativePath: [UInt8]]) -> [SettingsChange] {
    ordered(Set(old.keys).union(new.keys).sorted().compactMap { SettingsChange($0, from: old[$0], to: new[$0]) })
  }

  /// Changes, the most dangerous first.
  public static func ordered(_ changes: [SettingsChange]) -> [SettingsChange] {
    changes.enumerated().sorted { left, right in
      let (first, second) = (left.element.comparison.danger, right.element.comparison.danger)
      return first == second ? left.offset < right.offset : first > second
    }.map(\.element)
  }
}
