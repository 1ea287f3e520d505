import Files

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

  /// The HTML.
  public let markup: Markup

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
      /// A code fence without a partner.
      case fenceUnpaired(Unpaired)
      /// A code block that holds another one with a fence of the same length, which starts on this line. The end of the
      /// inner block ends the outer one.
      case fenceNested(inner: Int)
      /// An HTML comment, with its text.
      case comment(String)
      /// A link reference definition or a footnote that nothing uses, with its text.
      case definitionUnused(String)
      /// A link to a heading that is not there.
      case fragmentMissing(String)
      /// A row of a table with more cells than the table has columns.
      case cellsExcess
      /// A heading that is more than one level below the one before it.
      case headingSkip(from: Int, to: Int)
      /// Something that the parser would take too long for, in words; the text is shown as it stands.
      case tooComplex(String)
    }

    /// Why a fence has no partner.
    public enum Unpaired: Sendable, Hashable {
      /// Nothing closes the block before the end of the text, or before another block starts on this line.
      case unclosed(next: Int?)
      /// The fence closes nothing, and so opens a block.
      case stray
      /// The fence is part of an HTML block, which ends only at a blank line.
      case swallowed
    }

    /// What it is.
    public let kind: Kind
    /// The line in the source, from 1.
    public let line: Int
  }

  /// The lines of the source, from 1, that code blocks take, fences included.
  public var codeLines: [ClosedRange<Int>] = []

  /// The HTML, safe to put inside an element of a page: see ``Markup/html(resolving:)``.
  public func html(resolving resolve: (_ destination: String) -> String?) -> [UInt8] { markup.html(resolving: resolve) }

  /// The empty document.
  public static let empty = Document(
    outline: [], links: [], notices: [], codeBlocks: 0, tables: 0, tasks: 0, markup: .empty)

  /// Text shown as it stands, for what must not be parsed.
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
  /// Writes every part of it, in order.
  public func store(in bytes: inout ByteWriter) {
    bytes.write(level)
    bytes.write(text)
    bytes.write(id)
    bytes.write(line)
  }

  /// Reads what ``store(in:)`` wrote.
  public init(from bytes: inout ByteReader) throws(ByteReader.Failure) {
    level = try bytes.readNumber()
    text = try bytes.readText()
    id = try bytes.readText()
    line = try bytes.readNumber()
  }
}
