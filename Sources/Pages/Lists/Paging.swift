/// Splits long lists into pages.
enum Paging {
  /// The number of agents per page.
  static let agents = 100
  /// The number of terms or groups per page. They take less space than agents.
  static let names = 500

  /// Returns the 1-based numbers of a list's pages. An empty list has one page.
  static func pages(_ count: Int, length: Int = agents) -> ClosedRange<Int> {
    1...max(1, (count + length - 1) / length)
  }

  /// Returns the entries on a page; an empty range after the last page.
  static func range(of page: Int, in count: Int, length: Int = agents) -> Range<Int> {
    let start = min((page - 1) * length, count)
    return start..<min(start + length, count)
  }
}
