import CCMarkGFM

/// A borrowed node of a parsed tree. It must not outlive its ``Tree``.
struct Node: Equatable {
  let pointer: OpaquePointer

  init(_ pointer: OpaquePointer) { self.pointer = pointer }

  private init?(optional pointer: OpaquePointer?) {
    guard let pointer else { return nil }
    self.pointer = pointer
  }

  var firstChild: Node? { Node(optional: cmark_node_first_child(pointer)) }
  var next: Node? { Node(optional: cmark_node_next(pointer)) }
  var parent: Node? { Node(optional: cmark_node_parent(pointer)) }
  var startLine: Int { Int(cmark_node_get_start_line(pointer)) }
  var endLine: Int { Int(cmark_node_get_end_line(pointer)) }
  var headingLevel: Int { Int(cmark_node_get_heading_level(pointer)) }
  var isTight: Bool { cmark_node_get_list_tight(pointer) != 0 }
  var isOrdered: Bool { cmark_node_get_list_type(pointer) == CMARK_ORDERED_LIST }
  var listStart: Int { Int(cmark_node_get_list_start(pointer)) }
  var isChecked: Bool { cmark_gfm_extensions_get_tasklist_item_checked(pointer) }
  var isHeaderRow: Bool { cmark_gfm_extensions_get_table_row_is_header(pointer) != 0 }

  var literal: UnsafeBufferPointer<UInt8> { Self.buffer(cmark_node_get_literal(pointer)) }
  var fenceInfo: UnsafeBufferPointer<UInt8> { Self.buffer(cmark_node_get_fence_info(pointer)) }
  var address: String { Self.string(cmark_node_get_url(pointer)) }
  var title: String { Self.string(cmark_node_get_title(pointer)) }
  var literalString: String { String(decoding: literal, as: UTF8.self) }

  /// The length and character of a code block's fence, or nil for an indented block.
  var fence: (length: Int, sign: UInt8)? {
    var length: CInt = 0
    var offset: CInt = 0
    var sign: CChar = 0
    guard cmark_node_get_fenced(pointer, &length, &offset, &sign) != 0 else { return nil }
    return (Int(length), UInt8(bitPattern: sign))
  }

  /// The alignment of each column of a table: `l`, `c`, `r` or 0.
  var alignments: [UInt8] {
    guard let found = cmark_gfm_extensions_get_table_alignments(pointer) else { return [] }
    return Array(UnsafeBufferPointer(start: found, count: Int(cmark_gfm_extensions_get_table_columns(pointer))))
  }

  /// The kind of a node.
  enum Kind {
    case document, blockQuote, list, item, task, codeBlock, htmlBlock, paragraph, heading, thematicBreak
    case footnoteDefinition, table, tableRow, tableCell
    case text, softBreak, lineBreak, code, htmlInline, emphasis, strong, link, image, footnoteReference, strikethrough
    case unknown

    var isBlock: Bool {
      switch self {
      case .document, .blockQuote, .list, .item, .task, .codeBlock, .htmlBlock, .paragraph, .heading, .thematicBreak,
        .footnoteDefinition, .table, .tableRow, .tableCell:
        true
      default: false
      }
    }
  }

  var kind: Kind {
    switch cmark_node_get_type(pointer) {
    case CMARK_NODE_TEXT: .text
    case CMARK_NODE_SOFTBREAK: .softBreak
    case CMARK_NODE_STRONG: .strong
    case CMARK_NODE_CODE: .code
    case CMARK_NODE_PARAGRAPH: .paragraph
    case CMARK_NODE_ITEM: typeNameBegins("t") ? .task : .item
    case CMARK_NODE_LIST: .list
    case CMARK_NODE_HEADING: .heading
    case CMARK_NODE_CODE_BLOCK: .codeBlock
    case CMARK_NODE_EMPH: .emphasis
    case CMARK_NODE_LINK: .link
    case CMARK_NODE_IMAGE: .image
    case CMARK_NODE_HTML_BLOCK: .htmlBlock
    case CMARK_NODE_HTML_INLINE: .htmlInline
    case CMARK_NODE_LINEBREAK: .lineBreak
    case CMARK_NODE_THEMATIC_BREAK: .thematicBreak
    case CMARK_NODE_BLOCK_QUOTE: .blockQuote
    case CMARK_NODE_DOCUMENT: .document
    case CMARK_NODE_FOOTNOTE_DEFINITION: .footnoteDefinition
    case CMARK_NODE_FOOTNOTE_REFERENCE: .footnoteReference
    default: extensionKind
    }
  }

  /// The kind of a node that an extension added. Its numbers are assigned at registration; its names are fixed.
  private var extensionKind: Kind {
    switch Self.string(cmark_node_get_type_string(pointer)) {
    case "table": .table
    case "table_row", "table_header": .tableRow
    case "table_cell": .tableCell
    case "strikethrough": .strikethrough
    case "tasklist": .task
    default: .unknown
    }
  }

  private func typeNameBegins(_ letter: Unicode.Scalar) -> Bool {
    guard let name = cmark_node_get_type_string(pointer) else { return false }
    return UInt8(bitPattern: name.pointee) == UInt8(ascii: letter)
  }

  private static func buffer(_ text: UnsafePointer<CChar>?) -> UnsafeBufferPointer<UInt8> {
    guard let text else { return UnsafeBufferPointer(start: nil, count: 0) }
    let bytes = UnsafeRawPointer(text).assumingMemoryBound(to: UInt8.self)
    var count = 0
    while bytes[count] != 0 { count += 1 }
    return UnsafeBufferPointer(start: bytes, count: count)
  }

  private static func string(_ text: UnsafePointer<CChar>?) -> String {
    guard let text else { return "" }
    return String(cString: text)
  }
}
