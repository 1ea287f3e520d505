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
    var lines: [String] = []
    if let start = finding.location {
      lines += ["line=\(start.line)", "col=\(start.column)"]
      if let end = finding.end, end.line >= start.line {
        lines.append("endLine=\(end.line)")
        // GitHub accepts columns only within one line.
        if end.line == start.line { lines.append("endColumn=\(max(end.column, start.column))") }
      }
    }
    return line(
      finding.severity, path: path, lines: lines, title: finding.rule, text: "\(finding.message)\n\(finding.help)")
  }

  /// An annotation.
  ///
  /// - Parameter lines: the properties that give its place in the file.
  static func line(_ severity: Finding.Severity, path: String, lines: [String], title: String, text: String) -> String {
    let command = severity == .note ? "notice" : severity.rawValue
    let properties = ["file=\(property(path))"] + lines + ["title=\(property(title))"]
    return "::\(command) \(properties.joined(separator: ","))::\(data(InvisibleText.labelled(text)))\n"
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
