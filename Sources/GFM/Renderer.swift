import Highlighting
import Text

/// Renders a tree as HTML in one walk, without recursion.
///
/// cmark-gfm's own writer either drops anything that looks like HTML or passes it through live. This one shows it as
/// text. Elsewhere, its output matches the examples of the specification.
struct Renderer {
  private let source: UnsafeBufferPointer<UInt8>
  private let firstLine: Int
  private let headingOffset: Int

  private var out: HTMLBuffer
  private var identifiers = HeadingIdentifiers()
  private var outline: [Document.Heading] = []
  private var links: [Document.Link] = []
  private var notices: [Document.Notice] = []
  private var slots: [Markup.LinkSlot] = []
  private var hidden: ArraySlice<HiddenText>
  private var blockLine = 1
  private var linkDepth = 0
  private var openLinks: [OpenLink] = []
  private var nestedImages: [NestedImage] = []
  private var tables: [TableState] = []
  private var tableCount = 0
  private var taskCount = 0
  private var codeCount = 0
  private var codeLines: [ClosedRange<Int>] = []
  private var isHeadingLinked = false
  private var alert = AlertState()
  /// The levels, as written, of the current heading and the headings that contain it.
  private var headingsAbove: [Int] = []
  private var lines: LineIndex?
  private var fences = FencePairing()
  private var anchors = Anchors()
  private var footnotes = FootnoteState()

  private struct TableState {
    var alignments: [UInt8]
    var column = 0
    var isHeader = false
    var hasBody = false
    /// The part of the row's source line after the last cell that fits the table.
    var excess: Range<Int>?
  }

  /// The open alert: its quote, and the paragraph that begins with the marker.
  private struct AlertState {
    var quotation: Node?
    var marked: Node?
    /// Whether the paragraph contains only the marker.
    var isMarkAlone = false
    /// Whether the walk is still in the marker line.
    var isInMark = false
  }

  private struct FootnoteState {
    var references: [String: Int] = [:]
    var definitions = 0
  }

  /// The way an open link or image is closed.
  private enum OpenLink {
    case anchor
    case slot(open: Int, destination: String, title: String)
    case target(destination: String, title: String)
    case nested(image: NestedImage?)
  }

  /// An image inside a link. Links do not nest, so the link to the image follows the outer link.
  private struct NestedImage {
    let destination: String
    let title: String
  }

  init(source: UnsafeBufferPointer<UInt8>, firstLine: Int, headingOffset: Int) {
    self.source = source
    self.firstLine = firstLine
    self.headingOffset = headingOffset
    out = HTMLBuffer(capacity: source.count + source.count / 2 + 256)
    hidden = []
  }

  /// Renders a whole tree.
  mutating func render(_ root: Node) -> Document {
    let found = HiddenText.find(in: root, source: source)
    hidden = found.filter { !$0.isUsed }[...]
    var node = root
    walk: while true {
      if enter(node), let child = node.firstChild {
        node = child
        continue
      }
      while true {
        leave(node)
        if node == root { break walk }
        if let next = node.next {
          node = next
          break
        }
        guard let parent = node.parent else { break walk }
        node = parent
      }
    }
    showHidden(before: .max)
    if footnotes.definitions > 0 { out.append("</ol>\n</section>\n") }
    fold(found.filter(\.isUsed))
    noteFences()
    resolveFragments()
    notices.sort { $0.line < $1.line }
    return Document(
      outline: outline, links: links, notices: notices, codeBlocks: codeCount, tables: tableCount, tasks: taskCount,
      markup: Markup(html: out.bytes, slots: slots), codeLines: codeLines)
  }

