import Files
import Text

/// Findings as GitLab's code quality reports (https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format).
public enum GitLabReport {
  private struct Issue: Encodable {
    let description: String
    let check_name: String
    let fingerprint: String
    let severity: String
    let location: Location
  }

  private struct Location: Encodable {
    let path: String
    let lines: Lines
  }

  private struct Lines: Encodable { let begin: Int }

  /// Returns the report, with a line feed at the end.
  ///
  /// - Parameter bytes: Returns the content of a file, given its published path.
  public static func text(of files: [FileFindings], bytes: (String) -> [UInt8]?) -> String {
    let issues = files.flatMap { file -> [Issue] in
      zip(file.findings, IdentifiedFindings(file, bytes: bytes).fingerprints).map { finding, fingerprint in
        Issue(
          description: "\(finding.message). \(finding.help)", check_name: finding.rule, fingerprint: fingerprint,
          severity: severity(finding.severity),
          // GitLab requires a line, even for a finding about the whole file.
          location: Location(path: file.publishedPath, lines: Lines(begin: finding.location?.line ?? 1)))
      }
    }
    return Encoding.text(issues)
  }

  private static func severity(_ severity: Finding.Severity) -> String {
    switch severity {
    case .error: "major"
    case .warning: "minor"
    case .note: "info"
    }
  }
}
