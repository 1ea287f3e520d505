/// Puts things together that belong together, pair by pair (disjoint sets: Tarjan and van Leeuwen, 1984).
public struct Families: Sendable {
  private var parents: [Int]

  /// Begins with things that all stand alone.
  public init(count: Int) { parents = Array(0..<count) }

  /// Puts the families of two things together. Returns whether they were two.
  @discardableResult
  public mutating func join(_ left: Int, _ right: Int) -> Bool {
    let (first, second) = (head(of: left), head(of: right))
    if first != second { parents[max(first, second)] = min(first, second) }
    return first != second
  }

  /// The same with groups put together too.
  public func joined(_ groups: [[Int]]) -> Families {
    var families = self
    for group in groups { for member in group.dropFirst() { families.join(group[0], member) } }
    return families
  }

  /// The families of more than one, each in order, by their first members.
  public var all: [[Int]] {
    var families = self
    var members: [Int: [Int]] = [:]
    for thing in parents.indices { members[families.head(of: thing), default: []].append(thing) }
    return members.values.filter { $0.count > 1 }.sorted { $0[0] < $1[0] }
  }

  /// For each thing the first of its family.
  public var heads: [Int] {
    var families = self
    return parents.indices.map { families.head(of: $0) }
  }

  private mutating func head(of thing: Int) -> Int {
    var thing = thing
    while parents[thing] != thing {
      parents[thing] = parents[parents[thing]]
      thing = parents[thing]
    }
    return thing
  }
}
