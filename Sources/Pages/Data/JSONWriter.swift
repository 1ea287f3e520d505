import Text

/// Writes JSON (RFC 8259). Keys keep their order, so the same data gives the same bytes.
///
/// The output contains no invisible characters, so people who open the file see everything in it.
struct JSONWriter {
  /// The treatment of invisible characters.
  enum Invisible {
    /// Escaped (`\u202e`), so that the value stays the same.
    case escaped
    /// Replaced by labels (`[U+202E]`), for texts that a page displays.
    case labelled
  }

  private(set) var bytes: [UInt8] = []
  private var needsComma = false
  private var invisible: Invisible

  init(capacity: Int = 0, invisible: Invisible = .escaped) {
    self.invisible = invisible
    bytes.reserveCapacity(capacity)
  }

  mutating func object(_ members: (inout JSONWriter) -> Void) { enclose("{", "}", members) }
  mutating func array(_ items: (inout JSONWriter) -> Void) { enclose("[", "]", items) }

  mutating func array(_ strings: [String]) {
    array { json in for string in strings { json.value(string) } }
  }

  mutating func key(_ name: String) {
    separate()
    string(name)
    bytes.append(UInt8(ascii: ":"))
    needsComma = false
  }

  mutating func member(_ name: String, _ value: String?) {
    key(name)
    if let value { self.value(value) } else { null() }
  }

  mutating func member(_ name: String, _ value: Int) {
    key(name)
    self.value(value)
  }

  mutating func value(_ text: String) {
    separate()
    string(text)
    needsComma = true
  }

  /// Writes a UTF-8 text without changing its value: invisible characters are escaped.
  mutating func value(exactly text: ArraySlice<UInt8>) {
    separate()
    bytes.append(UInt8(ascii: "\""))
    text.withUnsafeBufferPointer { append($0, .escaped) }
    bytes.append(UInt8(ascii: "\""))
    needsComma = true
  }

  mutating func value(_ number: Int) { raw(String(number)) }
  mutating func value(_ flag: Bool) { raw(flag ? "true" : "false") }
  mutating func null() { raw("null") }

  /// Writes a value that is already JSON.
  mutating func value(json: [UInt8]) {
    separate()
    bytes.append(contentsOf: json)
    needsComma = true
  }

  /// Writes a number with three decimals.
  mutating func value(thousandths share: Double) {
    let thousandths = Int((share * 1000).rounded())
    let rest = String(thousandths % 1000)
    raw("\(thousandths / 1000).\(String(repeating: "0", count: 3 - rest.count))\(rest)")
  }

  /// Starts a new line between two items, to make the file easier to read and compare.
  mutating func breakLine() {
    separate()
    needsComma = false
    bytes.append(UInt8(ascii: "\n"))
  }

  /// Ends a line that contains a complete value.
  mutating func endLine() {
    bytes.append(UInt8(ascii: "\n"))
    needsComma = false
  }

  private mutating func raw(_ text: String) {
    separate()
    bytes.append(contentsOf: text.utf8)
    needsComma = true
  }

  private mutating func separate() {
    if needsComma { bytes.append(UInt8(ascii: ",")) }
    needsComma = false
  }

  private mutating func enclose(_ open: Unicode.Scalar, _ close: Unicode.Scalar, _ content: (inout JSONWriter) -> Void)
  {
    separate()
    bytes.append(UInt8(ascii: open))
    content(&self)
    bytes.append(UInt8(ascii: close))
    needsComma = true
  }

  private mutating func string(_ text: String) {
    bytes.append(UInt8(ascii: "\""))
    var text = text
    text.withUTF8 { append($0, invisible) }
    bytes.append(UInt8(ascii: "\""))
  }

  private mutating func append(_ utf8: UnsafeBufferPointer<UInt8>, _ invisible: Invisible) {
    let raw = UnsafeRawBufferPointer(utf8)
    var start = 0
    var index = 0
    func copy(to end: Int, _ bytes: inout [UInt8]) {
      if end > start { bytes.append(contentsOf: UnsafeBufferPointer(rebasing: utf8[start..<end])) }
    }
    while index < utf8.count {
      if index + ByteWord.length <= utf8.count, ByteWord(raw, at: index).isPlainInJSON {
        index += ByteWord.length
        continue
      }
      let byte = utf8[index]
      if byte < 0x20 || byte == 0x7F || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") {
        copy(to: index, &bytes)
        escape(byte)
        index += 1
        start = index
      } else if byte >= 0x80, InvisibleText.mayBegin(byte) {
        switch InvisibleText.match(in: utf8, at: index) {
        case .plain(let end): index = end
        case .invisible(let run, let end):
          copy(to: index, &bytes)
          write(run, invisible)
          index = end
          start = end
        }
      } else {
        index += 1
      }
    }
    copy(to: utf8.count, &bytes)
  }

  private mutating func write(_ run: InvisibleText.Run, _ invisible: Invisible) {
    switch invisible {
    case .escaped: bytes.append(contentsOf: run.escaped.utf8)
    case .labelled:
      bytes.append(UInt8(ascii: "["))
      for byte in run.label.utf8 {
        if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { escape(byte) } else { bytes.append(byte) }
      }
      bytes.append(UInt8(ascii: "]"))
    }
  }

  private mutating func escape(_ byte: UInt8) {
    bytes.append(UInt8(ascii: "\\"))
    switch byte {
    case 0x0A: bytes.append(UInt8(ascii: "n"))
    case 0x0D: bytes.append(UInt8(ascii: "r"))
    case 0x09: bytes.append(UInt8(ascii: "t"))
    case 0..<0x20, 0x7F:
      let digits = String(byte, radix: 16)
      bytes.append(contentsOf: ("u" + String(repeating: "0", count: 4 - digits.count) + digits).utf8)
    default: bytes.append(byte)
    }
  }
}

extension ByteWord {
  /// Whether no byte has to be escaped.
  fileprivate var isPlainInJSON: Bool {
    isASCII && !holds(UInt8(ascii: "\"")) && !holds(UInt8(ascii: "\\")) && !holds(0x7F) && !holdsControl
  }
}
