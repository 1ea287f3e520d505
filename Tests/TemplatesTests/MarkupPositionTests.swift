import Files
import Testing

@testable import Templates

@Suite("Markup in templates")
struct MarkupPositionTests {
  private struct View: TemplateView {
    let text: String
    static let members: Members<View> = [
      "text": Member { $0.text }, "name": Member { Identifier($0.text) }, "has": Member { !$0.text.isEmpty },
    ]
  }

  private func rendered(_ source: String, _ text: String) throws -> String {
    let library = try TemplateLibrary(
      ["page": .init(file: "page.mustache", text: source)], names: ["text", "name", "has"])
    return String(decoding: library["page"]?.render([View(text: text)]) ?? [], as: UTF8.self)
  }

  @Test(
    "Invisible characters get markup only between tags",
    arguments: [
      ("<p>{{text}}</p>", true), ("<p title=\"{{text}}\">x</p>", false), ("<p title='a > {{text}}'>x</p>", false),
      ("<p class={{text}}>x</p>", false), ("<p{{#has}} title=\"x\"{{/has}}>{{text}}</p>", true),
      ("<p{{#has}} title=\"{{text}}\"{{/has}}>x</p>", false), ("<title>a {{text}}</title>", false),
      ("<title>a</title>{{text}}", true), ("<TITLE>{{text}}</TITLE>", false),
      ("<script>a < b; {{text}}</script>", false),
      ("<style>p > a {}</style><p>{{text}}", true), ("<textarea>{{text}}</textarea>", false), ("a < b {{text}}", false),
    ])
  func places(source: String, takesMarkup: Bool) throws {
    let page = try rendered(source, "a\u{202E}b")
    #expect(page.contains("<span class=\"unseen") == takesMarkup)
    #expect(page.contains("[U+202E]") == !takesMarkup)
    #expect(!page.unicodeScalars.contains("\u{202E}"))
  }

  @Test("Lookalikes in names are marked only in text")
  func names() throws {
    let page = try rendered("<b data-name=\"{{name}}\">{{name}}</b> {{text}}", "\u{441}\u{43E}\u{440}\u{443}")
    #expect(page.matches(of: /lookalike/).count == 4)
    #expect(page.contains("data-name=\"\u{441}\u{43E}\u{440}\u{443}\""))
  }

  @Test("Interpolated HTML labels invisible characters")
  func interpolation() {
    let text = "a\u{202E}b"
    let html: HTML = "<a title=\"\(text)\" href=\"#\">\(text)</a>"
    let page = String(decoding: html.bytes, as: UTF8.self)
    #expect(page.hasPrefix("<a title=\"a[U+202E]b\" href=\"#\">a<span class=\"unseen direction\""))
  }
}
