/// A JSON lexer that distinguishes keys from strings.
enum JSONLexer {
  static func read(_ cursor: inout Cursor) {
    while !cursor.isAtEnd {
      let start = cursor.place
      let byte = cursor.byte()
      switch byte {
      case UInt8(ascii: "\""):
        cursor.skip()
        cursor.skip(behindQuote: [byte], escape: UInt8(ascii: "\\"), runsOverLines: false)
        var next = cursor
        next.skip(while: \.isBlank)
        cursor.mark(next.byte() == UInt8(ascii: ":") ? .property : .string, from: start)
        cursor = next
      case UInt8(ascii: "/") where cursor.byte(1) == UInt8(ascii: "/"):
        cursor.skipLine()
        cursor.mark(.comment, from: start)
      case UInt8(ascii: "/") where cursor.byte(1) == UInt8(ascii: "*"):
        cursor.skip(2)
        cursor.skip(behind: [UInt8(ascii: "*"), UInt8(ascii: "/")])
        cursor.mark(.comment, from: start)
      case _ where byte.isWord || byte == UInt8(ascii: "-"):
        cursor.skip { $0.isWord || [UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: ".")].contains($0) }
        cursor.mark(.value, from: start)
      default: cursor.skip()
      }
    }
  }
}

/// A lexer for lines of keys and values, as in YAML and TOML.
struct KeyLexer {
  let separator: UInt8
  let comments: [[UInt8]]

  init(separator: UInt8, comments: [String]) {
    self.separator = separator
    self.comments = comments.map { Array($0.utf8) }
  }

  func read(_ cursor: inout Cursor) {
    while !cursor.isAtEnd {
      key(&cursor)
      while !cursor.isAtEnd, cursor.byte() != 0x0A { value(&cursor) }
      cursor.skip()
    }
  }

  /// Reads the key before the separator, after any list item dashes. Each line is read at most twice.
  private func key(_ cursor: inout Cursor) {
    cursor.skipBlanks()
    let start = cursor.place
    if separator == UInt8(ascii: "="), cursor.byte() == UInt8(ascii: "[") {
      cursor.skipLine()
      return cursor.mark(.structure, from: start)
    }
    if cursor.stands(Array("---".utf8)) {
      cursor.skip(3)
      return cursor.mark(.structure, from: start)
    }
    while cursor.byte() == UInt8(ascii: "-"), cursor.byte(1) == 0x20 {
      cursor.skip()
      cursor.skipBlanks()
    }
    var key = cursor
    let quote = key.byte()
    if quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") {
      key.skip()
      key.skip(behindQuote: [quote], escape: nil, runsOverLines: false)
    } else {
      key.skip {
        $0.isWord || [UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "/"), UInt8(ascii: "$")].contains($0)
      }
    }
    var behind = key
    behind.skipBlanks()
    guard key.place > cursor.place, behind.byte() == separator else { return }
    if separator == UInt8(ascii: ":"), behind.place + 1 < behind.text.count, !behind.byte(1).isBlank { return }
    key.mark(.property, from: cursor.place)
    cursor = behind
    cursor.skip()
  }

  private func value(_ cursor: inout Cursor) {
    let start = cursor.place
    let byte = cursor.byte()
    let beginsWord = start == 0 || cursor.text[start - 1].isBlank || cursor.text[start - 1] == separator
    if beginsWord, comments.contains(where: cursor.stands) {
      cursor.skipLine()
      cursor.mark(.comment, from: start)
    } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'"),
      beginsWord || "[{,(".utf8.contains(cursor.byte(-1))
    {
      cursor.skip()
      cursor.skip(
        behindQuote: [byte], escape: byte == UInt8(ascii: "\"") ? UInt8(ascii: "\\") : nil, runsOverLines: false)
      cursor.mark(.string, from: start)
    } else if byte.isWord {
      cursor.skip { $0.isWord || $0 == UInt8(ascii: ".") }
      if beginsWord, isValue(cursor.text[start..<cursor.place]), cursor.byte().isBlank || cursor.isAtEnd {
        cursor.mark(.value, from: start)
      }
    } else {
      cursor.skip()
    }
  }

  private func isValue(_ word: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
    guard word.count <= 20 else { return false }
    if word.allSatisfy({ $0.isDigit || $0 == UInt8(ascii: ".") }) { return true }
    return ["true", "false", "null", "yes", "no", "on", "off"].contains { word.elementsEqual($0.utf8) }
  }
}

/// A lexer for patches, which classifies lines by their first characters.
enum PatchLexer {
  static func read(_ cursor: inout Cursor) {
    while !cursor.isAtEnd {
      let start = cursor.place
      let first = cursor.byte()
      let isHead =
        cursor.stands(Array("+++".utf8)) || cursor.stands(Array("---".utf8)) || cursor.stands(Array("@@".utf8))
      cursor.skipLine()
      if isHead {
        cursor.mark(.structure, from: start)
      } else if first == UInt8(ascii: "+") {
        cursor.mark(.added, from: start)
      } else if first == UInt8(ascii: "-") {
        cursor.mark(.removed, from: start)
      }
      cursor.skip()
    }
  }
}
