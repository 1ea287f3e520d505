import Templates

extension HTML {
  /// Renders a message with code between backticks: each ``code`` span becomes `<code>`, and everything is escaped.
  ///
  /// An unpaired backtick stays as it is.
  init(codeSpans text: String) {
    guard text.utf8.contains(UInt8(ascii: "`")) else {
      self.init(text: text)
      return
    }
    self.init([])
    var rest = text[...]
    while let open = rest.firstIndex(of: "`") {
      let inside = rest[rest.index(after: open)...]
      guard let close = inside.firstIndex(of: "`"), close > inside.startIndex else { break }
      self += HTML(text: String(rest[..<open]))
      self += "<code>\(String(inside[..<close]))</code>"
      rest = inside[inside.index(after: close)...]
    }
    self += HTML(text: String(rest))
  }
}
