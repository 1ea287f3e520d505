/// What texts have in common, and what each makes of it: the core stands once, and each text is told by what it adds, drops and changes.
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
    var kept = measure.map { Array(repeating: true, count: $0.lines.count) }
    for difference in differences {
      // The pairs that have a left side come in the order of the measure, each section once.
      for (place, pair) in difference.pairs.filter({ $0.left != nil }).enumerated() {
        var line = 0
        for block in pair.diff.blocks {
          switch block {
          case .same(let lines): line += lines.count
          case .added: break
          case .removed(let lines):
            for gone in line..<line + lines.count { kept[place][gone] = false }
            line += lines.count
          case .changed:
            kept[place][line] = false
            line += 1
          }
        }
      }
    }
    parts = zip(measure, kept).compactMap { section, kept in
      let lines = zip(section.lines, kept).filter(\.1).map(\.0)
      return lines.allSatisfy({ $0.allSatisfy(\.isWhitespace) }) ? nil : Part(title: section.title, lines: lines)
    }
  }

  /// How many lines the core has that say something.
  public var lineCount: Int { parts.reduce(0) { $0 + $1.lines.count { !$0.allSatisfy(\.isWhitespace) } } }
}
