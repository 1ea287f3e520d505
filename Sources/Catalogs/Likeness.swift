import Files

/// How alike two prompts are.
public struct Likeness: Sendable, Hashable {
  /// The share of five-word runs in common, 0 to 1.
  public let similarity: Double
  /// Whether the prompts are the same, byte for byte.
  public let isIdentical: Bool

  /// Holds two prompts against each other.
  public init(_ left: ArraySlice<UInt8>, _ right: ArraySlice<UInt8>) {
    isIdentical = left.elementsEqual(right)
    similarity = isIdentical ? 1 : Shingles(left).similarity(to: Shingles(right))
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
