import Testing
import Text

@testable import Differences

/// Reproducible random numbers (SplitMix64: Steele, Lea and Flood, 2014).
struct Numbers: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
    return value ^ value >> 31
  }
}

@Suite("Lost headings")
struct WholeTests {
  @Test("A prompt that lost a heading is compared as a whole")
  func whole() {
    func section(_ title: String, _ lines: [String]) -> Section {
      Section(
        title: title, id: title.isEmpty ? nil : title, key: title, lines: (title.isEmpty ? [] : ["# \(title)"]) + lines)
    }
    let (first, second) = (
      (0..<20).map { "The line \($0) of the first." }, (0..<20).map { "The line \($0) of the second." }
    )
    let left = [section("A", first), section("B", second), section("C", ["The end of it."])]
    let right = [section("A", first + ["# B"] + second), section("C", ["The end of it."])]
    let diff = SectionDiff(left, right)
    #expect(diff.pairs.map(\.title) == ["The whole prompt"] && diff.isSame)
    // If sections are only added, removed or moved, they are compared one by one.
    let other = SectionDiff(left, [left[2], left[0], section("D", ["Something new, and nothing else."])])
    #expect(Set(other.pairs.map(\.title)) == ["A", "B", "C", "D"] && other.pairs.count == 4)
  }
}

@Suite("Edits")
struct EditsTests {
  @Test("Edits reproduce both sequences", arguments: [2, 4, 30, 1000])
  func whole(alphabet: Int) {
    var numbers = Numbers(state: UInt64(alphabet))
    for round in 0..<300 {
      func sequence() -> [Int] {
        (0..<Int.random(in: 0...(round % 40), using: &numbers)).map { _ in
          Int.random(in: 0..<alphabet, using: &numbers)
        }
      }
      let left = sequence()
      var right = round.isMultiple(of: 3) ? sequence() : left
      for _ in 0..<(round % 5) where !right.isEmpty {
        let place = Int.random(in: 0..<right.count, using: &numbers)
        if Bool.random(using: &numbers) { right.remove(at: place) } else { right.insert(place, at: place) }
      }
      let edits = Edits.between(left, right)
      #expect(edits.flatMap { left[$0.left] } == left)
      #expect(edits.flatMap { right[$0.right] } == right)
      for edit in edits where edit.isSame { #expect(left[edit.left] == right[edit.right]) }
      for (edit, next) in zip(edits, edits.dropFirst()) { #expect(edit.isSame != next.isSame) }
      #expect(left != right || edits.allSatisfy(\.isSame))
    }
  }

  @Test("A small change gives few edits")
  func few() {
    let left = Array(0..<2000)
    var right = left
    right.remove(at: 700)
    right.insert(-1, at: 1200)
    #expect(Edits.between(left, right).filter { !$0.isSame }.count == 2)
  }

  @Test("Long repetitive sequences finish and are reproduced")
  func bounded() {
    let left = (0..<100_000).map { $0 % 7 }
    let right = (0..<100_000).map { $0 % 5 }
    let edits = Edits.between(left, right)
    #expect(edits.flatMap { left[$0.left] } == left && edits.flatMap { right[$0.right] } == right)
  }
}

@Suite("Text differences")
struct TextDiffTests {
  private func lines(_ text: String) -> [String] {
    text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }

  @Test("Differences reproduce both texts")
  func whole() {
    var numbers = Numbers(state: 9)
    let words = [
      "a", "the", "Read", "it", " ", "  ", "\t", "é", "👩‍🔬", ".", ",", "*", "\n", "\n", "`x`", "<b>", "設計", "", "don't",
    ]
    for _ in 0..<500 {
      func text() -> String {
        (0..<Int.random(in: 0..<40, using: &numbers)).map { _ in words[Int.random(in: 0..<words.count, using: &numbers)]
        }.joined()
      }
      let (left, right) = (lines(text()), lines(text()))
      let diff = TextDiff(left, right)
      #expect(diff.lines(of: .left) == left)
      #expect(diff.lines(of: .right) == right)
      #expect(diff.isSame == (left == right))
    }
  }

  @Test("Changed words of a line are marked")
  func words() {
    let diff = TextDiff(["Use Read and Grep to look.", "Stay."], ["Use Read and Glob to look closely.", "Stay."])
    #expect(
      diff.blocks == [
        .changed([
          .init(side: .both, text: "Use Read and "), .init(side: .left, text: "Grep"),
          .init(side: .right, text: "Glob"), .init(side: .both, text: " to look"),
          .init(side: .right, text: " closely"), .init(side: .both, text: "."),
        ]), .same(["Stay."]),
      ])
    #expect(diff.counts == (same: 6, removed: 1, added: 2))
  }

  @Test("Words are counted without the line breaks between them")
  func reflowed() {
    let words = (0..<600).map { "word\($0 % 97)x\($0 / 7)" }
    func lines(_ length: Int, _ words: [String]) -> [String] {
      stride(from: 0, to: words.count, by: length).map {
        words[$0..<min($0 + length, words.count)].joined(separator: " ")
      }
    }
    let reflowed = TextDiff(["# Title", ""] + lines(12, words), ["# Title", ""] + lines(17, words))
    #expect(!reflowed.isSame)
    #expect(reflowed.counts == (same: 601, removed: 0, added: 0))
    var edited = words
    edited[300] = "other"
    edited.insert("more", at: 400)
    #expect(TextDiff(lines(12, words), lines(17, edited)).counts == (same: 599, removed: 1, added: 2))
    #expect(TextDiff(["One", "two"], ["One two", "three"]).counts == (same: 2, removed: 0, added: 1))
  }

  @Test("The words of large texts are counted quickly")
  func large() {
    func text(_ factor: Int) -> [String] {
      (0..<9000).map { line in (0..<10).map { "w\((line * 31 + $0 * factor) % 4001)" }.joined(separator: " ") }
    }
    let diff = TextDiff(text(7), text(11))
    let time = ContinuousClock().measure { #expect(diff.counts.added > 0) }
    #expect(time < .seconds(10))
  }

  @Test("Lines with little in common are removed and added")
  func other() {
    #expect(
      TextDiff(["One thing."], ["Quite another."]).blocks == [.removed(["One thing."]), .added(["Quite another."])])
    #expect(TextDiff([], ["x"]).blocks == [.added(["x"])])
    #expect(TextDiff(["x"], []).blocks == [.removed(["x"])])
    #expect(TextDiff([], []).blocks == [])
  }
}

@Suite("Section differences")
struct SectionDiffTests {
  private func section(_ title: String, _ text: String) -> Section {
    Section(title: title, id: title.lowercased(), key: title.lowercased(), lines: ["# \(title)", text])
  }
  private let long = "One two three four five six seven eight nine ten eleven twelve."

