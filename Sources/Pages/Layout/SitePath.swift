/// The address of a file in the site, from its root: `agents/acme/tools/linter.html`.
///
/// Links between pages are made from two of these, so that none can be absolute and the site works under any path.
public struct SitePath: Hashable, Sendable, Comparable, Encodable, CustomStringConvertible {
  /// The address, without a slash in front.
  public let description: String

  /// Makes an address of parts that are slugs or names of the program's own.
  init(_ folder: String, _ file: String) { description = "\(folder)/\(file)" }

  /// Makes an address of parts that are slugs or names of the program's own.
  init(_ folders: [String], _ file: String) { description = (folders + [file]).joined(separator: "/") }

  /// Makes the address of a file at the root.
  init(_ file: String) { description = file }

  /// How many folders the file is in.
  var depth: Int { description.utf8.count { $0 == UInt8(ascii: "/") } }

  /// What leads from this page to the root: nothing, or `../` for each folder.
  var root: String { String(repeating: "../", count: depth) }

  /// What leads from this page to another.
  func link(to other: SitePath, fragment: String? = nil) -> String {
    let (own, target) = (description.utf8, other.description.utf8)
    let slash = UInt8(ascii: "/")
    // The folders that both are in.
    var shared = own.startIndex
    var (place, opposite) = (own.startIndex, target.startIndex)
    while place < own.endIndex, opposite < target.endIndex, own[place] == target[opposite] {
      let isSlash = own[place] == slash
      (place, opposite) = (own.index(after: place), target.index(after: opposite))
      if isSlash { shared = place }
    }
    let up = own[shared...].count { $0 == slash }
    let down = target.dropFirst(own.distance(from: own.startIndex, to: shared))
    return String(repeating: "../", count: up) + String(Substring(down)) + (fragment.map { "#" + $0 } ?? "")
  }

  /// Orders by bytes.
  public static func < (left: SitePath, right: SitePath) -> Bool {
    left.description.precedesByBytes(right.description)
  }
}
