import Foundation

extension RelativePath {
  /// The file that a link in this file leads to, whatever place in it the link names; nil of one that leads elsewhere.
  public func resolving(link: String) -> RelativePath? {
    let target = link.prefix { $0 != "#" && $0 != "?" }
    return resolving(target.removingPercentEncoding ?? String(target))
  }
}
