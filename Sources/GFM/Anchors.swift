import Text

/// The targets of links within a document: headings, `id` and `name` attributes in HTML, and `{#name}` attributes.
struct Anchors {
  /// An `id` or `name` attribute in HTML.
  private struct Anchor {
    let name: String
    let headingsBefore: Int
    let line: Int
  }

  private var anchors: [Anchor] = []
  /// Maps custom heading identifiers (`## Title {#name}`) to the generated identifiers.
  private var attributes: [String: String] = [:]

  /// Adds the `id` and `name` attributes found in a piece of HTML.
  mutating func add(_ literal: UnsafeBufferPointer<UInt8>, headingsBefore: Int, line: Int) {
    guard HiddenText.contains(literal, "=") else { return }
    let text = String(decoding: literal, as: UTF8.self)
    for match in text.matches(of: /<[A-Za-z][^<>]*?\s(?:id|name)\s*=\s*["']?([^"'\s<>]+)/.ignoresCase()) {
      anchors.append(Anchor(name: String(match.output.1), headingsBefore: headingsBefore, line: line))
    }
  }

  /// Adds the identifier that a heading states in braces, a syntax that many tools support.
  mutating func addAttribute(of heading: String, at id: String) {
    guard heading.hasSuffix("}"), let match = heading.firstMatch(of: /\{#([^\s{}]+)[^{}]*\}$/) else { return }
    attributes[Self.key(String(match.output.1))] = id
  }

  /// Returns the link targets. Call this after the last heading.
  func targets(among outline: [Document.Heading]) -> Targets {
    var headings: [String: String] = [:]
    var others: Set<String> = ["top"]
    for anchor in anchors {
      let key = Self.key(anchor.name)
      others.insert(key)
      // The page shows HTML as text, so the anchor itself has no address. Link to the heading right below it, or else
      // to the heading of its section.
      let below = anchor.headingsBefore < outline.count ? outline[anchor.headingsBefore] : nil
      let near = below.flatMap { $0.line - anchor.line <= 3 ? $0 : nil }
      let heading = near ?? (anchor.headingsBefore > 0 ? outline[anchor.headingsBefore - 1] : nil)
      if let heading { headings[key] = heading.id }
    }
    headings.merge(attributes) { $1 }
    for heading in outline { headings[Self.key(heading.id)] = heading.id }
    return Targets(headings: headings, others: others)
  }

  /// The resolved link targets of a document.
  struct Targets {
    fileprivate let headings: [String: String]
    fileprivate let others: Set<String>

    /// Returns whether a fragment has a target.
    func knows(_ fragment: String) -> Bool {
      let key = Anchors.key(Fragment.identifier(fragment))
      return headings[key] != nil || others.contains(key)
    }

    /// Returns the identifier of the heading that a fragment links to.
    func heading(for fragment: String) -> String? { headings[Anchors.key(Fragment.identifier(fragment))] }
  }

  /// Normalizes an identifier. Browsers and GitHub ignore case, and a variation selector is invisible.
  private static func key(_ name: String) -> String {
    let folded = name.hasPrefix("user-content-") ? String(name.dropFirst(13)) : name
    guard !folded.utf8.allSatisfy({ $0 < 0x80 }) else { return folded.lowercased() }
    return String(
      String.UnicodeScalarView(folded.lowercased().unicodeScalars.filter { !InvisibleText.isInvisible($0.value) }))
  }
}
