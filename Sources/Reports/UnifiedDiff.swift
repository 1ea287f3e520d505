import Differences

/// The differences of two texts in the format of `diff -u`
/// (https://www.gnu.org/software/diffutils/manual/html_node/Unified-Format.html).
public enum UnifiedDiff {
  /// The number of unchanged lines shown around changes.
  private static let context = 3

  /// Returns the diff, or an empty text if there is no difference.
  ///
  /// - Parameter shown: Returns the displayed form of a line without its line ending, given its sign: `-`, `+` or a
  ///   space.
  public static func text(
    _ path: String, _ old: [UInt8], _ new: [UInt8], shown: (Character, String) -> String = { $1 }
  ) -> String {
    let (old, new) = (lines(old), lines(new))
    var steps: [(sign: Character, line: String)] = []
    func add(_ sign: Character, _ line: String) {
      let text = Substring(line.utf8.prefix { $0 != 0x0A && $0 != 0x0D })
      let end = line.utf8.dropFirst(text.utf8.count)
      // A carriage return within a line is shown, but not one at the end.
      let isWhole = end.isEmpty || end.elementsEqual([0x0A]) || end.elementsEqual([0x0D, 0x0A])
      steps.append((sign, isWhole ? shown(sign, String(text)) + String(Substring(end)) : shown(sign, line)))
    }
    for edit in Edits.between(old, new) {
      for line in old[edit.left] { add(edit.isSame ? " " : "-", line) }
      if !edit.isSame { for line in new[edit.right] { add("+", line) } }
    }
    let hunks = hunks(steps)
    return hunks.isEmpty ? "" : "--- a/\(path)\n+++ b/\(path)\n" + hunks
  }

  private static func hunks(_ steps: [(sign: Character, line: String)]) -> String {
    let changes = steps.indices.filter { steps[$0].sign != " " }
    var text = ""
    var rest = changes[...]
    while let first = rest.first {
      var last = first
      while let next = rest.first, next - last <= 2 * context {
        last = next
        rest = rest.dropFirst()
      }
      let range = max(0, first - context)..<min(steps.count, last + context + 1)
      func count(_ steps: ArraySlice<(sign: Character, line: String)>, _ sign: Character) -> Int {
        steps.count { $0.sign != sign }
      }
      let (left, right) = (count(steps[range], "+"), count(steps[range], "-"))
      let before = (count(steps[..<range.lowerBound], "+"), count(steps[..<range.lowerBound], "-"))
      text += "@@ -\(before.0 + (left > 0 ? 1 : 0)),\(left) +\(before.1 + (right > 0 ? 1 : 0)),\(right) @@\n"
      for step in steps[range] {
        text += "\(step.sign)\(step.line)"
        // CRLF is one character, so compare the last byte.
        if step.line.utf8.last != 0x0A { text += "\n\\ No newline at end of file\n" }
      }
    }
    return text
  }

  /// Returns the lines of a text, each with its line feed.
  private static func lines(_ bytes: [UInt8]) -> [String] {
    var lines: [String] = []
    var rest = bytes[...]
    while !rest.isEmpty {
      let end = rest.firstIndex(of: 0x0A).map { $0 + 1 } ?? rest.endIndex
      lines.append(String(decoding: rest[..<end], as: UTF8.self))
      rest = rest[end...]
    }
    return lines
  }
}
