/// What all HTML that is made of Markdown promises.
enum HTMLPromises {
  /// The elements that rendered Markdown is made of.
  private static let elements: Set<String> = [
    "a", "blockquote", "br", "code", "del", "details", "div", "em", "figcaption", "figure", "h1", "h2", "h3", "h4",
    "h5", "h6", "hr", "input", "li", "ol", "p", "pre", "section", "strong", "summary", "sup", "table", "tbody", "td",
    "th", "thead", "tr", "ul",
  ]

  /// Stops where HTML holds an element that is none of ours, an attribute in which something could run, or what is no
  /// UTF-8.
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
    // By bytes: a quotation mark with a combining mark behind it is one character, and no quotation mark.
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

/// Stops the program where something is not as promised; what holds in every build, and says why.
func promise(_ holds: Bool, _ what: @autoclosure () -> String) {
  if !holds { fatalError(what()) }
}
