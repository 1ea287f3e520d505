import Files

/// The list of the files that Roster wrote into a folder, and may replace and remove. Other files are never touched.
struct Manifest: Equatable {
  /// The paths below the folder.
  var paths: Set<String>

  /// The folder of the manifest, inside the output folder but not part of the site.
  static let folder = PublishedSite.ownFolder
  static let file = PublishedSite.manifest
  private static let heading = "roster manifest 2"

  /// Creates the manifest of some files.
  init(_ paths: Set<String>) { self.paths = paths }

  /// Parses a manifest. Returns nil if it is invalid or incomplete.
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

  /// The content of the manifest file: a heading with a checksum of the rest, then one path per line, sorted.
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
