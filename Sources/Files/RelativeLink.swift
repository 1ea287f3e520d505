import Foundation

extension RelativePath {
  /// Resolves a link in this file, ignoring its query and fragment. Returns nil if it leaves the folder.
  public func resolving(link: String) -> RelativePath? {
    let target = link.prefix { $0 != "#" && $0 != "?" }
    return resolving(target.removingPercentEncoding ?? String(target))
  }
}
