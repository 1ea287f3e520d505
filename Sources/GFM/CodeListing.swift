import Highlighting
import Text

/// A text as HTML with numbered lines, and with what stands out in it marked as in code blocks.
public struct CodeListing: Sendable {
  /// The listing.
  public let html: [UInt8]
  /// How many lines the text has.
  public let lineCount: Int
  /// How many of them are in the listing.
  public let shownLines: Int

  /// Whether lines are left out.
  public var isCut: Bool { shownLines < lineCount }

  /// Lists a file.
  ///
  /// - Parameters:
  ///   - bytes: what is in it.
  ///   - language: the name of its language, as code blocks name it; empty for none.
  ///   - lineLimit: how many lines are shown at most.
  ///   - byteLimit: how many bytes are shown at most; a line that goes beyond is left out.
  public init(of bytes: [UInt8], language: String, lineLimit: Int, byteLimit: Int) {
    let text = SourceText(bytes).utf8
    var lines = text.split(separator: 0x0A, omittingEmptySubsequences: false)
    if lines.last?.isEmpty ?? false { lines.removeLast() }
    lineCount = lines.count
    let shown = lines.prefix(lineLimit).prefix { $0.endIndex <= byteLimit }
    // A single line may be longer than all that is shown.
    let end = shown.last?.endIndex ?? min(text.count, byteLimit)
    shownLines = shown.count
    var out = HTMLBuffer(capacity: end * 2 + 256)
    out.append("<pre class=\"listing\" tabindex=\"0\"><code>")
    text.withUnsafeBufferPointer { buffer in
      let code = UnsafeBufferPointer(rebasing: buffer[..<end])
      var tokens: [Token] = []
      Language(name: Array(language.utf8))?.tokens(in: code) { tokens.append($0) }
      var rest = tokens[...]
      for (index, line) in shown.enumerated() {
        out.append("<span class=\"row\" id=\"")
        out.appendAttribute(CodeLine.id(index + 1))
        out.append("\">")
        out.appendCode(code, line.startIndex..<line.endIndex, &rest)
        out.append("\n</span>")
      }
    }
    out.append("</code></pre>\n")
    html = out.bytes
  }
}

/// A line of a ``CodeListing``.
public enum CodeLine {
  /// The fragment that leads to a line.
  public static func id(_ line: Int) -> String { "L\(line)" }
}

extension HTMLBuffer {
  /// Appends a range of code, what stands out in it marked by classes. A token may begin before the range and end
  /// behind it.
  ///
  /// - Parameter tokens: what stands out, in order; those that end in the range are taken away.
  mutating func appendCode(
    _ code: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, _ tokens: inout ArraySlice<Token>
  ) {
    var written = range.lowerBound
    while let token = tokens.first, token.range.lowerBound < range.upperBound {
      let marked = token.range.clamped(to: written..<range.upperBound)
      appendText(UnsafeBufferPointer(rebasing: code[written..<marked.lowerBound]))
      if !marked.isEmpty { appendMarked(UnsafeBufferPointer(rebasing: code[marked]), as: token.kind) }
      written = marked.upperBound
      if token.range.upperBound > range.upperBound { break }
      tokens = tokens.dropFirst()
    }
    appendText(UnsafeBufferPointer(rebasing: code[written..<range.upperBound]))
  }

  /// Appends code that stands out.
  mutating func appendMarked(_ code: UnsafeBufferPointer<UInt8>, as kind: Token.Kind) {
    append("<span class=\"")
    append(kind.className)
    append("\">")
    appendText(code)
    append("</span>")
  }
}
