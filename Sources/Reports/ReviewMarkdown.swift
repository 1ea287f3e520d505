import Agents
import Catalogs
import Differences
import Files
import Grants
import Pages
import Reviews
import Text

/// A review as Markdown, short enough for a comment on a pull request. The most important changes come first, and
/// changes beyond the limit are counted.
public struct ReviewMarkdown {
  /// The whole review.
  public let text: String

  /// The maximum length in UTF-16 units. Servers accept comments of at most 65,536.
  public static let limit = 59_000
  /// The maximum lengths of the table of agents, and of each agent after it.
  private static let (tableLimit, agentLimit) = (18_000, 6_000)
  /// The maximum number of groups in a section, and of names in a group.
  private static let (blocksLength, namesLength) = (20, 12)
  /// The maximum length of a section.
  private static let sectionLimit = 6_000
  /// The number of unchanged lines shown around changes.
  private static let context = 2

  private let review: Review

  /// A marker with which a workflow finds its earlier comment.
  public static let mark = "<!-- roster review -->"

  /// Writes a review.
  ///
  /// - Parameters:
  ///   - sides: The compared states.
  ///   - settingsChange: The change of the catalog's configuration.
  ///   - reasons: Why the review fails; empty if it doesn't.
  public init(_ review: Review, sides: ReviewSite.Sides, settingsChange: DocumentChange?, reasons: [String]) {
    self.review = review
    var writer = Writer(limit: Self.limit)
    let queue = ReviewQueue(review)
    var head = [Self.mark, "### Agents", ""]
    if !reasons.isEmpty { head += ["**Fails: \(MarkdownText.cell(reasons.joined(separator: ", ")))**", ""] }
    if let first = ReviewWording.first(queue) { head += [MarkdownText.cell(first), ""] }
    head += [
      MarkdownText.cell(ReviewWording.figures(review)), "",
      MarkdownText.cell("Before: \(sides.before). After: \(sides.after)."),
    ]
    for note in sides.notes.prefix(5) { head += ["", MarkdownText.cell(note)] }
    writer.add(head)
    // The table shows the rest.
    for section in queue.sections where section.rank < .others { writer.add(Self.section(section, review)) }
    Self.table(review, into: &writer)
    writer.add(Self.settings(queue, review))
    writer.add(Self.documents([settingsChange].compactMap(\.self) + review.documents))
    let changes = review.changes.filter { $0.kind != .removed && $0.kind != .formal }
    var told = 0
    for change in changes {
      guard let lines = try? Self.agent(change, review) else { continue }
      if lines.isEmpty {
        told += 1
        continue
      }
      guard writer.add(lines) else { break }
      told += 1
    }
    if told < changes.count { writer.close("\(changes.count - told) more are on the pages of the review.") }
    text = writer.text + "\n"
  }

  /// Joins blocks until the limit is reached.
  private struct Writer {
    let limit: Int
    private(set) var text = ""
    private var length = 0

    init(limit: Int) { self.limit = limit }

    /// Adds a block, or returns false if there is no room for it.
    @discardableResult
    mutating func add(_ lines: [String]) -> Bool {
      if lines.isEmpty { return true }
      let block = (text.isEmpty ? "" : "\n\n") + lines.joined(separator: "\n")
      let size = block.utf16.count
      // Leave room for a closing line.
      guard length + size <= limit - 200 else { return false }
      text += block
      length += size
      return true
    }

    mutating func close(_ line: String) { text += "\n\n\(line)" }
  }

  private static func agent(of change: AgentChange, _ review: Review) -> Agent? {
    change.after.map { review.after[$0] } ?? change.before.map { review.before[$0] }
  }

  private static func name(_ change: AgentChange, _ review: Review) -> String {
    MarkdownText.cell(agent(of: change, review)?.name ?? "")
  }

  // MARK: Parts

  /// Returns the points of one rank.
  private static func section(_ section: ReviewQueue.Section, _ review: Review) -> [String] {
    var lines = ["#### \(ReviewWording.title(section.rank))", ""]
    var length = 0
    for (place, block) in section.blocks.enumerated() {
      let own = Self.block(block, review)
      length += own.reduce(0) { $0 + $1.utf16.count + 1 }
      if place == blocksLength || length > sectionLimit {
        lines.append("- and \(section.blocks[place...].reduce(0) { $0 + $1.subjects.count }) more")
        break
      }
      lines += own
    }
    return lines
  }

