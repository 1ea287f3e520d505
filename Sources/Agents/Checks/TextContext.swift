/// What is known about the places of a text while its words are checked.
struct TextContext {
  /// Comments and unused definitions, in order.
  var hidden: [Range<Int>] = []
  /// What the agent's tools let it change, as in “edit files”, or nil. Computed only if a rule asks.
  var changes: () -> String? = { nil }
  /// The rules that report one finding for each file and have reported it.
  var reported: Set<String> = []
  /// Code blocks, once they were looked for.
  private var blocks: [Range<Int>]?

  /// Whether a place is in text that rendered Markdown hides.
  func isHidden(_ index: Int) -> Bool { Self.holds(index, hidden) }

  /// Whether a place is in a fenced code block.
  mutating func isCode(_ index: Int, in text: [UInt8]) -> Bool {
    let blocks = self.blocks ?? Self.blocks(of: text)
    self.blocks = blocks
    return Self.holds(index, blocks)
  }

  /// Whether one of several ranges, in order, holds a place.
  private static func holds(_ index: Int, _ ranges: [Range<Int>]) -> Bool {
    var (low, high) = (0, ranges.count)
    while low < high {
      let middle = (low + high) / 2
      if ranges[middle].upperBound <= index { low = middle + 1 } else { high = middle }
    }
    return low < ranges.count && ranges[low].contains(index)
  }

  private static func blocks(of text: [UInt8]) -> [Range<Int>] {
    var blocks: [Range<Int>] = []
    var open: (start: Int, sign: UInt8, length: Int)?
    var start = 0
    while start < text.count {
      let end = text[start...].firstIndex(of: 0x0A) ?? text.count
      let line = text[start..<end].drop { $0 == 0x20 || $0 == 0x09 || $0 == UInt8(ascii: ">") }
      if let sign = line.first, sign == UInt8(ascii: "`") || sign == UInt8(ascii: "~") {
        let length = line.prefix { $0 == sign }.count
        if let block = open {
          if sign == block.sign, length >= block.length {
            blocks.append(block.start..<end)
            open = nil
          }
        } else if length >= 3 {
          open = (start, sign, length)
        }
      }
      start = end + 1
    }
    if let block = open { blocks.append(block.start..<text.count) }
    return blocks
  }
}

extension FindingList {
  /// Whether people see a place as prose: it is neither hidden nor code.
  mutating func isShownProse(_ index: Int) -> Bool {
    !context.isHidden(index) && !context.isCode(index, in: text.utf8)
  }
}
