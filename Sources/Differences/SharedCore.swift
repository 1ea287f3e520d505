/// The common content of several texts, and the differences of each.
public struct SharedCore: Sendable {
  /// A section of the baseline, with only the lines that all texts have.
  public struct Part: Sendable, Hashable {
    /// The heading; empty for the text before the first one.
    public let title: String
    /// The common lines, in order.
    public let lines: [String]
  }

  /// The sections of the core with at least one nonblank line.
  public let parts: [Part]
  /// For each other text, its differences from the baseline.
  public let differences: [SectionDiff]

  /// Compares several texts with a baseline.
  ///
  /// - Parameters:
  ///   - measure: The baseline.
  ///   - others: The other texts.
  public init(of measure: [Section], and others: [[Section]]) {
    differences = others.map { SectionDiff(measure, $0) }
    var kept = Array(repeating: true, count: measure.reduce(0) { $0 + $1.lines.count })
    for difference in differences {
      // The left lines of all pairs are those of the baseline, in its order.
      var line = 0
      for block in difference.pairs.flatMap(\.diff.blocks) {
        switch block {
        case .same(let lines): line += lines.count
        case .added: break
        case .removed(let lines):
          for gone in line..<line + lines.count { kept[gone] = false }
          line += lines.count
        case .changed:
          kept[line] = false
          line += 1
        }
      }
    }
    var rest = kept[...]
    parts = measure.compactMap { section in
      let lines = zip(section.lines, rest.prefix(section.lines.count)).filter(\.1).map(\.0)
      rest = rest.dropFirst(section.lines.count)
      return lines.allSatisfy({ $0.allSatisfy(\.isWhitespace) }) ? nil : Part(title: section.title, lines: lines)
    }
  }

  /// The number of nonblank lines in the core.
  public var lineCount: Int { parts.reduce(0) { $0 + $1.lines.count { !$0.allSatisfy(\.isWhitespace) } } }
}
