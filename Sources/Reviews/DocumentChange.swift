import Agents
import Catalogs
import Differences
import Files
import Text

/// The change of a file that is not an agent: a document beside the agents, or the settings of the catalog.
public struct DocumentChange: Sendable {
  /// The kind of change.
  public enum Kind: String, Sendable {
    /// The file was added.
    case added
    /// The file was removed.
    case removed
    /// The content changed.
    case changed
  }

  /// The kind of change.
  public let kind: Kind
  /// The published path of the file.
  public let path: String
  /// The difference between the texts.
  public let diff: TextDiff
  /// The SHA-256 digest of the file's new content, or of the old content if the file was removed.
  public let digest: String
  /// The names of the file's owners.
  public private(set) var owners: [String] = []

  /// Compares two contents of a file. Returns nil if they are the same, or both nil.
  ///
  /// - Parameters:
  ///   - path: The published path of the file.
  ///   - old: The old content; nil if the file was added.
  ///   - new: The new content; nil if the file was removed.
  public init?(path: String, from old: [UInt8]?, to new: [UInt8]?) {
    self.init(path: path, from: old, to: new, digest: ContentSummary.digest(of: new ?? old ?? []))
  }

  private init?(path: String, from old: [UInt8]?, to new: [UInt8]?, digest: String) {
    guard old != new else { return nil }
    self.digest = digest
    kind = old == nil ? .added : new == nil ? .removed : .changed
    self.path = path
    diff = TextDiff(Self.lines(old), Self.lines(new))
  }

  /// Returns the lines of a file, without line endings.
  public static func lines(_ bytes: [UInt8]?) -> [String] {
    guard let bytes, !bytes.isEmpty else { return [] }
    var lines = SourceText(bytes).utf8[...].lines.map { String(decoding: $0, as: UTF8.self) }
    if lines.last == "" { lines.removeLast() }
    return lines
  }

  /// Returns the text of a file without the items it contains.
  private static func without(_ items: [Range<Int>], in bytes: [UInt8]) -> [UInt8] {
    if items.isEmpty { return bytes }
    var text = SourceText(bytes).bytes
    for range in items.sorted(by: { $0.lowerBound > $1.lowerBound }) where range.upperBound <= text.count {
      text.removeSubrange(range)
    }
    return text
  }

  /// Returns the changed documents of two states, by path. Files that are an agent in either state are reported as
  /// agent changes.
  static func all(_ before: ReviewState, _ after: ReviewState) throws(Disk.Failure) -> [DocumentChange] {
    func files(_ state: ReviewState) -> [String: SourceFile] {
      Dictionary(
        state.catalog.documents.map { ($0.document.source.publishedPath, $0.document.source) },
        uniquingKeysWith: { first, _ in first })
    }
    func agents(_ state: ReviewState) -> Set<String> {
      Set(state.catalog.entries.filter { $0.agent.source.item == nil }.map(\.agent.source.publishedPath))
    }
    func content(_ file: SourceFile, in state: ReviewState) throws(Disk.Failure) -> (bytes: [UInt8], digest: String) {
      // Changes within an item of the file are reported as agent changes.
      let items = state.catalog.entries.compactMap { entry in
        entry.agent.source.publishedPath == file.publishedPath ? entry.agent.source.item?.range : nil
      }
      let bytes = try state.bytes(file)
      return (Self.without(items, in: bytes), ContentSummary.digest(of: bytes))
    }
    func owners(_ state: ReviewState) -> [String: [String]] {
      Dictionary(
        state.catalog.documents.map { ($0.document.source.publishedPath, $0.owners) },
        uniquingKeysWith: { first, _ in first })
    }
    let (old, new) = (files(before), files(after))
    let owned = owners(before).merging(owners(after)) { _, later in later }
    let told = agents(before).union(agents(after))
    func unlisted(_ state: ReviewState, _ own: [String: SourceFile], _ others: [String: SourceFile])
      throws(Disk.Failure) -> [String: [UInt8]]
    {
      let files = others.filter { own[$0.key] == nil && !told.contains($0.key) }.map(\.value)
      return files.isEmpty ? [:] : try state.unlisted(files)
    }
    let kept = (before: try unlisted(before, old, new), after: try unlisted(after, new, old))
    func whole(_ bytes: [UInt8]) -> (bytes: [UInt8], digest: String) { (bytes, ContentSummary.digest(of: bytes)) }
    var changes: [DocumentChange] = []
    for path in Set(old.keys).union(new.keys).subtracting(told).sorted(by: { $0.precedesByBytes($1) }) {
      let first =
        try old[path].map { (file) throws(Disk.Failure) in try content(file, in: before) }
        ?? kept.before[path].map(whole)
      let second =
        try new[path].map { (file) throws(Disk.Failure) in try content(file, in: after) }
        ?? kept.after[path].map(whole)
      let digest = second?.digest ?? first?.digest ?? ""
      if var change = DocumentChange(path: path, from: first?.bytes, to: second?.bytes, digest: digest) {
        change.owners = owned[path] ?? []
        changes.append(change)
      }
    }
    return changes
  }
}
