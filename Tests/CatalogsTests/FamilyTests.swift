import Agents
import Files
import Likenesses
import Testing

@testable import Catalogs

@Suite("Families of similar prompts")
struct FamilyTests {
  /// A prompt of `count` sentences, some of them with another word.
  private func prompt(_ count: Int, changed: ClosedRange<Int>? = nil, as word: String = "other") -> String {
    (0..<count).map { number in
      "Sentence \(number) says that \(changed?.contains(number) == true ? word : "thing") \(number * 7) comes before \(number * 3)."
    }.joined(separator: "\n")
  }

  private func findings(_ catalog: Catalog, _ path: String) -> [String] {
    catalog.entries.first { $0.agent.source.path.description == path }?.findings
      .filter { $0.rule == "near-duplicate" }.map(\.message) ?? []
  }

  @Test("Similar prompts are reported and compared")
  func found() async throws {
    let catalog = try await catalog([
      "a.md": file("alpha", "tools: Read", body: prompt(60)),
      "b.md": file("beta", "tools: Read", body: prompt(60, changed: 0...2)),
      "c.md": file("gamma", "tools: Read", body: prompt(60)),
      "d.md": file("delta", "tools: Read", body: "Something else entirely. " + prompt(60, changed: 0...59)),
      "e.md": file("epsilon", "tools: Read", body: "Short."), "f.md": file("zeta", "tools: Read", body: "Short."),
    ])
    let family = try #require(catalog.comparisons.first { $0.kind == .family })
    #expect(family.agents.map { catalog.entries[$0].agent.name } == ["alpha", "beta", "gamma"])
    #expect(family.title == "alpha and 2 like it" && family.id == "alpha-and-alike")
    #expect(family.similarities.count == 3)
    #expect(
      findings(catalog, "a.md") == [
        "the prompt is identical to “gamma” in all/c.md; 1 more is similar"
      ])
    let beta = try #require(findings(catalog, "b.md").first)
    let share = try #require(family.similarities.first { !$0.likeness.isIdentical }).likeness.similarity
    let percent = Int((share * 100).rounded())
    #expect(beta == "the prompt is nearly the same as “alpha” in all/a.md: \(percent)% similar; 1 more is similar")
    for path in ["d.md", "e.md", "f.md"] { #expect(findings(catalog, path) == []) }
    #expect(catalog.entries.filter { $0.family != nil }.count == 3)
  }

  @Test("Only prompts that differ little are called nearly the same")
  func nearlySame() async throws {
    let catalog = try await catalog([
      "a.md": file("alpha", "tools: Read", body: prompt(60)),
      "b.md": file("beta", "tools: Read", body: prompt(60, changed: 0...14)),
    ])
    let likeness = try #require(catalog.comparisons.first?.similarities.first?.likeness)
    #expect((50..<90).contains(likeness.percent))
    #expect(
      findings(catalog, "b.md") == ["the prompt is \(likeness.percent)% similar to “alpha” in all/a.md"])
  }

  @Test("A family whose members share a name has the page of that name")
  func variants() async throws {
    let catalog = try await catalog([
      "x/a.md": file("alpha", "tools: Read", body: prompt(60)),
      "y/a.md": file("alpha", "tools: Bash", body: prompt(60)),
    ])
    #expect(catalog.comparisons.map(\.kind) == [.variants])
    #expect(catalog.entries.allSatisfy { $0.family == 0 && $0.alike.count == 1 })
  }

  @Test("The threshold decides what is similar, and can turn the search off")
  func threshold() async throws {
    let files = [
      "a.md": file("alpha", "tools: Read", body: prompt(60)),
      "b.md": file("beta", "tools: Read", body: prompt(60, changed: 0...19)),
    ]
    var settings = CatalogSettings()
    #expect(try await catalog(files, settings: settings).comparisons.count == 1)
    settings.likenessThreshold = 0.9
    #expect(try await catalog(files, settings: settings).comparisons.isEmpty)
    settings.likenessThreshold = 2
    let twins = ["a.md": file("alpha", body: prompt(60)), "b.md": file("beta", body: prompt(60))]
    #expect(try await catalog(twins, settings: settings).comparisons.isEmpty)
  }

  @Test("Families do not depend on the order of files")
  func order() async throws {
    var files: [String: String] = [:]
    for number in 0..<30 {
      files["\(number).md"] = file("agent \(number)", body: prompt(40, changed: number...number + 3))
    }
    let forward = try await catalog(files)
    let backward = try await catalog(files, order: -1)
    #expect(forward.comparisons.map(\.agents) == backward.comparisons.map(\.agents))
    #expect(forward.entries.map { $0.findings.map(\.message) } == backward.entries.map { $0.findings.map(\.message) })
  }

  @Test("A thousand similar agents give at most a thousand pair pages")
  func thousand() async throws {
    var files: [String: String] = [:]
    for number in 0..<1000 {
      files["\(number).md"] = file("agent \(number)", body: prompt(40, changed: number % 37...number % 37 + 1))
    }
    let catalog = try await catalog(files)
    #expect(catalog.comparisons.map(\.agents.count) == [1000])
    #expect(catalog.entries.allSatisfy { $0.alike.count <= 400 && !$0.alike.isEmpty })
    // Every agent has a page with the most similar agent, unless the two are identical.
    #expect(catalog.pairs.count <= 1000 && catalog.pairs.allSatisfy { !$0.likeness.isIdentical })
    // Pairs of identical agents are compared in the browser.
    let pairs = catalog.pairs.map { [$0.left, $0.right] } + catalog.formerPairs.map { [$0.left, $0.right] }
    #expect(Set(pairs.joined()).count == 1000)
  }
}

@Suite("Kinds of difference")
struct FieldDifferenceTests {
  @Test(
    "The kind names the fields if the prompts are identical, or else the similarity",
    arguments: [
      ("", 1.0, true, "identical"), ("model: haiku", 1, true, "only model differs"),
      ("model: haiku\ncolor: red", 1, true, "only model and color differ"), ("", 0.97, false, "97% similar"),
      ("model: haiku", 0.6, false, "60% similar"), ("", 0.02, false, "2% similar"),
      ("", 1, false, "99% similar"),
    ])
  func kinds(lines: String, share: Double, isIdentical: Bool, kind: String) async throws {
    let catalog = try await catalog(["a.md": file("a", ""), "b.md": file("a", lines)])
    let difference = FieldDifference(catalog.entries[0].agent, catalog.entries[1].agent)
    #expect(difference.kind(Likeness(similarity: share, isIdentical: isIdentical)) == kind)
  }

  @Test("The typical agent is the one most similar to all others")
  func typical() async throws {
    func text(_ own: Range<Int>) -> String {
      (0..<60).map { own.contains($0) ? "Something \(own.lowerBound) else \($0)." : "Line \($0) of the text it is." }
        .joined(separator: " ")
    }
    let catalog = try await catalog([
      "a.md": file("x", "", body: text(0..<10)), "b.md": file("x", "", body: text(60..<60)),
      "c.md": file("x", "", body: text(50..<60)),
    ])
    let comparison = try #require(catalog.comparisons.first)
    let typical = try #require(comparison.typical)
    #expect(catalog.entries[comparison.agents[typical]].agent.source.path.description == "b.md")
  }
}
