import Catalogs
import Foundation
import Testing

@testable import Pages

@Suite("Sites")
struct SiteTests {
  private func file(_ name: String, _ lines: String = "", body: String = "Body.") -> String {
    "---\nname: \(name)\ndescription: Does a thing.\n\(lines)\n---\n\n\(body)\n"
  }

  @Test("Addresses are unique even if case is ignored, and stay inside the site")
  func addresses() async throws {
    var files: [String: String] = [:]
    for number in 0..<30 { files["\(number).md"] = file("same", "tags: [index, con, 'x.2']") }
    files["index.md"] = file("index")
    files["up.md"] = file("../../up", "category: ../../../etc\nmodel: /absolute\ntools: '../../x'")
    let site = try await self.site(files)
    let paths = site.plan.map(\.path.description)
    #expect(Set(paths.map { $0.lowercased() }).count == paths.count)
    #expect(paths.allSatisfy { !$0.contains("..") && !$0.hasPrefix("/") && $0.split(separator: "/").count <= 3 })
  }

  @Test("Long lists are split into linked pages of 100")
  func pages() async throws {
    var files: [String: String] = [:]
    for number in 0..<230 { files["\(number).md"] = file("agent-\(number)", "model: opus") }
    let site = try await self.site(files)
    let first = try #require(try text(of: "index.html", in: site))
    let last = try #require(try text(of: "index.3.html", in: site))
    #expect(
      first.contains("1–100 of 230") && first.contains("href=\"index.2.html\"") && !first.contains("rel=\"prev\""))
    #expect(
      last.contains("201–230 of 230") && last.contains("rel=\"prev\" href=\"index.2.html\"")
        && !last.contains("rel=\"next\""))
    #expect(try text(of: "models/opus.3.html", in: site) != nil)
    #expect(try text(of: "index.4.html", in: site) == nil)
  }

  @Test(
    "No page grows with the catalog: terms, comparisons and page links are limited")
  func bounds() async throws {
    var files: [String: String] = [:]
    for number in 0..<1200 {
      files["x/\(number).md"] = file("pair-\(number / 2)", "tags: [t\(number)]")
      files["doc-\(number).md"] = "# Notes\n"
    }
    let site = try await self.site(files)
    let paths = Set(site.plan.map(\.path.description))
    #expect(paths.isSuperset(of: ["tags/index.3.html", "compare/index.2.html", "collections/all.12.html"]))
    #expect(paths.contains("tags/index.4.html") && !paths.contains("tags/index.5.html"))
    for path in ["tags/index.html", "tags/index.2.html", "compare/index.html", "index.7.html"] {
      let page = try #require(try text(of: path, in: site))
      #expect(page.utf8.count < 150_000, "\(path)")
      #expect(page.ranges(of: "<nav class=\"pages\"").count == 1, "\(path)")
    }
    let middle = try #require(try text(of: "index.7.html", in: site))
    #expect(
      middle.matches(of: /href="(index[.0-9]*html)"[^>]*>([0-9]+)</).map { String($0.output.2) }
        == ["1", "5", "6", "7", "8", "9", "12"])
  }

  @Test("A term with nearly all agents links to the index instead of listing them")
  func nearlyEverything() async throws {
    var files: [String: String] = [:]
    for number in 0..<600 {
      files["\(number).md"] = file("agent-\(number)", number < 480 ? "model: opus" : "model: haiku")
    }
    let site = try await self.site(files)
    let page = try #require(try text(of: "models/opus.html", in: site))
    #expect(page.contains("480 agents") && page.contains("href=\"../index.html?models=opus\""))
    #expect(!page.contains("<tbody>") && !page.contains("class=\"pages\""))
    for number in 2...5 {
      let later = try #require(try text(of: "models/opus.\(number).html", in: site))
      #expect(later.contains("<body class=\"moved\">") && later.contains("<a href=\"opus.html\">"))
    }
    // Smaller terms list their agents.
    #expect(try text(of: "models/haiku.2.html", in: site)?.contains("<tbody>") == true)
    files["more.md"] = file("more", "model: haiku")
    let less = try await self.site(files)
    #expect(try text(of: "models/opus.5.html", in: less)?.contains("<tbody>") == true)
  }

  @Test("A comparison shows changed lines with three lines of context, and links to the rest")
  func pairOfTwo() async throws {
    func prompt(_ word: String) -> String {
      (1...40).map { "Sentence \($0) says what is \($0 == 20 ? word : "the same")." }.joined(separator: "\n")
    }
    let site = try await self.site([
      "a.md": file("alpha", body: "# One\n\n" + prompt("right")),
      "b.md": file("beta", body: "# One\n\n" + prompt("left")),
    ])
    let page = try #require(try text(of: "compare/alpha-vs-beta.html", in: site))
    // The sections are compared below, so a table of the headings would repeat them.
    #expect(!page.contains("id=\"page:sections\""))
    let lines = page.matches(of: #/<div class="line[^"]*">Sentence (\d+) /#).map { String($0.output.1) }
    #expect(lines == ["17", "18", "19", "20", "21", "22", "23"])
    let folds = page.matches(of: #/<p class="fold"><a href="([^"]+)">(\d+) unchanged lines/#).map {
      [String($0.output.1), String($0.output.2)]
    }
    #expect(folds.map { $0[1] } == ["18", "18"] && folds.allSatisfy { $0[0].hasSuffix("/alpha.html#one") })
    #expect(page.contains("is <del>right</del><ins>left</ins>."))
  }

  @Test("Identical prompts have no comparison page, only a redirect")
  func identicalPair() async throws {
    let body = (1...40).map { "Sentence \($0) of a prompt that two have." }.joined(separator: "\n")
    let site = try await self.site(["a.md": file("alpha", body: body), "b.md": file("beta", body: body)])
    let page = try #require(try text(of: "compare/alpha-vs-beta.html", in: site))
    #expect(page.contains("<body class=\"moved\">") && page.contains("<a href=\"alpha-and-alike.html\">"))
    #expect(page.contains("data-href=\"index.html?with=agents/all/alpha,agents/all/beta\""))
    let group = try #require(try text(of: "compare/alpha-and-alike.html", in: site))
    #expect(group.contains("Same prompt and fields; only the name differs.") && !group.contains("-vs-"))
  }

  @Test("Agents with the same name are compared once, on the page of the name")
  func oneComparison() async throws {
    let site = try await self.site(["x/a.md": file("same", "model: opus"), "y/a.md": file("same", "model: haiku")])
    let page = try #require(try text(of: "agents/same.html", in: site))
    #expect(page.ranges(of: "<table class=\"compare across\">").count == 1)
    // A value that both agents have is shown once.
    #expect(page.contains("<span>Runtime</span></th><td colspan=\"2\"><div class=\"cell\">Claude Code</div></td>"))
    let former = try #require(try text(of: "compare/same.html", in: site))
    #expect(former.contains("<body class=\"moved\">") && former.contains("<a href=\"../agents/same.html\">"))
  }

  @Test("The number of compared agents on a page is limited, with a note")
  func manyVariants() async throws {
    var files: [String: String] = [:]
    for number in 0..<150 { files["\(number).md"] = file("same") }
    let site = try await self.site(files)
    let page = try #require(try text(of: "agents/same.html", in: site))
    #expect(page.contains("The first 40 of 150"))
    #expect(page.contains("1–100 of 150"))
    let second = try #require(try text(of: "agents/same.2.html", in: site))
    #expect(second.contains("101–150 of 150") && !second.contains("<table class=\"compare across\">"))
  }

  @Test("Relative links lead to pages, or to the source if its URL is set")
  func relativeLinks() async throws {
    var settings = CatalogSettings()
    settings.sourceURL = .pattern("https://example.org/blob/main/{path}")
    let files = [
      "a.md": file("a", body: "[b](sub/b.md#part), [gone](gone.md), [doc](notes.md)\n"),
      "sub/b.md": file("b", body: "# Part\n\n[a](../a.md)"), "notes.md": "# Notes\n",
    ]
    let page = try #require(try text(of: "agents/all/a.html", in: try await self.site(files, settings: settings)))
    #expect(page.contains("<a href=\"b.html#part\">b</a>"))
    #expect(page.contains("<a href=\"https://example.org/blob/main/gone.md\">gone</a>"))
    #expect(page.contains("<a href=\"../../documents/all/notes.html\">doc</a>"))
    #expect(page.contains("<a href=\"https://example.org/edit/main/a.md\">Edit</a>"))
    let without = try #require(try text(of: "agents/all/a.html", in: try await self.site(files)))
    #expect(without.contains("gone <code class=\"target\">gone.md</code>"))
  }

  @Test("A base URL gives absolute addresses and a site map")
  func baseURL() async throws {
    var settings = CatalogSettings()
    settings.baseURL = "https://example.org/x/"
    let site = try await self.site(["a.md": file("a")], settings: settings)
    #expect(
      try text(of: "index.html", in: site)?.contains("<link rel=\"canonical\" href=\"https://example.org/x/\">") == true
    )
    #expect(try text(of: "404.html", in: site)?.contains("href=\"https://example.org/x/assets/style.") == true)
    #expect(
      try text(of: "sitemap.xml", in: site)?.contains("<loc>https://example.org/x/agents/all/a.html</loc>") == true)
    #expect(try text(of: "sitemap.xml", in: try await self.site()) == nil)
  }

  @Test(
    "The site map lists every page except 404.html, and links in the header exist")
  func listed() async throws {
    var settings = CatalogSettings()
    settings.baseURL = "https://example.org/x/"
    let site = try await self.site(
      ["a.md": file("a", "tags: t"), "b/a.md": file("a"), "n.md": "# N\n"], settings: settings)
    let map = try #require(try text(of: "sitemap.xml", in: site))
    let paths = site.plan.map(\.path.description)
    for path in paths where path.hasSuffix(".html") && path != "404.html" {
      if try text(of: path, in: site)?.contains("<body class=\"moved\">") == true { continue }
      #expect(map.contains("/x/\(path == "index.html" ? "" : path)</loc>"), "\(path)")
    }
    #expect(!map.contains("404.html") && !map.contains(".md<"))
    let header = try #require(try text(of: "index.html", in: site)?.firstMatch(of: /(?s)<header.*?<\/header>/)).output
    let links = header.matches(of: /href="([^"#]+)"/).map { String($0.output.1) }
    #expect(Set(links).isSuperset(of: ["compare/index.html", "findings.html", "portfolio.html"]))
    #expect(Set(links).isSubset(of: paths))
  }

  private func site() async throws -> Site { try await PagesTests.site(["a.md": file("a")]) }

  private func site(_ files: [String: String], settings: CatalogSettings = CatalogSettings()) async throws -> Site {
    try await PagesTests.site(files, settings: settings)
  }

  @Test("An empty site says that there are no agents")
  func empty() async throws {
    let page = try #require(try text(of: "index.html", in: try await self.site([:])))
    #expect(page.contains("No agents yet."))
  }

  @Test("catalog.json and catalog.ndjson contain the values of each agent")
  func data() async throws {
    let site = try await self.site([
      "a.md": file("a\\\"b", "tools: Read, Bash(git:*)\nx: {deep: [1, 1.0, true, null]}", body: "# H\n\n日本\u{1}")
    ])
    let json = try #require(try text(of: "catalog.json", in: site))
    let lines = try #require(try text(of: "catalog.ndjson", in: site)).split(separator: "\n")
    #expect(lines.count == 1 && json.contains(lines[0]))
    let catalog = try #require(try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
    let agent = try #require((catalog["agents"] as? [[String: Any]])?.first)
    #expect(agent["name"] as? String == "a\\\"b")
    #expect(agent["reach"] as? [String] == ["read", "run"])
    #expect(agent["tools"] as? [String] == ["Read", "Bash(git:*)"])
    let fields = try #require(agent["fields"] as? [String: Any])
    #expect(fields["x"].map { "\($0)" }?.contains("1.0") == true)
  }

  @Test(
    "Colors map to the nearest spine color",
    arguments: [
      ("blue", "blue"), ("Blue", "blue"), ("#2563EB", "blue"), ("#10B981", "green"), ("#F59E0B", "orange"),
      ("magenta", "pink"),
      ("#888888", ""), ("red; background: url(x)", "red"), ("nonsense", ""), ("#fff", ""), ("#E879F9", "pink"),
    ])
  func spines(color: String, name: String) {
    #expect(Spine.name(color) == name)
  }

  @Test("Sentences are capitalized, except for code names")
  func capitals() {
    #expect("the fields".capitalisedFirst == "The fields")
    #expect("permissionMode is new".capitalisedFirst == "permissionMode is new")
  }

  @Test("Numbers are formatted for readers")
  func numbers() {
    #expect(Wording.number(1_234_567) == "1,234,567")
    #expect(Wording.number(999) == "999")
    #expect(Wording.short(1249) == "1.2k")
    #expect(Wording.short(99_960) == "100k")
    #expect(Wording.percent(0.999) == "99%")
    #expect(Wording.percent(1) == "100%")
  }
}
