import Files
import Text

/// What a team has decided about rules: which are off, how much they matter, and where they do not hold.
public struct RulePolicy: Sendable, Equatable {
  /// What holds for a rule.
  public enum Choice: Sendable, Equatable {
    /// It finds nothing.
    case off
    /// What it finds matters so much.
    case severity(Finding.Severity)
  }

  /// Files for which rules do not hold.
  public struct Exception: Sendable, Equatable {
    /// Which files, by their paths below their source.
    public let paths: [Glob]
    /// Which rules, by their identifiers; none stand for all.
    public let rules: Set<String>

    /// Makes an exception.
    public init(paths: [Glob], rules: Set<String>) {
      self.paths = paths
      self.rules = rules
    }
  }

  /// What holds for rules, by their identifiers.
  public var choices: [String: Choice] = [:]
  /// Where they do not hold.
  public var exceptions: [Exception] = []

  /// How much findings of rules matter at least, by the identifiers of the rules. No choice, exception or comment in a
  /// file takes one of these away.
  public var floors: [String: Finding.Severity] = [:]

  /// Makes a policy of no decisions.
  public init() {}

  /// What is left of the findings of a file, each mattering as was decided.
  public func applied(to findings: [Finding], of path: RelativePath) -> [Finding] {
    if choices.isEmpty, exceptions.isEmpty, floors.isEmpty { return findings }
    let excepted = exceptions.filter { exception in exception.paths.contains { $0.matches(path) } }
    return findings.compactMap { finding in
      if let floor = floors[finding.rule] {
        guard case .severity(let chosen) = choices[finding.rule] else {
          return finding.with(min(floor, finding.severity))
        }
        return finding.with(min(floor, chosen))
      }
      if excepted.contains(where: { $0.rules.isEmpty || $0.rules.contains(finding.rule) }) { return nil }
      switch choices[finding.rule] {
      case nil: return finding
      case .off: return nil
      case .severity(let severity): return finding.with(severity)
      }
    }
  }

  /// Adds everything that was decided to a digest.
  public func add(to digester: inout Digester) {
    digester.add(choices.count)
    for (rule, choice) in choices.sorted(by: { $0.key < $1.key }) {
      digester.add(rule)
      switch choice {
      case .off: digester.add("off")
      case .severity(let severity): digester.add(severity.rawValue)
      }
    }
    digester.add(floors.count)
    for (rule, floor) in floors.sorted(by: { $0.key < $1.key }) { digester.add([rule, floor.rawValue]) }
    digester.add(exceptions.count)
    for exception in exceptions {
      digester.add(exception.paths.map(\.pattern))
      digester.add(exception.rules.sorted())
    }
  }
}
