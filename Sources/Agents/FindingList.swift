import Files
import GFM
import Rules
import Text

/// Collects what is wrong with one file, at its place in the file.
struct FindingList {
  /// The file's own bytes.
  let bytes: [UInt8]
  let text: SourceText
  private(set) var all: [Finding] = []
  private let fileLines: LineIndex
  private let textLines: LineIndex
  /// How many findings of each rule there are, those not listed included.
  private var counts: [String: Int] = [:]

  /// Where each field begins in the text, and where the last one ends.
  var fieldStarts: [Int] = []
  /// The rules that the file itself asks not to be told of.
  private(set) var ignored: Set<String> = []
  /// What stands in the way of the file when a runtime loads it, told of or not.
  private(set) var objections: [LoadVerdict.Objection] = []
  /// Whether the runtime loads the file in spite of what makes it leave others out: an agent of a plugin.
  var isSpared = false
  /// The fields whose value is a comment to YAML.
  var commentFields: Set<String> = []
  /// What the file names that may be there or not.
  var references: [Reference] = []
  /// What judging knows about the places of the text.
  var context = TextContext()

  /// How many findings of one rule are listed for a file.
  private static let ruleLimit = 100

  init(bytes: [UInt8], text: SourceText) {
    self.bytes = bytes
    self.text = text
    textLines = LineIndex(text.utf8, ending: .lineFeed)
    // Most files are read as they are.
    fileLines = bytes == text.utf8 ? textLines : SourceText.lines(of: bytes)
  }

  /// Adds a finding about a range of the text, or about the file as a whole.
  ///
  /// - Parameters:
  ///   - severity: how much it matters here, where that is not as the rule has it.
  ///   - effect: what it makes of the file when the runtime loads it, where that is a question.
  mutating func add(
    _ rule: Rule, _ message: String, help: String, textRange: Range<Int>? = nil, severity: Finding.Severity? = nil,
    effect: Effect? = nil
  ) {
    add(rule, message, help: help, fileRange: textRange.map { text.fileRange($0) }, severity: severity, effect: effect)
  }

  /// Adds a finding about a range of the file's own bytes.
  mutating func add(
    _ rule: Rule, _ message: String, help: String, fileRange: Range<Int>?, severity: Finding.Severity? = nil,
    effect: Effect? = nil
  ) {
    if let effect { object(message, fix: help, fileRange: fileRange, effect: effect) }
    guard !ignored.contains(rule.id) else { return }
    counts[rule.id, default: 0] += 1
    guard counts[rule.id, default: 0] <= Self.ruleLimit else { return }
    all.append(
      Finding(
        rule: rule.id, severity: severity ?? self.severity(of: effect) ?? rule.severity, message: message, help: help,
        range: fileRange, location: fileRange.map { location(of: $0.lowerBound) },
        end: fileRange.map { location(of: $0.upperBound) }))
  }

  /// Adds something that changes what becomes of the file and is no finding.
  mutating func object(_ message: String, fix: String, fileRange: Range<Int>?, effect: Effect) {
    guard objections.count < Self.ruleLimit else { return }
    let line = fileRange.map { location(of: $0.lowerBound).line }
    objections.append(.init(effect: effect, message: message, fix: fix, line: line))
  }

  /// How much a finding matters by what it makes of the file; nil where that is up to the rule.
  private func severity(of effect: Effect?) -> Finding.Severity? {
    guard let effect else { return nil }
    return effect.outcome == .ignored && isSpared ? .warning : effect.outcome.severity
  }

