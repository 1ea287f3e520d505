/// The runs of five words of a text, hashed: what two texts have in common is counted in these.
public struct Shingles: Sendable {
  /// How many words a run has.
  public static let length = 5

  private let hashes: [UInt64]

  /// Takes the runs of a text; one of fewer words is one run.
  public init(_ text: some Collection<UInt8>) {
    var window: [UInt64] = []
    var found: [UInt64] = []
    WordHashes.each(in: text) { word in
      window.append(word)
      if window.count > Self.length { window.removeFirst() }
      if window.count == Self.length { found.append(window.reduce(0, WordHashes.phrase)) }
    }
    if found.isEmpty, !window.isEmpty { found = [window.reduce(0, WordHashes.phrase)] }
    found.sort()
    var unique: [UInt64] = []
    unique.reserveCapacity(found.count)
    for hash in found where unique.last != hash { unique.append(hash) }
    hashes = unique
  }

  /// The share of runs that two texts have in common: of those in either, how many are in both (the Jaccard index), 0 to 1.
  public func similarity(to other: Shingles) -> Double {
    guard !hashes.isEmpty || !other.hashes.isEmpty else { return 1 }
    var common = 0
    var left = 0
    var right = 0
    while left < hashes.count, right < other.hashes.count {
      if hashes[left] == other.hashes[right] {
        common += 1
        left += 1
        right += 1
      } else if hashes[left] < other.hashes[right] {
        left += 1
      } else {
        right += 1
      }
    }
    return Double(common) / Double(hashes.count + other.hashes.count - common)
  }
}
