import Testing

@testable import Differences

@Suite("Shared core")
struct SharedCoreTests {
  private func section(_ title: String, _ lines: String...) -> Section {
    Section(
      title: title, id: title.isEmpty ? nil : title, key: title, lines: (title.isEmpty ? [] : ["# \(title)"]) + lines)
  }

  @Test("The core is the lines that all texts share, and the others are differences from it")
  func core() {
    let measure = [section("", "You read."), section("Work", "One.", "Two.", "Three."), section("Style", "Be brief.")]
    let longer = [
      section("", "You read."), section("Work", "One.", "Two.", "Three.", "Four."), section("Style", "Be brief."),
    ]
    let other = [section("", "You read."), section("Work", "One.", "Three."), section("Limits", "Never write.")]
    let core = SharedCore(of: measure, and: [longer, other])
    #expect(core.parts.map(\.title) == ["", "Work"])
    #expect(core.parts.map(\.lines) == [["You read."], ["# Work", "One.", "Three."]])
    #expect(core.lineCount == 4)
    #expect(core.differences.count == 2 && core.differences[0].counts == (9, 0, 1))
  }

  @Test("Moved sections stay in the core")
  func moved() {
    let measure = [section("A", "One line."), section("B", "Two lines."), section("C", "Three lines.")]
    let core = SharedCore(of: measure, and: [[measure[2], measure[0], measure[1]], measure])
    #expect(core.parts.map(\.title) == ["A", "B", "C"] && core.lineCount == 6)
  }

  @Test("Texts without common lines have no core")
  func nothing() {
    let core = SharedCore(of: [section("", "One thing.", "")], and: [[section("", "Other matters entirely.", "")]])
    #expect(core.parts.isEmpty && core.lineCount == 0)
  }

  @Test("Every line of the core is in every text")
  func property() {
    var numbers = Numbers(state: 9)
    for _ in 0..<200 {
      func text() -> [Section] {
        (0..<Int.random(in: 1...4, using: &numbers)).map { number in
          Section(
            title: "s\(number)", id: "s\(number)", key: "s\(number)",
            lines: (0..<Int.random(in: 0...6, using: &numbers)).map { _ in
              "line \(Int.random(in: 0..<8, using: &numbers))"
            })
        }
      }
      let (measure, others) = (text(), [text(), text()])
      let core = SharedCore(of: measure, and: others)
      for other in others + [measure] {
        var counts: [String: Int] = [:]
        for line in other.flatMap(\.lines) { counts[line, default: 0] += 1 }
        for line in core.parts.flatMap(\.lines) { counts[line, default: 0] -= 1 }
        #expect(counts.values.allSatisfy { $0 >= 0 })
      }
    }
  }
}
