import Catalogs
import Files
import Foundation
import Likenesses
import Templates

/// A group as a picture: a dot for each agent, near each other where their prompts are alike, tied where they are nearly the same.
struct ClusterPicture {
  /// How many agents a picture shows at most.
  static let limit = 60
  /// The length that stands for nothing in common, and the least one, so that dots do not cover each other.
  private static let (far, near) = (96.0, 24.0)
  private static let radius = 9.0

  private struct Point {
    var x: Double
    var y: Double
  }

  /// The agents that are shown, as places in the comparison.
  let shown: Range<Int>
  private let comparison: Comparison
  private let ties: [(left: Int, right: Int, similarity: Double)]
  private let points: [Point]

  /// Lays a group out.
  init(_ comparison: Comparison, in catalog: Catalog) {
    self.comparison = comparison
    shown = 0..<min(comparison.agents.count, Self.limit)
    ties = Self.ties(comparison, in: catalog).filter { $0.right < Self.limit }
    points =
      comparison.similarities.isEmpty
      ? Self.spiral(shown.count) : Self.settled(shown.count) { comparison.likeness($0, $1)?.similarity ?? 0 }
  }

  /// Pairs whose prompts are nearly the same.
  private static func ties(_ comparison: Comparison, in catalog: Catalog) -> [(
    left: Int, right: Int, similarity: Double
  )] {
    if !comparison.similarities.isEmpty {
      return comparison.similarities.filter { $0.likeness.similarity >= catalog.settings.likenessThreshold }
        .map { ($0.left, $0.right, $0.likeness.similarity) }
    }
    var places: [Int: Int] = [:]
    for (place, agent) in comparison.agents.enumerated() { places[agent] = place }
    return comparison.agents.enumerated().flatMap { place, agent in
      catalog.entries[agent].alike.compactMap { other in
        places[other.agent].flatMap { $0 > place ? (place, $0, other.likeness.similarity) : nil }
      }
    }
  }

  /// Dots one beside the other, where it is not known how alike every two are (Vogel, "A better way to construct the sunflower head", 1979).
  private static func spiral(_ count: Int) -> [Point] {
    (0..<count).map { place in
      let (angle, length) = (Double(place) * 2.399963, near * Double(place).squareRoot())
      return Point(x: length * cos(angle), y: length * sin(angle))
    }
  }

  /// Dots as far from each other as their prompts are, as well as a plane allows: stress majorization (Gansner, Koren and North, "Graph drawing by stress majorization", 2004), from a circle, a fixed number of steps.
  private static func settled(_ count: Int, _ similarity: (Int, Int) -> Double) -> [Point] {
    var points = (0..<count).map { place in
      let angle = Double(place) * 2 * .pi / Double(count)
      return Point(x: far / 2 * cos(angle), y: far / 2 * sin(angle))
    }
    let lengths = (0..<count).map { one in
      (0..<count).map { other in max(near, (1 - similarity(one, other)) * far) }
    }
    for _ in 0..<60 {
      for one in 0..<count where count > 1 {
        var (x, y, sum) = (0.0, 0.0, 0.0)
        for other in 0..<count where other != one {
          let length = lengths[one][other]
          let weight = 1 / (length * length)
          let (dx, dy) = (points[one].x - points[other].x, points[one].y - points[other].y)
          let distance = max(0.001, (dx * dx + dy * dy).squareRoot())
          x += weight * (points[other].x + length * dx / distance)
          y += weight * (points[other].y + length * dy / distance)
          sum += weight
        }
        points[one] = Point(x: x / sum, y: y / sum)
      }
    }
    return points
  }

  /// The picture, drawn. The table beside it says the same in words, so that dots need no stop of the keyboard.
  ///
  /// - Parameter dot: where a dot leads, its colour, and what it is called, by the place in the comparison.
  func svg(_ dot: (Int) -> (href: String?, spine: String, name: String)) -> HTML {
    let margin = Self.radius + 3
    let left = (points.map(\.x).min() ?? 0) - margin
    let top = (points.map(\.y).min() ?? 0) - margin
    let width = (points.map(\.x).max() ?? 0) + margin - left
    let height = (points.map(\.y).max() ?? 0) + margin - top
    let lines = ties.map { tie in
      let (one, other) = (points[tie.left], points[tie.right])
      return
        "<line x1=\"\(one.x - left, 1)\" y1=\"\(one.y - top, 1)\" x2=\"\(other.x - left, 1)\" y2=\"\(other.y - top, 1)\" stroke-width=\"\(1 + 3 * tie.similarity, 1)\"/>"
        as HTML
    }
    let dots = shown.map { place -> HTML in
      let (point, dot) = (points[place], dot(place))
      let drawn =
        "<title>\(dot.name)</title><circle class=\"spine \(dot.spine)\" cx=\"\(point.x - left, 1)\" cy=\"\(point.y - top, 1)\" r=\"9\"/><text x=\"\(point.x - left, 1)\" y=\"\(point.y - top + 3.5, 1)\">\(String(place + 1))</text>"
        as HTML
      return dot.href.map { "<a href=\"\($0)\" tabindex=\"-1\">\(drawn)</a>\n" } ?? "<g>\(drawn)</g>\n"
    }
    return
      "<svg viewBox=\"0 0 \(width, 1) \(height, 1)\" width=\"\(width, 1)\" height=\"\(height, 1)\" aria-label=\"Who is close to whom: \(comparison.title)\">\(lines.joined())\n\(dots.joined())</svg>"
  }
}

extension HTML.StringInterpolation {
  /// A number with one digit behind the point, the same on every machine.
  fileprivate mutating func appendInterpolation(_ value: Double, _: Int) {
    let tenths = Int((value * 10).rounded())
    let sign = tenths < 0 ? "-" : ""
    appendInterpolation("\(sign)\(abs(tenths) / 10).\(abs(tenths) % 10)")
  }
}
