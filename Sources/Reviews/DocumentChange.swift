import Agents
import Catalogs
import Differences
import Files
import Text

/// What became of a file that is no agent: a document beside the agents, or the settings of the catalog.
public struct DocumentChange: Sendable {
  /// What became of it.
  public enum Kind: String, Sendable {
    /// It came.
    case added
    /// It went.
    case removed
    /// What is in it changed.
    case changed
  }

  /// What became of it.
  public let kind: Kind
  /// The published path of the file.
  public let path: String
  /// What makes the one text of the other.
  public let diff: TextDiff
  /// The SHA-256 digest of the file as it is, or as it was if it was removed.
  public let digest: String

  /// Compares two texts; nil where both are the same, or where there is none.
  ///
  /// - Parameters:
  ///   - path: the published path of the file.
  ///   - old: what was in it; nil where it was not there.
  ///   - new: what is in it; nil where it is not there any more.
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

  /// The lines of a file, without their line endings.
  public static func lines(_ bytes: [UInt8]?) -> [String] {
    guard let bytes, !bytes.isEmpty else { return [] }
    var lines = SourceText(bytes).utf8.split(separator: 0x0A, omittingEmptySubsequences: false).map {
      String(decoding: $0, as: UTF8.self)
    }
    if lines.last == "" { lines.removeLast() }
    return lines
  }

  /// The text of a file without the items that it holds.
  private static func without(_ items: [Range<Int>], in bytes: [UInt8]) -> [UInt8] {
    if items.isEmpty { return bytes }
    var text = SourceText(bytes).bytes
    for range in items.sorted(by: { $0.lowerBound > $1.lowerBound }) where range.upperBound <= text.count {
      text.removeSubrange(range)
    }
    return text
  }

  /// The documents of two states that are not the same, by path. What became an agent, or was one, is told there.
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
      // What is in an item of the file is told there.
      let items = state.catalog.entries.compactMap { entry in
        entry.agent.source.publishedPath == file.publishedPath ? entry.agent.source.item?.range : nil
      }
      let bytes = try state.bytes(file)
      return (Self.without(items, in: bytes), ContentSummary.digest(of: bytes))
    }
    let (old, new) = (files(before), files(after))
    let told = agents(before).union(agents(after))
    var changes: [DocumentChange] = []
    for path in Set(old.keys).union(new.keys).subtracting(told).sorted(by: { $0.precedesByBytes($1) }) {
      let first = try old[path].map { (file) throws(Disk.Failure) in try content(file, in: before) }
      let second = try new[path].map { (file) throws(Disk.Failure) in try content(file, in: after) }
      let digest = second?.digest ?? first?.digest ?? ""
      if let change = DocumentChange(path: path, from: first?.bytes, to: second?.bytes, digest: digest) {
        changes.append(change)
      }
    }
    return changes
  }
}
