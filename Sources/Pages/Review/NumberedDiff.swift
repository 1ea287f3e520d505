import Differences
import Files
import Templates

/// A diff of a file, with the line numbers of both sides and an anchor for each line.
struct NumberedDiff {
  private let diff: TextDiff
  /// The prefix of the anchors, which keeps those of several files on a page distinct.
  private let prefix: String
  private let first: (before: Int, after: Int)
  /// Moved lines: the new line number of each removed line, and the old one of each added line.
  private let moves: (from: [Int: Int], to: [Int: Int])

  /// The number of unchanged lines shown around a change.
  private static let context = 3
  /// The minimum number of unchanged lines to fold.
  private static let foldLength = 4
  /// The minimum number of bytes of a line that can count as moved. Shorter lines repeat by chance.
  private static let tellingLength = 12

  /// Numbers the lines of a diff.
  ///
  /// - Parameters:
  ///   - prefix: The prefix of anchors; empty for the main file of the page.
  ///   - first: The numbers of the first lines.
  init(_ diff: TextDiff, prefix: String = "", first: (before: Int, after: Int) = (1, 1)) {
    self.diff = diff
    self.prefix = prefix
    self.first = first
    moves = Self.moves(in: diff, first)
  }

  /// The number of lines that differ: `+3 −1 lines`.
  var summary: String {
    let counts = diff.blocks.reduce(into: (removed: 0, added: 0)) { counts, block in
      switch block {
      case .same: break
      case .removed(let lines): counts.removed += lines.count
      case .added(let lines): counts.added += lines.count
      case .changed:
        counts.removed += 1
        counts.added += 1
      }
    }
    if isWhole { return Wording.count(counts.added + counts.removed, "line") }
    return "+\(Wording.number(counts.added)) −\(Wording.number(counts.removed)) lines"
  }

  /// Whether one of the texts is empty.
  private var isWhole: Bool {
    diff.blocks.allSatisfy { if case .added = $0 { true } else { false } }
      || diff.blocks.allSatisfy { if case .removed = $0 { true } else { false } }
  }

  /// The diff. The lines of one change share an element.
  var html: HTML {
    var html: HTML = ""
    var place = first
    var change: HTML = ""
    var heading: String?
    func endChange() {
      if !change.isEmpty { html += "<div class=\"change\">\n\(change)</div>\n" }
      change = ""
    }
    for (index, block) in diff.blocks.enumerated() {
      switch block {
      case .same(let lines):
        endChange()
        html += same(
          lines, &place, &heading, isFirst: index == 0, isLast: index == diff.blocks.count - 1)
      case .removed(let lines):
        for text in lines { change += removed("<del>\(HTML(piece: text))</del>", &place) }
      case .added(let lines):
        for text in lines { change += added("<ins>\(HTML(piece: text))</ins>", &place) }
        heading = lines.last(where: Self.isHeading) ?? heading
      case .changed(let pieces):
        let text = pieces.filter { $0.side != .left }.map(\.text).joined()
        if Self.isHeading(text) { heading = text }
        change += removed(Self.words(of: pieces, but: .right), &place, " paired")
        change += added(Self.words(of: pieces, but: .left), &place, " paired")
      }
    }
    endChange()
    return "<div class=\"diff\(isWhole ? " whole" : "")\">\n\(html)</div>"
  }

  // MARK: Lines

  private func removed(_ text: HTML, _ place: inout (before: Int, after: Int), _ kind: HTML = "") -> HTML {
    let number = place.before
    place.before += 1
    let move = moves.from[number].flatMap { target in
      moves.from[number - 1] == target - 1 ? nil : note("moved to", "L", target)
    }
    return
      "<div class=\"line removed\(kind)\(moves.from[number] == nil ? "" : " moved")\" id=\"\(prefix)B\(number)\"><a href=\"#\(prefix)B\(number)\">\(number)</a><i></i><span>\(text)</span>\(move ?? "")</div>\n"
  }

  private func added(_ text: HTML, _ place: inout (before: Int, after: Int), _ kind: HTML = "") -> HTML {
    let number = place.after
    place.after += 1
    let move = moves.to[number].flatMap { source in
      moves.to[number - 1] == source - 1 ? nil : note("moved from", "B", source)
    }
    return
      "<div class=\"line added\(kind)\(moves.to[number] == nil ? "" : " moved")\" id=\"\(prefix)L\(number)\"><i></i><a href=\"#\(prefix)L\(number)\">\(number)</a><span>\(text)</span>\(move ?? "")</div>\n"
  }

  private func note(_ words: String, _ side: String, _ line: Int) -> HTML {
    " <a class=\"move\" href=\"#\(prefix)\(side)\(line)\">\(words) line \(line)</a>"
  }

  private func same(_ text: String, _ place: inout (before: Int, after: Int)) -> HTML {
    defer { place = (place.before + 1, place.after + 1) }
    return
      "<div class=\"line\" id=\"\(prefix)L\(place.after)\"><i>\(place.before)</i><a href=\"#\(prefix)L\(place.after)\">\(place.after)</a><span>\(HTML(piece: text))</span></div>\n"
  }

  /// Returns unchanged lines. Lines far from any change are folded, labeled with the heading of the next change.
  private func same(
    _ lines: [String], _ place: inout (before: Int, after: Int), _ heading: inout String?, isFirst: Bool, isLast: Bool
  ) -> HTML {
    let (head, tail) = (isFirst ? 0 : Self.context, isLast ? 0 : Self.context)
    let isFolded = lines.count >= head + tail + Self.foldLength
    var html: HTML = ""
    var folded: HTML = ""
    for (index, text) in lines.enumerated() {
      if Self.isHeading(text) { heading = text }
      let line = same(text, &place)
      guard isFolded, index >= head, index < lines.count - tail else {
        html += line
        continue
      }
      folded += line
      if index == lines.count - tail - 1 {
        let below: HTML = isLast ? "" : heading.map { " <code>\($0)</code>" } ?? ""
        let title = Wording.count(lines.count - head - tail, "unchanged line")
        html += "<details class=\"fold\"><summary>\(title)\(below)</summary>\n\(folded)</details>\n"
      }
    }
    return html
  }

  private static func words(of pieces: [TextDiff.Piece], but side: TextDiff.Piece.Side) -> HTML {
    pieces.filter { $0.side != side }.map(DiffHTML.piece).joined()
  }

  private static func isHeading(_ text: String) -> Bool { text.hasPrefix("#") }

  // MARK: Moves

  private static func moves(
    in diff: TextDiff, _ first: (before: Int, after: Int)
  ) -> (from: [Int: Int], to: [Int: Int]) {
    var added: [[UInt8]: [Int]] = [:]
    var removed: [(text: [UInt8], line: Int)] = []
    var place = first
    for block in diff.blocks {
      switch block {
      case .same(let lines): place = (place.before + lines.count, place.after + lines.count)
      case .changed: place = (place.before + 1, place.after + 1)
      case .removed(let lines):
        for text in lines {
          if text.utf8.count > tellingLength { removed.append((Array(text.utf8), place.before)) }
          place.before += 1
        }
      case .added(let lines):
        for text in lines {
          if text.utf8.count > tellingLength { added[Array(text.utf8), default: []].append(place.after) }
          place.after += 1
        }
      }
    }
    var moves: (from: [Int: Int], to: [Int: Int]) = ([:], [:])
    for (text, line) in removed {
      // If a line was added more than once, its origin is ambiguous.
      guard let targets = added[text], targets.count == 1, moves.to[targets[0]] == nil else { continue }
      moves.from[line] = targets[0]
      moves.to[targets[0]] = line
    }
    return moves
  }
}
