import Agents
import Files

/// The addresses of a skill's files. They are in the folder `NAME.files` next to the skill's page, at their own paths.
///
/// A file name can contain any byte, but an address can't. So letters, digits, `.`, `-` and `_` stay, and any other
/// byte becomes `~` and its two hexadecimal digits. An additional extension gives the type of the published file:
/// `a.py.html` is the page of `a.py`, and `a.py.txt` its text. Browsers never receive a file with the type of its own
/// name, except for images whose bytes match.
struct BundleAddresses: Sendable {
  /// The addresses of a file.
  struct File: Sendable {
    /// The page; nil for a file that can't be read as text.
    let page: SitePath?
    /// The file itself, byte for byte; nil if it isn't published.
    let copy: SitePath?

    /// The target for links to the file.
    var address: SitePath? { page ?? copy }
  }

  /// The files, in bundle order.
  let files: [File]

  /// - Parameter page: The page of the skill.
  init(of bundle: SkillBundle, at page: SitePath) {
    // Some file systems ignore case.
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

  /// The extensions that the site adds to names.
  private static let endings = [".html", ".txt", ".png", ".jpg", ".gif", ".webp"]
  /// The maximum length of an address part and of the whole address, in bytes. File systems allow 255 bytes per part,
  /// and some only 260 for a path.
  private static let (partLength, length) = (120, 400)

  /// Returns the path of a file, escaped part by part. Different paths give different results.
  static func name(of path: RelativePath) -> String {
    var parts = path.components.map { escaped($0) }
    for index in parts.indices.dropLast() where endings.contains(where: parts[index].lowercased().hasSuffix) {
      // A folder with this name could collide with a file of the site. No escape ends with `~`.
      parts[index] += "~"
    }
    let name = parts.joined(separator: "/")
    let isLong = name.utf8.count > length || parts.contains { $0.utf8.count > partLength }
    return isLong ? digestName(of: path) : name
  }

  /// Returns a short name for a file whose own name can't be used. No escape starts with `~~`.
  private static func digestName(of path: RelativePath) -> String {
    "~~\(ContentSummary.digest(of: Array(path.description.utf8)).prefix(32))"
  }

  private static func escaped(_ part: Substring) -> String {
    let bytes = Array(part.utf8)
    // Servers hide files that start with a dot, and GitHub Pages those that start with an underscore. Windows reserves
    // some names, with any extension.
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
