import Catalogs
import Files
import Likenesses

/// The similarities of all pairs of some agents, by index. Empty if not every pair was compared.
struct ComparedPairs: Sendable, Encodable {
  private let count: Int
  private let pairs: [Likeness.Pair]

  init(_ comparison: Comparison) {
    count = comparison.agents.count
    pairs = comparison.similarities
  }

  /// Creates the value for two agents.
  init(ofTwo likeness: Likeness) {
    count = 2
    pairs = [Likeness.Pair(left: 0, right: 1, likeness: likeness)]
  }

  /// Whether the pairs were not compared.
  var isEmpty: Bool { pairs.isEmpty }

  /// The similarities of all pairs, in order.
  var all: [Likeness] { pairs.map(\.likeness) }

  /// Returns the similarity of two agents; nil if they were not compared.
  func likeness(_ one: Int, _ other: Int) -> Likeness? {
    let (left, right) = (min(one, other), max(one, other))
    let place = Likeness.place(of: left, right, among: count)
    guard pairs.indices.contains(place), pairs[place].left == left, pairs[place].right == right else { return nil }
    return pairs[place].likeness
  }

  /// Encodes all pairs at once, because a large group has hundreds.
  func encode(to encoder: any Encoder) throws {
    var writer = ByteWriter(capacity: pairs.count * 16)
    for pair in pairs {
      writer.write(pair.left)
      writer.write(pair.right)
      pair.likeness.store(in: &writer)
    }
    if let encoder = encoder as? DigestEncoder { return encoder.digester.add(writer.bytes) }
    var container = encoder.singleValueContainer()
    try container.encode(writer.bytes)
  }
}
