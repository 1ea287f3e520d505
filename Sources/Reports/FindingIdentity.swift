import Files
import Reviews

/// The identity of a finding across checks: its rule and the text that it is about.
///
/// It stays the same if lines are added above it, and changes if a tool, a phrase or a secret is replaced.
public struct FindingIdentity: Sendable, Hashable, Comparable {
  /// The identifier of the rule.
  public let rule: String
  /// The start of the SHA-256 of the text in hexadecimal digits, which reveals no secret.
  public let subject: String

  /// Creates an identity from its parts.
  public init(rule: String, subject: String) {
    self.rule = rule
    self.subject = subject
  }

  /// Creates the identity of a finding.
  ///
  /// - Parameter bytes: The content of the file; nil if it can't be read.
  public init(_ finding: Finding, in bytes: [UInt8]?) {
    rule = finding.rule
    // A key is followed by a colon.
    let bytes = bytes ?? []
    let next = finding.range.flatMap { bytes.dropFirst($0.upperBound).first }
    let text = FindingText.subject(of: finding, in: bytes, marksKey: next == UInt8(ascii: ":"))
    subject = String(ContentSummary.digest(of: text).prefix(Self.length))
  }

  /// Orders by rule, then by subject.
  public static func < (left: FindingIdentity, right: FindingIdentity) -> Bool {
    (left.rule, left.subject) < (right.rule, right.subject)
  }

  /// The number of digits of a subject.
  private static let length = 16
}

/// The findings of a file with their identities.
struct IdentifiedFindings {
  let file: FileFindings
  let identities: [FindingIdentity]

  /// - Parameter bytes: Returns the content of a file, given its published path.
  init(_ file: FileFindings, bytes: (String) -> [UInt8]?) {
    let content = file.findings.contains { $0.range != nil } ? bytes(file.publishedPath) : nil
    self.file = file
    identities = file.findings.map { FindingIdentity($0, in: content) }
  }

  /// A fingerprint for each finding that is unique in the report. Equal findings of a file are numbered.
  var fingerprints: [String] {
    var counts: [FindingIdentity: Int] = [:]
    return identities.map { identity in
      let number = counts[identity, default: 0]
      counts[identity] = number + 1
      let parts = [file.publishedPath, identity.rule, identity.subject, String(number)]
      return String(ContentSummary.digest(of: Array(parts.joined(separator: "\0").utf8)).prefix(32))
    }
  }
}
