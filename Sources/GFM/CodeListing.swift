import Highlighting
import Text

/// A text as HTML with numbered lines and syntax highlighting.
public struct CodeListing: Sendable {
  /// The HTML of the listing.
  public let html: [UInt8]
  /// The number of lines in the text.
  public let lineCount: Int
  /// The number of lines shown in the listing.
  public let shownLines: Int

  /// Whether the listing omits lines.
  public var isCut: Bool { shownLines < lineCount }

  /// Creates a listing of a file.
  ///
  /// - Parameters:
  ///   - bytes: The content of the file.
  ///   - language: The language name, as in the info string of a code block; empty for none.
  ///   - lineLimit: The maximum number of lines shown.
  ///   - byteLimit: The maximum number of bytes shown. A line that exceeds it is omitted.
  public init(of bytes: [UInt8], language: String, lineLimit: Int, byteLimit: Int) {
    let text = SourceText(bytes).utf8
    var lines = text[...].lines
    if lines.last?.isEmpty ?? false { lines.removeLast() }
    lineCount = lines.count
    let shown = lines.prefix(lineLimit).prefix { $0.endIndex <= byteLimit }
    // A single line may exceed the byte limit.
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

/// The lines of a ``CodeListing``.
public enum CodeLine {
  /// Returns the identifier (URL fragment) of a line.
  public static func id(_ line: Int) -> String { "L\(line)" }
}

extension HTMLBuffer {
  /// Appends a range of highlighted code. A token may begin before the range and end after it.
  ///
  /// - Parameter tokens: The remaining tokens, in order. Tokens that end in the range are removed.
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

  /// Appends code in a `<span>` with the class of a token kind.
  mutating func appendMarked(_ code: UnsafeBufferPointer<UInt8>, as kind: Token.Kind) {
    append("<span class=\"")
    append(kind.className)
    append("\">")
    appendText(code)
    append("</span>")
  }
}
