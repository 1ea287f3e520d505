import Agents
import Files

/// Where the files of a skill are in the site: below the folder `NAME.files` beside the skill's page, at their own paths.
///
/// A name may hold any byte, and an address may not. So letters, digits, `.`, `-` and `_` stay, and any other byte is
/// `~` and its two hexadecimal digits. What is published is told by one more ending: `a.py.html` is the page of `a.py`,
/// and `a.py.txt` its text. No browser is given a file under the type that its own name asks for, but for images that
/// have the bytes of one.
struct BundleAddresses: Sendable {
  /// A file with its addresses.
  struct File: Sendable {
    /// Its page; nil of a file that cannot be read as text.
    let page: SitePath?
    /// The file itself, byte for byte; nil of one that is not published.
    let copy: SitePath?

    /// What a link to the file leads to.
    var address: SitePath? { page ?? copy }
  }

  /// The files, in the order of the bundle.
  let files: [File]

  /// - Parameter page: the page of the skill.
  init(of bundle: SkillBundle, at page: SitePath) {
    // Some file systems take letters of either case for the same.
    var used: Set<String> = []
    files = bundle.files.map { file in
      var name = Self.name(of: file.path)
      if !used.insert(name.lowercased()).inserted { name = Self.digestName(of: file.path) }
      if file.isShown {
        return File(page: SitePath(of: page, file: name + ".html"), copy: SitePath(of: page, file: name + ".txt"))
      }
      guard file.isShownImage else { return File(page: nil, copy: nil) }
      return File(page: nil, copy: SitePath(of: page, file: "\(name).\(Self.ending(of: file))"))
    }
  }

  private static func ending(of image: BundleFile) -> String {
    switch image.type.name {
    case "JPEG": "jpg"
    case "GIF": "gif"
    case "WebP": "webp"
    default: "png"
    }
  }

  /// The endings that the site adds to names.
  private static let endings = [".html", ".txt", ".png", ".jpg", ".gif", ".webp"]
  /// How long a part of an address may be, and how long all of it: file systems allow 255 bytes, some 260 for a path.
  private static let (partLength, length) = (120, 400)

  /// The path of a file, escaped part by part. Two paths never give the same.
  static func name(of path: RelativePath) -> String {
    var parts = path.components.map { escaped($0) }
    for index in parts.indices.dropLast() where endings.contains(where: parts[index].lowercased().hasSuffix) {
      // A folder of this name would be where a file of the site is. No escape ends so.
      parts[index] += "~"
    }
    let name = parts.joined(separator: "/")
    let isLong = name.utf8.count > length || parts.contains { $0.utf8.count > partLength }
    return isLong ? digestName(of: path) : name
  }

  /// A short name for a file whose own does not do. No escape begins so.
  private static func digestName(of path: RelativePath) -> String {
    "~~\(ContentSummary.digest(of: Array(path.description.utf8)).prefix(32))"
  }

  private static func escaped(_ part: Substring) -> String {
    let bytes = Array(part.utf8)
    // Servers hide files that begin with a dot, and GitHub Pages those that begin with a low line. Windows has names
    // that no file may have, whatever follows their dot.
    let stem = String(part.prefix { $0 != "." }).lowercased()
    var text = ""
    for (index, byte) in bytes.enumerated() {
      let isFirst = index == 0 && (byte == UInt8(ascii: ".") || byte == UInt8(ascii: "_") || isReserved(stem))
      let isLast = index == bytes.count - 1 && byte == UInt8(ascii: ".")
      text += isPlain(byte) && !isFirst && !isLast ? String(UnicodeScalar(byte)) : hex(byte)
    }
    return text
  }

  private static func hex(_ byte: UInt8) -> String {
    "~" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
  }

  private static func isReserved(_ stem: String) -> Bool {
    if ["con", "prn", "aux", "nul"].contains(stem) { return true }
    return stem.utf8.count == 4 && (stem.hasPrefix("com") || stem.hasPrefix("lpt")) && stem.last?.isNumber ?? false
  }

  private static func isPlain(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_"):
      true
    default: false
    }
  }
}
