import Testing

@testable import Highlighting

@Suite("Syntax highlighting")
struct LanguageTests {
  /// Code with each token in brackets, after its class.
  private func marked(_ code: String, _ language: Language) -> String {
    let bytes = Array(code.utf8)
    var result: [UInt8] = []
    var written = 0
    bytes.withUnsafeBufferPointer { text in
      language.tokens(in: text) { token in
        result += bytes[written..<token.range.lowerBound]
        result += "[\(token.kind.className):".utf8 + bytes[token.range] + "]".utf8
        written = token.range.upperBound
      }
    }
    return String(decoding: result + bytes[written...], as: UTF8.self)
  }

  @Test(
    "Comments, strings, keywords, numbers and names are recognized",
    arguments: [
      (.swift, #"let name: String = "a\"b" // why"#, #"[hk:let] name: [ht:String] = [hs:"a\"b"] [hc:// why]"#),
      (.swift, "@Test func f() { x.self }", "[hp:@Test] [hk:func] f() { x.self }"),
      (
        .bash, "if [ -n \"$A\" ]; then # it's\n  echo ${B}#c",
        "[hk:if] [ -n [hs:\"$A\"] ]; [hk:then] [hc:# it's]\n  echo [hv:${B}]#c"
      ),
      (
        .python, "@app.get('/')\ndef f(x=1.5):\n  \"\"\"a\n  b\"\"\"\n  return None",
        "[hp:@app.get]([hs:'/'])\n[hk:def] f(x=[hn:1.5]):\n  [hs:\"\"\"a\n  b\"\"\"]\n  [hk:return] [hn:None]"
      ),
      (.javascript, "const a = `x\n${b}`; /* c */ a.from", "[hk:const] a = [hs:`x\n${b}`]; [hc:/* c */] a.from"),
      (.typescript, "interface A { readonly b: string }", "[hk:interface] A { [hk:readonly] b: [ht:string] }"),
      (
        .sql, "SELECT a -- all\nFROM t WHERE b = 'it''s'",
        "[hk:SELECT] a [hc:-- all]\n[hk:FROM] t [hk:WHERE] b = [hs:'it'][hs:'s']"
      ),
      (.php, "<?php $a = \"x\"; // y", "<?[hk:php] [hv:$a] = [hs:\"x\"]; [hc:// y]"),
      (.rust, "fn f<'a>(s: &'a str) -> Option<u8>", "[hk:fn] f<'a>(s: &'a [ht:str]) -> [ht:Option]<[ht:u8]>"),
      (.json, "{\"a\" : [\"b\", -1.5e3, true]}", "{[hp:\"a\"] : [[hs:\"b\"], [hn:-1.5e3], [hn:true]]}"),
      (
        .yaml, "# c\na-b: \"x: y\" # d\n- k: 12\n- it's http://x",
        "[hc:# c]\n[hp:a-b]: [hs:\"x: y\"] [hc:# d]\n- [hp:k]: [hn:12]\n- it's http://x"
      ),
      (.toml, "[a.b]\nc = true", "[hg:[a.b]]\n[hp:c] = [hn:true]"),
      (
        .html, "<a href=\"x\" hidden>b</a><!-- c -->",
        "[hg:<a] [hp:href]=[hs:\"x\"] [hp:hidden][hg:>]b[hg:</a][hg:>][hc:<!-- c -->]"
      ),
      (.html, "<script>a < b && \"c\"</script>", "[hg:<script][hg:>]a < b && \"c\"[hg:</script][hg:>]"),
      (
        .css, "@media print { .a:hover { color: #fff; /* b */ } }",
        "[hk:@media] [hg:print] { .a:hover { [hp:color]: [hn:#fff]; [hc:/* b */] } }"
      ),
      (.markdown, "# A\n- b `c` `d\n1. e\n```js", "[hg:# A]\n[hk:-] b [hs:`c`] `d\n[hk:1.] e\n[hk:```js]"),
      (.diff, "@@ -1 +1 @@\n-a\n+b\n c", "[hg:@@ -1 +1 @@]\n[hr:-a]\n[ha:+b]\n c"),
    ] as [(Language, String, String)])
  func tokens(language: Language, code: String, expected: String) {
    #expect(marked(code, language) == expected)
  }

  @Test("Languages are found by their usual names")
  func names() {
    func named(_ name: String) -> Language? { Language(name: Array(name.utf8)) }
    #expect(named("Bash") == .bash && named("sh") == .bash && named("tsx") == .typescript && named("yml") == .yaml)
    #expect(named("c++") == .c && named("js") == .javascript && named("Python") == .python && named("HTML") == .html)
    #expect(named("") == nil && named("mermaid") == nil && named("a-name-that-is-longer-than-any") == nil)
  }

  @Test(
    "Random code gives sorted tokens that never split a character",
    arguments: Language.allCases)
  func anything(language: Language) {
    var generator = Numbers(state: UInt64(Language.allCases.firstIndex(of: language) ?? 0) + 1)
    let pieces = [
      "\"", "'", "`", "```", "\"\"\"", "'''", "\\", "/*", "*/", "//", "#", "--", "<", ">", "</", "<!--", "-->",
      "<script", "{", "}", "${", "$", "@",
      ":", "=", "- ", "---", "\n", " ", "\t", "a", "let", "1", ".", "é", "日本", "🙂", "[", "]", "(", "%", "r#\"", "+",
      ";",
    ]
    for _ in 0..<400 {
      let code = (0..<Int.random(in: 0...40, using: &generator)).map { _ in
        pieces[Int.random(in: 0..<pieces.count, using: &generator)]
      }.joined()
      let bytes = Array(code.utf8)
      var last = 0
      bytes.withUnsafeBufferPointer { text in
        language.tokens(in: text) { token in
          #expect(
            token.range.lowerBound >= last && token.range.upperBound <= bytes.count && !token.range.isEmpty, "\(code)")
          for edge in [token.range.lowerBound, token.range.upperBound] where edge < bytes.count {
            #expect(bytes[edge] & 0xC0 != 0x80, "\(code)")
          }
          last = token.range.upperBound
        }
      }
    }
  }

  @Test("Code beyond the size limit has no tokens")
  func large() {
    let code = Array(repeating: UInt8(ascii: "1"), count: Language.sizeLimit + 1)
    code.withUnsafeBufferPointer { text in
      Language.json.tokens(in: text) { _ in Issue.record("a token") }
    }
  }

  /// Reproducible random numbers (xorshift64, Marsaglia, "Xorshift RNGs", 2003).
  private struct Numbers: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
      return state
    }
  }
}
