import Testing

@testable import GFM

@Suite("Complexity limits")
struct ComplexityTests {
  private func isShownAsItStands(_ text: String) -> Bool {
    let document = Markdown.parse(Array(text.utf8)[...])
    return document.notices.contains { if case .tooComplex = $0.kind { true } else { false } }
  }

  private func times(_ count: Int, _ text: String) -> String { String(repeating: text, count: count) }

  @Test("Texts beyond a limit are shown as they are, and texts just below it are rendered")
  func bounds() {
    #expect(!isShownAsItStands(times(11_900, "*a ")))
    #expect(isShownAsItStands(times(12_100, "*a ")))
    #expect(!isShownAsItStands(times(200, "> ") + "a"))
    #expect(isShownAsItStands(times(201, "> ") + "a"))
    #expect(!isShownAsItStands(times(499, "|a") + "\n" + times(499, "|-") + "\n"))
    #expect(isShownAsItStands(times(501, "|a") + "|\n" + times(501, "|-") + "|\n"))
    // For rows that omit cells, the parser creates all cells.
    #expect(!isShownAsItStands(times(400, "|a") + "|\n" + times(400, "|-") + "|\n" + times(450, "|b|\n")))
    #expect(isShownAsItStands(times(400, "|a") + "|\n" + times(400, "|-") + "|\n" + times(550, "|b|\n")))
    #expect(isShownAsItStands("[a]: " + times(10_000, "b") + "\n\n" + times(3_000, "[a] ")))
    #expect(!isShownAsItStands("[a]: " + times(400, "b") + "\n\n" + times(3_000, "[a] ")))
    // Many paragraphs, each of them below the limit.
    #expect(isShownAsItStands(times(4, times(10_000, "[") + "\n\n") + times(4, times(10_000, "[") + "\n\n")))
  }

  @Test("Long ordinary texts are rendered")
  func usual() {
    let part =
      "## Part\n\nSome *words* with `code`, a [link](https://example.org) and a list:\n\n- one\n- two **three**\n\n| a | b |\n| - | - |\n| 1 | 2 |\n\n"
    #expect(!isShownAsItStands(times(5_000, part)))
  }
}
