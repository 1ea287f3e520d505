/// A lexer for HTML and similar markup: tags, attributes, comments.
enum TagLexer {
  private static let foreign = ["<script", "<style"].map { Array($0.utf8) }

  static func read(_ cursor: inout Cursor) {
    while !cursor.isAtEnd {
      let start = cursor.place
      guard cursor.byte() == UInt8(ascii: "<") else {
        cursor.skip()
        continue
      }
      if cursor.stands(Array("<!--".utf8)) {
        cursor.skip(behind: Array("-->".utf8))
        cursor.mark(.comment, from: start)
        continue
      }
      cursor.skip()
      if cursor.byte() == UInt8(ascii: "/") || cursor.byte() == UInt8(ascii: "!") || cursor.byte() == UInt8(ascii: "?")
      {
        cursor.skip()
      }
      guard cursor.byte().isWordStart else { continue }
      cursor.skip { $0.isWord || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: ".") }
      cursor.mark(.structure, from: start)
      let isForeign = foreign.contains { cursor.text[start..<cursor.place].elementsEqual($0) }
      attributes(&cursor)
      // The content of these elements is in another language.
      if isForeign { cursor.skip(until: Array("</".utf8)) }
    }
  }

  private static func attributes(_ cursor: inout Cursor) {
    while !cursor.isAtEnd, cursor.byte() != UInt8(ascii: ">"), cursor.byte() != UInt8(ascii: "<") {
      let start = cursor.place
      let byte = cursor.byte()
      if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
        cursor.skip()
        cursor.skip(behindQuote: [byte], escape: nil, runsOverLines: true)
        cursor.mark(.string, from: start)
      } else if byte.isWordStart || byte == UInt8(ascii: "@") || byte == UInt8(ascii: ":") {
        cursor.skip {
          $0.isWord || [UInt8(ascii: "-"), UInt8(ascii: ":"), UInt8(ascii: "."), UInt8(ascii: "@")].contains($0)
        }
        cursor.mark(.property, from: start)
      } else {
        cursor.skip()
      }
    }
    if cursor.byte() == UInt8(ascii: ">") {
      let start = cursor.place
      cursor.skip()
      cursor.mark(.structure, from: start)
    }
  }
}

/// A CSS lexer: selectors, properties, values, at-rules.
enum StyleLexer {
  static func read(_ cursor: inout Cursor) {
    var depth = 0
    var isValue = false
    while !cursor.isAtEnd {
      let start = cursor.place
      let byte = cursor.byte()
      switch byte {
      case UInt8(ascii: "/") where cursor.byte(1) == UInt8(ascii: "*"):
        cursor.skip(2)
        cursor.skip(behind: Array("*/".utf8))
        cursor.mark(.comment, from: start)
      case UInt8(ascii: "\""), UInt8(ascii: "'"):
        cursor.skip()
        cursor.skip(behindQuote: [byte], escape: UInt8(ascii: "\\"), runsOverLines: false)
        cursor.mark(.string, from: start)
      case UInt8(ascii: "@"):
        cursor.skip()
        cursor.skip { $0.isWord || $0 == UInt8(ascii: "-") }
        cursor.mark(.keyword, from: start)
      case UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: ";"):
        if byte != UInt8(ascii: ";") { depth = max(0, depth + (byte == UInt8(ascii: "{") ? 1 : -1)) }
        isValue = false
        cursor.skip()
      case UInt8(ascii: ":") where depth > 0:
        isValue = true
        cursor.skip()
      case UInt8(ascii: "#") where isValue, UInt8(ascii: "0")...UInt8(ascii: "9"):
        cursor.skip()
        cursor.skip { $0.isWord || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "%") }
        cursor.mark(.value, from: start)
      case _ where byte.isWordStart || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "."):
        cursor.skip()
        cursor.skip { $0.isWord || $0 == UInt8(ascii: "-") }
        if depth == 0 {
          cursor.mark(.structure, from: start)
        } else if !isValue, byte != UInt8(ascii: "."), cursor.byte() == UInt8(ascii: ":") {
          cursor.mark(.property, from: start)
        }
      default: cursor.skip()
      }
    }
  }
}

/// A lexer for Markdown source: block markers and inline code.
enum MarkdownLexer {
  /// The maximum length of inline code, in bytes.
  private static let spanLimit = 300

  static func read(_ cursor: inout Cursor) {
    while !cursor.isAtEnd {
      let start = cursor.place
      cursor.skipBlanks()
      switch cursor.byte() {
      case UInt8(ascii: "#"):
        cursor.skipLine()
        cursor.mark(.structure, from: start)
      case UInt8(ascii: ">"):
        cursor.skipLine()
        cursor.mark(.comment, from: start)
      case UInt8(ascii: "`") where cursor.stands(Array("```".utf8)),
        UInt8(ascii: "~") where cursor.stands(Array("~~~".utf8)),
        UInt8(ascii: "-") where cursor.stands(Array("---".utf8)):
        cursor.skipLine()
        cursor.mark(.keyword, from: start)
      case UInt8(ascii: "-") where cursor.byte(1) == 0x20, UInt8(ascii: "*") where cursor.byte(1) == 0x20,
        UInt8(ascii: "+") where cursor.byte(1) == 0x20:
        let mark = cursor.place
        cursor.skip()
        cursor.mark(.keyword, from: mark)
        line(&cursor)
      case let byte where byte.isDigit:
        let mark = cursor.place
        cursor.skip(while: \.isDigit)
        if cursor.byte() == UInt8(ascii: "."), cursor.byte(1) == 0x20 {
          cursor.skip()
          cursor.mark(.keyword, from: mark)
        }
        line(&cursor)
      default: line(&cursor)
      }
      cursor.skip()
    }
  }

  private static func line(_ cursor: inout Cursor) {
    while !cursor.isAtEnd, cursor.byte() != 0x0A {
      let start = cursor.place
      guard cursor.byte() == UInt8(ascii: "`") else {
        cursor.skip()
        continue
      }
      var end = cursor
      end.skip()
      end.skip { byte in byte != UInt8(ascii: "`") && byte != 0x0A }
      guard end.byte() == UInt8(ascii: "`"), end.place - start <= spanLimit else {
        // The skipped text contains no other closing backtick.
        cursor = end
        continue
      }
      end.skip()
      end.mark(.string, from: start)
      cursor = end
    }
  }
}
