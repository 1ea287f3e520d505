/// The address of a file in the site, from its root: `agents/linter.html`.
///
/// Links between pages are made from two of these, so that none can be absolute and the site works under any path.
public struct SitePath: Hashable, Sendable, Comparable, Encodable, CustomStringConvertible {
  /// The address, without a slash in front.
  public let description: String

  /// Makes an address of parts that are slugs or names of the program's own.
  init(_ folder: String, _ file: String) { description = "\(folder)/\(file)" }

  /// Makes the address of a file at the root.
  init(_ file: String) { description = file }

  /// What leads from this page to the root: nothing, or `../`.
  var root: String { description.utf8.contains(UInt8(ascii: "/")) ? "../" : "" }

  /// What leads from this page to another; the site is two levels deep at most.
  func link(to other: SitePath, fragment: String? = nil) -> String {
    let suffix = fragment.map { "#" + $0 } ?? ""
    guard let slash = description.utf8.firstIndex(of: UInt8(ascii: "/")) else { return other.description + suffix }
    let folder = description[...slash]
    if other.description.hasPrefix(folder) { return other.description.dropFirst(folder.count) + suffix }
    return "../" + other.description + suffix
  }

  /// Orders by bytes.
  public static func < (left: SitePath, right: SitePath) -> Bool {
    left.description.precedesByBytes(right.description)
  }
}
