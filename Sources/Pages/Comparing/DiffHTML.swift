import Differences
import Templates

/// What makes one text of another, as HTML.
enum DiffHTML {
  /// How many lines that stay are shown around those that change, where more than a few would be.
  private static let context = 2
  /// From how many lines that stay, they are folded.
  private static let foldLength = 6

  /// The sections; those that follow each other and are the same are one.
  ///
  /// - Parameter only: what is said of one that only the first text has, or only the second.
  static func parts(
    _ diff: SectionDiff, only: (first: String, second: String) = ("only in the first", "only in the second")
  ) -> [DiffPartView] {
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
        let isSame = pair.diff.isSame
        parts.append(
          part(
            pair, only: only, isFolded: isSame,
            isSame ? lines(pair.left?.lines ?? []) : blocks(pair.diff)))
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
      let blocks = pair.diff.blocks.filter { block in
        switch block {
        case .same: false
        case .removed(let lines), .added(let lines): !lines.allSatisfy { $0.allSatisfy(\.isWhitespace) }
        case .changed: true
        }
      }
      return part(pair, only: ("not here", "only here"), isFolded: false, blocks.map { block($0) }.joined())
    }.filter { !$0.body.isEmpty || $0.isMoved }
  }

  /// A text as a whole, line by line.
  static func lines(of diff: TextDiff) -> HTML { blocks(diff) }

  private static func title(of pair: SectionDiff.Pair) -> String { pair.title.ifAny ?? "Before the first heading" }

  /// A section, with its body.
  ///
  /// - Parameter only: what is said of one that only the first text has, or only the second.
  private static func part(
    _ pair: SectionDiff.Pair, only: (first: String, second: String), isFolded: Bool, _ body: HTML
  ) -> DiffPartView {
    let state =
      switch (pair.left, pair.right) {
      case (nil, _): only.second
      case (_, nil): only.first
      default: pair.diff.isSame ? "the same" : "changed"
      }
    let renamed = pair.left.flatMap { left in pair.right.flatMap { $0.title == left.title ? nil : $0.title } }
    return DiffPartView(
      title: title(of: pair), otherTitle: renamed, state: state, isMoved: pair.isMoved,
      lineCount: (pair.left ?? pair.right)?.lines.count ?? 0, isSame: isFolded, body: body)
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
    case .removed(let lines): lines.map { line("removed", "−", "<del>\(HTML(piece: $0))</del>") }.joined()
    case .added(let lines): lines.map { line("added", "+", "<ins>\(HTML(piece: $0))</ins>") }.joined()
    case .changed(let pieces): line("changed", "±", pieces.map(piece).joined())
    }
  }

  private static func piece(_ piece: TextDiff.Piece) -> HTML {
    switch piece.side {
    case .both: HTML(piece: piece.text)
    case .left: "<del>\(HTML(piece: piece.text))</del>"
    case .right: "<ins>\(HTML(piece: piece.text))</ins>"
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
    lines.map { line("", " ", HTML(piece: $0)) }.joined()
  }

  private static func line(_ kind: String, _ sign: String, _ content: HTML) -> HTML {
    let name: HTML = kind.isEmpty ? "" : " \(kind)"
    return
      "<div class=\"line\(name)\"><span class=\"sign\" aria-hidden=\"true\">\(sign)</span><span class=\"text\">\(content)</span></div>\n"
  }
}
