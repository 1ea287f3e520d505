import Files
import Reviews

/// What identifies a finding from one check to the next: its rule and the text that it is about. It stays the same when
/// lines are added above it, and changes when a tool, a phrase or a secret is swapped for another.
public struct FindingIdentity: Sendable, Hashable, Comparable {
  /// The identifier of the rule.
  public let rule: String
  /// The start of the SHA-256 of the text that it is about, in hexadecimal digits. No secret can be read from it.
  public let subject: String

  /// Makes one from its parts.
  public init(rule: String, subject: String) {
    self.rule = rule
    self.subject = subject
  }

  /// The identity of a finding.
  ///
  /// - Parameter bytes: what is in the file of the finding; nil where that cannot be read.
  public init(_ finding: Finding, in bytes: [UInt8]?) {
    rule = finding.rule
    // A key is followed by its colon.
    let bytes = bytes ?? []
    let next = finding.range.flatMap { bytes.dropFirst($0.upperBound).first }
    let text = FindingText.subject(of: finding, in: bytes, marksKey: next == UInt8(ascii: ":"))
    subject = String(ContentSummary.digest(of: text).prefix(Self.length))
  }

  /// Orders by rule, then by subject.
  public static func < (left: FindingIdentity, right: FindingIdentity) -> Bool {
    (left.rule, left.subject) < (right.rule, right.subject)
  }

  /// How many digits of a digest are kept.
  private static let length = 16
}

/// The findings of a file with what each is known by.
struct IdentifiedFindings {
  let file: FileFindings
  let identities: [FindingIdentity]

  /// - Parameter bytes: what is in a file, by its published path.
  init(_ file: FileFindings, bytes: (String) -> [UInt8]?) {
    let content = file.findings.contains { $0.range != nil } ? bytes(file.publishedPath) : nil
    self.file = file
    identities = file.findings.map { FindingIdentity($0, in: content) }
  }

  /// A name for each finding that no other of the report has: equal ones of a file are numbered.
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
