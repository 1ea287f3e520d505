import Agents
import Catalogs
import Differences
import Files
import Grants

/// The change of a file in the folder of a skill.
public struct BundleFileChange: Sendable {
  /// The kind of change.
  public enum Kind: String, Sendable {
    /// The file was added.
    case added
    /// The file was removed.
    case removed
    /// The bytes changed.
    case changed
    /// Only the executable permission changed.
    case mode
  }

  /// The kind of change.
  public let kind: Kind
  /// The file in the earlier state; nil if it was added.
  public let before: BundleFile?
  /// The file in the later state; nil if it was removed.
  public let after: BundleFile?
  /// The difference between the texts; nil if the bytes are unchanged or either side is not readable text.
  public let diff: TextDiff?
  /// New addresses in the text.
  let addresses: [String]

  /// The path relative to the skill's folder.
  public var path: String { (after ?? before)?.path.description ?? "" }

  /// A description of the change: `changed, now executable`.
  public var words: String {
    let isExecutable = (before?.isExecutable ?? false, after?.isExecutable ?? false)
    guard let before, let after else {
      return kind.rawValue + (before == nil && isExecutable.1 ? ", executable" : "")
    }
    var words = kind == .mode ? [] : ["changed"]
    if before.isExecutable != after.isExecutable {
      words.append(after.isExecutable ? "now executable" : "no longer executable")
    }
    return words.joined(separator: ", ")
  }

  /// New calls, as sentences.
  var gains: [AccessChange.Gain] {
    let verb = before == nil ? "" : "now "
    return Self.calls(after, without: before).map { call in
      call.effect == .remoteCode
        ? .init("\(words: path) \(words: verb)runs code from the network: \(quoted: call.name).", .networkToShell)
        : .init("\(words: path) \(words: verb)calls \(words: call.name) (\(words: call.effect.word)).")
    }
  }

  /// Removed calls, as sentences.
  var losses: [Sentence] {
    Self.calls(before, without: after).map { call in
      call.effect == .remoteCode
        ? "\(words: path) no longer runs code from the network: \(quoted: call.name)."
        : "\(words: path) no longer calls \(words: call.name) (\(words: call.effect.word))."
    }
  }

  private static func calls(_ file: BundleFile?, without other: BundleFile?) -> [ScriptCall] {
    let known = Set((other?.calls ?? []).map { "\($0.effect) \($0.name)" })
    return (file?.calls ?? []).filter { !known.contains("\($0.effect) \($0.name)") }
  }
}

extension BundleFileChange {
  /// A skill in one state.
  typealias Side = (agent: Agent, state: ReviewState)

  /// Returns the changed files of a skill, sorted by path.
  ///
  /// - Parameters:
  ///   - old: The skill in the earlier state; nil if it was added.
  ///   - new: The skill in the later state; nil if it was removed.
  static func all(_ old: Side?, _ new: Side?) throws(Disk.Failure) -> [BundleFileChange] {
    guard old?.agent.bundle != new?.agent.bundle else { return [] }
    func files(_ side: Side?) -> [RelativePath: BundleFile] {
      Dictionary((side?.agent.bundle?.files ?? []).map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
    }
    let (first, second) = (files(old), files(new))
    var changes: [BundleFileChange] = []
    for path in Set(first.keys).union(second.keys).sorted() {
      let (left, right) = (first[path], second[path])
      let isSame = left?.digest == right?.digest
      if isSame, left?.isExecutable == right?.isExecutable { continue }
      func lines(_ file: BundleFile?, _ side: Side?) throws(Disk.Failure) -> [String]? {
        guard let file, let side else { return [] }
        return file.isShown ? DocumentChange.lines(try side.state.bytes(side.agent.source.part(path))) : nil
      }
      var diff: TextDiff?
      var addresses: [String] = []
      if !isSame, let was = try lines(left, old), let now = try lines(right, new) {
        diff = TextDiff(was, now)
        let known = Set(Mentions(in: was).addresses)
        addresses = Mentions(in: now).addresses.filter { !known.contains($0) }
      }
      changes.append(
        BundleFileChange(
          kind: left == nil ? .added : right == nil ? .removed : isSame ? .mode : .changed, before: left, after: right,
          diff: diff, addresses: addresses))
    }
    return changes
  }
}