  private func told(_ left: [Section], _ right: [Section]) -> [String] {
    SectionDiff(left, right).pairs.map { pair in
      "\(pair.left?.title ?? "-")/\(pair.right?.title ?? "-")\(pair.isMoved ? " moved" : "")\(pair.diff.isSame ? "" : " changed")"
    }
  }

  @Test("Sections match by heading")
  func headings() {
    let left = [section("Role", "a"), section("Tools", "b"), section("End", "c")]
    #expect(told(left, left) == ["Role/Role", "Tools/Tools", "End/End"])
    #expect(
      told(left, [section("Role", "a"), section("New", "x"), section("Tools", "B is other"), section("End", "c")])
        == ["Role/Role", "-/New changed", "Tools/Tools changed", "End/End"])
    #expect(told(left, [section("End", "c")]) == ["Role/- changed", "Tools/- changed", "End/End"])
  }

  @Test("Moved sections match")
  func moved() {
    let (a, b, c) = (section("A", "a"), section("B", "b"), section("C", "c"))
    #expect(told([a, b, c], [b, c, a]) == ["A/A moved", "B/B", "C/C"])
  }

  @Test("Renamed sections match by content")
  func renamed() {
    let left = [section("Workflow", long), section("Other", "x")]
    let right = [section("Other", "x"), section("How to work", long)]
    #expect(
      told(left, right).first == "Workflow/How to work moved changed"
        || told(left, right).first == "Workflow/How to work changed")
    #expect(
      told([section("Workflow", long)], [section("Else", "Nothing of it at all, but words of its own here.")]).count
        == 2)
  }

  @Test("Differences reproduce both texts")
  func whole() {
    var numbers = Numbers(state: 4)
    for _ in 0..<200 {
      func text() -> [Section] {
        (0..<Int.random(in: 0..<7, using: &numbers)).map { _ in
          section("T\(Int.random(in: 0..<4, using: &numbers))", "w\(Int.random(in: 0..<3, using: &numbers)) \(long)")
        }
      }
      let (left, right) = (text(), text())
      let diff = SectionDiff(left, right)
      #expect(diff.pairs.compactMap(\.left).flatMap(\.lines) == left.flatMap(\.lines))
      #expect(diff.pairs.compactMap(\.right).flatMap(\.lines).sorted() == right.flatMap(\.lines).sorted())
      for pair in diff.pairs {
        #expect(pair.diff.lines(of: .left) == pair.left?.lines ?? [])
        #expect(pair.diff.lines(of: .right) == pair.right?.lines ?? [])
      }
      #expect(left != right || diff.isSame)
    }
  }
}
