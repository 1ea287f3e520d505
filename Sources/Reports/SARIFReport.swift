import Files
import Foundation
import Rules
import Text

/// Findings in the Static Analysis Results Interchange Format
/// (https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html), for code hosts and editors.
public enum SARIFReport {
  struct Log: Encodable {
    let schema = "https://json.schemastore.org/sarif-2.1.0.json"
    let version = "2.1.0"
    let runs: [Run]

    enum CodingKeys: String, CodingKey { case schema = "$schema", version, runs }
  }

  struct Run: Encodable {
    let tool: Tool
    let columnKind = "unicodeCodePoints"
    let results: [Result]
  }

  struct Tool: Encodable { let driver: Driver }

  struct Driver: Encodable {
    let name: String
    let semanticVersion: String
    let rules: [Descriptor]
  }

  struct Descriptor: Encodable {
    let id: String
    let shortDescription: Text
    let fullDescription: Text
    let defaultConfiguration: Level

    struct Level: Encodable { let level: String }
  }

  struct Text: Encodable { let text: String }

  struct Result: Encodable {
    let ruleId: String
    let ruleIndex: Int?
    let level: String
    let message: Text
    let locations: [Location]
    /// The fingerprints by which code hosts recognize a result after lines were added above it.
    let partialFingerprints: [String: String]
  }

  struct Location: Encodable { let physicalLocation: Physical }

  struct Physical: Encodable {
    let artifactLocation: Artifact
    let region: Region?
  }

  struct Artifact: Encodable { let uri: String }

  struct Region: Encodable {
    let startLine: Int
    var startColumn: Int?
    var endLine: Int?
    var endColumn: Int?
  }

  /// Returns the report, with a line feed at the end.
  ///
  /// - Parameters:
  ///   - rules: All rules that may have findings.
  ///   - program: The name and version of the program.
  ///   - bytes: Returns the content of a file, given its published path. Columns count code points here, and characters
  ///     in the other formats.
  public static func text(
    of files: [FileFindings], rules: [Rule], program: (name: String, version: String), bytes: (String) -> [UInt8]?
  ) -> String {
    let indices = Dictionary(uniqueKeysWithValues: rules.enumerated().map { ($1.id, $0) })
    let results = files.flatMap { file -> [Result] in
      let content = file.findings.contains { $0.range != nil } ? bytes(file.publishedPath) : nil
      let lines = content.map { LineIndex($0, ending: .any) }
      let fingerprints = IdentifiedFindings(file) { _ in content }.fingerprints
      return zip(file.findings, fingerprints).map { finding, fingerprint in
        Result(
          ruleId: finding.rule, ruleIndex: indices[finding.rule], level: finding.severity.rawValue,
          message: Text(text: InvisibleText.labelled("\(finding.message). \(finding.help)")),
          locations: [
            Location(
              physicalLocation: Physical(
                artifactLocation: Artifact(uri: uri(file.publishedPath)), region: region(finding, content, lines)))
          ], partialFingerprints: ["rosterFinding/v1": fingerprint])
      }
    }
    let descriptors = rules.map { rule in
      Descriptor(
        id: rule.id, shortDescription: Text(text: rule.title), fullDescription: Text(text: rule.explanation),
        defaultConfiguration: .init(level: rule.severity.rawValue))
    }
    return Encoding.text(
      Log(
        runs: [
          Run(
            tool: Tool(driver: Driver(name: program.name, semanticVersion: program.version, rules: descriptors)),
            results: results)
        ]))
  }

  private static func region(_ finding: Finding, _ bytes: [UInt8]?, _ lines: LineIndex?) -> Region? {
    guard let bytes, let lines, let range = finding.range, range.upperBound <= bytes.count else { return nil }
    func place(_ offset: Int) -> (line: Int, column: Int) {
      let line = lines.line(of: offset)
      let before = bytes[min(lines.start(of: line), offset)..<offset]
      // A byte order mark isn't part of the line's text.
      return (
        line, before.count { $0 & 0xC0 != 0x80 } + 1 - (line == 1 && before.starts(with: [0xEF, 0xBB, 0xBF]) ? 1 : 0)
      )
    }
    let (start, end) = (place(range.lowerBound), place(range.upperBound))
    return Region(startLine: start.line, startColumn: start.column, endLine: end.line, endColumn: end.column)
  }

  /// Returns a path as a relative reference (RFC 3986, 4.2).
  static func uri(_ path: String) -> String {
    let escaped = path.addingPercentEncoding(withAllowedCharacters: .urlPathAllowed) ?? path
    // A colon in the first segment would make it a scheme.
    return escaped.split(separator: "/").first?.contains(":") ?? false ? "./" + escaped : escaped
  }
}
