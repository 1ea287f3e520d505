import Files
import Foundation
import Likenesses
import Testing

@testable import Pages

@Suite("Themes")
struct ThemeTests {
  private func overlay(_ text: String, name: String = "footer.mustache") -> SiteTheme.Overlay {
    .init(name: name, file: "mine/Templates/\(name)", bytes: Array(text.utf8))
  }

  private func refusal(_ text: String, name: String = "footer.mustache") -> String? {
    do {
      _ = try SiteTheme(templates: [overlay(text, name: name)])
      return nil
    } catch {
      return error.description
    }
  }

  @Test(
    "Template errors name the file and line, and suggest a correction",
    arguments: [
      (
        "a\nb {{siteTitel}}",
        "mine/Templates/footer.mustache:2: unknown name “siteTitel”; did you mean “siteTitle”?"
      ),
      ("{{#rows}}x", "mine/Templates/footer.mustache:1: {{rows}} is opened here and never closed"),
      (
        "{{#rows}}\n{{/terms}}",
        "mine/Templates/footer.mustache:2: found {{/terms}} instead of {{/rows}}, opened in line 1"
      ),
      ("x\n{{/rows}}", "mine/Templates/footer.mustache:2: {{/rows}} closes nothing"),
      ("\n\n{{>legnd}}", "mine/Templates/footer.mustache:3: unknown template “legnd”; did you mean “legend”?"),
      ("{{siteTitle", "mine/Templates/footer.mustache:1: the tag opened here is never closed"),
      ("{{% CONTENT_TYPE:TEXT}}{{siteTitle}}", "mine/Templates/footer.mustache:1: pragmas are set by the program"),
      ("{{=<% %>=}}", "mine/Templates/footer.mustache:1: delimiters cannot be changed here"),
    ])
  func mistakes(text: String, message: String) {
    #expect(refusal(text) == message)
  }

