/// The plain text of a node's inline content.
struct InlineText {
  private(set) var text = ""
  private(set) var holdsLink = false

  init(of node: Node) {
    var bytes: [UInt8] = []
    var current = node.firstChild
    walk: while let here = current {
      switch here.kind {
      case .text:
        bytes.append(contentsOf: here.literal)
        if !holdsLink, !Autolinks.matches(in: here.literal).isEmpty { holdsLink = true }
      case .code, .htmlInline: bytes.append(contentsOf: here.literal)
      case .softBreak, .lineBreak: bytes.append(0x20)
      case .link, .image, .footnoteReference: holdsLink = true
      default: break
      }
      if let child = here.firstChild {
        current = child
        continue
      }
      var up = here
      while up.next == nil {
        guard let parent = up.parent, parent != node else { break walk }
        up = parent
      }
      current = up.next
    }
    text = String(decoding: bytes, as: UTF8.self)
  }
}
