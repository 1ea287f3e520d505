import Rules
import Text

/// Reports invisible characters.
enum TextInvisible: RuleDefinition {
  static let rule = Rule(
    "text-invisible", .warning, "invisible characters",
    source: "Unicode Standard Annex 9; the Unicode block Tags; trojansource.codes (CVE-2021-42574)",
    what: """
      Reports zero-width characters, direction controls, tag characters and variation selectors. Joiners that emoji \
      and some scripts need are not reported.
      """,
    why: """
      A model reads them. A screen shows nothing, or shows the words in another order. Whole instructions can be \
      hidden in them. Roster's pages show each one as a label.
      """,
    fix: "Remove them.",
    failing: Example(
      """
      ---
      name: reader
      description: Reads design documents.
      tools: Read
      ---
      Read the\u{200B} document.
      """, line: 6, column: 9),
    passing: Example(
      """
      ---
      name: reader
      description: Reads design documents.
      tools: Read
      ---
      Read the document. 👩\u{200D}🔬
      """))

  /// Checks a non-ASCII character. Returns the end of the character or of the run of invisible ones.
  static func check(at index: Int, _ findings: inout FindingList) -> Int {
    let text = findings.text.utf8
    let found = text.withUnsafeBufferPointer { bytes in
      (match: InvisibleText.match(in: bytes, at: index), before: InvisibleText.scalar(in: bytes, endingAt: index))
    }
    guard case .invisible(let run, let end) = found.match else {
      if case .plain(let end) = found.match { return end }
      return index + 1
    }
    let behind = end < text.count ? text.withUnsafeBufferPointer { InvisibleText.scalar(in: $0, at: end).value } : 0
    guard !isOrdinary(run, before: found.before, behind: behind) else { return end }
    let count = run.scalars.count
    let names = run.scalars.prefix(4).map(InvisibleText.name).joined(separator: " ") + (count > 4 ? " …" : "")
    findings.add(
      rule,
      "\(count == 1 ? "an invisible character" : "\(count) invisible characters"): \(names)"
        + (run.message.isEmpty ? "" : ", which a model reads as “\(Bounds.cut(run.message, to: 100))”"),
      help: count == 1 ? "Remove it." : "Remove them.", textRange: index..<end)
    return end
  }

  /// Returns whether an invisible character is ordinary typography: a soft hyphen in a word, or a direction mark next
  /// to a right-to-left letter. Pages still label these.
  private static func isOrdinary(_ run: InvisibleText.Run, before: UInt32, behind: UInt32) -> Bool {
    guard run.scalars.count == 1 else { return false }
    func isLetter(_ scalar: UInt32) -> Bool { Unicode.Scalar(scalar)?.properties.isAlphabetic ?? false }
    func runsFromRight(_ scalar: UInt32) -> Bool {
      (0x0590...0x08FF).contains(scalar) || (0xFB1D...0xFDFF).contains(scalar)
    }
    switch run.scalars[0] {
    case 0xAD: return isLetter(before) && isLetter(behind)
    case 0x200E, 0x200F, 0x061C: return runsFromRight(before) || runsFromRight(behind)
    // Other rules handle the characters that HTML forbids.
    case 0x80...0x9F, 0xFDD0...0xFDEF, 0xFFFE...0xFFFF: return true
    default: return false
    }
  }
}
