/// Information about positions in a text for the checks of its words.
struct TextContext {
  /// The ranges of comments and unused definitions, in order.
  var hidden: [Range<Int>] = []
  /// What the agent's tools let it change, as in “edit files”, or nil. Evaluated only if a rule asks.
  var changes: () -> String? = { nil }
  /// The noun for the item in the file.
  var noun = "file"
  /// The rules that report at most one finding for each file and have reported it.
  var reported: Set<String> = []
  /// The ranges of code blocks, in order.
  var code: [Range<Int>] = []

  /// Returns whether rendered Markdown hides a position.
  func isHidden(_ index: Int) -> Bool { Self.holds(index, hidden) }

  /// Returns whether a position is in a code block.
  func isCode(_ index: Int) -> Bool { Self.holds(index, code) }

  /// Returns whether one of several ordered ranges contains a position.
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
  /// Returns whether a position is visible prose: neither hidden nor code.
  func isShownProse(_ index: Int) -> Bool { !context.isHidden(index) && !context.isCode(index) }
}
