import Catalogs
import Files
import Foundation
import Text

/// The outcome of an imported review: the result of each item, and the comments.
public struct ImportedReview: Sendable {
  /// A reviewed item.
  public struct Item: Sendable {
    /// The path for the terminal.
    public let displayPath: String
    /// The path for reports that other programs read.
    public let publishedPath: String
    /// The item's path as written in the review.
    public let label: String
    /// The result.
    public let result: Result
    /// The comments.
    public let comments: [Comment]

    /// Creates an item from its parts.
    public init(
      displayPath: String, publishedPath: String, label: String, result: Result, comments: [Comment] = []
    ) {
      self.displayPath = displayPath
      self.publishedPath = publishedPath
      self.label = label
      self.result = result
      self.comments = comments
    }
  }

  /// The result of importing an item.
  public enum Result: Sendable, Equatable {
    /// The approval was recorded; the text says by whom.
    case approved(String)
    /// The item was approved in the browser, but the approval was not recorded, with the reason.
    case refused(String)
    /// The item cannot have an approval, with the reason.
    case skipped(String)
    /// The reviewer requested changes.
    case changesRequested
    /// The reviewer made no decision.
    case undecided

    var word: String {
      switch self {
      case .approved: "approved"
      case .refused: "refused"
      case .skipped: "skipped"
      case .changesRequested: "changes-requested"
      case .undecided: "undecided"
      }
    }

    var reason: String? {
      switch self {
      case .refused(let reason), .skipped(let reason): reason
      case .approved, .changesRequested, .undecided: nil
      }
    }
  }

  /// A comment by the reviewer.
  public struct Comment: Sendable {
    /// The path for the terminal.
    public let displayPath: String
    /// The path for reports that other programs read.
    public let publishedPath: String
    /// The line number, counted from 1.
    public let line: Int?
    /// Whether the line number refers to the old state of the file.
    public let isBefore: Bool
    /// The rule of the finding that the comment is about.
    public let rule: String?
    /// The text of the comment.
    public let text: String

    /// Creates a comment from its parts.
    public init(
      displayPath: String, publishedPath: String, line: Int?, isBefore: Bool, rule: String?, text: String
    ) {
      self.displayPath = displayPath
      self.publishedPath = publishedPath
      self.line = line
      self.isBefore = isBefore
      self.rule = rule
      self.text = text
    }

    /// The line number in the current file.
    var currentLine: Int? { isBefore ? nil : line }

    /// The subject of the comment, unless it is a line of the current file.
    var subject: String? {
      let parts = [rule, isBefore ? line.map { "line \($0) before the change" } : nil].compactMap(\.self)
      return parts.isEmpty ? nil : parts.joined(separator: ", ")
    }
  }

  /// The approver.
  public let approver: Approval.Approver
  /// The items, in the order of the review.
  public let items: [Item]

  /// Creates a review from its parts.
  public init(by approver: Approval.Approver, _ items: [Item]) {
    self.approver = approver
    self.items = items
  }

  /// Whether all approvals of the review were recorded.
  public var isComplete: Bool { refusals.isEmpty }

  /// The approvals that were not recorded, with reasons, for standard error.
  public var refusals: [String] {
    items.compactMap { item in
      guard case .refused(let reason) = item.result else { return nil }
      return Self.printable("\(item.displayPath): not approved: \(reason)")
    }
  }

  /// Returns the numbers of results, in one line.
  ///
  /// - Parameter isDryRun: Whether nothing was written.
  public func summary(isDryRun: Bool) -> String {
    func count(_ isMeant: (Result) -> Bool) -> Int { items.count { isMeant($0.result) } }
    let approved = count { if case .approved = $0 { true } else { false } }
    let parts = [
      (count { if case .refused = $0 { true } else { false } }, "refused"),
      (count { if case .skipped = $0 { true } else { false } }, "skipped"),
      (count { $0 == .changesRequested }, "with changes requested"),
    ].filter { $0.0 > 0 }.map { ", \($0.0) \($0.1)" }
    let comments = items.reduce(0) { $0 + $1.comments.count }
    return "\(approved) \(isDryRun ? "would be " : "")approved\(parts.joined())"
      + (comments > 0 ? "; \(CountText.of(comments, "comment"))" : "")
  }

  // MARK: Text

  /// The results and comments for the terminal, without the refusals.
  ///
  /// GitHub executes lines of a log that begin with `::`, and lines with `##[` anywhere. Therefore every line of a comment
  /// is prefixed with a bar, and paths and marks are changed.
  public var text: String {
    items.flatMap { item -> [String] in
      let words: String? =
        switch item.result {
        case .approved(let words): words
        case .skipped(let reason): "skipped: \(reason)"
        case .changesRequested: "changes requested"
        case .refused, .undecided: nil
        }
      return (words.map { [Self.head(item.displayPath, ": \($0)")] } ?? []) + item.comments.flatMap(lines)
    }.map { $0 + "\n" }.joined()
  }

  private func lines(of comment: Comment) -> [String] {
    let place = comment.currentLine.map { ":\($0)" } ?? ""
    let subject = comment.subject.map { " (\($0))" } ?? ""
    return [Self.head(comment.displayPath, "\(place): comment\(subject)")]
      + Self.lines(comment.text).map { "  | \(Self.printable($0))" }
  }

  /// Returns a line that begins with an untrusted path.
  private static func head(_ path: String, _ rest: String) -> String {
    let isCommand = path.first.map { $0 == ":" || $0 == "#" || $0.isWhitespace } ?? false
    return printable("\(isCommand ? "./" : "")\(path)\(rest)")
  }

  private static func printable(_ text: String) -> String {
    TerminalText.printable(text).replacing("##[", with: "# #[")
  }

  private static func lines(_ text: String) -> [String] {
    text.split(omittingEmptySubsequences: false) { ["\n", "\r\n", "\r"].contains($0) }.map(String.init)
  }

  // MARK: JSON

  private struct Document: Encodable {
    struct Approver: Encodable {
      let name: String
      let on: String
    }
    struct Item: Encodable {
      let path: String
      let result: String
      let reason: String?
    }
    struct Comment: Encodable {
      let item: String
      let path: String
      let line: Int?
      let side: String?
      let rule: String?
      let text: String
    }
    let approver: Approver
    let items: [Item]
    let comments: [Comment]
  }

  /// The results and comments as JSON: `{"approver": {"name", "on"}, "items": [{"path", "result", "reason"}],
  /// "comments": [{"item", "path", "line", "side", "rule", "text"}]}`. Keys without a value are left out.
  public var json: String {
    Encoding.text(
      Document(
        approver: .init(name: approver.name, on: approver.day),
        items: items.map { .init(path: $0.label, result: $0.result.word, reason: $0.result.reason) },
        comments: items.flatMap { item in
          item.comments.map { comment in
            .init(
              item: item.label, path: comment.publishedPath, line: comment.line,
              side: comment.line.map { _ in comment.isBefore ? "before" : "after" }, rule: comment.rule,
              text: comment.text)
          }
        }))
  }
}
