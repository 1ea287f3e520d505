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

  /// Makes the address of a file that belongs to a page: in a folder that has the name of the page, `.files` in the
  /// place of `.html`.
  ///
  /// - Parameter name: where it is in that folder, of characters that ``BundleAddresses`` allows.
  init(of page: SitePath, file name: String) {
    let stem = page.description.hasSuffix(".html") ? page.description.dropLast(5) : page.description[...]
    description = "\(stem).files/\(name)"
  }

  /// Encodes the address as a text.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }

  private static let slash = UInt8(ascii: "/")

  /// How many folders it is in.
  var depth: Int { description.utf8.count { $0 == Self.slash } }

  /// What leads from this page to the root: nothing, or `../` for each folder.
  var root: String { String(repeating: "../", count: depth) }

  /// What leads from this page to another.
  func link(to other: SitePath, fragment: String? = nil) -> String {
    let (own, target) = (description.utf8, other.description.utf8)
    // How much of both is the path of a folder that both are in.
    var (length, shared) = (0, 0)
    for (left, right) in zip(own, target) {
      guard left == right else { break }
      length += 1
      if left == Self.slash { shared = length }
    }
    let steps = own.dropFirst(shared).count { $0 == Self.slash }
    let suffix = fragment.map { "#" + $0 } ?? ""
    return String(repeating: "../", count: steps) + String(Substring(target.dropFirst(shared))) + suffix
  }

  /// Orders by bytes.
  public static func < (left: SitePath, right: SitePath) -> Bool {
    left.description.precedesByBytes(right.description)
  }
}
