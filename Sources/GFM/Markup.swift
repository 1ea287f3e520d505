import Files

/// The HTML of a Markdown text, with slots for the tags of links that only a site can resolve.
public struct Markup: Sendable {
  let html: [UInt8]
  let slots: [LinkSlot]

  /// A link in the HTML whose tags are written once its destination is resolved.
  struct LinkSlot: Sendable {
    let open: Int
    let close: Int
    let destination: String
    let title: String
    /// Whether the link text is the destination itself.
    let isBare: Bool
    /// The resolved fragment, for a link to a heading of the same document.
    var fragment: String?

    var leadsWithin: Bool { destination.utf8.first == UInt8(ascii: "#") }

    func address(_ resolve: (String) -> String?) -> String? { leadsWithin ? fragment : resolve(destination) }
  }

  /// Empty markup.
  public static let empty = Markup(html: [], slots: [])

  /// The approximate size in memory, in bytes.
  public var size: Int { html.count + slots.count * 64 }

  /// The distinct destinations that ``html(resolving:)`` resolves, in order.
  public var destinations: [String] {
    var seen: Set<String> = []
    return slots.filter { !$0.leadsWithin && seen.insert($0.destination).inserted }.map(\.destination)
  }

  /// Returns the HTML, safe to insert into an element of a page.
  ///
  /// - Parameter resolve: Returns the address for a relative destination, or nil if there is none. The destination is
  ///   then shown as text after the link text.
  public func html(resolving resolve: (_ destination: String) -> String?) -> [UInt8] {
    guard !slots.isEmpty else { return html }
    // Links do not nest, so opening and closing tags alternate.
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
  /// Writes all properties in order.
  public func store(in bytes: inout ByteWriter) {
    bytes.write(html)
    slots.store(in: &bytes)
  }

  /// Reads the values written by ``store(in:)``.
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
