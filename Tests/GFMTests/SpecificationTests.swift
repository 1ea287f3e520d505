import Foundation
import Testing

@testable import GFM

/// Compares our renderer with the examples of the GFM specification, which Debian installs with cmark-gfm.
@Suite("GFM specification")
struct SpecificationTests {
  @Test("Examples match the specification, except for safety", arguments: Specification.examples)
  func example(_ example: Specification.Example) {
    let expected = Normal.specification(example.html)
    let actual = Normal.rendered(html(example.markdown))
    if let reason = Specification.exceptions[example.number] {
      #expect(actual != expected, "example \(example.number) agrees now: take it off the list (\(reason))")
    } else {
      #expect(actual == expected, "example \(example.number): \(example.markdown.debugDescription)")
    }
  }

  @Test("All examples are found")
  func count() {
    #expect(Specification.examples.count == 673)
  }

  @Test("Parallel rendering gives the same result")
  func parallel() async {
    let texts = Specification.examples.map(\.markdown) + Specification.extensionMixtures
    let alone = texts.map { html($0) }
    await withTaskGroup(of: [Int].self) { group in
      for worker in 0..<8 {
        group.addTask {
          var wrong: [Int] = []
          for round in 0..<8 {
            for offset in texts.indices {
              let index = (offset * 7 + worker * 131 + round) % texts.count
              if html(texts[index]) != alone[index] { wrong.append(index) }
            }
          }
          return wrong
        }
      }
      for await wrong in group { #expect(wrong.isEmpty) }
    }
  }
}

private func html(_ markdown: String) -> String {
  let document = Markdown.parse(Array(markdown.utf8)[...])
  return String(decoding: document.html { $0 }, as: UTF8.self)
}

enum Specification {
  struct Example: Sendable, CustomTestStringConvertible {
    let number: Int
    let section: String
    let markdown: String
    let html: String
    var testDescription: String { "\(number) (\(section))" }
  }

  /// The path of the specification in Debian's package `cmark-gfm`.
  static let path = "/usr/share/doc/cmark-gfm/spec.txt.gz"

  static let examples: [Example] = {
    guard let text = try? unpacked(path) else { return [] }
    var examples: [Example] = []
    var section = ""
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false)[...]
    let fence = String(repeating: "`", count: 32)
    while let line = lines.popFirst() {
      if line.hasPrefix("#") { section = line.drop { $0 == "#" || $0 == " " }.description }
      guard line.hasPrefix(fence + " example") else { continue }
      let markdown = lines.prefix { $0 != "." }
      lines = lines.dropFirst(markdown.count + 1)
      let html = lines.prefix { $0 != fence[...] }
      lines = lines.dropFirst(html.count + 1)
      func block(_ part: ArraySlice<Substring>) -> String {
        part.map { $0.replacing("→", with: "\t") + "\n" }.joined()
      }
      examples.append(
        Example(number: examples.count + 1, section: section, markdown: block(markdown), html: block(html)))
    }
    return examples
  }()

  /// Texts that need an extension, and texts with the same characters that do not. Without a lock, the
  /// parser's shared tables would mix them up.
  static let extensionMixtures: [String] = (0..<40).flatMap { number in
    [
      "~~gone \(number)~~ and www.example.com/\(number) ~ here\n\n| a | b |\n| - | - |\n| ~~x~~ | y |\n",
      "plain *text* \(number) with a tilde-free line\n\n- [ ] open\n- [x] done\n",
      "a note[^1] ~~and~~ more\n\n[^1]: here \(number)\n",
    ]
  }

  private static func unpacked(_ path: String) throws -> String {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["zcat", path]
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return String(decoding: data, as: UTF8.self)
  }
}

/// Normalizes both sides, so that only relevant differences remain.
enum Normal {
  /// Normalizes the output of the specification: XHTML's closing slashes, `align` and images.
  static func specification(_ html: String) -> String {
    html
      .replacing(" />", with: ">")
      .replacing(/\ align="(left|center|right)"/) { " class=\"\($0.output.1)\"" }
      .replacing(/<input (checked="" )?disabled="" type="checkbox">/) {
        "<input type=\"checkbox\"\($0.output.1 == nil ? "" : " checked") disabled>"
      }
      // Images are not loaded but linked, with the description as text.
      .replacing(/<img src="([^"]*)" alt="([^"]*)"( title="[^"]*")?>/) {
        "<a href=\"\($0.output.1)\"\($0.output.3 ?? "")>\($0.output.2)</a>"
      }
      .trimmingCharacters(in: .whitespacesAndNewlines)
  }

  /// Removes our additions: identifiers, links in headings, scroll boxes and labels.
  static func rendered(_ html: String) -> String {
    html
      .replacing(/(?s)(<h[1-6]) id="[^"]*"><a href="#[^"]*">(.*?)<\/a>(<\/h)/) {
        "\($0.output.1)>\($0.output.2)\($0.output.3)"
      }
      .replacing(/(<h[1-6]) id="[^"]*">/) { "\($0.output.1)>" }
      .replacing(/<figure class="code"><figcaption>[^<]*<\/figcaption>/, with: "")
      .replacing(/(?s)<span class="h.">(.*?)<\/span>/) { $0.output.1 }
      .replacing(/(?s)<details class="definitions">.*?<\/details>\n?/, with: "")
      .replacing("</pre></figure>", with: "</pre>")
      .replacing("<pre tabindex=\"0\">", with: "<pre>")
      .replacing("<div class=\"scroll\" tabindex=\"0\">", with: "")
      .replacing("</table></div>", with: "</table>")
      .replacing("<li class=\"task\">", with: "<li>")
      .replacing(/\ aria-label="(done|to do)"/, with: "")
      .trimmingCharacters(in: .whitespacesAndNewlines)
  }
}

extension Specification {
  /// The examples with another result, each with the reason. All of them are for safety: nothing is live, and nothing
  /// is hidden.
  static let exceptions: [Int: String] = {
    let reasons: [(String, [Int])] = [
      (
        "what looks like HTML is shown as text",
        Array(118...160) + [170, 288, 289, 317, 327, 354, 484, 485, 486, 500, 503, 532, 544]
          + [632, 633, 634, 635, 636, 642, 644, 647, 648, 649, 650, 651, 653, 663, 664]
      ),
      (
        "definitions that nothing uses are shown, since a model reads them",
        [173, 176, 179, 188, 297, 545, 546, 552, 553, 571, 573, 579, 600]
      ),
      ("only http, https, mailto and places of the site are links", [508, 604, 606, 607, 609, 628]),
      ("a link that leads nowhere, or to a heading that is not there, is text", [169, 495, 496, 509, 575]),
      ("cells that a table has no column for are shown", [204]),
      ("an image is not loaded: a link to one inside a link stands behind it", [525, 539, 582]),
      ("the description of an image is text, and keeps its emphasis", [581, 584, 585, 593, 597]),
      ("bare addresses are links: the specification shows these without its extension", [610, 614, 616, 619, 620]),
    ]
    return Dictionary(uniqueKeysWithValues: reasons.flatMap { reason, numbers in numbers.map { ($0, reason) } })
  }()
}
