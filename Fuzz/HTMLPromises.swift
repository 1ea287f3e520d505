/// What all HTML rendered from Markdown guarantees.
enum HTMLPromises {
  /// The elements that rendered Markdown may contain.
  private static let elements: Set<String> = [
    "a", "blockquote", "br", "code", "del", "details", "div", "em", "figcaption", "figure", "h1", "h2", "h3", "h4",
    "h5", "h6", "hr", "input", "li", "ol", "p", "pre", "section", "strong", "summary", "sup", "table", "tbody", "td",
    "th", "thead", "tr", "ul",
  ]

  /// Stops if HTML is invalid UTF-8, or contains an unexpected element or an attribute that could run code.
  static func check(_ html: [UInt8]) {
    promise(String(validating: html, as: UTF8.self) != nil, "not UTF-8")
    var rest = html[...]
    while let open = rest.firstIndex(of: UInt8(ascii: "<")) {
      guard let close = rest[open...].firstIndex(of: UInt8(ascii: ">")) else { fatalError("a tag that is not closed") }
      checkTag(String(decoding: rest[(open + 1)..<close], as: UTF8.self))
      rest = rest[(close + 1)...]
    }
  }

  private static func checkTag(_ tag: String) {
    let name = tag.drop { $0 == "/" }.prefix { $0.isLetter || $0.isNumber }
    promise(elements.contains(String(name)), "the element \(name)")
    // Split by bytes: a quotation mark followed by a combining mark is one Swift character and would be missed.
    let parts = tag.utf8.split(separator: UInt8(ascii: "\""), omittingEmptySubsequences: false)
    for (number, part) in parts.enumerated() {
      let text = String(decoding: part, as: UTF8.self)
      if number.isMultiple(of: 2) {
        promise(!text.contains(" on") && !text.contains("style"), "the tag <\(tag)>")
      } else {
        promise(!text.lowercased().drop { $0 <= " " }.hasPrefix("javascript:"), "the tag <\(tag)>")
      }
    }
    promise(!parts.count.isMultiple(of: 2), "the tag <\(tag)> has a quotation mark too many")
  }
}

/// Stops the program with a message if a condition is false, in every build configuration.
func promise(_ holds: Bool, _ what: @autoclosure () -> String) {
  if !holds { fatalError(what()) }
}