  /// Writes the opening markup of a node. Returns whether to visit its children.
  private mutating func enter(_ node: Node) -> Bool {
    let kind = node.kind
    if kind.isBlock { blockLine = node.startLine }
    switch kind {
    case .document: break
    case .blockQuote:
      beginBlock(node)
      beginQuotation(node)
    case .list:
      beginBlock(node)
      if !node.isOrdered {
        out.append("<ul>\n")
      } else if node.listStart == 1 {
        out.append("<ol>\n")
      } else {
        out.append("<ol start=\"")
        out.append(node.listStart)
        out.append("\">\n")
      }
    case .item:
      out.freshLine()
      out.append("<li>")
    case .task:
      out.freshLine()
      taskCount += 1
      out.append(
        node.isChecked
          ? "<li class=\"task\"><input type=\"checkbox\" checked disabled aria-label=\"done\"> "
          : "<li class=\"task\"><input type=\"checkbox\" disabled aria-label=\"to do\"> ")
    case .heading: beginHeading(node)
    case .paragraph:
      if node == alert.marked {
        if alert.isMarkAlone { return false }
        alert.isInMark = true
      }
      if !isInTightList(node) {
        beginBlock(node)
        out.append("<p>")
      }
    case .codeBlock: writeCode(node)
    case .htmlBlock: writeMarkupBlock(node)
    case .thematicBreak:
      beginBlock(node)
      out.append("<hr>\n")
    case .footnoteDefinition: beginFootnote(node)
    case .table:
      beginBlock(node)
      tableCount += 1
      tables.append(TableState(alignments: node.alignments))
      out.append("<div class=\"scroll\" tabindex=\"0\"><table>\n")
    case .tableRow: beginRow(node)
    case .tableCell: beginCell()
    default: return enterInline(node, kind)
    }
    return kind != .codeBlock && kind != .htmlBlock
  }

  private mutating func enterInline(_ node: Node, _ kind: Node.Kind) -> Bool {
    if alert.isInMark {
      if kind == .softBreak || kind == .lineBreak { alert.isInMark = false }
      return false
    }
    switch kind {
    case .text: writeText(node.literal)
    case .softBreak: out.append("\n")
    case .lineBreak: out.append("<br>\n")
    case .code:
      out.append("<code>")
      out.appendText(node.literal)
      out.append("</code>")
    case .htmlInline:
      noteMarkup(node.literal, line: blockLine)
      out.append("<code class=\"markup\">")
      out.appendText(node.literal)
      out.append("</code>")
    case .emphasis: out.append("<em>")
    case .strong: out.append("<strong>")
    case .strikethrough: out.append("<del>")
    case .link, .image: beginLink(node, isImage: kind == .image)
    case .footnoteReference: writeFootnoteReference(node)
    default: break
    }
    return true
  }

  /// Writes the closing markup of a node.
  private mutating func leave(_ node: Node) {
    switch node.kind {
    case .blockQuote:
      out.freshLine()
      out.append(node == alert.quotation ? "</div>\n" : "</blockquote>\n")
      if node == alert.quotation { alert = AlertState() }
    case .list: out.append(node.isOrdered ? "</ol>\n" : "</ul>\n")
    case .item, .task: out.append("</li>\n")
    case .heading:
      if isHeadingLinked { out.append("</a>") }
      if isHeadingLinked { linkDepth -= 1 }
      isHeadingLinked = false
      out.append("</h")
      out.append(shownLevel(node.headingLevel))
      out.append(">\n")
    case .paragraph:
      if node == alert.marked, alert.isMarkAlone { break }
      if !isInTightList(node) { out.append("</p>\n") }
    case .footnoteDefinition: endFootnote()
    case .table:
      if let state = tables.popLast(), state.hasBody { out.append("</tbody>\n") }
      out.append("</table></div>\n")
    case .tableRow:
      out.append("</tr>\n")
      if tables.last?.isHeader == true { out.append("</thead>\n") }
    case .tableCell: endCell()
    case .emphasis: out.append("</em>")
    case .strong: out.append("</strong>")
    case .strikethrough: out.append("</del>")
    case .link, .image: endLink()
    default: break
    }
  }

  // MARK: Blocks

  private mutating func beginBlock(_ node: Node) {
    if !hidden.isEmpty, node.parent?.kind == .document { showHidden(before: node.endLine + 1) }
    out.freshLine()
  }

  /// Opens a quote, or an alert if the quote is one.
  private mutating func beginQuotation(_ node: Node) {
    guard node.parent?.kind == .document, let paragraph = node.firstChild, paragraph.kind == .paragraph,
      paragraph.startLine == node.startLine, let kind = Alert(firstLine: sourceLine(node.startLine))
    else { return out.append("<blockquote>\n") }
    // `[!NOTE]` is not a marker if it is a link to a definition with that label.
    var inline = paragraph.firstChild
    while let text = inline, text.kind == .text { inline = text.next }
    let goesOn = inline.map { $0.kind == .softBreak || $0.kind == .lineBreak } ?? (paragraph.next != nil)
    guard goesOn else { return out.append("<blockquote>\n") }
    alert = AlertState(quotation: node, marked: paragraph, isMarkAlone: inline == nil)
    out.append("<div class=\"alert ")
    out.appendAttribute(kind.rawValue)
    out.append("\" role=\"note\">\n<p class=\"alert-title\">")
    out.appendText(kind.title)
    out.append("</p>\n")
  }

