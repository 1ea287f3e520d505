/// Wildcard matching over characters or bytes.
public struct Wildcards<Element: Equatable & Sendable>: Sendable {
  /// The wildcard for any number of elements. As a path component, two of them match any number of components.
  private let many: Element
  /// The wildcard for one element.
  private let one: Element

  /// Creates a matcher.
  public init(many: Element, one: Element) {
    self.many = many
    self.one = one
  }

  /// Returns whether a path matches a pattern, component by component.
  public func fit(_ path: ArraySlice<[Element]>, _ parts: ArraySlice<[Element]>) -> Bool {
    guard let part = parts.first else { return path.isEmpty }
    if part == [many, many] {
      return (0...path.count).contains { fit(path.dropFirst($0), parts.dropFirst()) }
    }
    guard let component = path.first else { return false }
    return fits(component[...], part[...]) && fit(path.dropFirst(), parts.dropFirst())
  }

  /// Returns whether a component matches. The greedy algorithm never backtracks beyond the last wildcard.
  public func fits(_ text: ArraySlice<Element>, _ pattern: ArraySlice<Element>) -> Bool {
    var (at, place) = (text.startIndex, pattern.startIndex)
    var star: (place: Int, at: Int)?
    while at < text.endIndex {
      if place < pattern.endIndex, pattern[place] == many {
        star = (place + 1, at)
        place += 1
      } else if place < pattern.endIndex, pattern[place] == one || pattern[place] == text[at] {
        place += 1
        at += 1
      } else if let last = star {
        star = (last.place, last.at + 1)
        (place, at) = (last.place, last.at + 1)
      } else {
        return false
      }
    }
    return pattern[place...].allSatisfy { $0 == many }
  }
}
