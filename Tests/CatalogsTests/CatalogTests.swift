import Agents
import Testing

@testable import Catalogs

@Suite("Catalogs")
struct CatalogTests {
  @Test("The slugs of agents with the same name differ by collection, folder or file")
  func shared() async throws {
    let byCollection = try await catalog(["@x/a.md": file("Same Name"), "@y/a.md": file("same-name")])
    #expect(byCollection.entries.map(\.slug) == ["same-name--x", "same-name--y"])
    let byFolder = try await catalog(["one/agents/a.md": file("same"), "two/agents/a.md": file("same")])
    #expect(byFolder.entries.map(\.slug) == ["same--one", "same--two"])
    let byFile = try await catalog(["001.md": file("same"), "002.md": file("same"), "other.md": file("other")])
    #expect(byFile.entries.map(\.slug) == ["other", "same--001", "same--002"])
    #expect(byFile.comparisons.map(\.id) == ["same"])
    #expect(byFile.entries[1].findings.map(\.rule) == ["name-shared", "tools-unrestricted"])
    #expect(byFile.entries[1].findings[0].message.contains("all/002.md"))
  }

  @Test("The order of the files does not matter")
  func order() async throws {
    let files = [
      "@b/x.md": file("One"), "@a/y.md": file("one"), "@a/z.md": file("Two", "tags: [B, a]"),
      "@b/w.md": file("three", "tags: b"),
    ]
    let forward = try await catalog(files)
    let backward = try await catalog(files, order: -1)
    #expect(forward.entries.map(\.slug) == backward.entries.map(\.slug))
    #expect(forward.taxonomies.map { $0.terms.map(\.name) } == backward.taxonomies.map { $0.terms.map(\.name) })
  }

  @Test("Slugs are unique even if case is ignored")
  func unique() async throws {
    let long = String(repeating: "very-", count: 40)
    let catalog = try await catalog([
      "1.md": file(long + "a"), "2.md": file(long + "b"), "3.md": file("same"), "4.md": file("same"),
      "5.md": file("same--3"),
      "6.md": file("SAME 3"),
    ])
    let slugs = catalog.entries.map { $0.slug.lowercased() } + catalog.comparisons.map(\.id)
    #expect(Set(slugs).count == slugs.count)
  }

  @Test("Taxonomies merge spellings, and count agents without a value")
  func taxonomies() async throws {
    let catalog = try await catalog([
      "a.md": file("a", "tags: [Code Review, api]\ntools: Read, Bash(git:*)\nmodel: opus"),
      "b.md": file("b", "tags: code-review\ncategory: Backend"), "01-data/c.md": file("c", "tags: Code Review"),
    ])
    let tags = try #require(catalog.taxonomy(.tags))
    #expect(tags.terms.map(\.name) == ["api", "Code Review"])
    #expect(tags.terms.map(\.agents.count) == [1, 3])
    let tools = try #require(catalog.taxonomy(.tools))
    #expect(tools.terms.map(\.name) == ["Bash", "Read", "Inherits all tools"])
    #expect(tools.terms.last?.agents.count == 2)
    #expect(catalog.taxonomy(.categories)?.terms.map(\.name) == ["Backend", "data", "No category"])
    #expect(catalog.entries.first { $0.slug == "c" }?.categoryIsFolder == true)
    #expect(catalog.termSlug(.tags, "CODE_REVIEW") == "code-review")
  }

  @Test("Topics come from names, descriptions and headings, with added words")
  func topics() async throws {
    var settings = CatalogSettings()
    settings.lexicon = Lexicon(
      topics: Lexicon.builtInTopics + [.init(title: "Ledgers", words: ["double entry", "ledger"])])
    let catalog = try await catalog(
      [
        "a.md": file("postgres-expert"), "b.md": file("ledger-keeper"),
        "c.md": "---\nname: c\ndescription: Writes C++ and Rust code.\n---\n\n# Rust\n",
        "d.md": file("poet", body: "A database is mentioned once."),
      ], settings: settings)
    #expect(catalog.entries.map(\.topics) == [["Languages"], ["Ledgers"], [], ["Databases"]])
  }

  @Test("Variants are compared by headings and shared text")
  func comparison() async throws {
    let words = (1...60).map { "word\($0)" }
    let first = "# One\n\n" + words.joined(separator: " ")
    let second = "# One\n\n## 2. Two\n\n" + (words.prefix(30) + words.prefix(30).reversed()).joined(separator: " ")
    let catalog = try await catalog([
      "a.md": file("same", body: first), "b.md": file("same", body: first), "c.md": file("same", body: second),
    ])
    let comparison = try #require(catalog.comparisons.first)
    let sections = Comparison.sections(of: comparison.agents.map { catalog.entries[$0].agent })
    #expect(sections.map(\.title) == ["One", "2. Two"])
    #expect(sections.map(\.ids) == [["one", "one", "one"], [nil, nil, "2-two"]])
    #expect(comparison.similarities.map(\.likeness.isIdentical) == [true, false, false])
    #expect(comparison.similarities[0].likeness.similarity == 1)
    // The first text has 57 runs of five words, with one from the heading. The second has 58, and 27 are in both:
    // 27 / (57 + 58 - 27).
    #expect((0.2..<0.4).contains(comparison.similarities[1].likeness.similarity))
  }

  @Test("Pinned comparisons have the named agents, and are omitted without any")
  func pinned() async throws {
    var settings = CatalogSettings()
    settings.pinned = [
      .init(title: "Both", agents: ["a", "sub/b.md"]), .init(title: "Nobody", agents: ["x", "y"]),
    ]
    let catalog = try await catalog(["a.md": file("a"), "sub/b.md": file("b")], settings: settings)
    #expect(catalog.comparisons.map(\.id) == ["both"])
    #expect(catalog.comparisons.first?.agents == [0, 1])
  }
}
