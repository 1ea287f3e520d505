import Foundation
import Rules

/// Reports keys, tokens and passwords, recognized by their issuers' prefixes or by the name before them.
///
/// The formats are documented by the issuers: AWS, GitHub, GitLab, Slack, Stripe, Google, OpenAI, Anthropic, npm, PyPI,
/// Hugging Face, SendGrid.
enum SecretSuspected: TextRule {
  static let rule = Rule(
    "secret-suspected", .warning, "possible secret",
    source: "the formats that the issuers document for their tokens, as of October 2026",
    what: """
      Reports text with the prefix that an issuer gives its keys, and values that look random behind a name such as \
      `api_key`. Messages show the first characters only.
      """,
    why: "A secret in a file of a catalog is published with it.",
    fix: "Revoke it, then remove it: it stays in the history of the file.",
    failing: Example(
      """
      ---
      name: reader
      description: Reads design documents.
      tools: Read
      ---
      Use \(repeating: "ghp_", 1)a8Kd02LqPz71mNvXcB4wRtYu6EoS3hGjF9i5 to read it.
      """, line: 6, column: 5),
    passing: Example(
      """
      ---
      name: reader
      description: Reads design documents.
      tools: Read
      ---
      Use the token in $GITHUB_TOKEN to read it.
      """))

  static func check(at index: Int, _ findings: inout FindingList) -> Int? {
    guard let secret = find(at: index, in: findings.text.utf8) else { return nil }
    findings.add(
      rule, "this looks like \(secret.kind): \(masked(findings.text.utf8[secret.range]))",
      help: "Revoke it, then remove it. It stays in the history of the file.",
      textRange: secret.range)
    return secret.range.upperBound
  }

  /// A possible secret.
  private struct Found {
    /// The kind of secret, with an article.
    let kind: String
    let range: Range<Int>
  }

  /// The characters allowed after a prefix.
  private enum Alphabet {
    case alphanumeric, capitals, word, dotted

    func holds(_ byte: UInt8) -> Bool {
      switch self {
      case .alphanumeric: isLetterOrDigit(byte)
      case .capitals: (0x41...0x5A).contains(byte) || (0x30...0x39).contains(byte)
      case .word: isLetterOrDigit(byte) || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-")
      case .dotted: Alphabet.word.holds(byte) || byte == UInt8(ascii: ".")
      }
    }
  }

  private struct Form {
    let lead: [UInt8]
    let kind: String
    /// The minimum number of characters after the prefix.
    let length: Int
    let alphabet: Alphabet
  }

  private static let forms: [[Form]] = {
    let all: [(String, String, Int, Alphabet)] = [
      ("AKIA", "an AWS access key", 16, .capitals), ("ASIA", "an AWS access key", 16, .capitals),
      ("ghp_", "a GitHub token", 36, .alphanumeric),
      ("gho_", "a GitHub token", 36, .alphanumeric), ("ghu_", "a GitHub token", 36, .alphanumeric),
      ("ghs_", "a GitHub token", 36, .alphanumeric),
      ("ghr_", "a GitHub token", 36, .alphanumeric), ("github_pat_", "a GitHub token", 50, .word),
      ("glpat-", "a GitLab token", 20, .word),
      ("xoxb-", "a Slack token", 24, .word), ("xoxp-", "a Slack token", 24, .word),
      ("xoxa-", "a Slack token", 24, .word),
      ("xapp-", "a Slack token", 24, .word), ("sk_live_", "a Stripe key", 24, .alphanumeric),
      ("rk_live_", "a Stripe key", 24, .alphanumeric),
      ("AIza", "a Google key", 35, .word), ("sk-ant-", "an Anthropic key", 40, .word),
      ("sk-proj-", "an OpenAI key", 40, .word),
      ("sk-", "an OpenAI key", 40, .alphanumeric), ("npm_", "an npm token", 36, .alphanumeric),
      ("pypi-AgEI", "a PyPI token", 50, .word),
      ("hf_", "a Hugging Face token", 34, .alphanumeric), ("SG.", "a SendGrid key", 60, .dotted),
    ]
    let forms = all.map { Form(lead: Array($0.0.utf8), kind: $0.1, length: $0.2, alphabet: $0.3) }
    let grouped = Dictionary(grouping: forms) { $0.lead[0] }
    return (0...255).map { grouped[UInt8($0)] ?? [] }
  }()

