import Testing

@testable import Templates

/// The view that the test templates render.
private struct Sample: TemplateView {
  var text = "a<b"
  var markup: HTML = "<i>x</i>"
  var none: String?
  var empty = ""
  var yes = true
  var no = false
  var zero = 0
  var words = ["x", "<y>"]
  var parts: [Part] = [Part(text: "one", own: "1"), Part(text: "two", own: "2")]

  static let members: Members<Sample> = [
    "text": Member { $0.text }, "markup": Member { $0.markup }, "none": Member { $0.none },
    "empty": Member { $0.empty },
    "yes": Member { $0.yes }, "no": Member { $0.no }, "zero": Member { $0.zero }, "words": Member { $0.words },
    "parts": Member { $0.parts },
  ]
}

private struct Part: TemplateView {
  let text: String?
  let own: String

  static let members: Members<Part> = ["text": Member { $0.text }, "own": Member { $0.own }]
}

@Suite("Templates")
struct TemplateTests {
  private func rendered(_ text: String, _ others: [String: String] = [:], _ sample: Sample = Sample()) throws -> String
  {
    let sources = others.merging(["main": text]) { $1 }.mapValues { TemplateLibrary.Source(file: "f", text: $0) }
    let names = Set(Sample.members.keys).union(Part.members.keys)
    let template = try #require(try TemplateLibrary(sources, names: names)["main"])
    return String(decoding: template.render([sample]), as: UTF8.self)
  }

  @Test(
    "Names render their values",
    arguments: [
      ("{{text}} {{ text }}", "a&lt;b a&lt;b"),
      ("{{{text}}} {{&text}}", "a&lt;b a&lt;b"),
      ("{{{markup}}} {{&markup}}", "<i>x</i> <i>x</i>"),
      ("{{markup}}", "&lt;i&gt;x&lt;/i&gt;"),
      ("[{{none}}{{empty}}{{zero}}{{yes}}]", "[0]"),
      ("{{#words}}({{.}}){{/words}}", "(x)(&lt;y&gt;)"),
      ("{{#parts}}{{text}}{{own}}{{zero}};{{/parts}}", "one10;two20;"),
      ("{{#text}}[{{.}}]{{/text}}", "[a&lt;b]"),
      ("{{#yes}}y{{/yes}}{{#no}}n{{/no}}{{^no}}N{{/no}}{{^yes}}Y{{/yes}}", "yN"),
      ("{{#none}}n{{/none}}{{^none}}N{{/none}}{{^empty}}E{{/empty}}{{#zero}}0{{/zero}}", "NE0"),
      ("{{! nothing {{ }}x{{!\n\n}}y", "xy"),
      ("{ {{text}} } {}", "{ a&lt;b } {}"),
    ])
  func values(text: String, result: String) throws {
    #expect(try rendered(text) == result)
  }

  @Test("A name is looked up in the innermost view that has it, even if its value is nil")
  func scopes() throws {
    let sample = Sample(parts: [Part(text: nil, own: "1")])
    #expect(try rendered("{{#parts}}[{{text}}]{{/parts}}", [:], sample) == "[]")
  }

  @Test(
    "Lines with only a tag that renders nothing are removed",
    arguments: [
      ("a\n  {{#yes}}  \nb\n{{/yes}}\nc\n", "a\nb\nc\n"),
      ("a\r\n{{#yes}}\r\nb\r\n{{/yes}}\r\nc", "a\r\nb\r\nc"),
      ("a {{#yes}}\nb{{/yes}}\nc", "a \nb\nc"),
      ("{{#yes}} {{/yes}}\nc", " \nc"),
      ("a\n{{!x}}\nb", "a\nb"),
      ("{{#yes}}\n{{/yes}}", ""),
      ("a\n{{yes}}\nb", "a\n\nb"),
      ("a\n {{>other}}\nb", "a\n1\n2\nb"),
      ("a {{>other}} b", "a 1\n2\n b"),
    ])
  func lines(text: String, result: String) throws {
    #expect(try rendered(text, ["other": "1\n2\n"]) == result)
  }

  @Test(
    "Blocks replace those of the layout, and the outermost block takes precedence",
    arguments: [
      ("{{<layout}}{{/layout}}", "<d e>"),
      ("{{<layout}}{{$a}}x{{/a}}{{/layout}}", "<x e>"),
      ("{{<layout}}lost{{$b}}{{text}}{{/b}}{{$c}}unused{{/c}}{{/layout}}", "<d a&lt;b>"),
      ("{{<middle}}{{/middle}}", "<m- e>"),
      ("{{<middle}}{{$inner}}I{{/inner}}{{/middle}}", "<mI e>"),
      ("{{<middle}}{{$a}}over{{/a}}{{/middle}}", "<over e>"),
      ("{{#parts}}{{<layout}}{{$a}}{{own}}{{/a}}{{/layout}}{{/parts}}", "<1 e><2 e>"),
      ("{{$a}}own{{/a}}", "own"),
    ])
  func inheritance(text: String, result: String) throws {
    let others = [
      "layout": "<{{$a}}d{{/a}} {{$b}}e{{/b}}>", "middle": "{{<layout}}{{$a}}m{{$inner}}-{{/inner}}{{/a}}{{/layout}}",
    ]
    #expect(try rendered(text, others) == result)
  }

  @Test("A template cannot include itself, directly or indirectly")
  func loops() {
    #expect(throws: TemplateError(file: "f", line: 2, message: "the template “main” includes itself")) {
      try rendered("\n{{>main}}")
    }
    #expect(throws: TemplateError.self) { try rendered("{{>other}}", ["other": "{{<main}}{{/main}}"]) }
  }

  @Test("HTML interpolation escapes text and keeps markup")
  func markup() {
    let html: HTML = "<b title=\"\("\"x\"")\">\("<i>")\(7)\("&" as HTML)</b>"
    #expect(html == "<b title=\"&quot;x&quot;\">&lt;i&gt;7&</b>")
  }
}
