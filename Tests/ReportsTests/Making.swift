import Catalogs
import Files
import Pages
import Reviews
import Support
import Testing

/// Source files with these texts, by path.
private func sources(_ files: [String: String]) throws -> [(source: SourceFile, bytes: [UInt8])] {
  try files.sorted { $0.key < $1.key }.enumerated().map { number, file in
    (
      source: SourceFile(
        path: try #require(RelativePath(file.key)), collection: 0, displayPath: "here/\(file.key)",
        publishedPath: "team/\(file.key)", number: number),
      bytes: Array(file.value.utf8)
    )
  }
}

/// A catalog of these texts, by path.
func catalog(_ files: [String: String]) async throws -> Catalog {
  await MemoryCatalog(try sources(files), collections: [SourceCollection(name: "team", folder: "team")]).catalog
}

/// A review of two states of texts, by path.
func review(_ before: [String: String], _ after: [String: String]) async throws -> Review {
  func state(_ files: [String: String]) async throws -> ReviewState {
    let held = try sources(files)
    let read = await MemoryCatalog(held, collections: [SourceCollection(name: "team", folder: "team")])
    return ReviewState(catalog: read.catalog, bytes: { source in held.first { $0.source == source }?.bytes ?? [] })
  }
  return try await Review(of: state(before), and: state(after))
}

/// The agent that most tests change.
let reviewer = """
  ---
  name: reviewer
  description: Reviews code.
  tools: Read, Grep
  model: sonnet
  ---

  # Task

  Read the change.
  Say what is wrong.

  """
