import Catalogs
import Files
import Foundation
import Templates

/// A picture of a group: one dot per agent, closer together if prompts are similar, connected if they are
/// near-duplicates.
struct ClusterPicture: DeferredMarkup, Encodable {
  /// The maximum number of agents in a picture.
  static let limit = 60
  /// The distance of prompts with nothing in common, and the minimum distance, which keeps dots from overlapping.
  private static let (far, near) = (96.0, 24.0)
  private static let radius = 9.0

  /// The dot of an agent.
  private struct Dot: Encodable {
    let href: String?
    let spine: String
    let name: String
  }

  /// A line between two near-duplicates.
  private struct Tie: Encodable {
    let left: Int
    let right: Int
    let similarity: Double
  }

  private struct Point {
    var x: Double
    var y: Double
  }

  private let title: String
  private let dots: [Dot]
  private let ties: [Tie]
  /// The similarities of all pairs; empty if not every pair was compared.
  private let likenesses: ComparedPairs

  /// Collects the data for the picture.
  ///
  /// - Parameter path: The path of the page, or nil for a standalone page without links.
  init(_ comparison: Comparison, at path: SitePath?, in site: SiteIndex) {
    let shown = 0..<min(comparison.agents.count, Self.limit)
    title = comparison.title
    dots = shown.map { place in
      let entry = site.catalog.entries[comparison.agents[place]]
      return Dot(
        href: path?.link(to: entry.address.page), spine: Spine.name(entry.agent.color),
        name: "\(place + 1): \(entry.slug)")
    }
    ties = Self.ties(comparison, in: site.catalog).filter { $0.right < Self.limit }
    likenesses = ComparedPairs(comparison)
  }

  private static func ties(_ comparison: Comparison, in catalog: Catalog) -> [Tie] {
    if !comparison.similarities.isEmpty {
      return comparison.similarities.filter { $0.likeness.similarity >= catalog.settings.likenessThreshold }
        .map { Tie(left: $0.left, right: $0.right, similarity: $0.likeness.similarity) }
    }
    var places: [Int: Int] = [:]
    for (place, agent) in comparison.agents.enumerated() { places[agent] = place }
    return comparison.agents.enumerated().flatMap { place, agent in
      catalog.entries[agent].alike.compactMap { other in
        places[other.agent].flatMap {
          $0 > place ? Tie(left: place, right: $0, similarity: other.likeness.similarity) : nil
        }
      }
    }
  }

  /// Places dots next to each other if the similarities are unknown (Vogel, "A better way to construct the sunflower
  /// head", 1979).
  private static func spiral(_ count: Int) -> [Point] {
    (0..<count).map { place in
      let (angle, length) = (Double(place) * 2.399963, near * Double(place).squareRoot())
      return Point(x: length * cos(angle), y: length * sin(angle))
    }
  }

  /// Places dots at distances that match the similarities as closely as a plane allows. Uses stress majorization
  /// (Gansner, Koren and North, "Graph drawing by stress majorization", 2004), starting from a circle, with a fixed
  /// number of steps.
  private static func settled(_ count: Int, _ likenesses: ComparedPairs) -> [Point] {
    var points = (0..<count).map { place in
      let angle = Double(place) * 2 * .pi / Double(count)
      return Point(x: far / 2 * cos(angle), y: far / 2 * sin(angle))
    }
    let lengths = (0..<count).map { one in
      (0..<count).map { other in max(near, (1 - (likenesses.likeness(one, other)?.similarity ?? 0)) * far) }
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

  /// The rendered picture. The adjacent table has the same information as text, so the dots are not in the tab order.
  var markup: HTML {
    let points = likenesses.isEmpty ? Self.spiral(dots.count) : Self.settled(dots.count, likenesses)
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
    let dots = zip(points, self.dots).enumerated().map { place, item -> HTML in
      let (point, dot) = item
      let drawn =
        "<title>\(dot.name)</title><circle class=\"spine \(dot.spine)\" cx=\"\(point.x - left, 1)\" cy=\"\(point.y - top, 1)\" r=\"9\"/><text x=\"\(point.x - left, 1)\" y=\"\(point.y - top + 3.5, 1)\">\(String(place + 1))</text>"
        as HTML
      return dot.href.map { "<a href=\"\($0)\" tabindex=\"-1\">\(drawn)</a>\n" } ?? "<g>\(drawn)</g>\n"
    }
    return
      "<svg viewBox=\"0 0 \(width, 1) \(height, 1)\" width=\"\(width, 1)\" height=\"\(height, 1)\" aria-label=\"Similarity of \(title)\">\(lines.joined())\n\(dots.joined())</svg>"
  }
}

extension HTML.StringInterpolation {
  /// Appends a number with one decimal place, identical on every machine.
  fileprivate mutating func appendInterpolation(_ value: Double, _: Int) {
    let tenths = Int((value * 10).rounded())
    let sign = tenths < 0 ? "-" : ""
    appendInterpolation("\(sign)\(abs(tenths) / 10).\(abs(tenths) % 10)")
  }
}
