import Files
import Foundation
import Testing

@testable import Grants

/// Small changes of settings, with the expected review.
@Suite("Grant cases")
struct GrantCaseTests {
  /// A line of `expected.tsv` or `open.tsv`.
  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let place: String
    let before: String
    let after: String
    let verdict: String
    let danger: String
    let key: String
    let line: String
    let sentence: String
    let source: String

    var testDescription: String { name }
  }

  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Grants")

  static func cases(_ name: String) -> [Case] {
    let text = (try? String(contentsOf: folder.appending(path: name), encoding: .utf8)) ?? ""
    return text.split(separator: "\n").dropFirst().map {
      $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
    }.filter { $0.count == 12 }.map {
      Case(
        name: $0[0], place: $0[1], before: $0[3], after: $0[4], verdict: $0[5], danger: $0[6], key: $0[7], line: $0[8],
        sentence: $0[9], source: $0[11])
    }
  }

  static let agreed = cases("expected.tsv")
  static let notYet = cases("open.tsv")

  private func comparison(_ item: Case) throws -> GrantComparison {
    let path = try #require(RelativePath(item.place))
    func file(_ name: String) throws -> GrantingFile? {
      guard name != "-" else { return nil }
      let bytes = Array(try Data(contentsOf: Self.folder.appending(path: name)))
      return try #require(GrantingFile(path, bytes))
    }
    return GrantComparison(from: try file(item.before), to: try file(item.after))
  }

  /// The differences between our review and the expected one.
  private func differences(_ item: Case) throws -> [String] {
    let comparison = try comparison(item)
    var found: [String] = []
    if comparison.verdict.rawValue != item.verdict { found.append("verdict \(comparison.verdict)") }
    if comparison.danger.rawValue != item.danger { found.append("danger \(comparison.danger.rawValue)") }
    let lines = comparison.changes.flatMap { change in
      [change.before.map { "before:\($0.line)" }, change.after.map { "after:\($0.line)" }].compactMap { $0 }
    }
    if !lines.contains(item.line) { found.append("lines \(lines)") }
    // Quotes from the file in the expected sentence must be in ours too.
    let text = comparison.changes.map(\.sentence.description).joined(separator: "\n")
    let files = [item.before, item.after].map {
      (try? String(contentsOf: Self.folder.appending(path: $0), encoding: .utf8)) ?? ""
    }
    for quote in item.sentence.split(separator: "`", omittingEmptySubsequences: false).enumerated()
    where quote.offset % 2 == 1 && files.contains(where: { $0.contains(quote.element) })
      && !text.contains(quote.element)
    { found.append("no `\(quote.element)`") }
    if !found.isEmpty { found.append(text) }
    return found
  }

  @Test("Verdict, danger and line agree with the case", arguments: GrantCaseTests.agreed)
  func agrees(_ item: Case) throws {
    let found = try differences(item)
    #expect(found.isEmpty, "\(found.joined(separator: "; "))")
    #expect(!item.source.isEmpty)
  }

  /// If a case agrees, move it to `expected.tsv`.
  @Test("Cases in the open list still differ", arguments: GrantCaseTests.notYet)
  func differs(_ item: Case) throws { #expect(try !differences(item).isEmpty) }

  @Test("A file compared with itself has no changes", arguments: GrantCaseTests.agreed)
  func unchanged(_ item: Case) throws {
    let path = try #require(RelativePath(item.place))
    let bytes = Array(try Data(contentsOf: Self.folder.appending(path: item.after)))
    let file = try #require(GrantingFile(path, bytes))
    #expect(GrantComparison(from: file, to: file).changes.isEmpty)
  }

  @Test("There are enough cases")
  func covers() {
    #expect(Self.agreed.count + Self.notYet.count >= 123)
    #expect(Self.agreed.count >= 110)
  }
}
