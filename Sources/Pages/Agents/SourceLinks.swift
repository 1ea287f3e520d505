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
    let web = webs[source.collection]
    if web.url == .off { return FileLinks(source: nil, edit: nil, commits: nil) }
    let line = source.item?.location.line
    let place = place(of: source.path, in: source.collection)
    let pattern = (web.url ?? sourceURL)?.pattern
    let commits = commitURL ?? pattern.flatMap(Self.commits) ?? place?.forge.url(ofCommit: FileLinks.revision)
    if let pattern {
      let path = (web.url == nil ? [] : web.folder.pathComponents) + source.path.components.map(String.init)
      return FileLinks(
        source: Self.address(of: path, by: line.map { Self.pointing(at: $0, in: pattern) } ?? pattern),
        edit: Self.edit(pattern).map { Self.address(of: path, by: $0) }, commits: commits)
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

  private func place(of path: RelativePath, in collection: Int) -> SourceWeb.Place? {
    sourceURL == .off ? nil : webs[collection].place(of: path)
  }

  // MARK: Patterns

  // The server is recognized by the configured text alone, because folders and files can have any name.

  private static func address(of path: [String], by pattern: String) -> String {
    pattern.replacing(SourceURL.placeholder, with: path.map(\.percentEncoded).joined(separator: "/"))
  }

  /// Returns the URL of a line, if the server is known to support that.
  private static func pointing(at line: Int, in pattern: String) -> String {
    if pattern.hasPrefix("https://bitbucket.org/") { return "\(pattern)#lines-\(line)" }
    return pattern.contains("/blob/") || pattern.contains("/src/") ? "\(pattern)#L\(line)" : pattern
  }

  /// Returns the URL for editing a file. On GitHub and GitLab it differs from the URL for viewing in one word.
  private static func edit(_ pattern: String) -> String? {
    guard let range = pattern.firstRange(of: "/blob/") else { return nil }
    return String(pattern[..<range.lowerBound]) + "/edit/" + pattern[range.upperBound...]
  }

  /// Returns the URL pattern of commits, derived from that of files. They differ in one word, which depends on the
  /// server.
  private static func commits(of source: String) -> String? {
    let words = [
      ("/-/blob/", "/-/commit/"), ("/-/tree/", "/-/commit/"), ("/-/raw/", "/-/commit/"), ("/blob/", "/commit/"),
      ("/tree/", "/commit/"), ("/src/branch/", "/commit/"), ("/src/commit/", "/commit/"),
    ]
    let isBitbucket = source.hasPrefix("https://bitbucket.org/")
    for (file, commit) in isBitbucket ? [("/src/", "/commits/")] : words {
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
