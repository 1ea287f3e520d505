import Foundation

/// What a build did, in numbers that are the same on every machine, for `roster build --report`.
struct WorkReport: Encodable {
  /// The version of the format; it changes when a value changes its meaning or goes.
  let version = 1
  /// How many items are in the catalog.
  let items: Int
  /// How often a source file was opened and read. Where nothing has changed this is 0.
  let filesRead: Int
  /// How many files the site has, without those of the full-text search.
  let files: Int
  /// Of these, those whose content was made; the others have what they are made from in common with the last build.
  let laidOut: Int
  /// Of these, those whose content is new, and how many bytes they have.
  let written: Int
  let bytesWritten: Int
  /// How many files are as they were.
  let unchanged: Int
  /// How many files of an earlier build are gone.
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