  /// Reads which rules a frontmatter asks not to be told of: `# roster: ignore rule, rule`. That it asks is a finding of its own, which nothing in the file
  /// takes away: whoever reviews a stranger's file is to know.
  mutating func ignore(in frontmatter: ArraySlice<UInt8>) {
    let lead = Array("# roster: ignore".utf8)
    guard frontmatter.contains(UInt8(ascii: "#")) else { return }
    var lines = Lines(text.utf8, from: frontmatter.startIndex)
    while let line = lines.peek(), line.lowerBound < frontmatter.endIndex {
      lines.skip()
      guard text.utf8[line].starts(with: lead) else { continue }
      let rules = String(decoding: text.utf8[line].dropFirst(lead.count), as: UTF8.self)
        .split { $0 == "," || $0.isWhitespace }.map(String.init)
      for rule in rules where Rule.named(rule) == nil && counts[Rule.rulesIgnored.id, default: 0] < Self.ruleLimit {
        let meant = Rule.suggestion(for: rule).map { "Did you mean “\($0)”?" }
        add(
          .rulesIgnored, "there is no rule “\(Bounds.cut(rule, to: 60))” to ignore",
          help: meant ?? "roster check --explain lists the rules.", textRange: line, severity: .warning)
      }
      let known = rules.filter { Rule.named($0) != nil && $0 != Rule.rulesIgnored.id }
      guard !known.isEmpty else { continue }
      add(
        .rulesIgnored, "the file asks not to be told of \(known.joined(separator: ", "))",
        help: "Take the comment out to see what is found.", textRange: line)
      ignored.formUnion(known)
    }
  }

  /// A place in the file, as people count.
  func location(of offset: Int) -> SourceLocation { SourceText.location(of: offset, in: bytes, fileLines) }

  /// The place of a line and a column (in Unicode scalars), both from 1, counted from a place in the text.
  func place(line: Int, column: Int, from start: Int) -> Range<Int> {
    let first = textLines.start(of: textLines.line(of: start) + max(1, line) - 1)
    let lines = Lines(text.utf8, from: max(start, first))
    guard let found = lines.peek() else { return start..<start }
    let prefix = String(decoding: text.utf8[found], as: UTF8.self).unicodeScalars.prefix(max(0, column - 1))
    let offset = found.lowerBound + String(prefix).utf8.count
    return offset..<found.upperBound
  }

  /// The first character of a range, for what a parser points to with one place.
  func firstCharacter(of range: Range<Int>) -> Range<Int> {
    let first = String(decoding: text.utf8[range], as: UTF8.self).first.map { String($0).utf8.count } ?? 0
    return range.lowerBound..<range.lowerBound + first
  }

  /// Adds what was put right in the bytes, the same kind once for each line.
  mutating func addRepairs() {
    var lastLine: [String: Int] = [:]
    for repair in text.repairs {
      let line = location(of: repair.range.lowerBound).line
      let (rule, message, help): (Rule, String, String) =
        switch repair.kind {
        case .invalidBytes:
          (.encodingInvalid, "the bytes here are not UTF-8 and are shown as �", "Save the file as UTF-8.")
        case .nul: (.encodingInvalid, "a NUL byte is shown as �", "Take it out.")
        case .mojibake(let written, let meant):
          (
            .encodingMojibake,
            "“\(written)” was “\(meant)”, read once as Windows-1252; the page shows what it was",
            "Write “\(meant)” and save the file as UTF-8."
          )
        }
      guard lastLine[rule.id] != line else { continue }
      lastLine[rule.id] = line
      add(rule, message, help: help, fileRange: repair.range)
    }
  }

  /// Adds what the parser noticed in the prompt.
  mutating func addNotices(of document: Document) {
    var (line, range) = (0, 0..<0)
    for notice in document.notices {
      // One long line may hold many.
      if notice.line != line { (line, range) = (notice.line, place(line: notice.line, column: 1, from: 0)) }
      switch notice.kind {
      case .fenceUnpaired(.unclosed(let next?)):
        add(
          .fenceUnclosed, "the code block that starts here is not closed before the next one starts, on line \(next)",
          help: "Close it before the text that follows: everything up to the next fence is code.", textRange: range)
      case .fenceUnpaired(.unclosed(nil)):
        add(
          .fenceUnclosed, "the code block that starts here is never closed: the rest of the file is code",
          help: "Close it with a fence of the same length, or remove this fence if it closes nothing.",
          textRange: range)
      case .fenceUnpaired(.stray):
        add(
          .fenceUnclosed, "this fence closes no code block, so it starts one: the text below is code",
          help: "Remove it, or add the fence that is missing.", textRange: range)
      case .fenceUnpaired(.swallowed):
        add(
          .fenceUnclosed, "this fence is part of the HTML above it, so it starts no code block",
          help: "Add a blank line above it: HTML ends only at a blank line.", textRange: range)
      case .fenceNested(let inner):
        add(
          .fenceNested,
          "the code block that starts here holds another one, on line \(inner), whose end closes both",
          help: "Make the outer fences longer than the inner ones: four backticks around three.", textRange: range)
      case .comment(let text), .definitionUnused(let text): judgeHidden(text, in: range)
      case .fragmentMissing(let fragment):
        add(
          .linkBroken, "the link to \(fragment) leads to no heading or anchor in this file",
          help: "Link to the heading's own identifier. The page shows this link as text.", textRange: range)
      case .cellsExcess:
        add(
          .tableCells, "this row has more cells than the table has columns; GitHub shows nothing of them",
          help: "Add columns to the head of the table, or write \\| for a bar inside a cell.", textRange: range)
      case .tooComplex(let excess):
        add(
          .markdownBounded,
          "the text holds \(excess), which takes parsers too long: it is shown as it stands, not as Markdown",
          help: "Make it simpler; nothing that people read needs this.", fileRange: nil)
      case .headingSkip(let from, let to):
        add(
          .headingSkip, "a heading of level \(to) follows one of level \(from)",
          help: "Use level \(from + 1): the outline shows a gap.", textRange: range)
      }
    }
  }