  private static func block(_ block: ReviewQueue.Block, _ review: Review) -> [String] {
    guard let subject = block.subjects.first else { return [] }
    if block.subjects.count > 1 {
      let names = block.subjects.prefix(namesLength).map { MarkdownText.cell(review.label(of: $0)) }
      let rest = block.subjects.count - namesLength
      let count = ReviewWording.count(block.subjects, review)
      return block.folds.map { "- **\(count)**: \(text($0, isPlaced: false))" }
        + ["  <br>\(names.joined(separator: ", "))\(rest > 0 ? " and \(rest) more" : "")"]
    }
    let place = MarkdownText.code(review.path(of: subject) + (block.line.map { ":\($0)" } ?? ""))
    let note = ReviewWording.note(subject, review).map { ", \($0)" } ?? ""
    let head = "- \(place) (\(MarkdownText.cell(review.name(of: subject)))\(note))"
    let texts = block.folds.map { text($0, isPlaced: block.line == nil) }
    return texts.count == 1 ? ["\(head): \(texts[0])"] : [head] + texts.map { "  - \($0)" }
  }

  /// - Parameter isPlaced: Whether to include the line of the point.
  private static func text(_ fold: Fold<ReviewPoint>, isPlaced: Bool) -> String {
    text(fold.first, isPlaced: isPlaced) + (ReviewWording.rest(of: fold).map { " \(text($0))" } ?? "")
  }

  private static func text(_ point: ReviewPoint, isPlaced: Bool) -> String {
    let line = point.line.map { "\($0)" }
    let place =
      point.file.map { "\(MarkdownText.code($0 + (line.map { ":\($0)" } ?? ""))): " }
      ?? (isPlaced ? line.map { "line \($0): " } : nil)
    return (place ?? "") + text(ReviewWording.sentence(point.content))
  }

  private static func text(_ sentence: Sentence) -> String {
    sentence.parts.map { part in
      switch part {
      case .words(let words): MarkdownText.cell(words)
      case .quoted(let text): MarkdownText.code(text)
      }
    }.joined()
  }

  /// Returns changed settings files without a difference in access.
  private static func settings(_ queue: ReviewQueue, _ review: Review) -> [String] {
    let blocks = (queue[.others]?.blocks ?? []).filter { block in
      if case .settings? = block.subjects.first { true } else { false }
    }
    if blocks.isEmpty { return [] }
    return ["#### Other changes in settings", ""]
      + blocks.prefix(blocksLength).flatMap { block($0, review) }
      + (blocks.count > blocksLength ? ["- and \(blocks.count - blocksLength) more"] : [])
  }

  private static func table(_ review: Review, into writer: inout Writer) {
    if review.changes.isEmpty { return }
    var lines = ["| Agent | What | Fields | Prompt | Findings |", "| --- | --- | --- | --- | --- |"]
    var length = 0
    for (place, change) in review.changes.enumerated() {
      let line = row(change, review)
      length += line.utf16.count + 1
      if length > tableLimit {
        lines.append("| and \(review.changes.count - place) more | | | | |")
        break
      }
      lines.append(line)
    }
    writer.add(lines)
  }

  private static func row(_ change: AgentChange, _ review: Review) -> String {
    let what = [ReviewWording.title(change.kind)] + change.concerns.compactMap { ReviewWording.title($0) }
    var was = ""
    if let old = change.before.map({ review.before[$0] }), let new = change.after.map({ review.after[$0] }) {
      if old.name != new.name { was += "<br>was \(MarkdownText.cell(old.name))" }
      if old.source.publishedLabel != new.source.publishedLabel {
        was += "<br>was at \(MarkdownText.cellCode(old.source.publishedLabel))"
      }
    }
    let isWhole = change.kind == .added || change.kind == .removed
    let files = ReviewWording.files(change).map { [$0] } ?? []
    let fields =
      isWhole
      ? "" : (change.fields.prefix(8).map { MarkdownText.cellCode($0.key) } + files).joined(separator: " ")
    var findings: [String] = []
    if !change.newFindings.isEmpty { findings.append("+\(change.newFindings.count)") }
    if !change.goneFindings.isEmpty { findings.append("−\(change.goneFindings.count)") }
    let text = ([change.text.map(ReviewWording.text)].compactMap(\.self) + change.form).joined(separator: "; ")
    let path = MarkdownText.cellCode(agent(of: change, review)?.source.publishedLabel ?? "")
    let cells = [
      "**\(name(change, review))** \(path)\(was)", what.joined(separator: ", "), fields, MarkdownText.cell(text),
      findings.joined(separator: " "),
    ]
    return "| \(cells.joined(separator: " | ")) |"
  }

