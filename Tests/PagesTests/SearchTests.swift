import Files
import Foundation
import Testing

@testable import Pages

@Suite("Search")
struct SearchTests {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()

  /// `Tests/Site/test_search.py` compares the browser's stems with the same file.
  @Test("Stems equal those of the browser")
  func stems() throws {
    let lines = try String(contentsOf: Self.folder.appending(path: "Site/stems.tsv"), encoding: .utf8)
    let pairs = lines.split(separator: "\n").map { $0.split(separator: "\t").map(String.init) }
    #expect(pairs.count > 100)
    for pair in pairs { #expect(SearchWords.stems(pair[0]) == [pair[1]]) }
  }

  @Test("Common words equal those of the browser")
  func commonWords() throws {
    let script = String(decoding: try #require(EmbeddedFiles.all["Theme/Assets/words.js"]), as: UTF8.self)
    let list = try #require(script.firstMatch(of: /(?s)COMMON = `(.*?)`/)).output.1
    #expect(list.split(whereSeparator: \.isWhitespace) == SearchWords.commonText.split(separator: " "))
  }

  @Test(
    "Text is split into word stems",
    arguments: [
      ("C++ and C#, not A#b", ["c++", "and", "c#", "not"]), ("Next.js", ["next", "nextj", "js"]),
      ("Crème brûlée", ["crem", "brule"]), ("日本語 x", ["日本", "本語"]), ("R 4", ["r"]), ("don't", ["don"]),
    ])
  func words(text: String, stems: [String]) { #expect(SearchWords.stems(text) == stems) }

  @Test(
    "Words of prompts are found once each, with or without symbols around them",
    arguments: [
      ("Use a C# compiler, a C++ one", ["use", "c#", "compiler", "c++", "one"]), ("a b c", []), ("x", []),
      (
        "tests—reviews “quoted” 🚀launch →next ✅done ─line",
        ["tests", "reviews", "quoted", "launch", "next", "done", "line"]
      ),
      ("⚠\u{FE0F}careful ½ ™ Ⅳ ❶ ①", ["careful", "tm", "iv", "❶"]), ("caf\u{E9}s—na\u{EF}ve", ["cafes", "naive"]),
      ("日本語→試験", ["日本", "本語", "試験"]), ("end—", ["end"]), ("…", []),
    ])
  func proseWords(text: String, words: [String]) {
    var found: [String] = []
    SearchWords.eachHash(inProse: Array(text.utf8)[...]) { found.append(String(decoding: $1(), as: UTF8.self)) }
    #expect(found == words)
  }

  @Test("Symbols cut off at the end of a text are read to its end")
  func cutSymbols() {
    for bytes: [UInt8] in [[0x61, 0x62, 0xE2, 0x80], [0x61, 0x62, 0xF0, 0x9F, 0x9A], [0x61, 0x62, 0xE2]] {
      var count = 0
      SearchWords.eachHash(inProse: bytes[...]) { _, _ in count += 1 }
      #expect(count <= 1)
    }
  }

  @Test("Synonyms are read as equal or related")
  func synonyms() {
    let lines = SearchSynonyms.lines("# Words\nslides, slide deck > pptx\nk8s = kubernetes\n")
    #expect(lines.map { $0.words } == [["k8s"], ["kubernet"], ["slid"], ["slid", "deck"]])
    #expect(lines.map { $0.same } == [[["kubernet"]], [["k8s"]], [], []])
    #expect(lines.map { $0.related } == [[], [], [["pptx"]], [["pptx"]]])
  }

  @Test("Words weigh most in names, less in summaries and least in prompts")
  func weights() {
    var index = SearchIndex()
    for (slot, words) in [
      (1, index.words([(.name, "weaver")], prose: [], names: ["kind:agent"])),
      (4, index.words([(.name, "spinner"), (.summary, "Helps a weaver.")], prose: [], names: [])),
      (9, index.words([(.name, "dyer")], prose: Array("The weaver asks the weaver.".utf8)[...], names: [])),
    ] { index.add(slot: slot, words) }
    let entries = Dictionary(
      uniqueKeysWithValues: index.entries().map { (String(decoding: $0.term, as: UTF8.self), $0) })
    var found: [(slot: Int, impact: Int)] = []
    entries["weav"]?.postings.each { found.append(($0, $1)) }
    #expect(found.map(\.slot) == [1, 4, 9])
    #expect(found.map(\.impact) == found.map(\.impact).sorted(by: >))
    #expect(entries["the"] == nil && entries["kind:agent"]?.postings.count == 1)
  }

  @Test("Stop words are left out in the first prompt, too, and in all their forms")
  func stopWords() {
    var index = SearchIndex()
    let words = index.words([], prose: Array("Asking needs things; weaving.".utf8)[...], names: [])
    #expect(words.map { String(decoding: index.terms[Int($0.term)], as: UTF8.self) } == ["weav"])
  }

  @Test("Encoded subjects are read back, and the strongest are kept")
  func postings() {
    var postings = SearchPostings()
    let all = (0..<300).map { (slot: $0 * $0 * 7 + $0, impact: $0 % 63 + 1) }
    for (slot, impact) in all { postings.add(slot: slot, impact: impact) }
    var read: [(slot: Int, impact: Int)] = []
    postings.each { read.append(($0, $1)) }
    #expect(read.map(\.slot) == all.map(\.slot) && read.map(\.impact) == all.map(\.impact))
    #expect(postings.count == 300 && postings.totalImpact == all.reduce(0) { $0 + $1.impact })
    let kept = postings.strongest(100)
    var impacts: [Int] = []
    kept.each { impacts.append($1) }
    #expect(impacts.count == 100 && kept.count == 100 && impacts.min() == 41)
    #expect(postings.strongest(300).count == 300)
  }

  @Test("A shelf keeps the words of subjects for an index that numbers them differently")
  func shelves() throws {
    let key = DigestKey.random()
    var first = SearchIndex()
    let subjects = ["A weaver of cloth", "A dyer of cloth", "größer 日本"].map { text in
      (
        digest: key.digest(Array(text.utf8)),
        words: first.words([(.name, text)], prose: Array("Spin \(text) twice.".utf8)[...], names: ["kind:agent"])
      )
    }
    let bytes = SearchShelf.bytes(subjects, in: first)
    var second = SearchIndex()
    _ = second.number(ofTerm: Array("twic".utf8))
    let shelf = try #require(SearchShelf(bytes, in: &second))
    func told(_ words: [SearchIndex.Weighed], _ index: SearchIndex) -> [String] {
      words.map { "\(String(decoding: index.terms[Int($0.term)], as: UTF8.self)) \($0.impact) \($0.isStrong)" }
    }
    for subject in subjects {
      #expect(shelf[subject.digest].map { told($0, second) } == told(subject.words, first))
    }
    #expect(shelf.subjects.count == 3 && shelf[key.digest([])] == nil)
    for end in bytes.indices { #expect(SearchShelf(Array(bytes[..<end]), in: &second) == nil) }
  }

  @Test("A new item changes the slots of few others")
  func slots() {
    let addresses = (0..<100).map { "agents/item-\($0).html" }
    let before = Dictionary(uniqueKeysWithValues: zip(addresses, SearchData.slots(addresses, 256)))
    let more = ["agents/a-new-one.html"] + addresses
    let after = Dictionary(uniqueKeysWithValues: zip(more, SearchData.slots(more, 256)))
    #expect(Set(after.values).count == 101)
    #expect(addresses.count { before[$0] != after[$0] } <= 10)
  }
}
