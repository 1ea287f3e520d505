import Files
import Testing

@testable import Likenesses

/// Reproducible random numbers (SplitMix64).
struct Numbers: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    return Shingles.mixed(state &- 0x9E37_79B9_7F4A_7C15)
  }
}

/// Random words from a vocabulary of this size.
func words(_ count: Int, of vocabulary: Int = 5000, _ numbers: inout Numbers) -> [String] {
  (0..<count).map { _ in "w\(Int.random(in: 0..<vocabulary, using: &numbers))" }
}

func bytes(_ words: [String]) -> ArraySlice<UInt8> { Array(words.joined(separator: " ").utf8)[...] }

@Suite("Similarity")
struct LikenessTests {
  private func similarity(_ left: String, _ right: String) -> Double {
    Shingles(Array(left.utf8)[...]).similarity(to: Shingles(Array(right.utf8)[...]))
  }

  @Test("Similarity is the share of five-word runs that two texts have in common")
  func share() {
    // Runs: abcde bcdef cdefg, and bcdef cdefg defgh: two of four.
    #expect(similarity("a b c d e f g", "b c d e f g h") == 0.5)
    #expect(similarity("a b c d e f", "a b c d e f") == 1)
    #expect(similarity("a b c d e", "f g h i j") == 0)
    #expect(similarity("A, b? C: d - **e**!", "a b c d e") == 1)
    #expect(similarity("", "") == 1)
    #expect(similarity("", "a b c d e") == 0)
    #expect(similarity("a b", "a b") == 1)
    #expect(similarity("a b", "a c") == 0)
    #expect(similarity("a b c d e", "e d c b a") == 0)
  }

  @Test("Similarity is symmetric and counts repeated runs once")
  func symmetric() {
    var numbers = Numbers(state: 7)
    for _ in 0..<50 {
      let (left, right) = (words(60, of: 6, &numbers), words(40, of: 6, &numbers))
      func runs(_ words: [String]) -> Set<[String]> { Set((0...words.count - 5).map { Array(words[$0..<$0 + 5]) }) }
      let (first, second) = (runs(left), runs(right))
      let exact = Double(first.intersection(second).count) / Double(first.union(second).count)
      #expect(Shingles(bytes(left)).similarity(to: Shingles(bytes(right))) == exact)
      #expect(Shingles(bytes(right)).similarity(to: Shingles(bytes(left))) == exact)
    }
  }
}

@Suite("Sketches")
struct SketchTests {
  @Test("Sketches estimate the similarity")
  func estimate() {
    var numbers = Numbers(state: 1)
    for share in stride(from: 0, through: 1, by: 0.1) {
      let own = words(800, &numbers)
      let other = Array(own.prefix(Int(Double(own.count) * share))) + words(800 - Int(800 * share), &numbers)
      let exact = Shingles(bytes(own)).similarity(to: Shingles(bytes(other)))
      #expect(abs(Sketch(bytes(own)).estimate(Sketch(bytes(other))) - exact) < 0.15)
    }
  }

  @Test("Sketches of short texts estimate it too, although most bins are borrowed")
  func short() {
    var numbers = Numbers(state: 2)
    let own = words(40, &numbers)
    #expect(Sketch(bytes(own)).estimate(Sketch(bytes(own))) == 1)
    #expect(Sketch(bytes(own)).estimate(Sketch(bytes(words(40, &numbers)))) < 0.15)
  }

  @Test("Texts that are too short have no sketch")
  func tooShort() {
    #expect(Sketch(bytes(["you", "are", "an", "expert"])).words.isEmpty)
    #expect(Sketch([]).words.isEmpty)
  }

  @Test("Stored sketches are read back unchanged")
  func stored() throws {
    var numbers = Numbers(state: 3)
    for text in [bytes(words(100, &numbers)), []] {
      let sketch = Sketch(text)
      var writer = ByteWriter()
      sketch.store(in: &writer)
      var reader = ByteReader(writer.bytes)
      #expect(try Sketch(from: &reader) == sketch)
    }
  }
}

@Suite("Candidate pairs")
struct CandidatesTests {
  /// A thousand variations of a text, with words replaced and paragraphs added, removed and moved.
  private static let variations: [ArraySlice<UInt8>] = {
    var numbers = Numbers(state: 11)
    let original = (0..<12).map { _ in words(16, &numbers) }
    return (0..<1000).map { number in
      var text = original
      for _ in 0..<number % 10 {
        let paragraph = Int.random(in: 0..<text.count, using: &numbers)
        switch Int.random(in: 0..<4, using: &numbers) {
        case 0: text[paragraph][Int.random(in: 0..<text[paragraph].count, using: &numbers)] = "changed\(number)"
        case 1: text.insert(words(16, &numbers), at: paragraph)
        case 2: text.remove(at: paragraph)
        default: text.append(text.remove(at: paragraph))
        }
      }
      return bytes(text.flatMap(\.self))
    }
  }()

  @Test("Candidates include at least 98% of the similar pairs")
  func recall() async {
    let sketches = Self.variations.map { Sketch($0) }
    let shingles = Self.variations.map { Shingles($0) }
    var exact: Set<Candidates.Pair> = []
    for right in shingles.indices {
      for left in 0..<right where shingles[left].similarity(to: shingles[right]) >= 0.5 {
        exact.insert(.init(left: left, right: right))
      }
    }
    let found = await Candidates.pairs(of: sketches, threshold: 0.5, reach: .max, limit: .max, jobs: 2)
    let verified = Set(found.filter { shingles[$0.left].similarity(to: shingles[$0.right]) >= 0.5 })
    #expect(exact.count > 100_000 && exact.count < 499_500)
    #expect(verified.isSubset(of: exact))
    #expect(Double(verified.count) >= 0.98 * Double(exact.count), "\(verified.count) of \(exact.count)")
  }

  @Test("A thousand similar texts give few pairs that still connect all of them")
  func bounded() async {
    let sketches = Self.variations.map { Sketch($0) }
    let found = await Candidates.pairs(of: sketches, threshold: 0.5)
    #expect(found.count <= 1000 * (Candidates.usualLimit + 1))
    var isReached = Set([0])
    var isGrowing = true
    while isGrowing {
      let count = isReached.count
      for pair in found where isReached.contains(pair.left) != isReached.contains(pair.right) {
        isReached.formUnion([pair.left, pair.right])
      }
      isGrowing = isReached.count > count
    }
    #expect(isReached.count == 1000)
  }

  @Test("Pairs are sorted and do not depend on the number of jobs")
  func deterministic() async {
    let sketches = Self.variations.prefix(200).map { Sketch($0) }
    let one = await Candidates.pairs(of: sketches, threshold: 0.5, jobs: 1)
    let two = await Candidates.pairs(of: sketches, threshold: 0.5, jobs: 4)
    #expect(one == two && !one.isEmpty)
    #expect(one.allSatisfy { $0.left < $0.right } && Set(one).count == one.count)
    #expect(zip(one, one.dropFirst()).allSatisfy { ($0.left, $0.right) < ($1.left, $1.right) })
  }

  @Test("Unrelated texts give no pairs")
  func unrelated() async {
    var numbers = Numbers(state: 5)
    let sketches = (0..<500).map { _ in Sketch(bytes(words(300, &numbers))) }
    #expect(await Candidates.pairs(of: sketches, threshold: 0.5).isEmpty)
  }
}
