import Files

/// How alike two prompts are.
public struct Likeness: Sendable, Hashable {
  /// The share of five-word runs in common, 0 to 1.
  public let similarity: Double
  /// Whether the prompts are the same, byte for byte.
  public let isIdentical: Bool

  /// Makes a likeness.
  public init(similarity: Double, isIdentical: Bool) {
    self.similarity = similarity
    self.isIdentical = isIdentical
  }

  /// The share in whole percent; 100 only of prompts that are the same.
  public var percent: Int { isIdentical ? 100 : min(99, Int((similarity * 100).rounded())) }

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

  /// Every two of a group, by their places.
  public static func everyTwo(of count: Int) -> [Candidates.Pair] {
    (0..<count).flatMap { left in (left + 1..<max(left + 1, count)).map { .init(left: left, right: $0) } }
  }

  /// The place of two among ``everyTwo(of:)``.
  ///
  /// - Parameters:
  ///   - left: the place of the first in the group.
  ///   - right: the place of the second, which is behind the first.
  ///   - count: how many the group has.
  public static func place(of left: Int, _ right: Int, among count: Int) -> Int {
    left * (2 * count - left - 1) / 2 + right - left - 1
  }

  /// Holds pairs of prompts against each other.
  public static func pairs(_ pairs: [Candidates.Pair], of prompts: [ArraySlice<UInt8>]) -> [Pair] {
    let key = DigestKey.random()
    let compared = prompts.map { ComparedText($0, key: key) }
    return pairs.map {
      Pair(left: $0.left, right: $0.right, likeness: compared[$0.left].likeness(to: compared[$0.right]))
    }
  }
}

/// A text as it is held against others: without its words, in about a twelfth of its size.
public struct ComparedText: Sendable {
  private let shingles: Shingles
  private let digest: Digest

  /// Prepares a text.
  ///
  /// - Parameter key: the key of the digest by which equal texts are known; the same for all that are compared.
  public init(_ text: ArraySlice<UInt8>, key: DigestKey) {
    shingles = Shingles(text)
    digest = key.digest(Array(text))
  }

  /// About how many bytes of memory it takes.
  public var size: Int { shingles.count * MemoryLayout<UInt32>.size + 64 }

  /// How alike two texts are.
  public func likeness(to other: ComparedText) -> Likeness {
    let isIdentical = digest == other.digest
    return Likeness(similarity: isIdentical ? 1 : shingles.similarity(to: other.shingles), isIdentical: isIdentical)
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
