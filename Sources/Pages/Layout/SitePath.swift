/// The address of a file, relative to the root of the site: `agents/acme/tools/linter.html`.
///
/// Links are computed from two of these, so none is absolute, and the site works under any path.
public struct SitePath: Hashable, Sendable, Comparable, Encodable, CustomStringConvertible {
  /// The address, without a leading slash.
  public let description: String

  /// Creates an address. The parts must be slugs or fixed names.
  init(_ folder: String, _ file: String) { description = "\(folder)/\(file)" }

  /// Creates an address. The parts must be slugs or fixed names.
  init(_ folders: [String], _ file: String) { description = (folders + [file]).joined(separator: "/") }

  /// Creates the address of a file at the root.
  init(_ file: String) { description = file }

  /// Creates the address of a file that belongs to a page. Its folder is named after the page, with `.files` instead of
  /// `.html`.
  ///
  /// - Parameter name: The path in that folder, with the characters that ``BundleAddresses`` allows.
  init(of page: SitePath, file name: String) {
    let stem = page.description.hasSuffix(".html") ? page.description.dropLast(5) : page.description[...]
    description = "\(stem).files/\(name)"
  }

  /// Encodes the address as a string.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }

  private static let slash = UInt8(ascii: "/")

  /// The number of folders.
  var depth: Int { description.utf8.count { $0 == Self.slash } }

  /// The relative path from this page to the root: `../` for each folder.
  var root: String { String(repeating: "../", count: depth) }

  /// Returns the relative link from this page to another.
  func link(to other: SitePath, fragment: String? = nil) -> String {
    let (own, target) = (description.utf8, other.description.utf8)
    // Find the length of the shared folder path.
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
