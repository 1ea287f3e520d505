import Text

/// HTML under construction. Whatever comes from a file passes ``appendText(_:)``, ``appendAttribute(_:)`` or
/// ``appendAddress(_:)``; only these write it.
struct HTMLBuffer {
  private(set) var bytes: [UInt8] = []

  init(capacity: Int) { bytes.reserveCapacity(capacity) }

  var count: Int { bytes.count }

  /// Appends markup of our own.
  mutating func append(_ markup: StaticString) {
    markup.withUTF8Buffer { bytes.append(contentsOf: $0) }
  }

  /// Appends markup that was made by a buffer like this one.
  mutating func appendMarkup(_ markup: ArraySlice<UInt8>) { bytes.append(contentsOf: markup) }

  /// Appends a number.
  mutating func append(_ number: Int) { bytes.append(contentsOf: String(number).utf8) }

  /// Begins a new line unless one has just begun.
  mutating func freshLine() {
    if let last = bytes.last, last != UInt8(ascii: "\n") { bytes.append(UInt8(ascii: "\n")) }
  }

  /// Appends text, with `&`, `<`, `>` and `"` escaped and invisible characters labelled.
  mutating func appendText(_ text: UnsafeBufferPointer<UInt8>) { HTMLText.append(text, to: &bytes, in: .content) }

  /// Appends text, with `&`, `<`, `>` and `"` escaped and invisible characters labelled.
  mutating func appendText(_ text: some StringProtocol) {
    var copy = String(text)
    copy.withUTF8 { appendText($0) }
  }

  /// Appends the value of an attribute, quotes not included.
  mutating func appendAttribute(_ value: some StringProtocol) {
    var copy = String(value)
    copy.withUTF8 { appendAttribute($0) }
  }

  /// Appends the value of an attribute, quotes not included.
  mutating func appendAttribute(_ value: UnsafeBufferPointer<UInt8>) {
    HTMLText.append(value, to: &bytes, in: .plain)
  }

  /// Appends an address as the value of an attribute: what may not stand in one is percent-encoded, `&` and `'` are
  /// escaped.
  mutating func appendAddress(_ address: some StringProtocol) {
    for byte in address.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"):
        bytes.append(byte)
      case UInt8(ascii: "&"): append("&amp;")
      case UInt8(ascii: "'"): append("&#x27;")
      case _ where Self.addressMarks.contains(byte): bytes.append(byte)
      default:
        bytes.append(UInt8(ascii: "%"))
        bytes.append(Self.hexDigits[Int(byte >> 4)])
        bytes.append(Self.hexDigits[Int(byte & 15)])
      }
    }
  }

  /// Appends the opening tag of a link.
  mutating func openLink(to address: some StringProtocol, title: some StringProtocol) {
    append("<a href=\"")
    appendAddress(address)
    if !title.isEmpty {
      append("\" title=\"")
      appendAttribute(title)
    }
    append("\">")
  }

  /// Appends where a link would have led, as text.
  mutating func unlinkedTarget(_ destination: some StringProtocol, title: some StringProtocol) {
    guard !destination.isEmpty || !title.isEmpty else { return }
    append(" <code class=\"target\">")
    appendText(destination)
    if !title.isEmpty {
      append(" &quot;")
      appendText(title)
      append("&quot;")
    }
    append("</code>")
  }

  private static let hexDigits = Array("0123456789ABCDEF".utf8)
  private static let addressMarks = Set("-_.+!*(),%#@?=;:/$~".utf8)
}
