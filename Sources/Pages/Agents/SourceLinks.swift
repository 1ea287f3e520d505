import Catalogs
import Files

/// Links for viewing and editing source files, from the settings or from the remotes of repositories.
///
/// The settings of a source come first, then those of the catalog. Only files without either have links derived from
/// their repository.
struct SourceLinks: Sendable {
  private let sourceURL: SourceURL?
  private let commitURL: String?
  private let webs: [SourceWeb]

  init(_ catalog: Catalog) {
    sourceURL = catalog.settings.sourceURL
    commitURL = catalog.settings.commitURL
    webs = catalog.collections.map(\.web)
  }

  /// Returns the links of a file.
  func links(of source: SourceFile) -> FileLinks {
    let line = source.item?.location.line
    let pattern = pattern(of: source.collection)
    let place = place(of: source.path, in: source.collection)
    let commits =
      webs[source.collection].pattern.flatMap(Self.commits)
      ?? commitURL ?? pattern.flatMap(Self.commits) ?? place?.forge.url(ofCommit: FileLinks.revision)
    if let pattern {
      let address = Self.address(of: source.path, by: pattern)
      return FileLinks(
        source: line.map { Self.pointing(at: $0, in: address) } ?? address, edit: Self.edit(address), commits: commits)
    }
    guard let place, let revision = place.revision else { return FileLinks(source: nil, edit: nil, commits: commits) }
    let path = place.path.pathComponents
    return FileLinks(
      source: place.forge.url(of: path, at: revision, line: line),
      edit: place.forge.editURL(of: path, at: revision), commits: commits)
  }

  /// Returns the URL of a file in a collection that isn't part of the catalog; nil if it is unknown.
  func source(_ path: RelativePath, in collection: Int) -> String? {
    links(of: SourceFile(path: path, collection: collection)).source
  }

  /// Returns the server that hosts a file; nil if it is unknown.
  func forge(of source: SourceFile) -> Forge? { place(of: source.path, in: source.collection)?.forge }

  private func pattern(of collection: Int) -> String? { webs[collection].pattern ?? sourceURL?.pattern(for: "") }

  private func place(of path: RelativePath, in collection: Int) -> SourceWeb.Place? {
    sourceURL == .off ? nil : webs[collection].place(of: path)
  }

  // MARK: Patterns

  private static func address(of path: RelativePath, by pattern: String) -> String {
    pattern.replacing("{path}", with: path.components.map(\.percentEncoded).joined(separator: "/"))
  }

  /// Returns the URL of a line, if the server is known to support that.
  private static func pointing(at line: Int, in address: String) -> String {
    if address.hasPrefix("https://bitbucket.org/") { return "\(address)#lines-\(line)" }
    return address.contains("/blob/") || address.contains("/src/") ? "\(address)#L\(line)" : address
  }

  /// Returns the URL for editing a file. On GitHub and GitLab it differs from the URL for viewing in one word.
  private static func edit(_ address: String) -> String? {
    guard let range = address.firstRange(of: "/blob/") else { return nil }
    return String(address[..<range.lowerBound]) + "/edit/" + address[range.upperBound...]
  }

  /// Returns the URL pattern of commits, derived from that of files. They differ in one word, which depends on the
  /// server.
  private static func commits(of source: String) -> String? {
    let words = [
      ("/-/blob/", "/-/commit/"), ("/-/tree/", "/-/commit/"), ("/-/raw/", "/-/commit/"), ("/blob/", "/commit/"),
      ("/tree/", "/commit/"), ("/src/branch/", "/commit/"), ("/src/commit/", "/commit/"), ("/src/", "/commits/"),
    ]
    for (file, commit) in words {
      if let range = source.firstRange(of: file) { return source[..<range.lowerBound] + commit + FileLinks.revision }
    }
    return nil
  }
}

/// The links of a file on its server. They are inputs of its page, because they depend on its collection.
struct FileLinks: Sendable, Encodable {
  /// The file.
  let source: String?
  /// The page for editing it.
  let edit: String?
  /// The commits of its repository, with `{revision}` as a placeholder.
  fileprivate let commits: String?

  /// The placeholder for a hash.
  fileprivate static let revision = "{revision}"

  /// Returns the URL of a commit, if it is known.
  func commit(_ id: String) -> String? {
    guard id.utf8.allSatisfy({ ($0 >= 0x30 && $0 <= 0x39) || ($0 >= 0x61 && $0 <= 0x66) }) else { return nil }
    return commits?.replacing(Self.revision, with: id)
  }
}