  private func isInTightList(_ node: Node) -> Bool {
    node.parent?.parent.map { $0.kind == .list && $0.isTight } ?? false
  }

  private mutating func beginHeading(_ node: Node) {
    beginBlock(node)
    let content = InlineText(of: node)
    let id = identifiers.identifier(for: content.text)
    let level = node.headingLevel
    if let last = outline.last?.level, level > last + 1 { note(.headingSkip(from: last, to: level), node.startLine) }
    outline.append(.init(level: level, text: content.text, id: id, line: fileLine(node.startLine)))
    anchors.addAttribute(of: content.text, at: id)
    while let above = headingsAbove.last, above >= level { headingsAbove.removeLast() }
    headingsAbove.append(level)
    out.append("<h")
    out.append(shownLevel(level))
    out.append(" id=\"")
    out.appendAttribute(id)
    out.append("\">")
    // A heading links to itself, so that readers can copy its address. Links do not nest, so headings with links do
    // not.
    isHeadingLinked = !content.holdsLink && !content.text.isEmpty
    guard isHeadingLinked else { return }
    linkDepth += 1
    out.append("<a href=\"#")
    out.appendAddress(id)
    out.append("\">")
  }

  /// Returns the level of a heading on the page, at most 6.
  ///
  /// Below a page heading, the level is the nesting depth. Screen reader users navigate by level, so levels that the
  /// text skips are closed up.
  private func shownLevel(_ level: Int) -> Int {
    min(headingOffset > 0 ? headingsAbove.count + headingOffset : level, 6)
  }

  private mutating func writeCode(_ node: Node) {
    beginBlock(node)
    codeCount += 1
    codeLines.append(fileLine(node.startLine)...fileLine(max(node.startLine, node.endLine)))
    var language: Language?
    let info = node.fenceInfo
    if info.isEmpty {
      out.append("<pre tabindex=\"0\"><code>")
    } else {
      out.append("<figure class=\"code\"><figcaption>")
      out.appendText(info)
      out.append("</figcaption><pre tabindex=\"0\"><code class=\"language-")
      let end = info.firstIndex { $0 == 0x20 || (0x09...0x0D).contains($0) } ?? info.endIndex
      let name = UnsafeBufferPointer(rebasing: info[..<end])
      out.appendAttribute(name)
      out.append("\">")
      language = Language(name: name)
    }
    writeCode(node.literal, in: language)
    out.append(info.isEmpty ? "</code></pre>\n" : "</code></pre></figure>\n")
    if node.fence != nil { addFences(of: node) }
  }

  /// Writes code with syntax highlighting.
  private mutating func writeCode(_ code: UnsafeBufferPointer<UInt8>, in language: Language?) {
    var written = 0
    language?.tokens(in: code) { token in
      out.appendText(UnsafeBufferPointer(rebasing: code[written..<token.range.lowerBound]))
      out.appendMarked(UnsafeBufferPointer(rebasing: code[token.range]), as: token.kind)
      written = token.range.upperBound
    }
    out.appendText(UnsafeBufferPointer(rebasing: code[written...]))
  }

  /// Records the lines of a code block for fence pairing, and whether its own fence is sound.
  private mutating func addFences(of node: Node) {
    guard let fence = node.fence else { return }
    let mark = CodeFence(length: fence.length, sign: fence.sign)
    let isClosed = node.endLine > node.startLine && mark.isClosed(by: sourceLine(node.endLine))
    let isSound = isClosed && !mark.stands(in: node.literal)
    fences.add(node.startLine...max(node.startLine, node.endLine), isSound: isSound)
  }

  /// Adds a notice for each fence without a partner, with the reason.
  private mutating func noteFences() {
    guard !fences.isSound else { return }
    let last = LineIndex(UnsafeRawBufferPointer(source), ending: .lineFeed).count
    func isBlank(_ line: Int) -> Bool {
      line < 1 || line > last || sourceLine(line).allSatisfy { $0 == 0x20 || (0x09...0x0D).contains($0) }
    }
    var found: [CodeFence] = []
    for range in fences.ranges {
      for line in range.lines where line <= last {
        guard var fence = CodeFence(line: sourceLine(line), number: line, isInMarkup: range.isInMarkup) else {
          continue
        }
        fence.looksClosing = !isBlank(line - 1) && isBlank(line + 1)
        fence.looksOpening =
          !isBlank(line + 1) && CodeFence(line: sourceLine(line + 1), number: 0, isInMarkup: false) == nil
        found.append(fence)
      }
    }
    for problem in FencePairing.problems(in: found) {
      switch problem {
      case .nested(let outer, let inner): note(.fenceNested(inner: fileLine(inner)), outer)
      case .unclosed(let line, let next): note(.fenceUnpaired(.unclosed(next: next.map(fileLine))), line)
      case .stray(let line): note(.fenceUnpaired(.stray), line)
      case .swallowed(let line): note(.fenceUnpaired(.swallowed), line)
      }
    }
  }

