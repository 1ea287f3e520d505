import Testing

@testable import GFM

@Suite("Mathematics")
struct MathematicsTests {
  @Test(
    "Formulas stay as written, and other text is not mistaken for formulas",
    arguments: [
      (#"Area \(\pi r^2\) of it"#, #"<p>Area \(\pi r^2\) of it</p>"#),
      (#"\[ a_1 + b_1 = c*d*e \]"#, #"<p>\[ a_1 + b_1 = c*d*e \]</p>"#),
      ("$$\nx_1 \\\\ y_1\n- z_1\n$$", "<p>$$\nx_1 \\\\ y_1\n- z_1\n$$</p>"),
      (#"$\alpha_1 * \beta_1 * 2$ here"#, #"<p>$\alpha_1 * \beta_1 * 2$ here</p>"#),
      (#"$$a < b & c^2$$"#, #"<p>$$a &lt; b &amp; c^2$$</p>"#),
      (#"A \[no link\](x) and f\(\) for $5 and $6_000_"#, #"<p>A [no link](x) and f() for $5 and $6_000_</p>"#),
      (#"`\(x_1\)` and ``a ` \(x_1\)``"#, #"<p><code>\(x_1\)</code> and <code>a ` \(x_1\)</code></p>"#),
      ("```\n\\(x_1\\)\n```", "<pre tabindex=\"0\"><code>\\(x_1\\)\n</code></pre>"),
      ("    \\(x_1\\)", "<pre tabindex=\"0\"><code>\\(x_1\\)\n</code></pre>"),
      ("\\(x_1\n\n_y_\\)", "<p>(x_1</p>\n<p><em>y</em>)</p>"),
    ])
  func formulas(text: String, expected: String) {
    let html = String(decoding: Markdown.parse(Array(text.utf8)[...]).html { _ in nil }, as: UTF8.self)
    #expect(html == expected + "\n")
  }
}
