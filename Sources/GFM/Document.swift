import Files

/// A parsed Markdown text: its safe HTML, and the facts that a catalog needs.
public struct Document: Sendable {
  /// The headings in order.
  public let outline: [Heading]
  /// The links and images in order, whether shown as links or as text.
  public let links: [Link]
  /// Hidden content and probable mistakes, in the order of their lines.
  public let notices: [Notice]
  /// The number of fenced and indented code blocks.
  public let codeBlocks: Int
  /// The number of tables.
  public let tables: Int
  /// The number of task list items.
  public let tasks: Int

  /// The HTML, with unresolved links.
  public let markup: Markup

  /// A heading, with an identifier that is unique in the document.
  public struct Heading: Sendable, Hashable {
    /// The level as written, from 1 to 6.
    public let level: Int
    /// The text without markup.
    public let text: String
    /// The identifier, used as the URL fragment.
    public let id: String
    /// The source line, from 1.
    public let line: Int
  }

  /// A link or an image.
  public struct Link: Sendable, Hashable {
    /// The destination as written, with entities and escapes resolved.
    public let destination: String
    /// The source line of the block that contains it, from 1.
    public let line: Int
    /// Whether it is an image.
    public let isImage: Bool
    /// The kind of destination.
    public let kind: LinkKind
  }

  /// Hidden content or a probable mistake in a document.
  public struct Notice: Sendable, Hashable {
    /// The kind of a notice.
    public enum Kind: Sendable, Hashable {
      /// A code fence without a partner.
      case fenceUnpaired(Unpaired)
      /// A code block that contains another one with a fence of the same length, which starts on line `inner`. The end
      /// of the inner block closes the outer one.
      case fenceNested(inner: Int)
      /// An HTML comment, with its text.
      case comment(String)
      /// An unused link reference definition or footnote, with its text.
      case definitionUnused(String)
      /// A link to a heading that does not exist.
      case fragmentMissing(String)
      /// A table row with more cells than the table has columns.
      case cellsExcess
      /// A heading more than one level below the previous heading.
      case headingSkip(from: Int, to: Int)
      /// A description of a construct that would take the parser too long. The text is shown as preformatted text.
      case tooComplex(String)
    }

    /// The reason why a fence has no partner.
    public enum Unpaired: Sendable, Hashable {
      /// Nothing closes the block before the end of the text, or before another block starts on line `next`.
      case unclosed(next: Int?)
      /// The fence closes nothing, and so opens a block.
      case stray
      /// The fence is part of an HTML block, which ends only at a blank line.
      case swallowed
    }

    /// The kind.
    public let kind: Kind
    /// The source line, from 1.
    public let line: Int
  }

  /// The source lines of code blocks, from 1, including the fences.
  public var codeLines: [ClosedRange<Int>] = []

  /// Returns the HTML, safe to insert into an element of a page: see ``Markup/html(resolving:)``.
  public func html(resolving resolve: (_ destination: String) -> String?) -> [UInt8] { markup.html(resolving: resolve) }

  /// The empty document.
  public static let empty = Document(
    outline: [], links: [], notices: [], codeBlocks: 0, tables: 0, tasks: 0, markup: .empty)

  /// Creates a document that shows a text as preformatted text, for texts that must not be parsed.
  public static func preformatted(_ text: [UInt8], notices: [Notice] = []) -> Document {
    var buffer = HTMLBuffer(capacity: text.count + 64)
    buffer.append("<pre class=\"markup\" tabindex=\"0\">")
    text.withUnsafeBufferPointer { buffer.appendText($0) }
    buffer.append("</pre>\n")
    return Document(
      outline: [], links: [], notices: notices, codeBlocks: 0, tables: 0, tasks: 0,
      markup: Markup(html: buffer.bytes, slots: []))
  }
}

extension Document.Heading: Storable {
  /// Writes all properties in order.
  public func store(in bytes: inout ByteWriter) {
    bytes.write(level)
    bytes.write(text)
    bytes.write(id)
    bytes.write(line)
  }

  /// Reads the values written by ``store(in:)``.
  public init(from bytes: inout ByteReader) throws(ByteReader.Failure) {
    level = try bytes.readNumber()
    text = try bytes.readText()
    id = try bytes.readText()
    line = try bytes.readNumber()
  }
}
