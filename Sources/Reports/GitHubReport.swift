import Files
import Text

/// Findings as GitHub workflow commands
/// (https://docs.github.com/actions/reference/workflow-commands-for-github-actions), which GitHub shows in the lines of
/// a pull request.
public enum GitHubReport {
  /// Returns the report, with one command per line.
  public static func text(of files: [FileFindings]) -> String {
    files.flatMap { file in file.findings.map { line($0, path: file.publishedPath) } }.joined()
  }

  private static func line(_ finding: Finding, path: String) -> String {
    let command = finding.severity == .note ? "notice" : finding.severity.rawValue
    var properties = ["file=\(property(path))"]
    if let start = finding.location {
      properties += ["line=\(start.line)", "col=\(start.column)"]
      if let end = finding.end, end.line >= start.line {
        properties.append("endLine=\(end.line)")
        // GitHub accepts columns only within one line.
        if end.line == start.line { properties.append("endColumn=\(max(end.column, start.column))") }
      }
    }
    properties.append("title=\(property(finding.rule))")
    return
      "::\(command) \(properties.joined(separator: ","))::\(data(InvisibleText.labelled("\(finding.message)\n\(finding.help)")))\n"
  }

  private static func data(_ text: String) -> String {
    var escaped = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "%": escaped += "%25"
      case "\r": escaped += "%0D"
      case "\n": escaped += "%0A"
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }

  private static func property(_ text: String) -> String {
    var escaped = ""
    for scalar in data(text).unicodeScalars {
      switch scalar {
      case ":": escaped += "%3A"
      case ",": escaped += "%2C"
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }
}
