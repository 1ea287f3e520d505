import Catalogs
import Files
import Support
import Testing

@testable import Reviews

/// A state with these files, by path.
func state(_ files: [String: String]) async throws -> ReviewState {
  var sources: [(source: SourceFile, bytes: [UInt8])] = []
  for (path, text) in files.sorted(by: { $0.key < $1.key }) {
    let source = SourceFile(path: try #require(RelativePath(path)), collection: 0, number: sources.count)
    sources.append((source, Array(text.utf8)))
  }
  let read = await MemoryCatalog(sources, collections: [SourceCollection(name: "all", folder: ".")])
  return ReviewState(
    catalog: read.catalog,
    bytes: { (source) throws(Disk.Failure) in
      do throws(SourceChanged) { return try read.texts.bytes(source) } catch {
        throw Disk.Failure(path: error.path, reason: "it changed")
      }
    })
}

/// A review of two states.
func review(_ before: [String: String], _ after: [String: String]) async throws -> Review {
  try await Review(of: state(before), and: state(after))
}

/// The change of access caused by a change of an agent's frontmatter.
func access(_ before: String, _ after: String, at path: String = "a.md") async throws -> AccessChange {
  let review = try await review([path: agent(before)], [path: agent(after)])
  return try #require(review.changes.first).access
}

/// An agent file with these lines in its frontmatter.
func agent(_ lines: String = "", name: String = "a", _ body: String = "Body.") -> String {
  "---\nname: \(name)\ndescription: Does a thing.\n\(lines.isEmpty ? "" : lines + "\n")---\n\n\(body)\n"
}

/// A text of `count` unique lines; another seed gives other lines.
func prose(_ count: Int, seed: Int = 0) -> String {
  (0..<count).map { "Line \($0 + seed * 1000) speaks of \(($0 + 7) * (seed + 31)) things and of nothing else." }
    .joined(separator: "\n")
}

extension AccessChange {
  /// The gains, as readers see them.
  var gainTexts: [String] { gains.map(\.sentence.text) }
  /// The losses, as readers see them.
  var lossTexts: [String] { losses.map(\.text) }
}
