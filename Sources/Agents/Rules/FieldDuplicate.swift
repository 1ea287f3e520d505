import Rules

/// Reports a key that occurs twice.
enum FieldDuplicate: FrontmatterRule {
  static let rule = Rule(
    "field-duplicate", .error, "duplicate field",
    what: "Reports a field that occurs twice in a frontmatter.",
    why: """
      YAML does not allow this. Some parsers, such as that of Gemini CLI, reject the file. Others use the first or the \
      last value, so the access of the agent depends on the parser.
      """,
    fix: "Remove one of them.",
    failing: Example(
      """
      ---
      name: reader
      description: Reads design documents.
      model: opus
      model: haiku
      ---
      Read the document.
      """, line: 5),
    passing: Example(
      """
      ---
      name: reader
      description: Reads design documents.
      model: opus
      ---
      Read the document.
      """))

  static func check(_ frontmatter: FrontmatterContext, _ findings: inout FindingList) {
    let effect = frontmatter.runtime.effect(of: .duplicateKey)
    if effect.outcome == .loads, frontmatter.runtime.facts.fields.isEmpty { return }
    if let item = frontmatter.source.item, item.isRepeated,
      let holder = frontmatter.place?.holders.first(where: { $0.key == item.holder })
    {
      let repeated = holder.repeated ?? effect
      let key = frontmatter.read.fields.first { $0.key == holder.nameField }
      let name = item.name.prefix { $0 != "~" }
      findings.add(
        rule,
        "“\(holder.key)” has another item named “\(name)”\(frontmatter.consequence(repeated))",
        help: "Rename one of them.", fileRange: key?.range ?? 0..<0, effect: repeated)
    }
    for field in frontmatter.read.duplicates {
      findings.add(
        rule,
        "the field “\(field.key)” occurs twice" + (effect.outcome > .partial ? frontmatter.consequence(effect) : ""),
        help: "Remove one of them." + (frontmatter.isData ? "" : " YAML does not allow duplicate keys."),
        fileRange: field.range, effect: effect)
    }
  }
}
