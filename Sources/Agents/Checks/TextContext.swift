/// What is known about the places of a text while its words are checked.
struct TextContext {
  /// Comments and unused definitions, in order.
  var hidden: [Range<Int>] = []
  /// What the agent's tools let it change, as in “edit files”, or nil. Computed only if a rule asks.
  var changes: () -> String? = { nil }
  /// The word for what the file holds.
  var noun = "file"
  /// The rules that report one finding for each file and have reported it.
  var reported: Set<String> = []
  /// Code blocks, in order.
  var code: [Range<Int>] = []

  /// Whether a place is in text that rendered Markdown hides.
  func isHidden(_ index: Int) -> Bool { Self.holds(index, hidden) }

  /// Whether a place is in a code block.
  func isCode(_ index: Int) -> Bool { Self.holds(index, code) }

  /// Whether one of several ranges, in order, holds a place.
  private static func holds(_ index: Int, _ ranges: [Range<Int>]) -> Bool {
    var (low, high) = (0, ranges.count)
    while low < high {
      let middle = (low + high) / 2
      if ranges[middle].upperBound <= index { low = middle + 1 } else { high = middle }
    }
    return low < ranges.count && ranges[low].contains(index)
  }
}

extension FindingList {
  /// Whether people see a place as prose: it is neither hidden nor code.
  func isShownProse(_ index: Int) -> Bool { !context.isHidden(index) && !context.isCode(index) }
}
