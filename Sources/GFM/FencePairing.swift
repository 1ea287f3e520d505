/// Finds the first cause where code fences do not pair as their author meant.
///
/// One wrong fence swaps code and prose from there on, so that every later fence looks wrong too. At the first fence
/// that does not fit, this tries each explanation, keeps the one under which the most of the fences behind it pair, and
/// goes on from there.
struct FencePairing {
  /// What is wrong, with lines of the source.
  enum Problem: Equatable {
    /// A block that was meant to hold another one.
    case nested(outer: Int, inner: Int)
    /// A block that is not closed before the end, or before the next one starts.
    case unclosed(Int, next: Int?)
    /// A fence too many.
    case stray(Int)
    /// A fence in an HTML block.
    case swallowed(Int)
  }

  /// Whether every block ends as its author meant, by what the parser sees.
  private(set) var isSound = true
  /// The lines that may hold fences, in order.
  private(set) var ranges: [(lines: ClosedRange<Int>, isInMarkup: Bool)] = []

  /// Adds a code block.
  mutating func add(_ lines: ClosedRange<Int>, isSound: Bool) {
    ranges.append((lines, false))
    if !isSound { self.isSound = false }
  }

  /// Adds an HTML block.
  mutating func addMarkup(_ lines: ClosedRange<Int>) { ranges.append((lines, true)) }

  /// How many fences are tried behind a place, and how many problems are told apart: a text that is made to have many
  /// must not take long.
  private static let (lookahead, limit) = (200, 100)
  /// How many bare blocks within a block are tried.
  private static let nestings = 8

  /// The problems of fences in order.
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

  /// A fence that opens a block, and the one inside that does not fit; none where the block is never closed.
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

  /// How far the fences pair from a place on: the index of the first that does not.
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
    // An HTML block in front may hold the fence that was meant to open what a later one was meant to close.
    if let swallowed = swallowed(before: trouble.opening, in: fences, from: start),
      reach(in: fences, from: swallowed + 2) > inner ?? fences.count
    {
      return (.swallowed(fences[swallowed].line), swallowed + 2)
    }
    guard let inner else { return (.unclosed(opening.line, next: nil), fences.count) }
    var best: (problem: Problem, next: Int, reach: Int) = (
      .unclosed(opening.line, next: fences[inner].line), inner, reach(in: fences, from: inner)
    )
    // A bare fence that opens a block in front of another one was rather meant to close something.
    if opening.isBare { best.problem = .stray(opening.line) }
    for end in endsOfNested(in: fences, outer: trouble.opening, inner: inner) {
      let reach = reach(in: fences, from: end)
      // Where HTML takes in the end of the outer block, all that follows pairs either way.
      guard reach > best.reach || reach == best.reach && fences[end - 1].isInMarkup else { continue }
      // What looks like the end of a block is not the beginning of one that holds others.
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

  /// The block that was meant to hold a bare one, where a fence is left over that looks like the end of it: to the
  /// parser, the beginning of the inner block ended the outer one.
  private static func bareNesting(before place: Int, in fences: [CodeFence], from start: Int) -> Problem? {
    guard fences[place].looksClosing else { return nil }
    var outer = place - 2
    for _ in 0..<nestings where outer >= start {
      let inner = fences[outer + 1]
      guard inner.isBare, inner.looksOpening, !inner.isInMarkup, !fences[outer].isInMarkup else { return nil }
      if !fences[outer].isBare || !fences[outer].looksClosing {
        return .nested(outer: fences[outer].line, inner: inner.line)
      }
      // This one ended another inner block.
      outer -= 2
    }
    return nil
  }

  /// The last fence before a place that is part of an HTML block and alone there, where the next one could close it.
  private static func swallowed(before place: Int, in fences: [CodeFence], from start: Int) -> Int? {
    guard let last = fences[start..<place].lastIndex(where: \.isInMarkup) else { return nil }
    // Two of them are a whole block, shown as HTML.
    let count = fences[start...last].reversed().prefix { $0.isInMarkup }.count
    let next = fences[last + 1]
    return count % 2 == 1 && next.isBare && fences[last].reaches(next) ? last : nil
  }

  /// The indices behind the fences that may close a block which holds others. A bare fence inside may close the block,
  /// or open and close a bare one within it, so there are several.
  private static func endsOfNested(in fences: [CodeFence], outer: Int, inner: Int) -> [Int] {
    var ends: [Int] = []
    var isInside = false
    for index in inner..<min(fences.count, inner + lookahead) where fences[outer].reaches(fences[index]) {
      if isInside {
        // A block that starts within one within the block: this is not how it was meant.
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
