/// What texts have in common, and what each makes of it: the core stands once, and each text is told by what it adds,
/// drops and changes.
public struct SharedCore: Sendable {
  /// A section of the measure, less the lines that some other text does not have.
  public struct Part: Sendable, Hashable {
    /// The heading; empty of what stands in front of the first one.
    public let title: String
    /// The lines that all have, in order.
    public let lines: [String]
  }

  /// The sections of the core that have a line.
  public let parts: [Part]
  /// For each other text, what makes it of the measure.
  public let differences: [SectionDiff]

  /// Compares texts with one of them.
  ///
  /// - Parameters:
  ///   - measure: the text that the others are held against.
  ///   - others: the others.
  public init(of measure: [Section], and others: [[Section]]) {
    differences = others.map { SectionDiff(measure, $0) }
    var kept = Array(repeating: true, count: measure.reduce(0) { $0 + $1.lines.count })
    for difference in differences {
      // The lines on the left of all pairs are those of the measure, in its order.
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

  /// How many lines the core has that say something.
  public var lineCount: Int { parts.reduce(0) { $0 + $1.lines.count { !$0.allSatisfy(\.isWhitespace) } } }
}
