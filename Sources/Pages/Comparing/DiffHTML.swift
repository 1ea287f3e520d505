import Differences
import Templates

/// Renders differences between texts as HTML.
enum DiffHTML {
  /// The number of unchanged lines shown around a change.
  private static let context = 3
  /// The minimum number of unchanged lines that are folded. Folding fewer saves little space.
  private static let foldLength = 3

  /// The content of a fold of unchanged lines.
  enum Fold: Sendable, Equatable {
    /// The lines themselves, collapsed. For pages that are read without the rest of the site.
    case lines
    /// A link to the page that contains the lines.
    case link(String)
  }

  /// Returns the sections. Consecutive unchanged sections are combined.
  ///
  /// - Parameters:
  ///   - fold: The content of a fold of unchanged lines.
  ///   - only: The labels for sections that only the first or only the second text has.
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

  /// Renders the common text, section by section.
  static func core(_ core: SharedCore) -> HTML {
    core.parts.map { "<h4>\($0.title.ifAny ?? "Before the first heading")</h4>\n\(lines($0.lines))" as HTML }.joined()
  }

  /// Returns the changed sections, without unchanged lines.
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

  /// Returns the number of lines that ``changes(_:)`` shows.
  static func changedLines(of diff: SectionDiff) -> Int {
    diff.pairs.lazy.flatMap(\.diff.blocks).reduce(0) { count, block in
      switch block {
      case .same: count
      case .removed(let lines), .added(let lines): count + lines.count
      case .changed: count + 1
      }
    }
  }

  /// Renders a whole text, line by line.
  static func lines(of diff: TextDiff) -> HTML { blocks(diff, .lines) }

  private static func title(of pair: SectionDiff.Pair) -> String { pair.title.ifAny ?? "Before the first heading" }

  /// Creates the view of a section.
  ///
  /// - Parameter only: The labels for sections that only the first or only the second text has.
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
    var html = HTML([])
    for (place, block) in diff.blocks.enumerated() {
      if case .same(let lines) = block {
        html += same(lines, isFirst: place == 0, isLast: place == diff.blocks.count - 1, fold)
      } else {
        html += self.block(block)
      }
    }
    return html
  }

  private static func block(_ block: TextDiff.Block) -> HTML {
    switch block {
    case .same(let all): return lines(all)
    case .removed(let all): return lines(all, between: ("<div class=\"line removed\"><del>", "</del></div>\n"))
    case .added(let all): return lines(all, between: ("<div class=\"line added\"><ins>", "</ins></div>\n"))
    case .changed(let pieces):
      var html: HTML = "<div class=\"line changed\">"
      for piece in pieces { append(piece, to: &html) }
      html += "</div>\n"
      return html
    }
  }

  /// Renders a piece of a line.
  static func piece(_ piece: TextDiff.Piece) -> HTML {
    var html = HTML([])
    append(piece, to: &html)
    return html
  }

  private static func append(_ piece: TextDiff.Piece, to html: inout HTML) {
    let marks: (start: HTML, end: HTML) =
      switch piece.side {
      case .both: ("", "")
      case .left: ("<del>", "</del>")
      case .right: ("<ins>", "</ins>")
      }
    html += marks.start
    html.append(piece: piece.text)
    html += marks.end
  }

  /// Renders unchanged lines. Lines far from a change are folded.
  private static func same(_ all: [String], isFirst: Bool, isLast: Bool, _ fold: Fold) -> HTML {
    let (head, tail) = (isFirst ? 0 : context, isLast ? 0 : context)
    guard all.count >= head + tail + foldLength else { return lines(all) }
    return
      "\(lines(all.prefix(head)))\(folded(all.dropFirst(head).dropLast(tail), fold))\(lines(all.suffix(tail)))"
  }

  /// Renders unchanged lines as a fold.
  private static func folded(_ all: some Collection<String>, _ fold: Fold) -> HTML {
    let title = Wording.count(all.count, "unchanged line")
    return switch fold {
    case .lines: "<details class=\"fold\"><summary>\(title)</summary>\(lines(all))</details>\n"
    case .link(let href): "<p class=\"fold\"><a href=\"\(href)\">\(title)</a></p>\n"
    }
  }

  /// Renders lines. The style sheet adds their signs.
  ///
  /// - Parameter marks: The markup before and after each line.
  private static func lines(
    _ lines: some Sequence<String>, between marks: (start: HTML, end: HTML) = ("<div class=\"line\">", "</div>\n")
  ) -> HTML {
    var html = HTML([])
    for line in lines {
      html += marks.start
      html.append(piece: line)
      html += marks.end
    }
    return html
  }
}

extension DiffHTML.Fold {
  /// Returns the fold for the lines of a section. A link gets the fragment of the section's heading.
  fileprivate func at(_ section: Section?) -> Self {
    guard case .link(let href) = self, let id = section?.id else { return self }
    return .link("\(href)#\(id)")
  }
}
