import Files
import Foundation
import Testing

@testable import Agents

/// The agent that a text reads as; fails where it is none.
func agent(_ text: String, path: String = "sample.md", sourceLocation: Testing.SourceLocation = #_sourceLocation) throws
  -> Agent
{
  try agent(bytes: Array(text.utf8), path: path, sourceLocation: sourceLocation)
}

func agent(bytes: [UInt8], path: String = "sample.md", sourceLocation: Testing.SourceLocation = #_sourceLocation) throws
  -> Agent
{
  let path = try #require(RelativePath(path), sourceLocation: sourceLocation)
  let reading = AgentReader().read(SourceFile(path: path, collection: 0, bytes: bytes))
  guard case .agent(let agent) = reading else {
    Issue.record("\(path) reads as a document", sourceLocation: sourceLocation)
    throw NoAgent()
  }
  return agent
}

struct NoAgent: Error {}

/// A file of the folder that holds the data this project was begun with, where that is there.
func seed(_ prefix: String) throws -> Agent? {
  let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "../../../shared/seeds")
    .standardizedFileURL
  guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder.path()),
    let name = names.first(where: { $0.hasPrefix(prefix) })
  else { return nil }
  return try agent(bytes: Array(try Data(contentsOf: folder.appending(path: name))), path: name)
}
