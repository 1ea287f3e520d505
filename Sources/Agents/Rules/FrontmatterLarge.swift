import Rules

/// Reports a frontmatter that exceeds the limits of the reader.
enum FrontmatterLarge: FrontmatterRule {
  static let rule = Rule(
    "frontmatter-large", .error, "the frontmatter is too large",
    what: """
      Reports a frontmatter of more than 64 KiB, with more than ten thousand values, or with brackets nested more than \
      64 levels deep. Roster does not read it as YAML.
      """,
    why: """
      A frontmatter contains a name, a description and settings for the runtime: a few thousand characters at most. \
      Larger ones can keep a parser busy.
      """,
    fix: "Move instructions into the body.",
    failing: Example(
      """
      ---
      name: reader
      description: Reads design documents.
      notes: \(repeating: "more ", 14_000)
      ---
      Read the document.
      """, line: 1),
    passing: Example(
      """
      ---
      name: reader
      description: Reads design documents.
      notes: \(repeating: "more ", 12_000)
      ---
      Read the document.
      """))

  static func check(_ frontmatter: FrontmatterContext, _ findings: inout FindingList) {
    if let (problem, place) = frontmatter.read.excess {
      findings.add(
        rule, "the frontmatter has \(problem); its fields were read line by line",
        help: "Move instructions into the body.", textRange: place, effect: .unknown)
    }
    if frontmatter.split.form == .tooLarge {
      findings.add(
        rule,
        "the frontmatter has more than \(Frontmatter.sizeLimit) bytes; it is not read, and the file is shown as "
          + "plain text",
        help: "Move instructions into the body.", textRange: 0..<min(3, findings.text.utf8.count), effect: .unknown)
    }
  }
}