  private static func documents(_ documents: [DocumentChange]) -> [String] {
    if documents.isEmpty { return [] }
    let names = documents.prefix(20).map { "\(MarkdownText.code($0.path)) \($0.kind.rawValue)" }
    let rest = documents.count > 20 ? ", and \(documents.count - 20) more" : ""
    return ["Other files: \(names.joined(separator: ", "))\(rest)."]
  }

  /// Returns the changes of an agent in a folded block; empty if the table shows everything.
  private static func agent(_ change: AgentChange, _ review: Review) throws(Disk.Failure) -> [String] {
    var lines: [String] = []
    if !change.mentioned.commands.isEmpty {
      lines.append("- New commands: \(list(change.mentioned.commands))")
    }
    if !change.mentioned.addresses.isEmpty {
      lines.append("- New addresses: \(list(change.mentioned.addresses))")
    }
    for alike in change.alike.prefix(5) {
      let other = MarkdownText.code(review.after[alike.agent].source.publishedLabel)
      lines.append(
        alike.likeness.isIdentical
          ? "- The same prompt as \(other)" : "- Prompt \(alike.likeness.percent)% similar to \(other)")
    }
    for origin in change.origins {
      let source = MarkdownText.code(review.before[origin.agent].source.publishedLabel)
      lines.append("- \(Int((origin.share * 100).rounded()))% of its lines come from \(source)")
    }
    if let loading = ReviewWording.loading(change) { lines.append("- Where it loads: \(loading)") }
    if let approval = ReviewWording.approval(change, review) {
      lines.append("- Approval: \(MarkdownText.cell(String(approval.prefix(400))))")
    }
    if change.before != nil, change.after != nil {
      lines += files(change) + fields(change) + (try text(change, review))
    }
    if lines.isEmpty { return [] }
    return ["<details><summary>\(summary(change, review))</summary>", ""] + lines + ["", "</details>"]
  }

  /// Returns the name of an agent as HTML for a `summary` element.
  private static func summary(_ change: AgentChange, _ review: Review) -> String {
    HTMLText.escaped(agent(of: change, review)?.name ?? "").replacing("@", with: "<b>@</b>").split(
      whereSeparator: \.isNewline
    )
    .joined(separator: " ")
  }

  private static func list(_ texts: [String]) -> String {
    let rest = texts.count > 12 ? ", and \(texts.count - 12) more" : ""
    return texts.prefix(12).map { MarkdownText.code(String($0.prefix(200))) }.joined(separator: ", ") + rest
  }

  /// Returns the changed files of a skill.
  private static func files(_ change: AgentChange) -> [String] {
    let lines = change.files.prefix(20).map { "- \(MarkdownText.code($0.path)): \($0.words)" }
    return change.files.count > 20 ? lines + ["- and \(change.files.count - 20) more files"] : lines
  }

  private static func fields(_ change: AgentChange) -> [String] {
    change.fields.prefix(12).map { field in
      func value(_ value: FieldValue?) -> String {
        value.map { MarkdownText.code(String($0.line.prefix(300))) } ?? "not stated"
      }
      return "- \(MarkdownText.code(field.key)): \(value(field.before)) → \(value(field.after))"
    }
  }

  private static func text(_ change: AgentChange, _ review: Review) throws(Disk.Failure) -> [String] {
    guard change.text != nil, let old = change.before.map({ review.before[$0] }),
      let new = change.after.map({ review.after[$0] })
    else { return [] }
    let diff = SectionDiff(
      old.sections(of: try review.before.bytes(old.source)), new.sections(of: try review.after.bytes(new.source)))
    var lines: [String] = []
    var length = 0
    for pair in diff.pairs where pair.isMoved || !pair.diff.isSame {
      let section = MarkdownText.section(pair, context: context)
      length += section.reduce(0) { $0 + $1.utf16.count + 1 }
      if length > agentLimit {
        lines += ["", "See its page for more."]
        break
      }
      lines += section
    }
    return lines
  }
}
