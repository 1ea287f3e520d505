import Foundation

/// The marks by which the prompt of a command runs other commands when it starts: `` !`git status` ``.
struct PromptRuns: Sendable {
  /// What such a mark looks like; the first group is the command.
  let patterns: [NSRegularExpression]
  /// When they run, and whether anybody is asked, as a clause.
  let why: String
  /// How it is known.
  let evidence: [Evidence]

  /// A command in a prompt.
  struct Mark {
    /// The command.
    let command: String
    /// The whole mark, as written.
    let written: String
    /// Where the command is, in bytes of the prompt.
    let range: Range<Int>
  }

  /// How many marks of one pattern are looked at in a file.
  private static let limit = 100

  /// The marks of a prompt, in its order.
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
