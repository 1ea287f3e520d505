import Files

/// The subject of a finding as text, used to recognize the finding after lines were added above it.
public enum FindingText {
  /// Returns the text with single spaces: an unmasked secret, a tool, a phrase. Empty if the finding is about the file
  /// as a whole.
  ///
  /// - Parameters:
  ///   - finding: The finding.
  ///   - bytes: The content of the file that has the finding.
  ///   - marksKey: Whether the finding marks the key of a field. The message then contains the value.
  public static func subject(of finding: Finding, in bytes: [UInt8], marksKey: Bool) -> [UInt8] {
    guard let range = finding.range.map({ $0.clamped(to: 0..<bytes.count) }) else {
      // Other findings without a position are about the whole file, so they need no text.
      return finding.rule == "name-shared" ? quoted(finding.message) : []
    }
    if marksKey { return quoted(finding.message) }
    // This rule marks the whole line. Its message contains the link.
    if finding.rule == "link-broken" { return Array(finding.message.utf8) }
    return spaced(whole(range, of: finding.rule, in: bytes))
  }

  /// The maximum number of bytes compared if a text continues after the marked line.
  private static let limit = 1 << 16
  private static let (comment, key) = ((Array("<!--".utf8), Array("-->".utf8)), Array("-----BEGIN ".utf8))

  /// Returns the bytes of the subject. For comments and private keys, the finding marks only the first line.
  private static func whole(_ range: Range<Int>, of rule: String, in bytes: [UInt8]) -> ArraySlice<UInt8> {
    func extended(from start: Int, to ends: [[UInt8]], behind place: Int) -> ArraySlice<UInt8> {
      let rest = bytes[place...].prefix(limit)
      let end = ends.compactMap { rest.firstRange(of: $0)?.upperBound }.min() ?? rest.endIndex
      return bytes[start..<max(start, end)]
    }
    let marked = bytes[range]
    switch rule {
    case "comment-hidden":
      guard let first = marked.firstRange(of: comment.0), let last = marked.ranges(of: comment.0).last else {
        // A link definition continues until an empty line.
        return extended(
          from: range.lowerBound, to: ["\n\n", "\n\r\n"].map { Array($0.utf8) }, behind: range.lowerBound)
      }
      return extended(from: first.lowerBound, to: [comment.1], behind: last.upperBound)
    case "secret-suspected" where marked.starts(with: key):
      return extended(from: range.lowerBound, to: [Array("-----END ".utf8)], behind: range.upperBound)
    default: return marked
    }
  }

  /// Returns the bytes with whitespace collapsed to single spaces, so that line wrapping and line endings make no
  /// difference.
  private static func spaced(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    Array(bytes.split { $0 == 0x20 || (0x09...0x0D).contains($0) }.joined(separator: [0x20]))
  }

  /// Returns the quoted parts of a message. Numbers outside of them, such as a length, may change.
  private static func quoted(_ message: String) -> [UInt8] {
    Array(message.matches(of: /“([^”]*)”/).map { String($0.output.1) }.joined(separator: "\n").utf8)
  }
}
