import Files

/// Findings as a person at a terminal reads them.
public enum TextReport {
  /// A finding as `path:line:column: severity: message [rule]`, with what to do below.
  public static func lines(_ finding: Finding, path: String) -> String {
    let place = finding.location.map { "\(path):\($0.line):\($0.column)" } ?? path
    return "\(place): \(finding.severity.rawValue): \(finding.message) [\(finding.rule)]\n  \(finding.help)"
  }
}
