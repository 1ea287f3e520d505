import Files

/// The files that Roster wrote into a folder, and so may replace and remove. Nothing else in the folder is touched.
struct Manifest: Equatable {
  /// The paths below the folder.
  var paths: Set<String>

  /// Where it lies: below the site, but no part of it.
  static let folder = PublishedSite.ownFolder
  static let file = PublishedSite.manifest
  private static let heading = "roster manifest 2"

  /// Makes the manifest of some files.
  init(_ paths: Set<String>) { self.paths = paths }

  /// Reads a manifest, or returns nil where it is none, or not whole.
  init?(_ bytes: [UInt8]) {
    guard let end = bytes.firstIndex(of: 0x0A) else { return nil }
    let body = bytes[(end + 1)...]
    guard String(decoding: bytes[..<end], as: UTF8.self) == "\(Self.heading) \(FNV.digits(body))" else { return nil }
    var paths: Set<String> = []
    for line in body.split(separator: 0x0A) {
      guard let path = RelativePath(String(decoding: line, as: UTF8.self)) else { return nil }
      paths.insert(path.description)
    }
    self.paths = paths
  }

  /// The manifest as a file: a heading with a checksum of what follows, then a path a line, sorted.
  var bytes: [UInt8] {
    let sorted = paths.sorted { $0.precedesByBytes($1) }
    var body: [UInt8] = []
    for path in sorted {
      body += path.utf8
      body.append(0x0A)
    }
    return Array("\(Self.heading) \(FNV.digits(body))\n".utf8) + body
  }
}
