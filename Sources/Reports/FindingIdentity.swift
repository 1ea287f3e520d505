import Files

/// What a finding is known by from one check to the next: its rule and the text that it is about. It stays the same when
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
    subject = Self.digest(Self.text(of: finding, in: bytes))
  }

  /// Orders by rule, then by subject.
  public static func < (left: FindingIdentity, right: FindingIdentity) -> Bool {
    (left.rule, left.subject) < (right.rule, right.subject)
  }

  /// How many digits of a digest are kept.
  private static let length = 16

  static func digest(_ text: [UInt8]) -> String { String(ContentSummary.digest(of: text).prefix(length)) }

  private static func text(of finding: Finding, in bytes: [UInt8]?) -> [UInt8] {
    guard let bytes, let range = finding.range, range.upperBound <= bytes.count, !range.isEmpty else {
      return quoted(finding.message)
    }
    // This rule marks the line, and names the link in its message.
    if finding.rule == "link-broken" { return Array(finding.message.utf8) }
    let marked = Array(bytes[range].split { $0 == 0x20 || (0x09...0x0D).contains($0) }.joined(separator: [0x20]))
    // What marks a key names in its message the value that it is about.
    let isKey = range.upperBound < bytes.count && bytes[range.upperBound] == UInt8(ascii: ":")
    return isKey ? marked + [0x0A] + quoted(finding.message) : marked
  }

  /// What a message has in quotation marks. Numbers outside of them, such as a length, may change.
  private static func quoted(_ message: String) -> [UInt8] {
    var parts: [Substring] = []
    var rest = message[...]
    while let start = rest.firstIndex(of: "“"), let end = rest[start...].firstIndex(of: "”") {
      parts.append(rest[rest.index(after: start)..<end])
      rest = rest[rest.index(after: end)...]
    }
    return Array(parts.joined(separator: "\n").utf8)
  }
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
