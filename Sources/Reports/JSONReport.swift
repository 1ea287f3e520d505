import Files
import Foundation
import Text

/// Findings as JSON: `{"findings": [{"rule", "severity", "message", "help", "path", "line", "column", "endLine",
/// "endColumn"}]}`, and with a baseline `"baseline": {"path", "known", "fixed"}`.
///
/// Lines and columns are 1-based, and columns count characters. They are null for a finding about the whole file.
public enum JSONReport {
  private struct Report: Encodable {
    let findings: [Item]
    let baseline: BaselineUse?
  }

  /// The use of a baseline.
  public struct BaselineUse: Encodable, Sendable {
    let path: String
    /// The number of findings in the baseline, which aren't in the report.
    let known: Int
    /// The number of its entries without a matching finding.
    let fixed: Int

    /// Creates a baseline use from its parts.
    public init(path: String, known: Int, fixed: Int) {
      self.path = path
      self.known = known
      self.fixed = fixed
    }
  }

  private struct Item: Encodable {
    let rule: String
    let severity: String
    let message: String
    let help: String
    let path: String
    let line: Int?
    let column: Int?
    let endLine: Int?
    let endColumn: Int?

    init(_ finding: Finding, path: String) {
      rule = finding.rule
      severity = finding.severity.rawValue
      message = finding.message
      help = finding.help
      self.path = path
      line = finding.location?.line
      column = finding.location?.column
      endLine = finding.end?.line
      endColumn = finding.end?.column
    }

    enum Key: String, CodingKey { case rule, severity, message, help, path, line, column, endLine, endColumn }

    func encode(to encoder: any Encoder) throws {
      var item = encoder.container(keyedBy: Key.self)
      for (key, value) in [
        (Key.rule, rule), (.severity, severity), (.message, message), (.help, help), (.path, path),
      ] { try item.encode(value, forKey: key) }
      // Write null, so that every key is always present.
      for (key, value) in [
        (Key.line, line), (.column, column), (.endLine, endLine), (.endColumn, endColumn),
      ] { try item.encode(value, forKey: key) }
    }
  }

  /// Returns the report, with a line feed at the end.
  public static func text(of files: [FileFindings], baseline: BaselineUse? = nil) -> String {
    Encoding.text(
      Report(
        findings: files.flatMap { file in file.findings.map { Item($0, path: file.publishedPath) } },
        baseline: baseline))
  }
}

/// JSON in the style of the reports.
enum Encoding {
  static func text(_ value: some Encodable) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    let text = String(decoding: (try? encoder.encode(value)) ?? Data(), as: UTF8.self)
    return InvisibleText.escapedInJSON(text) + "\n"
  }
}
