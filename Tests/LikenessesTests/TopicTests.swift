import Files
import Testing

@testable import Likenesses

private func bytes(_ text: String) -> ArraySlice<UInt8> { Array(text.utf8)[...] }

private func hashes(_ text: String) -> [UInt32] {
  var hashes: [UInt32] = []
  Words.each(in: bytes(text)) { hash, _ in hashes.append(hash) }
  return hashes
}

@Suite("Words")
struct WordsTests {
  @Test(
    "Inflected forms are the same word",
    arguments: [
      "test tests tested testing Tests TESTED", "cache caches caching",
      "class", "database databases", "review reviews reviewed reviewing",
    ])
  func forms(forms: String) {
    #expect(Set(hashes(forms)).count == 1, "\(forms)")
  }

  @Test(
    "Similar spellings are different words",
    arguments: ["cas case-less casket", "thing-s thong string", "ring red rest", "c c++ c# go"])
  func others(words: String) {
    let found = hashes(words)
    #expect(Set(found).count == found.count)
  }

  @Test("Common words, single letters and punctuation are left out")
  func common() {
    #expect(hashes("You are the one who will use this, when it is needed by a user: I, too.").isEmpty)
    #expect(hashes("C++ and C# x y z").count == 2)
    #expect(hashes("日本語 café Ünïcödé").count == 3)
    #expect(hashes("").isEmpty && hashes("… — !? « » 。 👩‍👩‍👧 → \u{A0}").isEmpty)
    #expect(
      hashes("“tests”—‘tests’ tests… tests\u{A0}tests「tests」🎉tests") == Array(repeating: hashes("tests")[0], count: 7))
  }
}

@Suite("Terms")
struct TermsTests {
  @Test("Stored terms are read back unchanged, sorted and limited in number")
  func stored() throws {
    var numbers = Numbers(state: 4)
    for count in [0, 1, 50, 4000] {
      let terms = Terms([(text: bytes(words(count, &numbers).joined(separator: " ")), weight: 1)])
      var writer = ByteWriter()
      terms.store(in: &writer)
      var reader = ByteReader(writer.bytes)
      #expect(try Terms(from: &reader) == terms)
      #expect(
        terms.all.count == min(terms.all.count, Terms.limit) && terms.all.map(\.word) == terms.all.map(\.word).sorted())
    }
  }

  @Test("Terms with the highest weight are kept, by frequency and importance of the part")
  func heaviest() {
    var numbers = Numbers(state: 5)
    let body = words(3000, of: 100_000, &numbers).joined(separator: " ")
    let terms = Terms([
      (text: bytes("terraform"), weight: 4), (text: bytes(body + " state state state state state"), weight: 1),
    ])
    let weights = Dictionary(uniqueKeysWithValues: terms.all.map { ($0.word, $0.weight) })
    let (name, often) = (hashes("terraform")[0], hashes("state")[0])
    #expect(terms.all.count == Terms.limit)
    #expect((weights[name] ?? 0) > 40 && (weights[often] ?? 0) > 40)
    #expect(weights.values.filter { $0 > 40 }.count < 10)
  }

  @Test("Frequent words do not overflow")
  func often() {
    let terms = Terms([(text: bytes(String(repeating: "word ", count: 100_000)), weight: 4)])
    #expect(terms.all.count == 1 && terms.all[0].weight > 100)
  }
}

@Suite("Peers")
struct PeersTests {
  /// Texts on this number of topics, with words of the topic and words that all texts share.
  private func texts(_ count: Int, topics: Int) -> [Terms] {
    var numbers = Numbers(state: 21)
    return (0..<count).map { number in
      let own = (0..<40).map { _ in "topic\(number % topics)word\(Int.random(in: 0..<60, using: &numbers))" }
      return Terms([(text: bytes((own + words(80, of: 3000, &numbers)).joined(separator: " ")), weight: 1)])
    }
  }

