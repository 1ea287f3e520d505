import Files
import Text

/// The comments and refusals of an imported review in formats for other programs.
extension ImportedReview {
  /// A message about a place in a file.
  private struct Notice {
    let kind: Kind
    let path: String
    var line: Int?
    let text: String
  }

  private enum Kind: String, CaseIterable {
    case comment = "review-comment"
    case changesRequested = "review-changes-requested"
    case refused = "review-refused"

    var title: String {
      switch self {
      case .comment: "Reviewer comment"
      case .changesRequested: "A reviewer requested changes"
      case .refused: "Approval not recorded"
      }
    }

    var severity: Finding.Severity {
      switch self {
      case .comment: .note
      case .changesRequested: .warning
      case .refused: .error
      }
    }
  }

  private var notices: [Notice] {
    items.flatMap { item -> [Notice] in
      let own: [Notice] =
        switch item.result {
        case .refused(let reason):
          [Notice(kind: .refused, path: item.publishedPath, text: "\(item.label) is not approved: \(reason)")]
        case .changesRequested:
          [Notice(kind: .changesRequested, path: item.publishedPath, text: "Changes requested: \(item.label)")]
        case .approved, .skipped, .undecided: []
        }
      return own
        + item.comments.map { comment in
          Notice(
            kind: .comment, path: comment.publishedPath, line: comment.currentLine,
            text: (comment.subject.map { "(\($0)) " } ?? "") + comment.text)
        }
    }
  }

  /// Returns the comments, change requests and refusals in the Static Analysis Results Interchange Format (SARIF).
  ///
  /// - Parameter program: The program's name and version.
  public func sarif(program: (name: String, version: String)) -> String {
    var counts: [String: Int] = [:]
    let results = notices.map { notice in
      let identity = [notice.kind.rawValue, notice.path, notice.text].joined(separator: "\0")
      let number = counts[identity, default: 0]
      counts[identity] = number + 1
      let fingerprint = ContentSummary.digest(of: Array("\(identity)\0\(number)".utf8)).prefix(32)
      return SARIFReport.Result(
        ruleId: notice.kind.rawValue, ruleIndex: Kind.allCases.firstIndex(of: notice.kind),
        level: notice.kind.severity.rawValue,
        message: .init(text: Self.withoutLinks(InvisibleText.labelled(notice.text))),
        locations: [
          .init(
            physicalLocation: .init(
              artifactLocation: .init(uri: SARIFReport.uri(notice.path)),
              region: notice.line.map { .init(startLine: $0) }))
        ], partialFingerprints: ["rosterComment/v1": String(fingerprint)])
    }
    let rules = Kind.allCases.map { kind in
      SARIFReport.Descriptor(
        id: kind.rawValue, shortDescription: .init(text: kind.title), fullDescription: .init(text: kind.title),
        defaultConfiguration: .init(level: kind.severity.rawValue))
    }
    let driver = SARIFReport.Driver(name: program.name, semanticVersion: program.version, rules: rules)
    return Encoding.text(SARIFReport.Log(runs: [.init(tool: .init(driver: driver), results: results)]))
  }

  /// Returns the message with embedded links escaped (SARIF 2.1.0, 3.11.6).
  private static func withoutLinks(_ text: String) -> String {
    guard text.contains("](") else { return text }
    return text.replacing("\\", with: "\\\\").replacing("[", with: "\\[").replacing("]", with: "\\]")
  }

  /// The comments, change requests and refusals as GitHub annotations.
  public var gitHub: String {
    notices.map { notice in
      GitHubReport.line(
        notice.kind.severity, path: notice.path, lines: notice.line.map { ["line=\($0)"] } ?? [],
        title: notice.kind.title, text: notice.text)
    }.joined()
  }
}
