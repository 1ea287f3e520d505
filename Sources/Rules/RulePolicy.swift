import Files
import Text

/// A team's rule settings: disabled rules, severities and exceptions.
public struct RulePolicy: Sendable, Equatable {
  /// The setting of a rule.
  public enum Choice: Sendable, Equatable {
    /// The rule is disabled.
    case off
    /// The findings of the rule have this severity.
    case severity(Finding.Severity)
  }

  /// Files to which rules do not apply.
  public struct Exception: Sendable, Equatable {
    /// The patterns of the files, by path below their source.
    public let paths: [Glob]
    /// The identifiers of the rules; empty for all rules.
    public let rules: Set<String>

    /// Creates an exception.
    public init(paths: [Glob], rules: Set<String>) {
      self.paths = paths
      self.rules = rules
    }
  }

  /// The settings, by rule identifier.
  public var choices: [String: Choice] = [:]
  /// The exceptions.
  public var exceptions: [Exception] = []

  /// The minimum severities, by rule identifier. No setting, exception or comment in a file overrides them.
  public var floors: [String: Finding.Severity] = [:]

  /// Creates a policy without settings.
  public init() {}

  /// Returns the findings of a file that remain under the policy, with the configured severities.
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

  /// Adds all settings to a digest.
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
