/// Groups elements into families, pair by pair (disjoint sets: Tarjan and van Leeuwen, 1984).
public struct Families: Sendable {
  private var parents: [Int]

  /// Creates `count` elements, each in its own family.
  public init(count: Int) { parents = Array(0..<count) }

  /// Merges the families of two elements. Returns whether they were separate.
  @discardableResult
  public mutating func join(_ left: Int, _ right: Int) -> Bool {
    let (first, second) = (head(of: left), head(of: right))
    if first != second { parents[max(first, second)] = min(first, second) }
    return first != second
  }

  /// Returns a copy in which the members of each group are merged.
  public func joined(_ groups: [[Int]]) -> Families {
    var families = self
    for group in groups { for member in group.dropFirst() { families.join(group[0], member) } }
    return families
  }

  /// The families with more than one member, sorted by first member. Members are in order.
  public var all: [[Int]] {
    var families = self
    var members: [Int: [Int]] = [:]
    for thing in parents.indices { members[families.head(of: thing), default: []].append(thing) }
    return members.values.filter { $0.count > 1 }.sorted { $0[0] < $1[0] }
  }

  /// The first member of each element's family.
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
