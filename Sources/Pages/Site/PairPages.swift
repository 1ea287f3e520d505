import Agents
import Catalogs
import Differences
import Files
import Likenesses

/// The pages of two agents: their fields, then what makes one prompt of the other.
extension Site {
  func pairPage(_ index: Int) throws(SourceChanged) -> [UInt8] {
    let pair = catalog.pairs[index]
    let path = addresses.pair(index)
    let lead = self.lead(pair.likeness, pair.left, pair.right)
    let view = PairView(
      comparison: try comparison(pair.comparison, at: path, lead: lead),
      differences: try differences(pair.left, pair.right))
    return render(
      view, "pair", at: path, kind: "pair", title: "\(pair.comparison.title) compared", description: lead)
  }

  /// Agents side by side as a page that needs nothing else: for those who compare files, and send what they see to others.
  ///
  /// - Parameters:
  ///   - agents: the agents, as indices into the catalog.
  ///   - likenesses: how alike every two are.
  /// - Throws: ``SourceChanged`` where a file that it shows is not any more what it was.
  public func standaloneComparison(of agents: [Int], _ likenesses: [Likeness.Pair]) throws(SourceChanged) -> [UInt8] {
    let names = agents.map { catalog.entries[$0].agent.name }
    let comparison = Comparison(of: agents, title: Wording.joined(names), likenesses, in: catalog)
    let isPair = agents.count == 2
    let lead =
      isPair
      ? likenesses.first.map { self.lead($0.likeness, agents[0], agents[1]) } ?? ""
      : "\(agents.count) agents, side by side."
    let view = AloneView(
      language: catalog.settings.language, style: HTML(theme.bytes(ofAsset: "style.css")),
      comparison: try self.comparison(comparison, at: nil, lead: lead),
      differences: isPair ? try differences(agents[0], agents[1]) : nil)
    return theme.render(view, as: "alone")
  }

  /// How alike two prompts are, in a sentence or two.
  private func lead(_ likeness: Likeness, _ left: Int, _ right: Int) -> String {
    likeness.isIdentical
      ? "The prompts are the same, byte for byte. \(FieldDifference(catalog.entries[left].agent, catalog.entries[right].agent).sentence)"
      : "\(likeness.percent) % of the runs of five words in either prompt are in both."
  }

  private func differences(_ left: Int, _ right: Int) throws(SourceChanged) -> DifferencesView {
    let (left, right) = (catalog.entries[left], catalog.entries[right])
    let diff = SectionDiff(try sections(left), try sections(right))
    return DifferencesView(
      names: [left, right].map { PairNameView(name: $0.agent.name, path: $0.agent.source.displayPath) },
      summary: summary(diff), parts: DiffHTML.parts(diff))
  }

  private func sections(_ entry: Catalog.Entry) throws(SourceChanged) -> [Section] {
    entry.agent.sections(of: try texts.bytes(entry.agent.source))
  }

  private func summary(_ diff: SectionDiff) -> String {
    let counts = diff.counts
    return "\(Wording.count(counts.same, "word")) in both, \(Wording.number(counts.removed)) only in the first, "
      + "\(Wording.number(counts.added)) only in the second."
  }
}

/// What makes one text of another, as HTML.
enum DiffHTML {
  /// How many lines that stay are shown around those that change, where more than a few would be.
  private static let context = 2
  /// From how many lines that stay, they are folded.
  private static let foldLength = 6

  /// The sections; those that follow each other and are the same are one.
  static func parts(_ diff: SectionDiff) -> [DiffPartView] {
    var parts: [DiffPartView] = []
    var same: [SectionDiff.Pair] = []
    func addSame() {
      guard let first = same.first else { return }
      let titles = same.map { title(of: $0) }
      let all = same.flatMap { $0.left?.lines ?? [] }
      parts.append(
        DiffPartView(
          title: same.count == 1 ? title(of: first) : Wording.count(same.count, "section"), otherTitle: nil,
          state: same.count == 1 ? "the same" : "the same: \(titles.joined(separator: ", "))", isMoved: false,
          lineCount: all.count, isSame: true, body: lines(all)))
      same = []
    }
    for pair in diff.pairs {
      if pair.diff.isSame, !pair.isMoved {
        same.append(pair)
      } else {
        addSame()
        parts.append(part(pair))
      }
    }
    addSame()
    return parts
  }

