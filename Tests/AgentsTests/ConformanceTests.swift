import Files
import Foundation
import Testing

@testable import Agents

/// Small files with the verdict of the real loader, or of the cited evidence.
@Suite("Conformance")
struct ConformanceTests {
  /// A line of `expected.tsv` or `open.tsv`.
  struct Case: Sendable, CustomTestStringConvertible {
    let file: String
    let place: String
    let runtime: String
    let verdict: String
    let line: Int?
    let source: String
    let isOfPlugin: Bool

    var testDescription: String { file }
  }

  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Conformance")

  private static func rows(_ name: String) -> [[String]] {
    let text = (try? String(contentsOf: folder.appending(path: name), encoding: .utf8)) ?? ""
    return text.split(separator: "\n").dropFirst().map {
      $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
    }
  }

  static func cases(_ name: String) -> [Case] {
    let plugins = Set(rows("setup.tsv").map { $0[0] })
    return rows(name).filter { $0.count >= 7 }.map {
      Case(
        file: $0[0], place: $0[1], runtime: $0[2], verdict: $0[3], line: Int($0[4]), source: $0[6],
        isOfPlugin: plugins.contains($0[0]))
    }
  }

  static let agreed: [Case] = cases("expected.tsv")
  static let notYet: [Case] = cases("open.tsv")

  private func verdict(_ item: Case) throws -> (outcome: String, runtime: String, lines: [Int]) {
    let url = Self.folder.appending(path: item.file)
    let name = item.place.split(separator: "/").last.map(String.init) ?? ""
    let isFolder = url.pathExtension.isEmpty
    let bytes = Array(try Data(contentsOf: isFolder ? url.appending(path: name) : url))
    let path = try #require(RelativePath(item.place))
    let plugin = PluginPlace(manifests: [".claude-plugin/plugin.json"], path: "agents/\(name)")
    let source = SourceFile(path: path, collection: 0, plugin: item.isOfPlugin ? plugin : nil)
    // The worst verdict of a file with several items counts.
    let verdicts = AgentReader().readAll(bytes, of: source).compactMap { reading -> (LoadVerdict, Dialect)? in
      switch reading.facts {
      case .agent(let agent): (agent.loading, agent.dialect)
      case .document(let document): document.held.map { ($0.loading, $0.dialect) }
      }
    }
    guard let (worst, dialect) = verdicts.max(by: { $0.0.outcome < $1.0.outcome }) else { return ("none", "", []) }
    let reasons = verdicts.flatMap(\.0.reasons).filter { $0.outcome == worst.outcome }
    return (worst.outcome.rawValue, dialect.key, reasons.compactMap(\.line))
  }

  @Test("Verdicts agree with the runtime", arguments: ConformanceTests.agreed)
  func agrees(_ item: Case) throws {
    let (outcome, runtime, lines) = try verdict(item)
    #expect(outcome == item.verdict, "\(item.source)")
    #expect(runtime == item.runtime)
    #expect(!item.source.isEmpty)
    if let line = item.line, outcome == item.verdict, outcome != "loads" { #expect(lines.contains(line), "\(lines)") }
  }

  /// A runtime without fields needs fewer files.
  @Test("Every runtime has enough files")
  func covers() {
    let counts = Dictionary(grouping: Self.agreed, by: \.runtime).mapValues(\.count)
    for runtime in Runtimes.builtIn.all where runtime.facts.isJudged {
      let (key, needed) = (runtime.dialect.key, runtime.facts.fields.isEmpty ? 3 : 12)
      #expect(counts[key] ?? 0 >= needed, "\(key): \(counts[key] ?? 0)")
    }
    #expect(Self.agreed.count >= 120)
    for name in ["expected.tsv", "open.tsv"] {
      for row in Self.rows(name) { #expect(row.count == 7, "\(name): \(row)") }
    }
  }

  /// If a case agrees, move it to `expected.tsv`.
  @Test("Verdicts in the open list still disagree", arguments: ConformanceTests.notYet)
  func missing(_ item: Case) throws {
    let (outcome, runtime, _) = try verdict(item)
    #expect(outcome != item.verdict || runtime != item.runtime)
  }
}
