import Agents
import Catalogs
import Files
import Likenesses

/// Matches the agents of two states, by path and name first, then by content.
struct Pairing {
  /// Two states of one agent, as indices into the two catalogs.
  struct Pair: Sendable {
    let before: Int
    let after: Int
    /// Whether the files are identical.
    let isSame: Bool
  }

  /// The agents in both states, in the order of the later one.
  private(set) var pairs: [Pair] = []
  /// The removed agents, as indices into the earlier catalog.
  private(set) var removed: [Int] = []
  /// The added agents, as indices into the later catalog.
  private(set) var added: [Int] = []

  /// The minimum similarity at which two prompts count as versions of one agent, as the share of common runs of words.
  private static let threshold = 0.5

  private let before: ReviewState
  private let after: ReviewState
  private var gone: Set<Int> = []
  private var come: Set<Int> = []

  init(_ before: ReviewState, _ after: ReviewState, jobs: Int) async throws(Disk.Failure) {
    self.before = before
    self.after = after
    try pairSame()
    pair(by: { Key(path: $0.source.key, name: Slug.fold($0.name)) })
    try pairMoved()
    try await pairAlike(jobs)
    pair(by: { Key(path: nil, name: Slug.fold($0.name)) })
    pair(by: { Key(path: $0.source.key, name: nil) })
    removed = gone.sorted()
    added = come.sorted()
    pairs.sort { $0.after < $1.after }
  }

  /// The values that identify an agent in both states.
  private struct Key: Hashable {
    let path: String?
    let name: String?
  }

  /// Pairs agents with unchanged path and content.
  private mutating func pairSame() throws(Disk.Failure) {
    gone = Set(before.catalog.entries.indices)
    let places = Dictionary(
      before.catalog.entries.indices.map { (before[$0].source.key, $0) },
      uniquingKeysWith: { first, _ in first })
    for index in after.catalog.entries.indices {
      if let old = places[after[index].source.key], try before.bytes(of: old) == after.bytes(of: index),
        before[old].source.outside?.declaration == after[index].source.outside?.declaration
      {
        add(old, index, isSame: true)
      } else {
        come.insert(index)
      }
    }
  }

  private mutating func add(_ old: Int, _ new: Int, isSame: Bool = false) {
    gone.remove(old)
    come.remove(new)
    pairs.append(Pair(before: old, after: new, isSame: isSame))
  }

  /// Pairs agents whose key is unique in each state.
  private mutating func pair(by key: (Agent) -> Key) {
    let old = Dictionary(grouping: gone.sorted()) { key(before[$0]) }
    let new = Dictionary(grouping: come.sorted()) { key(after[$0]) }
    for (key, indices) in new where indices.count == 1 {
      guard let others = old[key], others.count == 1 else { continue }
      add(others[0], indices[0])
    }
  }

  /// Pairs agents with a new path and unchanged content.
  private mutating func pairMoved() throws(Disk.Failure) {
    var contents: [[UInt8]: [Int]] = [:]
    for index in gone.sorted() { contents[try before.bytes(of: index), default: []].append(index) }
    for index in come.sorted() {
      let bytes = try after.bytes(of: index)
      guard let old = contents[bytes]?.first else { continue }
      contents[bytes]?.removeFirst()
      add(old, index, isSame: true)
    }
  }

  /// Pairs agents with similar prompts, most similar first. Among equally similar ones, agents with the same path or
  /// name come first.
  private mutating func pairAlike(_ jobs: Int) async throws(Disk.Failure) {
    let (old, new) = (gone.sorted(), come.sorted())
    if old.isEmpty || new.isEmpty { return }
    let sketches = old.map { before[$0].sketch } + new.map { after[$0].sketch }
    let found = await Candidates.pairs(of: sketches, threshold: Self.threshold, jobs: jobs).filter {
      $0.left < old.count && $0.right >= old.count
    }
    if found.isEmpty { return }
    var prompts: [Int: ArraySlice<UInt8>] = [:]
    for place in Set(found.flatMap { [$0.left, $0.right] }) {
      let (state, index) = place < old.count ? (before, old[place]) : (after, new[place - old.count])
      prompts[place] = try state.prompt(of: index).text
    }
    let shingles = prompts.mapValues { Shingles($0) }
    var likely: [(share: Double, ties: Int, old: Int, new: Int)] = []
    for pair in found {
      guard let left = shingles[pair.left], let right = shingles[pair.right] else { continue }
      let share = left.similarity(to: right)
      if share < Self.threshold { continue }
      let (one, other) = (old[pair.left], new[pair.right - old.count])
      let isHere = before[one].source.publishedPath == after[other].source.publishedPath
      let isCalledSo = Slug.fold(before[one].name) == Slug.fold(after[other].name)
      likely.append((share, (isHere ? 2 : 0) + (isCalledSo ? 1 : 0), one, other))
    }
    likely.sort { ($1.share, $1.ties, $0.old, $0.new) < ($0.share, $0.ties, $1.old, $1.new) }
    for pair in likely where gone.contains(pair.old) && come.contains(pair.new) { add(pair.old, pair.new) }
  }
}
