import Agents
import Catalogs
import Differences
import Files

/// The pages of two agents: their fields, then what makes one prompt of the other.
extension Site {
  func pairPage(_ index: Int) throws(SourceChanged) -> [UInt8] {
    let pair = catalog.pairs[index]
    let path = addresses.pair(index)
    let (left, right) = (catalog.entries[pair.left], catalog.entries[pair.right])
    let diff = SectionDiff(try sections(left), try sections(right))
    let lead =
      pair.likeness.isIdentical
      ? "The prompts are the same, byte for byte. \(FieldDifference(left.agent, right.agent).sentence)"
      : "\(Wording.percent(pair.likeness.similarity)) of the runs of five words in either prompt are in both."
    let view = PairView(
      comparison: try comparison(pair.comparison, at: path, lead: lead),
      names: [left, right].map { PairNameView(name: $0.agent.name, path: $0.agent.source.displayPath) },
      summary: summary(diff), parts: DiffHTML.parts(diff))
    return render(
      view, "pair", at: path, kind: "pair", title: "\(pair.comparison.title) compared", description: lead)
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
      switch block {
      case .same(let lines): same(lines, isFirst: place == 0, isLast: place == diff.blocks.count - 1)
      case .removed(let lines): lines.map { line("removed", "−", "<del>\($0)</del>") }.joined()
      case .added(let lines): lines.map { line("added", "+", "<ins>\($0)</ins>") }.joined()
      case .changed(let pieces): line("changed", "±", pieces.map(piece).joined())
      }
    }.joined()
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
