import Text

/// Finds bare URLs in text, as defined in the GFM specification, section "Autolinks (extension)".
///
/// cmark-gfm has an extension for this, but the version in Debian reads out of bounds (CVE-2023-22485). So Roster never
/// attaches it, and searches the text of the finished tree instead.
enum Autolinks {
  /// A bare URL or email address: its byte range and its destination.
  struct Match {
    let range: Range<Int>
    let destination: String
  }

  /// Returns the bare URLs and email addresses in a text, in order.
  static func matches(in text: UnsafeBufferPointer<UInt8>) -> [Match] {
    var matches: [Match] = []
    var end = 0
    var index = 0
    let bytes = UnsafeRawBufferPointer(text)
    while index < text.count {
      if index + ByteWord.length <= text.count {
        let word = ByteWord(bytes, at: index)
        if !word.holds(UInt8(ascii: ":")), !word.holds(UInt8(ascii: "w")), !word.holds(UInt8(ascii: "@")) {
          index += ByteWord.length
          continue
        }
      }
      let match: Match?
      switch text[index] {
      case UInt8(ascii: ":"): match = scheme(in: text, colon: index, after: end)
      case UInt8(ascii: "w"): match = www(in: text, at: index, after: end)
      case UInt8(ascii: "@"): match = email(in: text, at: index, after: end)
      default: match = nil
      }
      if let match {
        matches.append(match)
        end = match.range.upperBound
        index = max(end, index + 1)
      } else {
        index += 1
      }
    }
    return matches
  }

  private static func scheme(in text: UnsafeBufferPointer<UInt8>, colon: Int, after end: Int) -> Match? {
    guard colon + 3 < text.count, text[colon + 1] == UInt8(ascii: "/"), text[colon + 2] == UInt8(ascii: "/") else {
      return nil
    }
    var start = colon
    while start > end, colon - start < 6, isLetter(text[start - 1]) { start -= 1 }
    let scheme = String(decoding: text[start..<colon], as: UTF8.self).lowercased()
    guard ["http", "https"].contains(scheme) else { return nil }
    let domain = domainLength(in: text, from: colon + 3, allowsOneSegment: true)
    guard domain > 0 else { return nil }
    let stop = trimmedEnd(of: text, from: start, minimum: colon + 3 + 1)
    return Match(range: start..<stop, destination: String(decoding: text[start..<stop], as: UTF8.self))
  }

  private static func www(in text: UnsafeBufferPointer<UInt8>, at start: Int, after end: Int) -> Match? {
    guard start + 4 < text.count, text[start + 1] == UInt8(ascii: "w"), text[start + 2] == UInt8(ascii: "w"),
      text[start + 3] == UInt8(ascii: ".")
    else { return nil }
    if start > 0 {
      let before = text[start - 1]
      guard start > end || end == 0, isSpace(before) || "*_~(".utf8.contains(before) else { return nil }
    }
    guard domainLength(in: text, from: start, allowsOneSegment: false) > 0 else { return nil }
    let stop = trimmedEnd(of: text, from: start, minimum: start + 4)
    return Match(range: start..<stop, destination: "http://" + String(decoding: text[start..<stop], as: UTF8.self))
  }

  private static func email(in text: UnsafeBufferPointer<UInt8>, at sign: Int, after end: Int) -> Match? {
    var start = sign
    while start > end, isLetterOrDigit(text[start - 1]) || ".-_+".utf8.contains(text[start - 1]) { start -= 1 }
    guard start < sign else { return nil }
    var stop = sign + 1
    var dots = 0
    while stop < text.count {
      let byte = text[stop]
      if isLetterOrDigit(byte) || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_") {
        stop += 1
      } else if byte == UInt8(ascii: "."), stop + 1 < text.count, isLetterOrDigit(text[stop + 1]) {
        dots += 1
        stop += 1
      } else {
        break
      }
    }
    guard dots > 0, isLetterOrDigit(text[stop - 1]) else { return nil }
    return Match(range: start..<stop, destination: "mailto:" + String(decoding: text[start..<stop], as: UTF8.self))
  }

  /// Returns the length of a valid domain, or 0.
  ///
  /// A domain consists of segments of letters, digits, `-` and `_`, separated by periods. The last two segments must
  /// not contain `_`.
  private static func domainLength(
    in text: UnsafeBufferPointer<UInt8>, from start: Int, allowsOneSegment: Bool
  ) -> Int {
    var index = start
    var dots = 0
    var underscores = (beforeLast: 0, last: 0)
    while index < text.count {
      let byte = text[index]
      if byte == UInt8(ascii: "_") {
        underscores.last += 1
      } else if byte == UInt8(ascii: ".") {
        underscores = (underscores.last, 0)
        dots += 1
      } else if !isLetterOrDigit(byte), byte != UInt8(ascii: "-"), byte < 0x80 {
        break
      }
      index += 1
    }
    guard index > start, isLetterOrDigit(text[start]) || text[start] >= 0x80, underscores.beforeLast == 0,
      underscores.last == 0, allowsOneSegment || dots > 0
    else { return 0 }
    return index - start
  }

  /// Returns the end of a URL that extends to the next space or `<`, without trailing punctuation of the sentence.
  private static func trimmedEnd(of text: UnsafeBufferPointer<UInt8>, from start: Int, minimum: Int) -> Int {
    var end = start
    var opened = 0
    var closed = 0
    while end < text.count, !isSpace(text[end]), text[end] != UInt8(ascii: "<") {
      if text[end] == UInt8(ascii: "(") { opened += 1 }
      if text[end] == UInt8(ascii: ")") { closed += 1 }
      end += 1
    }
    trimming: while end > minimum {
      switch text[end - 1] {
      case UInt8(ascii: "?"), UInt8(ascii: "!"), UInt8(ascii: "."), UInt8(ascii: ","), UInt8(ascii: ":"),
        UInt8(ascii: "*"), UInt8(ascii: "_"), UInt8(ascii: "~"), UInt8(ascii: "'"), UInt8(ascii: "\""),
        // Not in the specification, but these never end a URL in prose.
        UInt8(ascii: "`"), UInt8(ascii: "]"), UInt8(ascii: "}"):
        end -= 1
      case UInt8(ascii: ")"):
        guard closed > opened else { break trimming }
        closed -= 1
        end -= 1
      case UInt8(ascii: ";"):
        var name = end - 1
        while name > minimum, isLetter(text[name - 1]) { name -= 1 }
        // A trailing `&copy;` is an entity, not part of the URL.
        end = name < end - 1 && name > minimum && text[name - 1] == UInt8(ascii: "&") ? name - 1 : end - 1
      default: break trimming
      }
    }
    return end
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
  }

  private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
    isLetter(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }

  private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
}
