import Files
import Text

/// Findings as test results in the JUnit format, which most CI servers show (its common form:
/// https://github.com/testmoapp/junitxml).
///
/// A finding that makes the check fail is a failed test. Each other file is a passed test, with its remaining findings
/// as output.
public enum JUnitReport {
  /// Returns the report, with a line feed at the end.
  ///
  /// - Parameters:
  ///   - checked: The published paths of all checked files.
  ///   - fails: Whether a finding makes the check fail.
  public static func text(of files: [FileFindings], checked: [String], fails: (Finding) -> Bool) -> String {
    var cases: [String] = []
    var failures = 0
    let found = Dictionary(files.map { ($0.publishedPath, $0.findings) }, uniquingKeysWith: +)
    for path in Set(checked).union(found.keys).sorted(by: { $0.precedesByBytes($1) }) {
      let findings = found[path] ?? []
      let failing = findings.filter(fails)
      failures += failing.count
      cases += failing.map { finding in
        let place = finding.location.map { "\(path):\($0.line):\($0.column)" } ?? path
        let text = "\(place): \(finding.severity.rawValue): \(finding.message)\n\(finding.help)"
        return """
          <testcase classname="\(attribute(path))" name="\(attribute(name(finding)))" file="\(attribute(path))">
          <failure type="\(attribute(finding.rule))" message="\(attribute(finding.message))">\(escaped(text))</failure>
          </testcase>
          """
      }
      if failing.isEmpty {
        let output = findings.map { "\(name($0)): \($0.severity.rawValue): \($0.message)" }.joined(separator: "\n")
        let start = #"<testcase classname="\#(attribute(path))" name="check" file="\#(attribute(path))""#
        cases.append(
          output.isEmpty ? "\(start)/>" : "\(start)>\n<system-out>\(escaped(output))</system-out>\n</testcase>")
      }
    }
    let counts = #"name="roster check" tests="\#(cases.count)" failures="\#(failures)" errors="0""#
    return """
      <?xml version="1.0" encoding="UTF-8"?>
      <testsuites \(counts)>
      <testsuite \(counts)>
      \(cases.joined(separator: "\n"))
      </testsuite>
      </testsuites>

      """
  }

  private static func name(_ finding: Finding) -> String {
    finding.location.map { "\(finding.rule) (line \($0.line))" } ?? finding.rule
  }

  /// Escapes a text for an element. XML 1.0 allows no control characters, so labels replace them.
  private static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in InvisibleText.labelled(text).unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "\n", "\t": result.unicodeScalars.append(scalar)
      case "\u{0}"..<"\u{20}", "\u{7F}", "\u{FFFE}", "\u{FFFF}":
        result += "[U+\(String(scalar.value, radix: 16, uppercase: true))]"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// Escapes a text for an attribute, in which a line feed would become a space.
  private static func attribute(_ text: String) -> String { escaped(text).replacing("\n", with: "&#10;") }
}