  private mutating func writeMarkupBlock(_ node: Node) {
    beginBlock(node)
    let literal = node.literal
    noteMarkup(literal, line: node.startLine)
    if node.endLine >= node.startLine { fences.addMarkup(node.startLine...node.endLine) }
    out.append("<pre class=\"markup\" tabindex=\"0\">")
    // HTML parsers drop a line feed right after the opening tag.
    if literal.first == UInt8(ascii: "\n") { out.append("\n") }
    out.appendText(literal)
    out.append("</pre>\n")
  }

  private mutating func showHidden(before line: Int) {
    while let text = hidden.first, text.line < line {
      hidden = hidden.dropFirst()
      note(.definitionUnused(String(decoding: source[text.range], as: UTF8.self)), text.line)
      out.freshLine()
      out.append("<pre class=\"markup\" tabindex=\"0\">")
      out.appendText(UnsafeBufferPointer(rebasing: source[text.range]))
      out.append("</pre>\n")
    }
  }

  /// Shows used definitions whose labels appear nowhere else, folded at the end, because no text of the file may be
  /// lost.
  private mutating func fold(_ definitions: [HiddenText]) {
    guard !definitions.isEmpty else { return }
    out.freshLine()
    out.append(
      "<details class=\"definitions\"><summary>Link definitions</summary>\n<pre class=\"markup\" tabindex=\"0\">")
    for definition in definitions { out.appendText(UnsafeBufferPointer(rebasing: source[definition.range])) }
    out.append("</pre>\n</details>\n")
  }

  private mutating func beginRow(_ node: Node) {
    guard let last = tables.indices.last else { return }
    let isHeader = node.isHeaderRow
    if !isHeader, !tables[last].hasBody {
      tables[last].hasBody = true
      out.append("<tbody>\n")
    }
    tables[last].isHeader = isHeader
    tables[last].column = 0
    tables[last].excess = TableRow.excess(in: sourceLine(node.startLine), columns: tables[last].alignments.count)
    out.append(isHeader ? "<thead>\n<tr>\n" : "<tr>\n")
  }

  private mutating func beginCell() {
    guard let last = tables.indices.last else { return }
    let state = tables[last]
    let alignment = state.column < state.alignments.count ? state.alignments[state.column] : 0
    tables[last].column += 1
    out.append(state.isHeader ? "<th" : "<td")
    switch alignment {
    case UInt8(ascii: "l"): out.append(" class=\"left\">")
    case UInt8(ascii: "c"): out.append(" class=\"center\">")
    case UInt8(ascii: "r"): out.append(" class=\"right\">")
    default: out.append(">")
    }
  }

  private mutating func endCell() {
    guard let state = tables.last else { return }
    if state.column == state.alignments.count, let excess = state.excess {
      note(.cellsExcess, blockLine)
      out.append(" <code class=\"markup\">")
      out.appendText(UnsafeBufferPointer(rebasing: source[excess]))
      out.append("</code>")
    }
    out.append(state.isHeader ? "</th>\n" : "</td>\n")
  }

  /// Returns the bytes of a source line, from 1. The line index is built at the first call.
  private mutating func sourceLine(_ number: Int) -> Slice<UnsafeBufferPointer<UInt8>> {
    let lines = self.lines ?? LineIndex(UnsafeRawBufferPointer(source), ending: .lineFeed)
    self.lines = lines
    return source[lines.range(of: number)]
  }

  // MARK: Inlines

  private mutating func writeText(_ text: UnsafeBufferPointer<UInt8>) {
    let matches = linkDepth == 0 ? Autolinks.matches(in: text) : []
    var position = 0
    for match in matches {
      out.appendText(UnsafeBufferPointer(rebasing: text[position..<match.range.lowerBound]))
      out.openLink(to: match.destination, title: "")
      out.appendText(UnsafeBufferPointer(rebasing: text[match.range]))
      out.append("</a>")
      links.append(
        .init(destination: match.destination, line: fileLine(blockLine), isImage: false, kind: .external))
      position = match.range.upperBound
    }
    out.appendText(UnsafeBufferPointer(rebasing: text[position...]))
  }

