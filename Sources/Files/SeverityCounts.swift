/// The numbers of findings by severity.
public struct SeverityCounts: Sendable, Hashable {
  /// The numbers, most severe first; unused ones at the end are zero.
  private var numbers = SIMD4<Int>()

  /// Creates counts of zero.
  public init() {}

  /// Counts findings.
  public init(_ findings: some Sequence<Finding>) {
    self.init()
    add(findings)
  }

  /// The number of findings of a severity.
  public subscript(severity: Finding.Severity) -> Int {
    get { numbers[severity.rank] }
    set { numbers[severity.rank] = newValue }
  }

  /// Counts more findings.
  public mutating func add(_ findings: some Sequence<Finding>) {
    for finding in findings { numbers[finding.severity.rank] += 1 }
  }

  /// The number of all findings.
  public var total: Int { numbers.wrappedSum() }

  /// The number of errors and warnings.
  public var problems: Int { self[.error] + self[.warning] }

  /// The severities of at least one finding with their numbers, most severe first.
  public var occurring: [(severity: Finding.Severity, count: Int)] {
    Finding.Severity.allCases.map { ($0, self[$0]) }.filter { $0.1 > 0 }
  }

  /// Returns both counts together.
  public static func + (left: SeverityCounts, right: SeverityCounts) -> SeverityCounts {
    var sum = left
    sum += right
    return sum
  }

  /// Adds counts.
  public static func += (left: inout SeverityCounts, right: SeverityCounts) { left.numbers &+= right.numbers }
}

extension SeverityCounts: Comparable {
  /// Orders by the number of errors, then by the number of warnings, then by the number of notes.
  public static func < (left: SeverityCounts, right: SeverityCounts) -> Bool {
    for place in left.numbers.indices where left.numbers[place] != right.numbers[place] {
      return left.numbers[place] < right.numbers[place]
    }
    return false
  }
}
