/// Long lists in pages.
enum Paging {
  /// How many agents a page shows.
  static let agents = 100
  /// How many terms or groups a page shows, which take less room.
  static let names = 500

  /// The numbers of the pages that a list takes, from 1; an empty one takes one.
  static func pages(_ count: Int, length: Int = agents) -> ClosedRange<Int> {
    1...max(1, (count + length - 1) / length)
  }

  /// What stands on a page; nothing on one behind the last.
  static func range(of page: Int, in count: Int, length: Int = agents) -> Range<Int> {
    let start = min((page - 1) * length, count)
    return start..<min(start + length, count)
  }
}
