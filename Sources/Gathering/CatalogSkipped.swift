import Catalogs
import Files
import Scanning

extension Catalog {
  /// Files that were read but aren't in the catalog, with reasons.
  public var skipped: [SkippedPath] {
    func paths(_ files: [SourceFile], _ reason: SkipReason) -> [SkippedPath] {
      files.map {
        SkippedPath(path: $0.displayPath, publishedPath: $0.publishedPath, kind: .file, reason: reason)
      }
    }
    return paths(setAside, .notAnItem) + paths(leftOut, .otherKind)
  }
}
