import CCMarkGFM
import Synchronization
import Text

/// Parses GitHub Flavored Markdown with cmark-gfm.
public enum Markdown {
  /// The version of cmark-gfm.
  public static var libraryVersion: String { String(cString: cmark_version_string()) }

  /// Parses a text and renders it as safe HTML.
  ///
  /// HTML in the text is shown as text, and images are not loaded. Only `http`, `https`, `mailto` and addresses on the
  /// site become links. A text that would take the parser too long is shown as preformatted text, with a notice.
  ///
  /// - Parameters:
  ///   - text: Valid UTF-8 with line feeds.
  ///   - firstLine: The line of the file at which the text begins. All reported lines are lines of the file.
  ///   - headingOffset: The level of the page heading above the text. The headings of the text start one level below
  ///     it, and skipped levels are closed up. With 0, levels are kept as written.
  public static func parse(_ text: ArraySlice<UInt8>, firstLine: Int = 1, headingOffset: Int = 0) -> Document {
    text.withUnsafeBufferPointer { buffer in
      guard let escaped = Mathematics.escaped(buffer) else {
        return parse(buffer, firstLine: firstLine, headingOffset: headingOffset)
      }
      return escaped.withUnsafeBufferPointer { parse($0, firstLine: firstLine, headingOffset: headingOffset) }
    }
  }

  private static func parse(
    _ buffer: UnsafeBufferPointer<UInt8>, firstLine: Int, headingOffset: Int
  ) -> Document {
    if let excess = Complexity(buffer).excess {
      return .preformatted(Array(buffer), notices: [.init(kind: .tooComplex(excess), line: firstLine)])
    }
    guard let tree = Tree(buffer, marks: Marks(buffer)) else { return .preformatted(Array(buffer)) }
    var renderer = Renderer(source: buffer, firstLine: firstLine, headingOffset: headingOffset)
    return renderer.render(tree.root)
  }
}

/// The extensions that a text may need, found in one scan. Each extension costs time and has had vulnerabilities.
struct Marks {
  var hasTable = false
  var hasTilde = false
  var hasTask = false
  /// Whether to enable footnotes: the text may define one, and no footnote label contains a line break.
  ///
  /// For such a label without a definition, the library copies the text from the wrong place, so words are lost and
  /// characters cut.
  var hasFootnote: Bool { hasFootnoteDefinition && !hasFootnoteParted }

  private var hasFootnoteDefinition = false
  private var hasFootnoteParted = false
  /// The longest label that the library looks for, in bytes.
  private static let labelLimit = 1000

  /// Creates marks that require no extension.
  init() {}

  init(_ text: UnsafeBufferPointer<UInt8>) {
    let bytes = UnsafeRawBufferPointer(text)
    var index = 0
    while index + ByteWord.length <= bytes.count {
      let word = ByteWord(bytes, at: index)
      if word.holds(UInt8(ascii: "|")) || word.holds(UInt8(ascii: "~")) || word.holds(UInt8(ascii: "^"))
        || word.holds(UInt8(ascii: "]"))
      {
        for place in index..<index + ByteWord.length { look(at: place, in: text) }
      }
      index += ByteWord.length
    }
    for place in index..<text.count { look(at: place, in: text) }
  }

  private mutating func look(at index: Int, in text: UnsafeBufferPointer<UInt8>) {
    let previous = index > 0 ? text[index - 1] : 0
    switch text[index] {
    case UInt8(ascii: "|"): hasTable = true
    case UInt8(ascii: "~"): hasTilde = true
    case UInt8(ascii: "^") where previous == UInt8(ascii: "["):
      lookAtFootnote(UnsafeBufferPointer(rebasing: text[index...]))
    case UInt8(ascii: "]") where previous == UInt8(ascii: " ") || previous | 0x20 == UInt8(ascii: "x"):
      hasTask = true
    default: break
    }
  }
}

extension Marks {
  private mutating func lookAtFootnote(_ rest: UnsafeBufferPointer<UInt8>) {
    let label = rest.prefix(Self.labelLimit)
    guard let end = label.firstIndex(where: { $0 == UInt8(ascii: "]") || $0 == 0x0A }), label[end] != 0x0A else {
      hasFootnoteParted = true
      return
    }
    if end + 1 < rest.count, rest[end + 1] == UInt8(ascii: ":") { hasFootnoteDefinition = true }
  }
}

/// A parsed tree that owns its nodes. It never escapes ``Markdown/parse(_:firstLine:headingOffset:)``.
struct Tree: ~Copyable {
  let root: Node
  private let mark: Arena.Mark

  /// Parses a text. Returns nil only if the library returns no tree.
  init?(_ text: UnsafeBufferPointer<UInt8>, marks: Marks) {
    Extensions.registered
    mark = Arena.mark
    let options = marks.hasFootnote ? CMARK_OPT_FOOTNOTES : CMARK_OPT_DEFAULT
    guard let parser = cmark_parser_new_with_mem(options, Arena.memory) else {
      Arena.release(to: mark)
      return nil
    }
    defer { cmark_parser_free(parser) }
    if marks.hasTable { Extensions.attach("table", to: parser) }
    if marks.hasTilde { Extensions.attach("strikethrough", to: parser) }
    if marks.hasTask { Extensions.attach("tasklist", to: parser) }
    text.withMemoryRebound(to: CChar.self) { cmark_parser_feed(parser, $0.baseAddress, $0.count) }
    // During inline parsing, cmark-gfm modifies two process-wide tables for the extensions of the current parser
    // (SPECIAL_CHARS and SKIP_CHARS in its inlines.c). So only one thread at a time may be in this call.
    let address = finishing.withLock { _ in UInt(bitPattern: cmark_parser_finish(parser)) }
    guard let root = OpaquePointer(bitPattern: address) else {
      Arena.release(to: mark)
      return nil
    }
    self.root = Node(root)
  }

  /// Frees all nodes at once, because their memory is in the arena.
  deinit { Arena.release(to: mark) }
}

private let finishing = Mutex<Void>(())

private enum Extensions {
  /// Registers the extensions with the library, once per process.
  static let registered: Void = cmark_gfm_core_extensions_ensure_registered()

  static func attach(_ name: String, to parser: OpaquePointer) {
    if let found = cmark_find_syntax_extension(name) { cmark_parser_attach_syntax_extension(parser, found) }
  }
}