  private mutating func beginLink(_ node: Node, isImage: Bool) {
    let destination = node.address
    let kind = LinkKind(destination)
    links.append(.init(destination: destination, line: fileLine(blockLine), isImage: isImage, kind: kind))
    let title = node.title
    if linkDepth > 0 {
      openLinks.append(.nested(image: isImage ? NestedImage(destination: destination, title: title) : nil))
    } else {
      switch kind {
      case .external:
        out.openLink(to: destination, title: title)
        openLinks.append(.anchor)
      case .fragment, .relative:
        openLinks.append(.slot(open: out.count, destination: destination, title: title))
      case .refused:
        openLinks.append(.target(destination: destination, title: title))
      }
    }
    linkDepth += 1
  }

  private mutating func endLink() {
    linkDepth -= 1
    switch openLinks.popLast() {
    case .anchor: out.append("</a>")
    case .slot(let open, let destination, let title):
      let isBare = out.bytes[open...].elementsEqual(destination.utf8)
      slots.append(.init(open: open, close: out.count, destination: destination, title: title, isBare: isBare))
    case .target(let destination, let title): out.unlinkedTarget(destination, title: title)
    case .nested(let image): if let image { nestedImages.append(image) }
    case nil: break
    }
    if linkDepth == 0 { writeNestedImages() }
  }

  private mutating func writeNestedImages() {
    for image in nestedImages {
      if LinkKind(image.destination) == .external {
        out.append(" ")
        out.openLink(to: image.destination, title: image.title)
        out.append("image</a>")
      } else {
        out.unlinkedTarget(image.destination, title: image.title)
      }
    }
    nestedImages = []
  }

  /// Resolves links to headings, and adds a notice for each link without a target.
  private mutating func resolveFragments() {
    guard slots.contains(where: { $0.leadsWithin }) else { return }
    let targets = anchors.targets(among: outline)
    for index in links.indices where links[index].kind == .fragment {
      if !targets.knows(links[index].destination) {
        notices.append(.init(kind: .fragmentMissing(links[index].destination), line: links[index].line))
      }
    }
    for index in slots.indices where slots[index].leadsWithin {
      slots[index].fragment = targets.heading(for: slots[index].destination).map { "#" + $0 }
    }
  }

  /// Collects the comments and link targets in a piece of HTML.
  private mutating func noteMarkup(_ literal: UnsafeBufferPointer<UInt8>, line: Int) {
    if HiddenText.contains(literal, "<!--") {
      for comment in HiddenText.comments(in: literal) { note(.comment(comment.text), line + comment.line) }
    }
    anchors.add(literal, headingsBefore: outline.count, line: fileLine(line))
  }

  private mutating func writeFootnoteReference(_ node: Node) {
    let number = node.literalString
    let count = (footnotes.references[number] ?? 0) + 1
    footnotes.references[number] = count
    guard linkDepth == 0 else {
      out.append("<sup>")
      out.appendText(number)
      out.append("</sup>")
      return
    }
    out.append("<sup class=\"footnote\"><a href=\"#fn:")
    out.appendAddress(number)
    out.append("\" id=\"fnref:")
    out.appendAttribute(number)
    if count > 1 {
      out.append("-")
      out.append(count)
    }
    out.append("\">")
    out.appendText(number)
    out.append("</a></sup>")
  }

  private mutating func beginFootnote(_ node: Node) {
    if footnotes.definitions == 0 {
      showHidden(before: .max)
      out.freshLine()
      out.append("<section class=\"footnotes\" aria-label=\"Footnotes\">\n<ol>\n")
    }
    footnotes.definitions += 1
    out.append("<li id=\"fn:")
    out.append(footnotes.definitions)
    out.append("\">")
  }

  private mutating func endFootnote() {
    let number = footnotes.definitions
    let count = footnotes.references[String(number)] ?? 0
    for index in 1..<max(2, count + 1) where count > 0 {
      out.append(" <a href=\"#fnref:")
      out.append(number)
      if index > 1 {
        out.append("-")
        out.append(index)
      }
      out.append("\" aria-label=\"Back to the text\">↩</a>")
    }
    out.append("</li>\n")
  }

  // MARK: Notices

  private func fileLine(_ line: Int) -> Int { line + firstLine - 1 }

  private mutating func note(_ kind: Document.Notice.Kind, _ line: Int) {
    notices.append(.init(kind: kind, line: fileLine(line)))
  }
}
