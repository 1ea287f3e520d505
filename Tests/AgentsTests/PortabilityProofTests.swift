import Files
import Foundation
import Testing

@testable import Agents

/// A file that a page offers for another runtime must load there.
@Suite("Converted agents")
struct PortabilityProofTests {
  private static let root = URL(fileURLWithPath: #filePath).appending(path: "../../..").standardizedFileURL

  /// Folders of real agents. Those beside the checkout are optional.
  static let folders = ["Content", "Tests/Conformance", "../shared/seeds", "../shared/corpora"].filter {
    FileManager.default.fileExists(atPath: root.appending(path: $0).path())
  }

  private func agents(in folder: String) throws -> [(agent: Agent, prompt: [UInt8])] {
    let url = Self.root.appending(path: folder)
    let names = FileManager.default.enumerator(atPath: url.path())?.compactMap { $0 as? String } ?? []
    return try names.filter { $0.hasSuffix(".md") || $0.hasSuffix(".mdc") }.compactMap { name in
      guard let path = RelativePath(name) else { return nil }
      let bytes = Array(try Data(contentsOf: url.appending(path: name)))
      let reading = AgentReader().read(bytes, of: SourceFile(path: path, collection: 0))
      // Only agents are converted.
      guard case .agent(let agent) = reading.facts, agent.kind == .agent else { return nil }
      return (agent, Array(AgentReader.prompt(in: bytes)))
    }
  }

  /// A file with these fields, written as JSON, which is valid YAML.
  private func file(_ fields: [FieldValue.Entry], _ prompt: [UInt8]) -> [UInt8] {
    func json(_ value: FieldValue) -> String {
      func quoted(_ text: String) -> String {
        let escaped = text.unicodeScalars.map { scalar in
          switch scalar {
          case "\"", "\\": "\\\(scalar)"
          case _ where scalar.value < 0x20 || (0x7F...0xA0).contains(scalar.value) || scalar.value == 0xFEFF:
            "\\u" + String(repeating: "0", count: 4 - String(scalar.value, radix: 16).count)
              + String(scalar.value, radix: 16)
          default: String(scalar)
          }
        }
        return "\"\(escaped.joined())\""
      }
      return switch value {
      case .null: "null"
      case .bool(let flag): flag ? "true" : "false"
      case .number(let text): text
      case .text(let text): quoted(text)
      case .list(let items): "[\(items.map(json).joined(separator: ", "))]"
      case .map(let entries): "{\(entries.map { "\(quoted($0.key)): \(json($0.value))" }.joined(separator: ", "))}"
      }
    }
    let lines = fields.map { "\($0.key): \(json($0.value))\n" }.joined()
    return Array("---\n\(lines)---\n".utf8) + prompt
  }

  @Test("A converted agent loads in the other runtime, at least partially", arguments: folders)
  func loads(folder: String) throws {
    let runtimes = Runtimes.builtIn
    var proved = 0
    for (agent, prompt) in try agents(in: folder) {
      for other in runtimes.portable where other.dialect != agent.dialect {
        let reach = Reach(of: agent, by: runtimes[agent.dialect])
        let port = Portability(of: agent, reach: reach, to: other.dialect, by: runtimes)
        guard port.obstacles.isEmpty else { continue }
        let name = agent.name.filter { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") }
        let path = try #require(RelativePath(other.path(of: name.isEmpty ? "agent" : name)))
        let carried = AgentReader().read(file(port.fields, prompt), of: SourceFile(path: path, collection: 0))
        guard case .agent(let result) = carried.facts else {
          // A file without fields is a document.
          #expect(port.fields.isEmpty, "\(agent.source.path) for \(other.dialect.title)")
          continue
        }
        #expect(result.dialect == other.dialect)
        let reasons = result.loading.reasons.map(\.message)
        #expect(
          [.loads, .partial].contains(result.loading.outcome),
          "\(folder)/\(agent.source.path) for \(other.dialect.title): \(result.loading.outcome) \(reasons)")
        proved += 1
      }
    }
    #expect(proved > 5)
  }

  @Test("Values that the other runtime rejects are removed, or listed as lost")
  func values() throws {
    let agent = try agent("---\nname: a\ndescription: d\ncolor: blue\ntools: Read, mcp__x__y\n---\nB\n", path: "a.md")
    let reach = Reach(of: agent, by: Runtimes.builtIn[.claudeCode])
    let open = Portability(of: agent, reach: reach, to: .openCode, by: .builtIn)
    #expect(open.lost == ["color is neither #RRGGBB nor a theme color"])
    #expect(!open.fields.contains { $0.key == "color" })
    let gemini = Portability(of: agent, reach: reach, to: .gemini, by: .builtIn)
    #expect(gemini.fields.last?.value == .list([.text("read_file"), .text("mcp_x_y")]))
  }
}