  @Test("Peers agree with a comparison of all pairs")
  func exhaustive() async {
    let terms = texts(400, topics: 20)
    let found = await Peers.find(terms, families: Array(terms.indices), count: 5, least: 0.01, jobs: 2)
    func log2(_ count: Int) -> Int { (0...).first { count < 1 << ($0 + 1) } ?? 0 }
    var having: [UInt32: Int] = [:]
    for text in terms { for term in text.all { having[term.word, default: 0] += 1 } }
    let vectors = terms.map { text in
      Dictionary(
        uniqueKeysWithValues: text.all.map {
          ($0.word, Double($0.weight) * Double(log2(terms.count) - log2(having[$0.word] ?? 1)))
        })
    }
    func cosine(_ left: [UInt32: Double], _ right: [UInt32: Double]) -> Double {
      func length(_ vector: [UInt32: Double]) -> Double { vector.values.reduce(0) { $0 + $1 * $1 }.squareRoot() }
      return left.reduce(0) { $0 + $1.value * (right[$1.key] ?? 0) } / (length(left) * length(right))
    }
    var missed = 0
    for place in stride(from: 0, to: 400, by: 10) {
      let scores = terms.indices.filter { $0 != place }.map { (cosine(vectors[place], vectors[$0]), $0) }.sorted {
        $0.0 > $1.0
      }
      #expect(found[place].count == 5)
      for peer in found[place] {
        #expect(abs(peer.score - cosine(vectors[place], vectors[peer.place])) < 0.005)
        #expect(peer.place % 20 == place % 20)
      }
      let best = Set(scores.prefix(5).map(\.1))
      missed += 5 - best.intersection(found[place].map(\.place)).count
    }
    #expect(missed <= 8, "\(missed) of 200")
  }

  @Test("Peers are from other families, and at most one from each")
  func families() async {
    let terms = texts(90, topics: 3)
    let families = terms.indices.map { $0 / 9 }
    let found = await Peers.find(terms, families: families, count: 5, least: 0.01)
    for (place, peers) in found.enumerated() {
      let own = peers.map { families[$0.place] }
      #expect(!own.contains(families[place]) && Set(own).count == own.count && !own.isEmpty)
    }
  }

  @Test("Peers do not depend on the number of jobs or on unrelated texts")
  func stable() async {
    let terms = texts(300, topics: 30)
    let one = await Peers.find(terms, families: Array(terms.indices), count: 5, least: 0.1, jobs: 1)
    #expect(await Peers.find(terms, families: Array(terms.indices), count: 5, least: 0.1, jobs: 4) == one)
    let more = terms + [Terms([(text: bytes("entirely other things altogether strange"), weight: 1)])]
    let two = await Peers.find(more, families: Array(more.indices), count: 5, least: 0.1)
    #expect(Array(two.dropLast()) == one && two.last == [])
  }

  @Test("Identical and empty texts have no peers")
  func bounded() async {
    let terms = Array(repeating: texts(1, topics: 1)[0], count: 1000)
    #expect(await Peers.find(terms, families: Array(terms.indices), count: 5, least: 0.1).allSatisfy(\.isEmpty))
    #expect(await Peers.find([], families: [], count: 5, least: 0.1).isEmpty)
    #expect(await Peers.find([Terms([]), Terms([])], families: [0, 1], count: 5, least: 0).allSatisfy(\.isEmpty))
  }
}

@Suite("Rankings")
struct RankingTests {
  @Test("The second-best match of a description is found, with its share of the score")
  func runnersUp() throws {
    let texts = [
      "Reviews Go code for races and leaks.", "Reviews Go code for races and leaks in servers.",
      "Writes Terraform modules.",
      "Paints walls.",
    ]
    let found = Ranking(texts.map { Array($0.utf8) }).runnersUp()
    #expect(found[0]?.place == 1 && found[1]?.place == 0)
    let (first, second) = (try #require(found[0]), try #require(found[1]))
    #expect(first.score > 0.8 && first.score < 1)
    // Words that only the second has count against the first.
    #expect(second.score < first.score)
    #expect(found[2] == nil && found[3] == nil)
  }

  @Test("Scores are those of BM25, calculated by hand")
  func byHand() throws {
    // Two words each, so every length is the mean, and a word that occurs once weighs 2.2 / 2.2.
    let found = Ranking(["alpha beta", "alpha gamma", "delta epsilon"].map { Array($0.utf8) }).runnersUp()
    // Rarity is ln(1 + (3 - n + 0.5) / (n + 0.5)): 0.4700 for a word in two texts, 0.9808 for a word in one.
    let share = 0.470_004 / (0.470_004 + 0.980_829)
    for place in 0...1 {
      let score = try #require(found[place]).score
      #expect(abs(score - share) < 0.0001)
    }
  }

  @Test("Empty descriptions have no matches")
  func nothing() {
    #expect(Ranking([]).runnersUp().isEmpty)
    #expect(Ranking([[], []]).runnersUp().allSatisfy { $0 == nil })
  }
}
