import Foundation

/// The work done by a build, in machine-independent numbers, for `roster build --report`.
struct WorkReport: Encodable {
  /// The version of the format. It changes if a value is removed or changes its meaning.
  let version = 1
  /// The number of items in the catalog.
  let items: Int
  /// The number of times that source files were read; 0 if nothing has changed.
  let filesRead: Int
  /// The number of files of the site, without those of the full-text search.
  let files: Int
  /// The number of these files that were rendered. The inputs of the others are the same as in the last build.
  let laidOut: Int
  /// The number of these files with new content, and their total size in bytes.
  let written: Int
  let bytesWritten: Int
  /// The number of unchanged files.
  let unchanged: Int
  /// The number of files removed from an earlier build.
  let removed: Int

  init(_ result: Road.Result) {
    items = result.figures.items
    filesRead = result.filesRead
    files = result.figures.files
    laidOut = result.outcome.laidOut
    written = result.outcome.written
    bytesWritten = result.outcome.bytesWritten
    unchanged = result.outcome.unchanged
    removed = result.outcome.removed
  }

  /// The report as JSON.
  var bytes: [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
    // Numbers can always be encoded.
    return Array((try? encoder.encode(self)) ?? Data()) + Array("\n".utf8)
  }
}