  /// Adds what is wrong with the fields.
  mutating func addFindings(
    about agent: Agent.Parts, at path: RelativePath, by runtime: Runtime, prompt: ArraySlice<UInt8>, split: Frontmatter
  ) {
    let fieldSet = runtime.fieldSet(for: agent.fields)
    func fact(_ key: String) -> FieldFact? { fieldSet.first { $0.key == key && !$0.isNeedless(at: path) } }
    // A field that nobody needs here is not missed; one that the runtime has no word on is.
    func isNeedless(_ key: String) -> Bool { fieldSet.contains { $0.key == key && $0.isNeedless(at: path) } }
    if !agent.statesName, split.form.hasFields, let effect = fact("name")?.missing, !isSpared {
      add(
        .nameMissing, "the agent has no name; \(agent.dialect.title) \(effect.outcome.predicate)",
        help: "Add a `name` field.", fileRange: nil, effect: effect)
    }
    if agent.description.text.isEmpty, split.form.hasFields, !isNeedless("description") {
      let fact = fact("description")
      let effect = fact?.missing
      let consequence =
        effect.map { effect in
          if isSpared { return "" }
          if effect.outcome == .partial, let known = fact?.consequence { return "; \(known)" }
          return "; \(agent.dialect.title) \(effect.outcome.predicate)"
        } ?? ""
      add(
        .descriptionMissing,
        "the agent has no description" + consequence,
        help: "Add a `description` field that says when to use the agent. A model chooses by it.", fileRange: nil,
        severity: effect == nil || isSpared ? .warning : nil, effect: effect)
    }
    if agent.description.wasEscaped {
      add(
        .descriptionEscaped, "the description has the two characters \\n where line breaks are meant",
        help: "Write real line breaks in a block behind “description: |”.",
        textRange: agent.fields.firstIndex { $0.key == "description" }.flatMap {
          place(of: "\\n", inField: $0, asWord: false)
        })
    }
    if prompt.allSatisfy({ $0 == 0x20 || (0x09...0x0D).contains($0) }) {
      // A remote agent needs none.
      let isRemote = runtime.facts.variants.contains { $0.isMeant(by: agent.fields) }
      let effect = split.form.hasFields && !isRemote ? runtime.effect(of: .emptyPrompt) : nil
      add(
        .bodyEmpty,
        "there is no prompt after the frontmatter"
          + (effect.map { $0.outcome >= .unusable ? "; \(agent.dialect.title) \($0.outcome.predicate)" : "" } ?? ""),
        help: "Say what the agent should do, and how.", fileRange: nil, effect: effect)
    }
  }

  /// All findings in the order of the file, and how many are not listed.
  var listed: [Finding] {
    var all = all
    for (rule, count) in counts.sorted(by: { $0.key < $1.key }) where count > Self.ruleLimit {
      guard let first = all.first(where: { $0.rule == rule }) else { continue }
      all.append(
        Finding(
          rule: rule, severity: first.severity,
          message: "\(count - Self.ruleLimit) more of this kind are not listed", help: first.help))
    }
    return all.sorted { ($0.range?.lowerBound ?? -1, $0.severity) < ($1.range?.lowerBound ?? -1, $1.severity) }
  }
}
