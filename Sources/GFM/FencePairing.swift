/// Finds the mistakes that make the code fences of a text pair differently than intended.
///
/// One wrong fence swaps code and prose in the rest of the text, so every later fence looks wrong too. At the first
/// fence that does not fit, this type tries each explanation. It keeps the one with which the most of the following
/// fences pair, and continues from there.
struct FencePairing {
  /// A mistake, with source lines.
  enum Problem: Equatable {
    /// A block that was meant to contain another one.
    case nested(outer: Int, inner: Int)
    /// A block that is not closed before the end of the text, or before the next block starts.
    case unclosed(Int, next: Int?)
    /// A surplus fence.
    case stray(Int)
    /// A fence in an HTML block.
    case swallowed(Int)
  }

  /// Whether every block that the parser found ends as intended.
  private(set) var isSound = true
  /// The line ranges that may contain fences, in order.
  private(set) var ranges: [(lines: ClosedRange<Int>, isInMarkup: Bool)] = []

  /// Adds a code block.
  mutating func add(_ lines: ClosedRange<Int>, isSound: Bool) {
    ranges.append((lines, false))
    if !isSound { self.isSound = false }
  }

  /// Adds an HTML block.
  mutating func addMarkup(_ lines: ClosedRange<Int>) { ranges.append((lines, true)) }

  /// The number of fences examined per explanation, and the maximum number of problems. They bound the time for texts
  /// crafted to have many.
  private static let (lookahead, limit) = (200, 100)
  /// The maximum number of nested bare blocks tried.
  private static let nestings = 8

  /// Returns the fence problems in order.
  static func problems(in fences: [CodeFence]) -> [Problem] {
    var problems: [Problem] = []
    var start = 0
    while problems.count < limit, let trouble = firstTrouble(in: fences, from: start) {
      let explanation = explain(trouble, in: fences, from: start)
      problems.append(explanation.problem)
      start = explanation.next
    }
    return problems
  }

  /// A fence that opens a block, and the fence inside that does not fit; nil if the block is never closed.
  private struct Trouble {
    let opening: Int
    let inner: Int?
  }

  private static func firstTrouble(in fences: [CodeFence], from start: Int, before limit: Int = .max) -> Trouble? {
    var opening: Int?
    for index in fences.indices.dropFirst(start) {
      if index >= limit { return nil }
      let fence = fences[index]
      if fence.isInMarkup { continue }
      guard let open = opening else {
        opening = index
        continue
      }
      guard fences[open].reaches(fence) else { continue }
      if !fence.isBare { return Trouble(opening: open, inner: index) }
      opening = nil
    }
    return opening.map { Trouble(opening: $0, inner: nil) }
  }

  /// Returns how far the fences pair from `start`: the index of the first fence that does not.
  private static func reach(in fences: [CodeFence], from start: Int) -> Int {
    let limit = start + lookahead
    guard let trouble = firstTrouble(in: fences, from: start, before: limit) else {
      return min(limit, fences.count + 1)
    }
    return trouble.inner ?? fences.count
  }

  private static func explain(_ trouble: Trouble, in fences: [CodeFence], from start: Int) -> (
    problem: Problem, next: Int
  ) {
    let opening = fences[trouble.opening]
    let inner = trouble.inner
    // An earlier HTML block may contain the fence that was meant to open the block.
    if let swallowed = swallowed(before: trouble.opening, in: fences, from: start),
      reach(in: fences, from: swallowed + 2) > inner ?? fences.count
    {
      return (.swallowed(fences[swallowed].line), swallowed + 2)
    }
    guard let inner else { return (.unclosed(opening.line, next: nil), fences.count) }
    var best: (problem: Problem, next: Int, reach: Int) = (
      .unclosed(opening.line, next: fences[inner].line), inner, reach(in: fences, from: inner)
    )
    // A bare fence that opens a block right before another one was probably meant to close something.
    if opening.isBare { best.problem = .stray(opening.line) }
    for end in endsOfNested(in: fences, outer: trouble.opening, inner: inner) {
      let reach = reach(in: fences, from: end)
      // If an HTML block contains the end of the outer block, everything after it pairs either way.
      guard reach > best.reach || reach == best.reach && fences[end - 1].isInMarkup else { continue }
      // A fence that looks like the end of a block does not start a block that contains others.
      let problem: Problem =
        opening.isBare && opening.looksClosing
        ? .stray(opening.line) : .nested(outer: opening.line, inner: fences[inner].line)
      best = (problem, end, reach)
    }
    if case .stray = best.problem, let bare = bareNesting(before: trouble.opening, in: fences, from: start) {
      best.problem = bare
    }
    return (best.problem, best.next)
  }

  /// Finds the block that was meant to contain a bare one, if a surplus fence looks like its end.
  ///
  /// For the parser, the start of the inner block ended the outer one.
  private static func bareNesting(before place: Int, in fences: [CodeFence], from start: Int) -> Problem? {
    guard fences[place].looksClosing else { return nil }
    var outer = place - 2
    for _ in 0..<nestings where outer >= start {
      let inner = fences[outer + 1]
      guard inner.isBare, inner.looksOpening, !inner.isInMarkup, !fences[outer].isInMarkup else { return nil }
      if !fences[outer].isBare || !fences[outer].looksClosing {
        return .nested(outer: fences[outer].line, inner: inner.line)
      }
      // This fence closed another inner block.
      outer -= 2
    }
    return nil
  }

  /// Returns the last fence before `place` that is alone in an HTML block, if the next fence could close it.
  private static func swallowed(before place: Int, in fences: [CodeFence], from start: Int) -> Int? {
    guard let last = fences[start..<place].lastIndex(where: \.isInMarkup) else { return nil }
    // Two fences are a complete block, shown as HTML.
    let count = fences[start...last].reversed().prefix { $0.isInMarkup }.count
    let next = fences[last + 1]
    return count % 2 == 1 && next.isBare && fences[last].reaches(next) ? last : nil
  }

  /// Returns the indices after each fence that may close a block with nested blocks.
  ///
  /// A bare fence inside may close the block, or open or close a nested bare block, so there are several candidates.
  private static func endsOfNested(in fences: [CodeFence], outer: Int, inner: Int) -> [Int] {
    var ends: [Int] = []
    var isInside = false
    for index in inner..<min(fences.count, inner + lookahead) where fences[outer].reaches(fences[index]) {
      if isInside {
        // A block that starts in a block nested two deep: this explanation is wrong.
        guard fences[index].isBare else { break }
        isInside = false
      } else {
        if fences[index].isBare { ends.append(index + 1) }
        if ends.count == nestings { break }
        isInside = true
      }
    }
    return ends
  }
}
