import Text

/// Lines of a source that the parser takes away: link reference definitions, and footnotes that nothing uses.
///
/// A model reads them, a reader of the page would not. What nothing uses leaves no trace at all; of a definition that a
/// link uses only the label is lost, and that only if the link shows another text.
struct HiddenText {
  /// The first line, from 1.
  let line: Int
  /// The bytes of the source.
  let range: Range<Int>
  /// Whether a link leads where this definition says.
  let isUsed: Bool

  /// Finds such lines, in order.
  static func find(in root: Node, source: UnsafeBufferPointer<UInt8>) -> [HiddenText] {
    guard contains(source, "]:") else { return [] }
    let lines = LineIndex(UnsafeRawBufferPointer(source), ending: .lineFeed)
    var owners = [Node?](repeating: nil, count: lines.count + 1)
    var addresses: Set<String> = []
    var linkTexts: Set<String> = []
    visit(root) { node in
      switch node.kind {
      case .paragraph, .heading, .codeBlock, .htmlBlock, .thematicBreak, .table:
        let last = min(node.endLine, lines.count)
        if node.startLine >= 1, node.startLine <= last { for line in node.startLine...last { owners[line] = node } }
      case .link, .image:
        addresses.insert(node.address)
        linkTexts.insert(letters(InlineText(of: node).text))
      default: break
      }
    }
    var found: [HiddenText] = []
    var paragraph = Leading()
    var line = 1
    while line <= lines.count {
      let text = source[lines.range(of: line)]
      guard let definition = Definition(text), paragraph.takes(definition, at: line, in: owners[line]) else {
        line += 1
        continue
      }
      var last = line
      while last < lines.count, owners[last + 1] == nil, !isBlank(source[lines.range(of: last + 1)]),
        Definition(source[lines.range(of: last + 1)]) == nil
      {
        last += 1
      }
      let range = lines.range(of: line).lowerBound..<lines.range(of: last).upperBound
      let isUsed = definition.leads(to: &addresses, in: source[range])
      if !isUsed || !linkTexts.contains(letters(definition.label)) {
        found.append(HiddenText(line: line, range: range, isUsed: isUsed))
      }
      line = last + 1
    }
    return found
  }

  /// The letters and digits of a text: marks of emphasis and the like part no label from its text.
  private static func letters(_ text: String) -> String { text.filter { $0.isLetter || $0.isNumber } }

  /// Tells whether the parser took a definition away: nothing covers its line, or it is one of those that a paragraph
  /// began with.
  private struct Leading {
    private var owner: Node?
    private var text = ""
    private var nextLine = 0

    mutating func takes(_ definition: Definition, at line: Int, in owner: Node?) -> Bool {
      guard let owner else { return true }
      // The footnotes that are left in the tree are those that something calls.
      guard owner.kind == .paragraph, owner.parent?.kind != .footnoteDefinition else { return false }
      if owner != self.owner {
        self.owner = owner
        text = InlineText(of: owner).text
        nextLine = owner.startLine
      }
      guard line == nextLine, !text.hasPrefix("[" + definition.label + "]:"), !text.hasPrefix(definition.label + ":")
      else {
        return false
      }
      nextLine = line + 1
      return true
    }
  }

  /// `[label]:` at the start of a line, whatever stands in front of it as the mark of a quotation or a list.
  private struct Definition {
    let label: String

    init?(_ line: Slice<UnsafeBufferPointer<UInt8>>) {
      let rest = line.drop { " \t>-*+0123456789.)".utf8.contains($0) }
      guard rest.first == UInt8(ascii: "["), let close = rest.firstIndex(of: UInt8(ascii: "]")),
        rest.index(after: close) < rest.endIndex, rest[rest.index(after: close)] == UInt8(ascii: ":")
      else { return nil }
      label = String(decoding: rest[(rest.startIndex + 1)..<close], as: UTF8.self)
      guard !label.allSatisfy(\.isWhitespace) else { return nil }
    }

    /// Whether a link of the document leads where this definition does. The parser itself is asked where that is; each
    /// address counts for one definition, so that a second one of the same label is not overlooked.
    func leads(to addresses: inout Set<String>, in text: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
      let indented = text.drop { " \t>-*+0123456789.)".utf8.contains($0) }
      let bytes = Array("[\(label)]\n\n".utf8) + indented
      return bytes.withUnsafeBufferPointer { buffer in
        guard let tree = Tree(buffer, marks: Marks()), let link = tree.root.firstChild?.firstChild, link.kind == .link
        else { return false }
        return addresses.remove(link.address) != nil
      }
    }
  }

  /// Calls `body` for each node below and including `root`.
  private static func visit(_ root: Node, _ body: (Node) -> Void) {
    var node = root
    while true {
      body(node)
      if let child = node.firstChild {
        node = child
        continue
      }
      while node.next == nil {
        guard node != root, let parent = node.parent else { return }
        node = parent
      }
      guard node != root, let next = node.next else { return }
      node = next
    }
  }

  /// The comments in a piece of HTML, each with the number of line feeds before it.
  static func comments(in literal: UnsafeBufferPointer<UInt8>) -> [(line: Int, text: String)] {
    var comments: [(line: Int, text: String)] = []
    var line = 0
    var index = 0
    func stands(_ mark: StaticString, at index: Int) -> Bool {
      index + mark.utf8CodeUnitCount <= literal.count
        && mark.withUTF8Buffer { mark in mark.indices.allSatisfy { literal[index + $0] == mark[$0] } }
    }
    while index < literal.count {
      guard stands("<!--", at: index) else {
        if literal[index] == 0x0A { line += 1 }
        index += 1
        continue
      }
      let start = index
      let startLine = line
      index += 4
      while index < literal.count, !stands("-->", at: index) {
        if literal[index] == 0x0A { line += 1 }
        index += 1
      }
      let end = min(literal.count, index + 3)
      comments.append((startLine, String(decoding: literal[start..<end], as: UTF8.self)))
      index = end
    }
    return comments
  }

  private static func isBlank(_ line: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
    line.allSatisfy { $0 == 0x20 || (0x09...0x0D).contains($0) }
  }

  /// Whether a text holds a word of at least two bytes.
  static func contains(_ text: UnsafeBufferPointer<UInt8>, _ word: StaticString) -> Bool {
    word.withUTF8Buffer { word in
      let bytes = UnsafeRawBufferPointer(text)
      let last = text.count - word.count
      func stands(at start: Int) -> Bool {
        start <= last && (0..<word.count).allSatisfy { text[start + $0] == word[$0] }
      }
      var index = 0
      while index + ByteWord.length <= bytes.count {
        if ByteWord(bytes, at: index).holds(word[0]),
          (index..<index + ByteWord.length).contains(where: { text[$0] == word[0] && stands(at: $0) })
        {
          return true
        }
        index += ByteWord.length
      }
      return (index..<max(index, text.count)).contains { stands(at: $0) }
    }
  }
}
