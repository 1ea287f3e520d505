import Files

/// The similarity of two prompts.
public struct Likeness: Sendable, Hashable {
  /// The Jaccard index of their five-word runs, 0 to 1.
  public let similarity: Double
  /// Whether the prompts are identical, byte for byte.
  public let isIdentical: Bool

  /// Creates a likeness.
  public init(similarity: Double, isIdentical: Bool) {
    self.similarity = similarity
    self.isIdentical = isIdentical
  }

  /// The similarity in whole percent; 100 only for identical prompts.
  public var percent: Int { isIdentical ? 100 : min(99, Int((similarity * 100).rounded())) }

  /// Returns whether two different texts are similar enough to be called nearly the same.
  public static func isNearlySame(percent: Int) -> Bool { percent >= 90 }

  /// Two members of a group, and their similarity.
  public struct Pair: Sendable, Hashable {
    /// The index of the first member.
    public let left: Int
    /// The index of the second member, greater than the first.
    public let right: Int
    /// Their similarity.
    public let likeness: Likeness

    /// Creates a pair.
    public init(left: Int, right: Int, likeness: Likeness) {
      self.left = left
      self.right = right
      self.likeness = likeness
    }
  }

  /// Returns all pairs of a group, by index.
  public static func everyTwo(of count: Int) -> [Candidates.Pair] {
    (0..<count).flatMap { left in (left + 1..<max(left + 1, count)).map { .init(left: left, right: $0) } }
  }

  /// Returns the index of a pair in ``everyTwo(of:)``.
  ///
  /// - Parameters:
  ///   - left: The index of the first member.
  ///   - right: The index of the second member, greater than the first.
  ///   - count: The size of the group.
  public static func place(of left: Int, _ right: Int, among count: Int) -> Int {
    left * (2 * count - left - 1) / 2 + right - left - 1
  }

  /// Compares pairs of prompts.
  public static func pairs(_ pairs: [Candidates.Pair], of prompts: [ArraySlice<UInt8>]) -> [Pair] {
    let key = DigestKey.random()
    let compared = prompts.map { ComparedText($0, key: key) }
    return pairs.map {
      Pair(left: $0.left, right: $0.right, likeness: compared[$0.left].likeness(to: compared[$0.right]))
    }
  }
}

/// A text prepared for comparison. It takes about a twelfth of the text's size.
public struct ComparedText: Sendable {
  private let shingles: Shingles
  private let digest: Digest

  /// Prepares a text.
  ///
  /// - Parameter key: The digest key for detecting identical texts. Use the same key for all texts compared.
  public init(_ text: ArraySlice<UInt8>, key: DigestKey) {
    shingles = Shingles(text)
    digest = key.digest(Array(text))
  }

  /// The approximate size in memory, in bytes.
  public var size: Int { shingles.count * MemoryLayout<UInt32>.size + 64 }

  /// Returns the similarity of two texts.
  public func likeness(to other: ComparedText) -> Likeness {
    let isIdentical = digest == other.digest
    return Likeness(similarity: isIdentical ? 1 : shingles.similarity(to: other.shingles), isIdentical: isIdentical)
  }
}

extension Likeness: Storable {
  /// Writes all properties in order.
  public func store(in bytes: inout ByteWriter) {
    similarity.store(in: &bytes)
    isIdentical.store(in: &bytes)
  }

  /// Reads the values written by ``store(in:)``.
  public init(from bytes: inout ByteReader) throws(ByteReader.Failure) {
    similarity = try Double(from: &bytes)
    isIdentical = try Bool(from: &bytes)
  }
}
