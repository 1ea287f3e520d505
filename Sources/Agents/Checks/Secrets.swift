import Text

/// Finds suspected secrets in any text, as the rule `secret-suspected` does in files of a catalog.
public enum Secrets {
  private static let scan = TextScan(leads: SecretSuspected.leads)

  /// Returns the suspected secrets in the bytes of a file. For a private key, only the first line is returned.
  public static func find(in bytes: [UInt8]) -> [String] {
    let text = SourceText(bytes).utf8
    var secrets: [String] = []
    var done = 0
    for case .candidate(let index) in scan.places(in: text) where index >= done {
      guard let range = SecretSuspected.range(at: index, in: text) else { continue }
      secrets.append(String(decoding: text[range], as: UTF8.self))
      done = range.upperBound
    }
    return secrets
  }
}