  /// What all have in common, section by section.
  static func core(_ core: SharedCore) -> HTML {
    core.parts.map { "<h4>\($0.title.ifAny ?? "Before the first heading")</h4>\n\(lines($0.lines))" as HTML }.joined()
  }

  /// The sections that are not the same, without what stays in them.
  static func changes(_ diff: SectionDiff) -> [DiffPartView] {
    diff.pairs.filter { $0.isMoved || !$0.diff.isSame }.map { pair in
      let part = part(pair)
      let blocks = pair.diff.blocks.filter { block in
        switch block {
        case .same: false
        case .removed(let lines), .added(let lines): !lines.allSatisfy { $0.allSatisfy(\.isWhitespace) }
        case .changed: true
        }
      }
      return DiffPartView(
        title: part.title, otherTitle: part.otherTitle,
        state: pair.left == nil ? "only here" : pair.right == nil ? "not here" : part.state, isMoved: part.isMoved,
        lineCount: 0,
        isSame: false, body: blocks.map { block($0) }.joined())
    }.filter { !$0.body.isEmpty || $0.isMoved }
  }

  private static func title(of pair: SectionDiff.Pair) -> String { pair.title.ifAny ?? "Before the first heading" }

  /// A section.
  private static func part(_ pair: SectionDiff.Pair) -> DiffPartView {
    let state =
      switch (pair.left, pair.right) {
      case (nil, _): "only in the second"
      case (_, nil): "only in the first"
      default: pair.diff.isSame ? "the same" : "changed"
      }
    let renamed = pair.left.flatMap { left in pair.right.flatMap { $0.title == left.title ? nil : $0.title } }
    let isFolded = pair.diff.isSame
    return DiffPartView(
      title: title(of: pair), otherTitle: renamed, state: state, isMoved: pair.isMoved,
      lineCount: pair.left?.lines.count ?? pair.right?.lines.count ?? 0, isSame: isFolded,
      body: isFolded ? lines(pair.left?.lines ?? []) : blocks(pair.diff))
  }

  private static func blocks(_ diff: TextDiff) -> HTML {
    diff.blocks.enumerated().map { place, block in
      guard case .same(let lines) = block else { return self.block(block) }
      return same(lines, isFirst: place == 0, isLast: place == diff.blocks.count - 1)
    }.joined()
  }

  private static func block(_ block: TextDiff.Block) -> HTML {
    switch block {
    case .same(let all): lines(all)
    case .removed(let lines): lines.map { line("removed", "−", "<del>\($0)</del>") }.joined()
    case .added(let lines): lines.map { line("added", "+", "<ins>\($0)</ins>") }.joined()
    case .changed(let pieces): line("changed", "±", pieces.map(piece).joined())
    }
  }

  private static func piece(_ piece: TextDiff.Piece) -> HTML {
    switch piece.side {
    case .both: HTML(text: piece.text)
    case .left: "<del>\(piece.text)</del>"
    case .right: "<ins>\(piece.text)</ins>"
    }
  }

  /// Lines that stay; those far from what changes are folded.
  private static func same(_ all: [String], isFirst: Bool, isLast: Bool) -> HTML {
    guard all.count >= foldLength else { return lines(all) }
    let head = all.prefix(isFirst ? 0 : context)
    let tail = all.suffix(isLast ? 0 : context)
    let folded = all.dropFirst(head.count).dropLast(tail.count)
    return
      "\(lines(head))<details><summary>\(Wording.count(folded.count, "line")) the same</summary>\(lines(folded))</details>\(lines(tail))"
  }

  private static func lines(_ lines: some Sequence<String>) -> HTML {
    lines.map { line("", " ", HTML(text: $0)) }.joined()
  }

  private static func line(_ kind: String, _ sign: String, _ content: HTML) -> HTML {
    let name: HTML = kind.isEmpty ? "" : " \(kind)"
    return
      "<div class=\"line\(name)\"><span class=\"sign\" aria-hidden=\"true\">\(sign)</span><span class=\"text\">\(content)</span></div>\n"
  }
}
