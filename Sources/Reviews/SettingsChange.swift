import Differences
import Files
import Grants

/// The change of a file, other than an item, that grants access: settings, hooks, servers, manifests, workflows.
public struct SettingsChange: Sendable {
  /// The kind of change.
  public let kind: DocumentChange.Kind
  /// The path relative to the root of its repository.
  public let path: RelativePath
  /// The display name of the file's type: `Claude Code settings`.
  public let title: String
  /// Whether it is a script that settings or items start or allow, rather than a settings file.
  public let isScript: Bool
  /// The change of access.
  public let comparison: GrantComparison
  /// What becomes of the file if it became invalid, or is new and invalid; nil if it is valid.
  let breakage: GrantingFile.Breakage?
  /// The difference between the texts.
  public let diff: TextDiff
  /// The SHA-256 digest of the file's new content, or of the old content if the file was removed.
  public let digest: String
  /// The names of the file's owners.
  public private(set) var owners: [String] = []
  /// The files that a compiler made the file from; empty if people write it.
  public let sources: [RelativePath]
  /// A remark about the sources of a compiled file; nil if there is nothing to say.
  public private(set) var sourceRemark: String?

  /// Compares two states of a file. Returns nil if they are the same, or if files at this path grant no access.
  ///
  /// - Parameters:
  ///   - path: The path relative to the root of its repository.
  ///   - old: The old content; nil if the file was added.
  ///   - new: The new content; nil if the file was removed.
  ///   - plugins: The names of the plugins whose folder contains the file, before and after.
  public init?(
    _ path: RelativePath, from old: [UInt8]?, to new: [UInt8]?, plugins: (before: String?, after: String?) = (nil, nil)
  ) {
    guard old != new else { return nil }
    let before = old.flatMap { GrantingFile(path, $0, plugin: plugins.before) }
    let after = new.flatMap { GrantingFile(path, $0, plugin: plugins.after) }
    guard let title = after?.title ?? before?.title else { return nil }
    self.path = path
    self.title = title
    isScript = false
    sources = after?.sources ?? before?.sources ?? []
    kind = old == nil ? .added : new == nil ? .removed : .changed
    comparison = GrantComparison(from: before, to: after)
    breakage = before?.problem == nil ? after?.breakage : nil
    digest = ContentSummary.digest(of: new ?? old ?? [])
    diff = TextDiff(DocumentChange.lines(old), DocumentChange.lines(new))
  }

  /// Compares two states of a script that settings start. Returns nil if they are the same.
  ///
  /// - Parameters:
  ///   - path: The path relative to the root of its repository.
  ///   - old: The old content; nil if the file was added.
  ///   - new: The new content; nil if the file was removed.
  ///   - starters: The callers of the script.
  public init?(script path: RelativePath, from old: [UInt8]?, to new: [UInt8]?, startedBy starters: [String]) {
    guard old != new else { return nil }
    let (before, after) = (old.map { DocumentChange.lines($0) }, new.map { DocumentChange.lines($0) })
    self.path = path
    title = "Script"
    isScript = true
    sources = []
    kind = old == nil ? .added : new == nil ? .removed : .changed
    comparison = GrantComparison(script: before, to: after, startedBy: starters)
    breakage = nil
    digest = ContentSummary.digest(of: new ?? old ?? [])
    diff = TextDiff(before ?? [], after ?? [])
  }

  /// Compares two states of a file that compiled files are made from. Returns nil if they are the same.
  ///
  /// - Parameters:
  ///   - path: The path relative to the root of its repository.
  ///   - old: The old content; nil if the file was added.
  ///   - new: The new content; nil if the file was removed.
  ///   - compiled: The paths of the compiled files.
  public init?(source path: RelativePath, from old: [UInt8]?, to new: [UInt8]?, of compiled: [String]) {
    guard old != new else { return nil }
    self.path = path
    title = "Source of compiled workflows"
    isScript = false
    sources = []
    kind = old == nil ? .added : new == nil ? .removed : .changed
    comparison = GrantComparison(
      source: old.map { DocumentChange.lines($0) }, to: new.map { DocumentChange.lines($0) }, of: compiled)
    breakage = nil
    digest = ContentSummary.digest(of: new ?? old ?? [])
    diff = TextDiff(DocumentChange.lines(old), DocumentChange.lines(new))
  }

  /// Returns the change with a remark if none of the file's sources changed with it.
  ///
  /// - Parameter changed: The changed sources.
  public func compared(with changed: Set<RelativePath>) -> SettingsChange {
    guard let source = sources.first, kind != .removed, !sources.contains(where: changed.contains) else { return self }
    var change = self
    change.sourceRemark = "its source \(source.lastComponent) did not change"
    return change
  }

  /// Returns the change with the names of the file's owners.
  public func owned(by owners: [String]) -> SettingsChange {
    var change = self
    change.owners = owners
    return change
  }

  /// Changes that allow more than before or have an unknown effect, most dangerous first.
  public var gains: [GrantChange] { comparison.changes.filter { $0.effect == .widens || $0.effect == .unknown } }

  /// Changes that allow less than before.
  public var losses: [GrantChange] { comparison.changes.filter { $0.effect == .narrows } }

  /// Changes without an effect on access.
  public var remarks: [GrantChange] { comparison.changes.filter { $0.effect == .same } }

  /// Returns the changes of all files in either state, most dangerous first.
  ///
  /// - Parameters:
  ///   - old: The old content of each file.
  ///   - new: The new content of each file.
  ///   - plugins: The plugins of the repository, before and after.
  public static func all(
    from old: [RelativePath: [UInt8]], to new: [RelativePath: [UInt8]],
    plugins: (before: PluginNames, after: PluginNames)
  ) -> [SettingsChange] {
    ordered(
      Set(old.keys).union(new.keys).sorted().compactMap { path in
        SettingsChange(
          path, from: old[path], to: new[path],
          plugins: (plugins.before.plugin(of: path), plugins.after.plugin(of: path)))
      })
  }

  /// Sorts changes, most dangerous first.
  public static func ordered(_ changes: [SettingsChange]) -> [SettingsChange] {
    changes.enumerated().sorted { left, right in
      let (first, second) = (left.element.comparison.danger, right.element.comparison.danger)
      return first == second ? left.offset < right.offset : first > second
    }.map(\.element)
  }
}