  @Test("An overlay replaces only its own templates and adds its assets")
  func overlays() async throws {
    let theme = try SiteTheme(
      templates: [overlay("<footer>{{siteTitle}}</footer>")],
      assets: [.init(name: "logo.svg", file: "mine/Assets/logo.svg", bytes: Array("<svg/>".utf8))])
    #expect(
      theme.assets.map(\.name) == [
        "OFL.txt", "choice.js", "columns.js", "compare.js", "difference.js", "facets.js", "filter.js", "icon.svg",
        "inter.woff2", "invisible.js", "item.js", "jetbrains-mono.woff2", "lines.js", "listing.js", "logo.svg",
        "moved.js", "notFound.js", "palette.js", "results.js", "review.css", "review.js", "reviewFinish.js",
        "reviewPage.js", "reviewQueue.js", "script.js", "search.js", "style.css", "summary.js", "versions.js",
        "words.js",
      ])
    let site = try await site(["a.md": "---\nname: a\ndescription: d\n---\nx\n"], theme: theme)
    let page = try #require(try text(of: "index.html", in: site))
    #expect(page.contains("<footer>Agents</footer>"))
    #expect(page.contains("<header class=\"site\">"))
  }

  @Test("Values are always escaped, including quotation marks with combining marks")
  func escaping() async throws {
    let name = "x\u{22}\u{338} onmouseover=alert(1) <b>"
    let site = try await site([
      "a.md": "---\nname: '\(name)'\ndescription: 'd \(name)'\nmodel: '\(name)'\ntags: ['\(name)']\n---\nx\n"
    ])
    for page in site.plan where page.path.description.hasSuffix(".html") {
      let html = String(decoding: try page.content().bytes, as: UTF8.self)
      #expect(Array(html.utf8).firstRange(of: Array("x\"\u{338}".utf8)) == nil, "\(page.path)")
    }
  }

  @Test("The theme guide lists every name of every view")
  func guide() throws {
    let file = URL(fileURLWithPath: #filePath).appending(path: "../../../Documentation/themes.md").standardizedFileURL
    let text = try String(contentsOf: file, encoding: .utf8)
    var told: [String: [String]] = [:]
    for section in text.split(separator: "\n### ").dropFirst() {
      let title = String(section.prefix { $0 != "\n" })
      told[title + "View"] = section.matches(of: /(?m)^\| `(\w+)` \| .+ \|$/).map { String($0.output.1) }
    }
    // Views that contain other views have their names too. The guide lists these once.
    let inherited: [String: [String]] = [
      "IndexView": ["ListView", "PagingView", "FilterView"], "ListView": ["PagingView"],
      "TermView": ["ListView", "PagingView", "FilterView"], "TermsView": ["PagingView"],
      "VariantsView": ["ComparisonView", "ListView", "PagingView"], "ColumnView": ["RowView"],
      "AloneView": ["ComparisonView"], "ComparisonsView": ["PagingView"], "RuleView": ["PagingView"],
      "FindingFilesView": ["PagingView"], "ChangesView": ["PagingView"],
    ]
    for (name, names) in Vocabulary.namesByView {
      let others = Set((inherited[name] ?? []).flatMap { told[$0] ?? [] })
      #expect(Set(told[name] ?? []).union(others) == Set(names).union(others), "\(name)")
    }
    #expect(Set(told.keys) == Set(Vocabulary.namesByView.keys))
  }

  @Test("Templates can use the addresses of assets, and unknown assets are errors")
  func assets() async throws {
    let logo = SiteTheme.Overlay(name: "logo.svg", file: "mine/Assets/logo.svg", bytes: Array("<svg/>".utf8))
    let theme = try SiteTheme(templates: [overlay("<img src=\"{{asset:logo.svg}}\">")], assets: [logo])
    let site = try await site(["a.md": "---\nname: a\ndescription: d\n---\nx\n"], theme: theme)
    let address = Fingerprint.name("logo.svg", logo.bytes)
    #expect(try text(of: "index.html", in: site)?.contains("<img src=\"assets/\(address)\">") == true)
    #expect(try text(of: "agents/all/a.html", in: site)?.contains("<img src=\"../../assets/\(address)\">") == true)
    #expect(
      refusal("\n{{asset:loga.svg}}")
        == "mine/Templates/footer.mustache:2: unknown name “asset:loga.svg”")
  }

  @Test("Style sheets use published file names, and standalone pages load no fonts")
  func fonts() throws {
    let theme = try SiteTheme(assets: [
      .init(name: "acme.woff2", file: "a", bytes: Array("font".utf8)),
      .init(name: "acme.css", file: "b", bytes: Array("a { src: url(acme.woff2) } b { src: url(other.woff2) }".utf8)),
    ])
    #expect(
      String(decoding: theme.bytes(ofAsset: "acme.css"), as: UTF8.self)
        == "a { src: url(\(Fingerprint.name("acme.woff2", Array("font".utf8)))) } b { src: url(other.woff2) }")
    let style = theme.bytes(ofAsset: "style.css")
    #expect(String(decoding: style, as: UTF8.self).contains("url(inter."))
    let alone = String(decoding: StyleSheet.withoutFonts(style), as: UTF8.self)
    #expect(!alone.contains("url(") && alone.contains(":root {"))
  }

  @Test("Asset names depend on the content")
  func fingerprints() {
    let first = Fingerprint.name("style.css", Array("a".utf8))
    #expect(first != Fingerprint.name("style.css", Array("b".utf8)))
    #expect(first.wholeMatch(of: /style\.[0-9a-f]{10}\.css/) != nil)
  }
}

@Suite("Style sheets")
struct StyleSheetTests {
  @Test(
    "Comments are removed, but not from text in quotation marks",
    arguments: [
      ("a /* b */ c", "a  c"), ("/**/a/*/ b */c", "ac"), ("a { content: \"/* b */\" }", "a { content: \"/* b */\" }"),
      ("a { content: 'it\\'s /* b */' }", "a { content: 'it\\'s /* b */' }"), ("a /* b", "a "), ("a / b", "a / b"),
    ])
  func comments(style: String, expected: String) {
    #expect(String(decoding: StyleSheet.withoutComments(Array(style.utf8)), as: UTF8.self) == expected)
  }
}
