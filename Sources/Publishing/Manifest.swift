import Files

/// The files that Roster wrote into a folder, and so may replace and remove. Nothing else in the folder is touched.
struct Manifest: Equatable {
  /// The paths below the folder.
  var paths: Set<String>

  /// Where it lies: below the site, but no part of it.
  static let folder = ".roster"
  static let file = ".roster/manifest"
  private static let heading = "roster manifest 1"

  /// Makes the manifest of some files.
  init(_ paths: Set<String>) { self.paths = paths }

  /// Reads a manifest, or returns nil where it is none; lines that are no paths below the folder are left out.
  init?(_ bytes: [UInt8]) {
    let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
    guard lines.first == Self.heading[...] else { return nil }
    paths = Set(lines.dropFirst().compactMap { RelativePath(String($0))?.description })
  }

  /// The manifest as a file: a heading, then a path a line, sorted.
  var bytes: [UInt8] {
    let sorted = paths.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    return Array(([Self.heading] + sorted).joined(separator: "\n").utf8) + [0x0A]
  }
}
