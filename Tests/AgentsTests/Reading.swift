import Files
import Foundation
import Testing

@testable import Agents

/// Reads a text as an agent. Fails if it is a document.
func agent(_ text: String, path: String = "sample.md", sourceLocation: Testing.SourceLocation = #_sourceLocation) throws
  -> Agent
{
  try agent(bytes: Array(text.utf8), path: path, sourceLocation: sourceLocation)
}

/// Reads bytes as an agent. The file counts as named by a person, so that a few fields are enough.
func agent(bytes: [UInt8], path: String = "sample.md", sourceLocation: Testing.SourceLocation = #_sourceLocation) throws
  -> Agent
{
  let reading = try reading(bytes, path: path, isNamed: true, sourceLocation: sourceLocation)
  guard case .agent(let agent) = reading.facts else {
    Issue.record("\(path) reads as a document", sourceLocation: sourceLocation)
    throw NoAgent()
  }
  return agent
}

/// Reads a file.
func reading(
  _ bytes: [UInt8], path: String = "sample.md", isNamed: Bool = false,
  sourceLocation: Testing.SourceLocation = #_sourceLocation
) throws -> Reading {
  let path = try #require(RelativePath(path), sourceLocation: sourceLocation)
  return AgentReader().read(bytes, of: SourceFile(path: path, collection: 0, isNamed: isNamed))
}

/// The prompt of an agent file.
func prompt(_ text: String) -> String { String(decoding: AgentReader.prompt(in: Array(text.utf8)), as: UTF8.self) }

struct NoAgent: Error {}

extension Dialect {
  static let claudeCode = Dialect(key: "claude-code", title: "Claude Code")
  static let copilot = Dialect(key: "copilot", title: "GitHub Copilot")
  static let openCode = Dialect(key: "opencode", title: "OpenCode")
  static let gemini = Dialect(key: "gemini-cli", title: "Gemini CLI")
  static let cursor = Dialect(key: "cursor", title: "Cursor")
  static let skill = Dialect(key: "agent-skill", title: "Agent Skills")
}

/// Reads a file of the folder with the data that this project started with, if the folder exists.
func seed(_ prefix: String) throws -> Agent? {
  guard let (name, bytes) = try seedFile(prefix) else { return nil }
  return try agent(bytes: bytes, path: name)
}

func seedFile(_ prefix: String) throws -> (name: String, bytes: [UInt8])? {
  let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "../../../shared/seeds")
    .standardizedFileURL
  guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder.path()),
    let name = names.first(where: { $0.hasPrefix(prefix) })
  else { return nil }
  return (name, Array(try Data(contentsOf: folder.appending(path: name))))
}

extension Agent {
  /// The findings, except the one for unrestricted tools, which most of these short files have.
  var flaws: [Finding] { findings.filter { $0.rule != "tools-unrestricted" } }
}
