import Files
import Grants
import Pages
import Reviews

/// A review for a terminal.
public struct ReviewText {
  /// The printable lines.
  public let lines: [String]

  /// The maximum number of groups in a section, and of names in a group.
  private static let (blocksLength, namesLength) = (20, 8)

  /// Writes a review.
  ///
  /// - Parameters:
  ///   - sides: The compared states.
  ///   - reasons: Why the review fails; empty if it doesn't.
  ///   - output: The folder with the pages.
  public init(_ review: Review, sides: ReviewSite.Sides, reasons: [String], output: String) {
    let queue = ReviewQueue(review)
    var lines = ["Before: \(sides.before)", "After:  \(sides.after)", ReviewWording.figures(review)]
    lines += sides.notes
    if let first = ReviewWording.first(queue) { lines.append(first) }
    for section in queue.sections {
      lines += ["", "\(ReviewWording.title(section.rank)):"]
      for block in section.blocks.prefix(Self.blocksLength) { lines += Self.lines(block, review) }
      let rest = section.blocks.dropFirst(Self.blocksLength).reduce(0) { $0 + $1.subjects.count }
      if rest > 0 { lines.append("  and \(rest) more") }
    }
    lines += ["", "Open \(output.hasSuffix("/") ? output : output + "/")index.html"]
    if !reasons.isEmpty { lines.append("Fails: \(reasons.joined(separator: ", "))") }
    self.lines = lines.map(TerminalText.printable)
  }

  private static func lines(_ block: ReviewQueue.Block, _ review: Review) -> [String] {
    guard let subject = block.subjects.first else { return [] }
    if block.subjects.count > 1 {
      let names = block.subjects.prefix(namesLength).map(review.label).joined(separator: ", ")
      let rest = block.subjects.count - namesLength
      return block.folds.flatMap { fold in
        ["  \(ReviewWording.count(block.subjects, review)): \(text(fold.first, isPlaced: false))"]
          + (ReviewWording.rest(of: fold).map { ["    \($0.text)"] } ?? [])
      }
        + ["    \(names)\(rest > 0 ? " and \(rest) more" : "")"]
    }
    let line = block.line.map { ":\($0)" } ?? ""
    let notes = [review.name(of: subject), ReviewWording.note(subject, review)].compactMap(\.self)
    let head = "  \(review.path(of: subject))\(line) (\(notes.joined(separator: ", ")))"
    return [head]
      + block.folds.flatMap { fold in
        ["    \(text(fold.first, isPlaced: block.line == nil))"]
          + (ReviewWording.rest(of: fold).map { ["      \($0.text)"] } ?? [])
      }
  }

  /// - Parameter isPlaced: Whether to include the line of the point.
  private static func text(_ point: ReviewPoint, isPlaced: Bool) -> String {
    let line = point.line.map { "\($0)" }
    let place =
      point.file.map { "\($0)\(line.map { ":\($0)" } ?? ""): " } ?? (isPlaced ? line.map { "line \($0): " } : nil)
    return (place ?? "") + ReviewWording.sentence(point.content).text
  }
}
