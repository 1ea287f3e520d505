import Catalogs
import Files
import Pages
import Testing

@testable import Reports

@Suite("Reports")
struct ReportTests {
  private let editor = reviewer.replacing("name: reviewer", with: "name: editor").replacing(
    "Read, Grep", with: "Read, Edit"
  ).replacing("Say what is wrong.", with: "Mend what is wrong.")

  @Test("The agent list fits the width of the terminal")
  func table() async throws {
    let all = try await catalog(["a.md": reviewer, "b.md": editor])
    let lines = AgentTable.lines(of: all, width: 120)
    #expect(lines.count == 3)
    #expect(lines[0].hasPrefix("NAME      REACH   MODEL "))
    #expect(lines[1].hasPrefix("editor    re----  sonnet") && lines[1].hasSuffix("here/b.md"))
    let narrow = AgentTable.lines(of: all, width: 40)
    #expect(narrow[1].hasSuffix("…") || narrow[1].hasSuffix("here/b.md"))
    #expect(AgentTable.lines(of: try await catalog([:]), width: 80).isEmpty)
  }

  @Test("Findings are counted and summarized")
  func counts() async throws {
    let all = try await catalog(["a.md": "---\nname: a\ndescription: Does: it\n and more\n---\n\n", "b.md": reviewer])
    let files = FileFindings.all(in: all)
    let findings = files.flatMap(\.findings)
    #expect(files.map(\.publishedPath) == ["team/a.md"])
    #expect(FileFindings.all(in: all, only: ["no-such-rule"]).isEmpty)
    let counted = FindingCounts.text(of: findings).split(separator: "\n")
    #expect(counted.count == Set(findings.map(\.rule)).count)
    #expect(counted.allSatisfy { $0.wholeMatch(of: /\ *[0-9]+  [a-z-]+ +.+/) != nil })
    func report(_ files: [FileFindings], limit: Int? = nil, hidesNotes: Bool = false) -> CheckReport {
      CheckReport(files, checked: ["team/a.md"], hidesNotes: hidesNotes, limit: limit)
    }
    #expect(report([]).summary(of: all) == "2 agents checked, no findings" && report([]).hidden == nil)
    #expect(report(files).summary(of: all).hasPrefix("2 agents checked, \(findings.count) finding"))
    #expect(report(files).listed.flatMap(\.findings).map(\.severity) == findings.map(\.severity).sorted())
    #expect(report(files, limit: 1).listed.flatMap(\.findings).count == 1 && report(files, limit: 1).hidden != nil)
    var counts = SeverityCounts()
    (counts[.error], counts[.note]) = (1, 2)
    #expect(CountText.findings(counts) == "3 findings (1 error, 2 notes)")
    #expect(CountText.of(1, "file") == "1 file" && CountText.of(0, "file") == "0 files")
  }

  @Test("Portfolio numbers are listed, with the number of omitted rows")
  func portfolio() async throws {
    let all = try await catalog(["a.md": reviewer, "b.md": editor])
    let text = PortfolioText(Portfolio(all, by: ["tools"]), limit: 2).text
    #expect(text.hasPrefix("2 agents, 0 documents\n"))
    #expect(text.contains("\n  Read ") && text.contains("   100%  ▪▪▪▪") && text.contains("\n  and 1 more"))
  }

  @Test("Comparisons agree in text, Markdown and JSON")
  func comparison() async throws {
    let all = try await catalog(["a.md": reviewer, "b.md": editor])
    let files = all.entries.map { Array(($0.slug == "editor" ? editor : reviewer).utf8) }
    let comparison = SideBySide(all.entries, files: files, in: all) { $0.publishedPath }
    let text = ComparisonText(comparison, showsAll: false, hasColour: false).text
    #expect(text.contains("tools") && text.contains("1 Read, Edit") && text.contains("2 Read, Grep"))
    #expect(!text.contains("sonnet"), "both have the same model")
    #expect(text.contains("- Mend what is wrong.") && text.contains("+ Say what is wrong."))
    #expect(ComparisonText(comparison, showsAll: true, hasColour: false).text.contains("= sonnet"))
    let markdown = ComparisonMarkdown(comparison, showsAll: false).text
    #expect(markdown.hasPrefix("|  | editor | reviewer |\n| --- | --- | --- |\n"))
    #expect(markdown.contains("| tools | Read, Edit | Read, Grep |") && markdown.contains("```diff\n"))
    let json = try ComparisonJSON(comparison).text()
    #expect(json.contains(#""path" : "team/a.md""#) && json.contains(#""similarity" : "#))
    #expect(!json.contains("here/"), "JSON has no terminal paths")
  }

  @Test("Reviews list wider access first")
  func reviews() async throws {
    let wider = reviewer.replacing("Read, Grep", with: "Read, Grep, Bash").replacing("# Task", with: "# Tasks")
    let change = try await review(["a.md": reviewer, "b.md": editor], ["a.md": wider])
    let sides = ReviewSite.Sides(before: "main", after: "now", notes: ["A note."])
    let lines = ReviewText(change, sides: sides, reasons: ["1 agent with wider access"], output: "Review").lines
    #expect(lines.prefix(2) == ["Before: main", "After:  now"])
    let place = try #require(lines.firstIndex(of: "Wider access:"))
    #expect(lines[place + 1] == "  team/a.md (reviewer)")
    #expect(lines[place + 2] == "    “Bash” was added: it can now run any shell command.")
    #expect(lines[place + 4] == "    tools: “Read, Grep” → “Read, Grep, Bash”")
    #expect(lines.contains("Open Review/index.html") && lines.last == "Fails: 1 agent with wider access")
    let markdown = ReviewMarkdown(change, sides: sides, settingsChange: nil, reasons: []).text
    #expect(markdown.hasPrefix(ReviewMarkdown.mark) && markdown.contains("#### Wider access"))
    #expect(markdown.utf16.count < ReviewMarkdown.limit && !markdown.contains("Fails"))
  }

  @Test("Untrusted text is escaped in Markdown")
  func markdown() {
    #expect(MarkdownText.cell("a|b <c> @ada\nd") == "a\\|b \\<c\\> <b>@</b>ada d")
    #expect(MarkdownText.code("a`b``c") == "``` a`b``c ```")
    #expect(MarkdownText.fenced(["```", "x"], as: "diff") == ["````diff", "```", "x", "````"])
  }
}
