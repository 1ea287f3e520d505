import Files

/// How alike two prompts are.
public struct Likeness: Sendable, Hashable {
  /// The share of five-word runs in common, 0 to 1.
  public let similarity: Double
  /// Whether the prompts are the same, byte for byte.
  public let isIdentical: Bool

  /// Two of a group, and how alike they are.
  public struct Pair: Sendable, Hashable {
    /// The place of the first in the group.
    public let left: Int
    /// The place of the second, which is behind the first.
    public let right: Int
    /// How alike they are.
    public let likeness: Likeness

    /// Makes a pair.
    public init(left: Int, right: Int, likeness: Likeness) {
      self.left = left
      self.right = right
      self.likeness = likeness
    }
  }

  /// Holds every two prompts of a group against each other.
  public static func pairs(of prompts: [ArraySlice<UInt8>]) -> [Pair] {
    let shingles = prompts.map { Shingles($0) }
    var pairs: [Pair] = []
    for left in prompts.indices {
      for right in prompts.indices.dropFirst(left + 1) {
        let isIdentical = prompts[left].elementsEqual(prompts[right])
        let similarity = isIdentical ? 1 : shingles[left].similarity(to: shingles[right])
        pairs.append(
          Pair(left: left, right: right, likeness: Likeness(similarity: similarity, isIdentical: isIdentical)))
      }
    }
    return pairs
  }
}

extension Likeness: Storable {
  /// Writes every part of it, in order.
  public func store(in bytes: inout ByteWriter) {
    similarity.store(in: &bytes)
    isIdentical.store(in: &bytes)
  }

  /// Reads what ``store(in:)`` wrote.
  public init(from bytes: inout ByteReader) throws(ByteReader.Failure) {
    similarity = try Double(from: &bytes)
    isIdentical = try Bool(from: &bytes)
  }
}
