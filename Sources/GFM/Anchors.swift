import Text

/// Where a link to a fragment of the same document can lead: headings, and what HTML and attributes name.
struct Anchors {
  /// A name that HTML gives to a place.
  private struct Anchor {
    let name: String
    let headingsBefore: Int
    let line: Int
  }

  private var anchors: [Anchor] = []
  /// The headings that have an identifier of their own: `## Title {#name}`.
  private var attributes: [String: String] = [:]

  /// Adds the `id` and `name` attributes of HTML.
  mutating func add(_ literal: UnsafeBufferPointer<UInt8>, headingsBefore: Int, line: Int) {
    guard HiddenText.contains(literal, "=") else { return }
    let text = String(decoding: literal, as: UTF8.self)
    for match in text.matches(of: /<[A-Za-z][^<>]*?\s(?:id|name)\s*=\s*["']?([^"'\s<>]+)/.ignoresCase()) {
      anchors.append(Anchor(name: String(match.output.1), headingsBefore: headingsBefore, line: line))
    }
  }

  /// Adds the identifier that a heading states in braces, as many tools read it.
  mutating func addAttribute(of heading: String, at id: String) {
    guard heading.hasSuffix("}"), let match = heading.firstMatch(of: /\{#([^\s{}]+)[^{}]*\}$/) else { return }
    attributes[Self.key(String(match.output.1))] = id
  }

  /// The places to which links can lead, once all headings are known.
  func targets(among outline: [Document.Heading]) -> Targets {
    var headings: [String: String] = [:]
    var others: Set<String> = ["top"]
    for anchor in anchors {
      let key = Self.key(anchor.name)
      others.insert(key)
      // The page shows HTML as text. The nearest place that has an address is the heading right below, or that of the
      // section.
      let below = anchor.headingsBefore < outline.count ? outline[anchor.headingsBefore] : nil
      let near = below.flatMap { $0.line - anchor.line <= 3 ? $0 : nil }
      let heading = near ?? (anchor.headingsBefore > 0 ? outline[anchor.headingsBefore - 1] : nil)
      if let heading { headings[key] = heading.id }
    }
    headings.merge(attributes) { $1 }
    for heading in outline { headings[Self.key(heading.id)] = heading.id }
    return Targets(headings: headings, others: others)
  }

  /// The places to which links can lead.
  struct Targets {
    fileprivate let headings: [String: String]
    fileprivate let others: Set<String>

    /// Whether there is a place for a fragment.
    func knows(_ fragment: String) -> Bool {
      let key = Anchors.key(Fragment.identifier(fragment))
      return headings[key] != nil || others.contains(key)
    }

    /// The identifier of the heading to which a fragment leads.
    func heading(for fragment: String) -> String? { headings[Anchors.key(Fragment.identifier(fragment))] }
  }

  /// What two spellings of one identifier have in common: browsers and GitHub do not tell case apart, and nobody sees
  /// a variation selector.
  private static func key(_ name: String) -> String {
    let folded = name.hasPrefix("user-content-") ? String(name.dropFirst(13)) : name
    guard !folded.utf8.allSatisfy({ $0 < 0x80 }) else { return folded.lowercased() }
    return String(
      String.UnicodeScalarView(folded.lowercased().unicodeScalars.filter { !InvisibleText.isInvisible($0.value) }))
  }
}
