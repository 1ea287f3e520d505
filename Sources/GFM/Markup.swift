import Files

/// The HTML of a Markdown text, with a gap before and behind each link that only a site can resolve.
public struct Markup: Sendable {
  let html: [UInt8]
  let slots: [LinkSlot]

  /// A link in the HTML that is written only when it is known where it leads.
  struct LinkSlot: Sendable {
    let open: Int
    let close: Int
    let destination: String
    let title: String
    /// Whether the text already says where it leads.
    let isBare: Bool
    /// Where it leads, if that is a heading of the document itself.
    var fragment: String?

    var leadsWithin: Bool { destination.utf8.first == UInt8(ascii: "#") }

    func address(_ resolve: (String) -> String?) -> String? { leadsWithin ? fragment : resolve(destination) }
  }

  /// No markup.
  public static let empty = Markup(html: [], slots: [])

  /// How many bytes it takes.
  public var size: Int { html.count + slots.count * 64 }

  /// The destinations that ``html(resolving:)`` asks for, each once, in order.
  public var destinations: [String] {
    var seen: Set<String> = []
    return slots.filter { !$0.leadsWithin && seen.insert($0.destination).inserted }.map(\.destination)
  }

  /// The HTML, safe to put inside an element of a page.
  ///
  /// - Parameter resolve: gives the address for a relative destination, or nil where it leads nowhere; it is then shown
  ///   as text behind its words.
  public func html(resolving resolve: (_ destination: String) -> String?) -> [UInt8] {
    guard !slots.isEmpty else { return html }
    // Links do not nest, so that their openings and closings alternate.
    var result = HTMLBuffer(capacity: html.count + slots.count * 64)
    var position = 0
    for slot in slots {
      result.appendMarkup(html[position..<slot.open])
      if let address = slot.address(resolve) {
        result.openLink(to: address, title: slot.title)
        result.appendMarkup(html[slot.open..<slot.close])
        result.append("</a>")
      } else {
        result.appendMarkup(html[slot.open..<slot.close])
        if !slot.isBare { result.unlinkedTarget(slot.destination, title: slot.title) }
      }
      position = slot.close
    }
    result.appendMarkup(html[position...])
    return result.bytes
  }
}

extension Markup: Storable {
  /// Writes every part of it, in order.
  public func store(in bytes: inout ByteWriter) {
    bytes.write(html)
    slots.store(in: &bytes)
  }

  /// Reads what ``store(in:)`` wrote.
  public init(from bytes: inout ByteReader) throws(ByteReader.Failure) {
    html = try bytes.readBytes()
    slots = try [LinkSlot](from: &bytes)
  }
}

extension Markup.LinkSlot: Storable {
  func store(in bytes: inout ByteWriter) {
    bytes.write(open)
    bytes.write(close)
    bytes.write(destination)
    bytes.write(title)
    isBare.store(in: &bytes)
    fragment.store(in: &bytes)
  }

  init(from bytes: inout ByteReader) throws(ByteReader.Failure) {
    open = try bytes.readNumber()
    close = try bytes.readNumber()
    destination = try bytes.readText()
    title = try bytes.readText()
    isBare = try Bool(from: &bytes)
    fragment = try String?(from: &bytes)
  }
}
