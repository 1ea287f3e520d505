/// The code spans in a paragraph of Markdown.
enum CodeSpans {
  /// Returns the texts between runs of backticks of the same length (https://spec.commonmark.org/0.31.2/#code-spans).
  static func all(in text: String) -> [Substring] {
    let runs = runs(in: text)
    // The next run of the same length, for each run.
    var following: [Int: Int] = [:]
    var last: [Int: Int] = [:]
    for (place, run) in runs.enumerated().reversed() {
      following[place] = last[run.length]
      last[run.length] = place
    }
    var spans: [Substring] = []
    var place = 0
    while place < runs.count {
      if !runs[place].isEscaped, let end = following[place] {
        spans.append(text[runs[place].range.upperBound..<runs[end].range.lowerBound])
        place = end
      }
      place += 1
    }
    return spans
  }

  /// A run of backticks.
  private struct Run {
    let range: Range<String.Index>
    let length: Int
    /// Whether it is a single backtick after a backslash, which starts no span.
    let isEscaped: Bool
  }

  private static func runs(in text: String) -> [Run] {
    let (bytes, mark) = (text.utf8, UInt8(ascii: "`"))
    var runs: [Run] = []
    var place = bytes.startIndex
    while let start = bytes[place...].firstIndex(of: mark) {
      let end = bytes[start...].firstIndex { $0 != mark } ?? bytes.endIndex
      let length = bytes.distance(from: start, to: end)
      let isBehindSlash = start > bytes.startIndex && bytes[bytes.index(before: start)] == UInt8(ascii: "\\")
      runs.append(Run(range: start..<end, length: length, isEscaped: isBehindSlash && length == 1))
      place = end
    }
    return runs
  }
}
