/// Text as HTML: the only place that escapes markup and makes invisible characters visible.
public enum HTMLText {
  /// The place where a text is written.
  public enum Place: Sendable {
    /// Between tags. Invisible characters become marked labels, and lookalikes in words of mixed scripts are marked.
    case content
    /// Between tags, as a name. Lookalikes are marked even in words without Latin letters.
    case identifier
    /// Where markup is not allowed: attributes, titles, XML. Invisible characters become labels in square brackets.
    case plain
  }

  /// Appends text with `&`, `<`, `>` and `"` escaped and invisible characters made visible.
  ///
  /// It works on bytes. As characters, a quotation mark followed by a combining mark would be one character and stay
  /// unescaped. Control characters become their pictures (U+2400 to U+2421). Other characters that HTML forbids are
  /// labeled like invisible ones: https://html.spec.whatwg.org/multipage/parsing.html#preprocessing-the-input-stream
  ///
  /// - Parameters:
  ///   - text: Valid UTF-8.
  ///   - place: The place where it is written.
  ///   - escapesApostrophes: Whether to escape `'` too, for attributes in single quotation marks.
  /// - Returns: Whether the text contains right-to-left letters.
  @discardableResult
  public static func append(
    _ text: UnsafeBufferPointer<UInt8>, to bytes: inout [UInt8], in place: Place = .content,
    escapesApostrophes: Bool = false
  ) -> Bool {
    var start = 0
    var index = 0
    var hasRightToLeft = false
    func copy(to end: Int) {
      if end > start { bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[start..<end])) }
    }
    while index < text.count {
      let byte = text[index]
      let kind = kinds[Int(byte)]
      if kind == Kind.plain {
        index += 1
        continue
      }
      if kind == Kind.markup {
        guard let replacement = replacement(of: byte, escapesApostrophes) else {
          index += 1
          continue
        }
        copy(to: index)
        bytes.append(contentsOf: replacement)
        index += 1
        start = index
        continue
      }
      if !hasRightToLeft {
        let scalar = InvisibleText.scalar(in: text, at: index).value
        hasRightToLeft = isRightToLeft(scalar) && !InvisibleText.isInvisible(scalar)
      }
      if InvisibleText.mayBegin(byte) {
        // The text may be a fragment that begins in the middle of an emoji.
        let before = index == 0 ? bytes.withUnsafeBufferPointer { InvisibleText.scalar(in: $0, endingAt: $0.count) } : 0
        switch InvisibleText.match(in: text, at: index, before: before) {
        case .invisible(let run, let end):
          copy(to: index)
          appendLabel(run, to: &bytes, in: place)
          index = end
          start = end
          continue
        case .plain(let end) where !(place != .plain && Lookalikes.mayBegin[Int(byte)]):
          index = end
          continue
        case .plain: break
        }
      }
      guard place != .plain, Lookalikes.mayBegin[Int(byte)] else {
        index += 1
        continue
      }
      let word = Lookalikes.word(in: text, at: index, isIdentifier: place == .identifier)
      for letter in word.letters {
        copy(to: letter.range.lowerBound)
        bytes.append(
          contentsOf:
            "<span class=\"lookalike\" data-code=\"\(InvisibleText.name(letter.scalar))\" title=\"\(letter.description)\">"
            .utf8)
        bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[letter.range]))
        bytes.append(contentsOf: "</span>".utf8)
        start = letter.range.upperBound
      }
      index = word.end
    }
    copy(to: text.count)
    return hasRightToLeft
  }

  /// Returns a text escaped for a place without markup, including both kinds of quotation marks.
  public static func escaped(_ text: String) -> String {
    var text = text
    return text.withUTF8 { utf8 in
      guard utf8.contains(where: { kinds[Int($0)] != Kind.plain }) else { return nil as String? }
      var bytes: [UInt8] = []
      bytes.reserveCapacity(utf8.count + 32)
      append(utf8, to: &bytes, in: .plain, escapesApostrophes: true)
      return String(decoding: bytes, as: UTF8.self)
    } ?? text
  }

  /// Appends a text with everything escaped, including both kinds of quotation marks.
  ///
  /// Between tags, right-to-left text is isolated, so that it does not reorder the text around it.
  public static func appendEscaped(_ text: String, to bytes: inout [UInt8], in place: Place) {
    var text = text
    let start = bytes.count
    let hasRightToLeft = text.withUTF8 { append($0, to: &bytes, in: place, escapesApostrophes: true) }
    if hasRightToLeft, place != .plain {
      bytes.insert(contentsOf: "<bdi>".utf8, at: start)
      bytes.append(contentsOf: "</bdi>".utf8)
    }
  }

  private static func appendLabel(_ run: InvisibleText.Run, to bytes: inout [UInt8], in place: Place) {
    guard place != .plain else {
      bytes.append(UInt8(ascii: "["))
      bytes.append(contentsOf: run.label.utf8.flatMap { replacement(of: $0, true) ?? [$0] })
      bytes.append(UInt8(ascii: "]"))
      return
    }
    let (name, title) =
      switch run.kind {
      case .direction: ("direction", "Changes the order in which text is displayed")
      case .message: ("message", "Hidden text, decoded")
      case .invisible: ("", run.scalars.count == 1 ? "Invisible character" : "Invisible characters")
      }
    bytes.append(contentsOf: "<span class=\"unseen\(name.isEmpty ? "" : " \(name)")\" title=\"\(title)\">".utf8)
    bytes.append(contentsOf: run.label.utf8.flatMap { replacement(of: $0, true) ?? [$0] })
    bytes.append(contentsOf: "</span>".utf8)
  }

  private enum Kind {
    static let plain: UInt8 = 0, markup: UInt8 = 1, character: UInt8 = 2
  }

  /// The kind of each byte: plain, replaced on its own, or the start of a character that may need replacement.
  private static let kinds: [UInt8] = (0...255).map { byte in
    switch UInt8(byte) {
    case 0x09, 0x0A, 0x0C, 0x0D: Kind.plain
    case 0..<0x20, 0x7F: Kind.markup
    case UInt8(ascii: "&"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\""), UInt8(ascii: "'"): Kind.markup
    case 0xC2, 0xCD...0xE3, 0xEF...0xF4: Kind.character
    default: Kind.plain
    }
  }

  private static func replacement(of byte: UInt8, _ escapesApostrophes: Bool) -> [UInt8]? {
    switch byte {
    case UInt8(ascii: "&"): ampersand
    case UInt8(ascii: "<"): less
    case UInt8(ascii: ">"): greater
    case UInt8(ascii: "\""): quote
    case UInt8(ascii: "'"): escapesApostrophes ? apostrophe : nil
    case 0x7F: [0xE2, 0x90, 0xA1]
    case 0..<0x20: [0xE2, 0x90, 0x80 | byte]
    default: nil
    }
  }

  /// Returns whether a character is in a right-to-left block: the blocks with the default Bidi_Class R or AL.
  private static func isRightToLeft(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x0590...0x08FF, 0xFB1D...0xFDFF, 0xFE70...0xFEFE, 0x10800...0x10FFF, 0x1E800...0x1EFFF: true
    default: false
    }
  }

  private static let ampersand = Array("&amp;".utf8)
  private static let less = Array("&lt;".utf8)
  private static let greater = Array("&gt;".utf8)
  private static let quote = Array("&quot;".utf8)
  private static let apostrophe = Array("&#39;".utf8)
}
