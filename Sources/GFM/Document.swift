/// A Markdown text, parsed once: its safe HTML, and what else a catalog wants to know of it.
public struct Document: Sendable {
  /// The headings in order.
  public let outline: [Heading]
  /// The links and images in order, whether shown as links or as text.
  public let links: [Link]
  /// What a reader of the source might miss, or its author did not mean.
  public let notices: [Notice]
  /// How many fenced or indented code blocks there are.
  public let codeBlocks: Int
  /// How many tables there are.
  public let tables: Int
  /// How many task list items there are.
  public let tasks: Int

  /// The HTML, with a gap before and behind each link that only a site can resolve.
  let html: [UInt8]
  let slots: [LinkSlot]

  /// A heading, with an identifier that no other has in the same document.
  public struct Heading: Sendable, Hashable {
    /// From 1 to 6, as written.
    public let level: Int
    /// The text without markup.
    public let text: String
    /// The fragment that leads to it.
    public let id: String
    /// The line in the source, from 1.
    public let line: Int
  }

  /// A link or an image.
  public struct Link: Sendable, Hashable {
    /// Where it leads, as written, entities and escapes resolved.
    public let destination: String
    /// The line in the source of the block that holds it, from 1.
    public let line: Int
    /// Whether it was written as an image.
    public let isImage: Bool
    /// What kind of place it leads to.
    public let kind: LinkKind
  }

  /// What stands in a document without being seen, or otherwise than meant.
  public struct Notice: Sendable, Hashable {
    /// What it is.
    public enum Kind: Sendable, Hashable {
      /// A code fence that is never closed, so that all that follows is code.
      case fenceUnclosed
      /// A code fence that holds what looks like another one of the same length, which closes it early.
      case fenceNested
      /// An HTML comment.
      case comment
      /// A link reference definition or a footnote that nothing uses.
      case definitionUnused
      /// A link to a heading that is not there.
      case fragmentMissing(String)
      /// A row of a table with more cells than the table has columns.
      case cellsExcess
      /// A heading that is more than one level below the one before it.
      case headingSkip(from: Int, to: Int)
    }

    /// What it is.
    public let kind: Kind
    /// The line in the source, from 1.
    public let line: Int
  }

  /// A link in ``html`` that is written only when it is known where it leads.
  struct LinkSlot: Sendable {
    let open: Int
    let close: Int
    let destination: String
    let title: String
    /// Whether the text already says where it leads.
    let isBare: Bool
    /// Where it leads, if that is a heading of the document itself.
    var fragment: String?

    func address(_ resolve: (String) -> String?) -> String? {
      destination.utf8.first == UInt8(ascii: "#") ? fragment : resolve(destination)
    }
  }

  /// The HTML, safe to put inside an element of a page.
  ///
  /// - Parameter resolve: gives the address for a relative destination, or nil where it leads nowhere; it is then shown as text behind its words.
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

  /// The empty document.
  public static let empty = Document(
    outline: [], links: [], notices: [], codeBlocks: 0, tables: 0, tasks: 0, html: [], slots: [])

  /// Text shown as it stands, for what must not be parsed.
  public static func preformatted(_ text: [UInt8]) -> Document {
    var buffer = HTMLBuffer(capacity: text.count + 64)
    buffer.append("<pre class=\"markup\" tabindex=\"0\">")
    text.withUnsafeBufferPointer { buffer.appendText($0) }
    buffer.append("</pre>\n")
    return Document(
      outline: [], links: [], notices: [], codeBlocks: 0, tables: 0, tasks: 0, html: buffer.bytes, slots: [])
  }
}

/// What kind of place a link leads to, by its destination alone.
public enum LinkKind: Sendable, Hashable {
  /// `http`, `https` or `mailto`: a link on the page.
  case external
  /// A heading of the same document.
  case fragment
  /// A path without scheme and host: a link only where the site knows what it leads to.
  case relative
  /// Any other scheme, or something that is no address: shown as text.
  case refused

  /// Tells the kind of a destination.
  ///
  /// What stands before a colon counts as a scheme even where spaces, control characters or signs make it none: browsers skip some of them.
  /// A destination is percent-encoded when it is written, so what is `relative` here stays that in a browser.
  public init(_ destination: some StringProtocol) {
    let bytes = destination.utf8
    guard let first = bytes.first else {
      self = .refused
      return
    }
    if first == UInt8(ascii: "#") {
      self = bytes.count > 1 ? .fragment : .refused
    } else if bytes.starts(with: "//".utf8) {
      self = .refused
    } else if let colon = bytes.firstIndex(of: UInt8(ascii: ":")),
      !bytes[..<colon].contains(where: { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "?") || $0 == UInt8(ascii: "#") }
      )
    {
      let scheme = String(destination[..<colon]).lowercased()
      self = ["http", "https", "mailto"].contains(scheme) ? .external : .refused
    } else {
      self = .relative
    }
  }
}