  private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20)
  }

  /// The beginnings of secrets, and of the names before them.
  static var leads: [[UInt8]] { forms.flatMap { $0.map(\.lead) } + names.all + [Array("-----BEGIN ".utf8)] }

  /// The maximum number of bytes examined in a secret. None needs more to be recognized.
  private static let longest = 400

  /// Returns the range of the possible secret that begins at an index, or nil if there is none.
  static func range(at index: Int, in bytes: [UInt8]) -> Range<Int>? { find(at: index, in: bytes)?.range }

  /// Returns the possible secret that begins at an index, or nil if there is none.
  private static func find(at index: Int, in bytes: [UInt8]) -> Found? {
    if bytes[index] == UInt8(ascii: "-") { return privateKey(at: index, in: bytes) }
    for form in forms[Int(bytes[index])] where bytes.count - index >= form.lead.count + form.length {
      guard bytes[index..<index + form.lead.count].elementsEqual(form.lead) else { continue }
      let start = index + form.lead.count
      let end = start + bytes[start...].prefix(longest).prefix { form.alphabet.holds($0) }.count
      // Placeholders are repetitive, so their entropy is low.
      if end - start >= form.length, entropy(bytes[start..<end]) > 3, !isPlaceholder(bytes[index..<end]) {
        return Found(kind: form.kind, range: index..<end)
      }
    }
    return named(at: index, in: bytes)
  }

  private static func privateKey(at index: Int, in bytes: [UInt8]) -> Found? {
    let lead = Array("-----BEGIN ".utf8)
    guard bytes.count - index > 40, bytes[index..<index + lead.count].elementsEqual(lead) else { return nil }
    let end = index + bytes[index...].prefix(100).prefix { $0 != 0x0A }.count
    guard String(decoding: bytes[index..<end], as: UTF8.self).contains("PRIVATE KEY-----") else { return nil }
    // An example of the format has no key after its first line.
    let next = bytes[min(end + 1, bytes.count)...].prefix {
      isLetterOrDigit($0) || $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "/")
    }
    return next.count >= 40 ? Found(kind: "a private key", range: index..<end) : nil
  }

  private static let names = Phrases([
    "api_key", "api-key", "apikey", "secret_key", "secret-key", "secret", "access_token", "auth_token", "token",
    "password", "passwd",
  ])

  /// Returns a random-looking value after a name such as `api_key` and a colon or equals sign.
  private static func named(at index: Int, in bytes: [UInt8]) -> Found? {
    guard var position = names.end(at: index, in: bytes) else { return nil }
    func skip(_ signs: String) {
      let end = min(bytes.count, position + 10)
      while position < end, signs.utf8.contains(bytes[position]) { position += 1 }
    }
    skip("\"'` ")
    guard position < bytes.count, bytes[position] == UInt8(ascii: ":") || bytes[position] == UInt8(ascii: "=") else {
      return nil
    }
    position += 1
    skip("\"'` ")
    let start = position
    while position < bytes.count, position - start < longest,
      isLetterOrDigit(bytes[position]) || "+/_-=".utf8.contains(bytes[position])
    {
      position += 1
    }
    let value = bytes[start..<position]
    // A UUID in the query of a URL is an identifier, not a secret.
    if index > 0, "?&;".utf8.contains(bytes[index - 1]), isUUID(value) { return nil }
    let digits = value.count { (0x30...0x39).contains($0) }
    guard value.count >= 24, digits >= 3, digits < value.count, entropy(value) > 3.6, !isPlaceholder(value) else {
      return nil
    }
    return Found(kind: "a secret", range: start..<position)
  }

  private static func isUUID(_ value: ArraySlice<UInt8>) -> Bool {
    value.count == 36
      && value.enumerated().allSatisfy { offset, byte in
        [8, 13, 18, 23].contains(offset)
          ? byte == UInt8(ascii: "-") : (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte | 0x20)
      }
  }

  private static func isPlaceholder(_ bytes: ArraySlice<UInt8>) -> Bool {
    let text = String(decoding: bytes, as: UTF8.self).lowercased()
    // Text that decodes from Base64 to printable ASCII is an example of an encoding.
    if let data = Data(base64Encoded: String(decoding: bytes, as: UTF8.self)),
      data.allSatisfy({ (0x20..<0x7F).contains($0) })
    {
      return true
    }
    return [
      "example", "xxxx", "your", "placeholder", "1234567890", "abcdef", "test-", "dummy", "sample", "changeme",
      "a1b2c3",
    ]
    .contains { text.contains($0) }
  }

  /// Returns the Shannon entropy of bytes, in bits per byte.
  private static func entropy(_ bytes: ArraySlice<UInt8>) -> Double {
    var counts = [Double](repeating: 0, count: 256)
    for byte in bytes { counts[Int(byte)] += 1 }
    let total = Double(bytes.count)
    return counts.reduce(0) { $1 > 0 ? $0 - $1 / total * log2($1 / total) : $0 }
  }

  /// Returns the first four characters of a secret and an ellipsis.
  private static func masked(_ bytes: ArraySlice<UInt8>) -> String {
    String(decoding: bytes.prefix(4), as: UTF8.self) + "…"
  }
}
