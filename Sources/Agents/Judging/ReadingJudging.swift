import Rules
import Text

// What a frontmatter says to a runtime that its author did not mean: values that are cut, quotation marks that are text,
// spaces that are none.

extension FindingList {
  /// Reports the encoding of a file that is not UTF-8.
  mutating func addEncoding(effect: Effect) {
    guard text.encoding != .utf8 else { return }
    add(
      .encodingUTF16, "the file is \(text.encoding.title)",
      help: "Save it as UTF-8; roster check --fix does.", fileRange: 0..<0, effect: effect)
  }

  /// The comments of a frontmatter, with the lines of the file.
  func comments(_ syntax: FrontmatterSyntax) -> [FrontmatterComment] {
    syntax.comments.sorted { $0.range.lowerBound < $1.range.lowerBound }.map { comment in
      FrontmatterComment(
        text: String(decoding: text.utf8[comment.range], as: UTF8.self).trimmed,
        line: location(of: text.fileOffset(comment.range.lowerBound)).line)
    }
  }

  /// Looks at how the values of a frontmatter are written.
  mutating func judgeSyntax(_ syntax: FrontmatterSyntax) {
    for comment in syntax.comments where CutValue.isCut(comment, in: text.utf8) {
      let lost = Bounds.cut(excerpt(comment.range), to: 60)
      let value = comment.value.map { excerpt($0) } ?? ""
      add(
        .valueCut,
        value.isEmpty
          ? "“\(comment.key)” has no value: YAML takes “\(lost)” for a comment"
          : "“\(comment.key)” ends at “\(Self.end(of: value))”: YAML takes “\(lost)” for a comment",
        help: "Put the value in quotation marks, or write it as a block behind “|”.", textRange: comment.range)
    }
    for scalar in syntax.scalars {
      guard let pair = CurlyQuotes.pairs(around: scalar.range, of: scalar.key, in: text.utf8).first else { continue }
      add(
        .quotesCurly,
        "the curly quotation marks around “\(Bounds.cut(excerpt(pair.inner), to: 60))” are part of the value",
        help: "Use straight quotation marks (\").", textRange: pair.whole)
    }
    var lastLine = 0
    for space in syntax.spaces where !space.isTab {
      let line = location(of: text.fileOffset(space.range.lowerBound)).line
      guard line != lastLine else { continue }
      lastLine = line
      let name = text.utf8.withUnsafeBufferPointer {
        InvisibleText.name(InvisibleText.scalar(in: $0, at: space.range.lowerBound).value)
      }
      add(
        .spaceInvalid, "\(name) stands where YAML needs a space", help: "Replace it with a space.",
        textRange: space.range)
    }
  }

  private func excerpt(_ range: Range<Int>) -> String {
    String(decoding: text.utf8[range], as: UTF8.self).split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  /// The last words of a value.
  private static func end(of value: String) -> String {
    let words = value.split(separator: " ")
    return (words.count > 3 ? "…" : "") + words.suffix(3).joined(separator: " ")
  }
}
