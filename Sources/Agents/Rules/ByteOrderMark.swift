import Rules

/// Reports a byte order mark.
enum ByteOrderMark: FrontmatterRule {
  static let rule = Rule(
    "byte-order-mark", .note, "the file begins with a byte order mark", runtimes: ["claude-code", "gemini-cli"],
    what: """
      Reports an invisible byte order mark before the first line, for runtimes that do not accept it, or did not in \
      earlier versions.
      """,
    why: """
      Some editors write one. A runtime that looks for `---` at the very beginning does not find it, and ignores the \
      agent.
      """,
    fix: "Save the file as UTF-8 without a byte order mark. `roster check --fix` does this.",
    failing: Example(
      """
      \u{FEFF}---
      name: reader
      description: Reads design documents.
      tools: Read
      ---
      Read the document.
      """, line: 1),
    passing: Example(
      """
      ---
      name: reader
      description: Reads design documents.
      tools: Read
      ---
      Read the document.
      """))

  static func check(_ frontmatter: FrontmatterContext, _ findings: inout FindingList) {
    guard findings.bytes.starts(with: [0xEF, 0xBB, 0xBF]) else { return }
    let effect = frontmatter.runtime.effect(of: .byteOrderMark)
    let versions = effect.before.flatMap { before in
      effect.since.map {
        "; before \($0), \(frontmatter.dialect.title) \(before.predicate(of: frontmatter.runtime.kind.noun))"
      }
    }
    guard effect.outcome > .loads || versions != nil else { return }
    findings.add(
      rule,
      "the file begins with a byte order mark"
        + (effect.outcome > .loads ? frontmatter.consequence(effect) : versions ?? ""),
      help: "Save the file as UTF-8 without a byte order mark.", fileRange: 0..<3,
      severity: effect.outcome == .unknown && frontmatter.runtime.kind != .agent ? .note : nil, effect: effect)
  }
}
