import Differences
import Templates

/// What makes one text of another, as HTML.
enum DiffHTML {
  /// How many unchanged lines are shown around a change.
  private static let context = 3
  /// From how many unchanged lines on they are folded into one; a shorter run takes hardly more room than the fold.
  private static let foldLength = 3

  /// What a fold of unchanged lines holds.
  enum Fold: Sendable, Equatable {
    /// The lines, hidden until they are opened: for pages whose reader may have no other.
    case lines
    /// A link to the page that has them.
    case link(String)
  }

  /// The sections; those that follow each other and are the same are one.
  ///
  /// - Parameters:
  ///   - fold: what a fold of unchanged lines holds.
  ///   - only: what is said of one that only the first text has, or only the second.
  static func parts(
    _ diff: SectionDiff, fold: Fold = .lines,
    only: (first: String, second: String) = ("only in the first", "only in the second")
  ) -> [DiffPartView] {
    var parts: [DiffPartView] = []
    var same: [SectionDiff.Pair] = []
    func addSame() {
      guard let first = same.first else { return }
      let titles = same.map { title(of: $0) }
      let all = same.flatMap { $0.left?.lines ?? [] }
      let target = first.left
      let named: HTML = same.count == 1 ? "" : "<p class=\"fold\">\(titles.joined(separator: ", "))</p>\n"
      parts.append(
        DiffPartView(
          title: same.count == 1 ? title(of: first) : Wording.count(same.count, "section"), otherTitle: nil,
          state: "the same", isMoved: false, body: "\(named)\(folded(all, fold.at(target)))"))
      same = []
    }
    for pair in diff.pairs {
      if pair.diff.isSame, !pair.isMoved {
        same.append(pair)
      } else {
        addSame()
        let fold = fold.at(pair.left)
        parts.append(
          part(
            pair, only: only, pair.diff.isSame ? folded(pair.left?.lines ?? [], fold) : blocks(pair.diff, fold)))
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
      return part(pair, only: ("not here", "only here"), blocks.map { block($0) }.joined())
    }.filter { !$0.body.isEmpty || $0.isMoved }
  }

  /// How many lines ``changes(_:)`` shows.
  static func changedLines(of diff: SectionDiff) -> Int {
    diff.pairs.lazy.flatMap(\.diff.blocks).reduce(0) { count, block in
      switch block {
      case .same: count
      case .removed(let lines), .added(let lines): count + lines.count
      case .changed: count + 1
      }
    }
  }

  /// A text as a whole, line by line.
  static func lines(of diff: TextDiff) -> HTML { blocks(diff, .lines) }

  private static func title(of pair: SectionDiff.Pair) -> String { pair.title.ifAny ?? "Before the first heading" }

  /// A section, with its body.
  ///
  /// - Parameter only: what is said of one that only the first text has, or only the second.
  private static func part(
    _ pair: SectionDiff.Pair, only: (first: String, second: String), _ body: HTML
  ) -> DiffPartView {
    let state =
      switch (pair.left, pair.right) {
      case (nil, _): only.second
      case (_, nil): only.first
      default: pair.diff.isSame ? "the same" : "changed"
      }
    let renamed = pair.left.flatMap { left in pair.right.flatMap { $0.title == left.title ? nil : $0.title } }
    return DiffPartView(
      title: title(of: pair), otherTitle: renamed, state: state, isMoved: pair.isMoved, body: body)
  }

  private static func blocks(_ diff: TextDiff, _ fold: Fold) -> HTML {
    diff.blocks.enumerated().map { place, block in
      guard case .same(let lines) = block else { return self.block(block) }
      return same(lines, isFirst: place == 0, isLast: place == diff.blocks.count - 1, fold)
    }.joined()
  }

  private static func block(_ block: TextDiff.Block) -> HTML {
    switch block {
    case .same(let all): lines(all)
    case .removed(let lines): lines.map { line("removed", "<del>\(HTML(piece: $0))</del>") }.joined()
    case .added(let lines): lines.map { line("added", "<ins>\(HTML(piece: $0))</ins>") }.joined()
    case .changed(let pieces): line("changed", pieces.map(piece).joined())
    }
  }

  private static func piece(_ piece: TextDiff.Piece) -> HTML {
    switch piece.side {
    case .both: HTML(piece: piece.text)
    case .left: "<del>\(HTML(piece: piece.text))</del>"
    case .right: "<ins>\(HTML(piece: piece.text))</ins>"
    }
  }

  /// Unchanged lines; those far from a change are folded.
  private static func same(_ all: [String], isFirst: Bool, isLast: Bool, _ fold: Fold) -> HTML {
    let (head, tail) = (isFirst ? 0 : context, isLast ? 0 : context)
    guard all.count >= head + tail + foldLength else { return lines(all) }
    return
      "\(lines(all.prefix(head)))\(folded(all.dropFirst(head).dropLast(tail), fold))\(lines(all.suffix(tail)))"
  }

  /// Unchanged lines as one.
  private static func folded(_ all: some Collection<String>, _ fold: Fold) -> HTML {
    let title = Wording.count(all.count, "line") + " the same"
    return switch fold {
    case .lines: "<details class=\"fold\"><summary>\(title)</summary>\(lines(all))</details>\n"
    case .link(let href): "<p class=\"fold\"><a href=\"\(href)\">\(title)</a></p>\n"
    }
  }

  private static func lines(_ lines: some Sequence<String>) -> HTML {
    lines.map { line("", HTML(piece: $0)) }.joined()
  }

  /// A line; its sign comes from the style sheet.
  private static func line(_ kind: HTML, _ content: HTML) -> HTML {
    kind.isEmpty ? "<div class=\"line\">\(content)</div>\n" : "<div class=\"line \(kind)\">\(content)</div>\n"
  }
}

extension DiffHTML.Fold {
  /// The same for lines of a section: a link leads to its heading.
  fileprivate func at(_ section: Section?) -> Self {
    guard case .link(let href) = self, let id = section?.id else { return self }
    return .link("\(href)#\(id)")
  }
}
