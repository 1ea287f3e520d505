import Foundation

/// The marks in a command's prompt that run other commands when it starts: `` !`git status` ``.
struct PromptRuns: Sendable {
  /// The patterns of such marks; the first capture group is the command.
  let patterns: [NSRegularExpression]
  /// When the commands run, and whether the user is asked, as a clause.
  let why: String
  /// The evidence.
  let evidence: [Evidence]

  /// A command in a prompt.
  struct Mark {
    /// The command.
    let command: String
    /// The whole mark, as written.
    let written: String
    /// The byte range of the command in the prompt.
    let range: Range<Int>
  }

  /// The maximum number of marks of one pattern in a prompt.
  private static let limit = 100

  /// Returns the marks of a prompt, in order.
  func marks(in prompt: ArraySlice<UInt8>) -> [Mark] {
    guard prompt.contains(UInt8(ascii: "!")) else { return [] }
    let text = String(decoding: prompt, as: UTF8.self)
    let whole = NSRange(location: 0, length: text.utf16.count)
    var marks: [Mark] = []
    for pattern in patterns {
      var count = 0
      pattern.enumerateMatches(in: text, range: whole) { found, _, stop in
        count += 1
        if count == Self.limit { stop.pointee = true }
        guard let found, let range = Range(found.range, in: text), let inner = Range(found.range(at: 1), in: text)
        else { return }
        let start = text.utf8.distance(from: text.startIndex, to: inner.lowerBound)
        let command = String(text[inner])
        guard !command.trimmed.isEmpty, !marks.contains(where: { $0.range.contains(start) }) else { return }
        marks.append(
          Mark(command: command.trimmed, written: String(text[range]), range: start..<start + command.utf8.count))
      }
    }
    return marks.sorted { $0.range.lowerBound < $1.range.lowerBound }
  }
}
