import Files
import GFM

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
  mutating func add(
    _ rule: String, _ severity: Finding.Severity, _ message: String, help: String, textRange: Range<Int>? = nil
  ) {
    add(rule, severity, message, help: help, fileRange: textRange.map { text.fileRange($0) })
  }

  /// Adds a finding about a range of the file's own bytes.
  mutating func add(
    _ rule: String, _ severity: Finding.Severity, _ message: String, help: String, fileRange: Range<Int>?
  ) {
    counts[rule, default: 0] += 1
    guard counts[rule, default: 0] <= Self.ruleLimit else { return }
    all.append(
      Finding(
        rule: rule, severity: severity, message: message, help: help, range: fileRange,
        location: fileRange.map { location(of: $0.lowerBound) }))
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

  /// Adds what was put right in the bytes, the same kind once for each line.
  mutating func addRepairs() {
    var lastLine: [String: Int] = [:]
    for repair in text.repairs {
      let line = location(of: repair.range.lowerBound).line
      let (rule, severity, message, help): (String, Finding.Severity, String, String) =
        switch repair.kind {
        case .invalidBytes:
          ("encoding-invalid", .warning, "the bytes here are not UTF-8 and are shown as �", "Save the file as UTF-8.")
        case .nul: ("encoding-invalid", .warning, "a NUL byte is shown as �", "Take it out.")
        case .mojibake(let written, let meant):
          (
            "encoding-mojibake", .warning,
            "“\(written)” was “\(meant)”, read once as Windows-1252; the page shows what it was",
            "Write “\(meant)” and save the file as UTF-8."
          )
        }
      guard lastLine[rule] != line else { continue }
      lastLine[rule] = line
      add(rule, severity, message, help: help, fileRange: repair.range)
    }
  }

  /// Adds what the parser noticed in the prompt.
  mutating func addNotices(of document: Document) {
    for notice in document.notices {
      let range = place(line: notice.line, column: 1, from: 0)
      switch notice.kind {
      case .fenceUnclosed:
        add(
          "fence-unclosed", .warning, "the code fence opened here is never closed: all that follows is code",
          help: "Close it with a fence of the same length.", textRange: range)
      case .fenceNested:
        add(
          "fence-nested", .warning,
          "the code block opened here holds a fence of the same length, which ends the block before its author meant to",
          help: "Make the outer fence longer than the inner one: four backticks around three.", textRange: range)
      case .comment:
        add(
          "comment-hidden", .note, "an HTML comment: a model reads it, a rendered page hides it; the page shows it",
          help: "Say it in the open, or take it out.", textRange: range)
      case .definitionUnused:
        add(
          "comment-hidden", .note,
          "a link reference definition or footnote that nothing uses: a model reads it, a rendered page hides it",
          help: "Say it in the open, or take it out.", textRange: range)
      case .fragmentMissing(let fragment):
        add(
          "link-broken", .warning, "the link to \(fragment) leads to no heading of this file",
          help: "Correct the heading's identifier; the page shows the link as text.", textRange: range)
      case .cellsExcess:
        add(
          "table-cells", .note, "this row has more cells than the table has columns; GitHub shows nothing of them",
          help: "Add columns to the head of the table, or write \\| for a bar inside a cell.", textRange: range)
      case .tooComplex(let excess):
        add(
          "markdown-bounded", .warning,
          "the text holds \(excess), which takes parsers too long: it is shown as it stands, not as Markdown",
          help: "Make it simpler; nothing that people read needs this.", fileRange: nil)
      case .headingSkip(let from, let to):
        add(
          "heading-skip", .note, "a heading of level \(to) follows one of level \(from)",
          help: "Use level \(from + 1): the outline shows a gap.", textRange: range)
      }
    }
  }

  /// Adds what is wrong with the fields.
  mutating func addFindings(about agent: Agent.Parts, prompt: ArraySlice<UInt8>, split: Frontmatter) {
    if !agent.statesName, split.form != .unclosed, split.form != .tooLarge,
      agent.dialect == .claudeCode || agent.dialect == .skill
    {
      add(
        "name-missing", .error, "the agent has no name; it goes by “\(agent.name)” here",
        help: "Add a field name: runtimes treat a file without one as documentation.", fileRange: nil)
    }
    if agent.description.text.isEmpty, split.form != .unclosed, split.form != .tooLarge {
      add(
        "description-missing", .error, "the agent has no description",
        help: "Say in a field description when it is to be used: that is all a model chooses it by.", fileRange: nil)
    }
    if agent.description.wasEscaped {
      add(
        "description-escaped", .warning, "the description has the two characters \\n where line breaks are meant",
        help: "Write real line breaks in a block behind “description: |”.",
        fileRange: agent.fields.first { $0.key == "description" }?.range)
    }
    if prompt.allSatisfy({ $0 == 0x20 || (0x09...0x0D).contains($0) }) {
      add(
        "body-empty", .warning, "there is no prompt behind the frontmatter",
        help: "Say what the agent is to do, and how.", fileRange: nil)
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
