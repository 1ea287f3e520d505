import Catalogs
import Files
import Scanning

extension Catalog {
  /// Files that were read and are not in the catalog, each with the reason.
  public var skipped: [SkippedPath] {
    func paths(_ files: [SourceFile], _ reason: SkipReason) -> [SkippedPath] {
      files.map {
        SkippedPath(path: $0.displayPath, publishedPath: $0.publishedPath, kind: .file, reason: reason)
      }
    }
    return paths(setAside, .notAnItem) + paths(leftOut, .otherKind)
  }
}
