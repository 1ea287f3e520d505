import Text

/// Source lines that the parser drops: link reference definitions and unused footnotes.
///
/// A model reads them, but the HTML would not show them. An unused definition would vanish completely. A used one loses
/// only its label, and only if the link shows a different text.
struct HiddenText {
  /// The first line, from 1.
  let line: Int
  /// The byte range in the source.
  let range: Range<Int>
  /// Whether a link uses the definition.
  let isUsed: Bool

  /// Finds the dropped lines, in order.
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

  /// Returns the letters and digits of a text, so that a label and a link text match regardless of emphasis marks.
  private static func letters(_ text: String) -> String { text.filter { $0.isLetter || $0.isNumber } }

  /// Detects whether the parser dropped a definition: no node covers its line, or it is among the definitions at the
  /// start of a paragraph.
  private struct Leading {
    private var owner: Node?
    private var text = ""
    private var nextLine = 0

    mutating func takes(_ definition: Definition, at line: Int, in owner: Node?) -> Bool {
      guard let owner else { return true }
      // The tree contains only the footnotes that are referenced.
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

  /// `[label]:` at the start of a line, after any quote or list markers.
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

    /// Returns whether a link of the document has the destination of this definition.
    ///
    /// The parser itself resolves the destination. Each address counts for one definition only, so that a duplicate
    /// with the same label is still reported.
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

  /// Calls `body` for `root` and all its descendants, in document order.
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

  /// Returns the comments in a piece of HTML, each with the number of line feeds before it.
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

  /// Returns whether a text contains a word of at least two bytes.
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
