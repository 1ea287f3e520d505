import Foundation
import Text

/// Readable, stable parts of addresses that are safe as file names on every system.
public enum Slug {
  /// The maximum number of characters.
  public static let characterLimit = 80
  /// The maximum number of bytes. A file name with an extension and a qualifier then fits every file system.
  public static let byteLimit = 160

  /// Returns the slug of a text: lowercase, with letters and digits of any script, `#` and `+` spelled out, and
  /// everything else replaced by a hyphen.
  ///
  /// A slug is never empty, never `index`, and never a device name that Windows reserves.
  ///
  /// - Parameter fallback: The result for an empty slug, and the prefix for a reserved name.
  public static func make(_ text: String, fallback: String = "agent") -> String { cut(fold(text), fallback: fallback) }

  /// Returns the slug of a text without a length limit. Two texts are the same name if their folded forms are equal.
  public static func fold(_ text: String) -> String {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.utf8.count)
    var isASCII = true
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): bytes.append(byte)
      case UInt8(ascii: "A")...UInt8(ascii: "Z"): bytes.append(byte | 0x20)
      case UInt8(ascii: "#"): spell("sharp", in: &bytes)
      case UInt8(ascii: "+"): spell("plus", in: &bytes)
      case 0x80...: isASCII = false
      default: hyphen(&bytes)
      }
      if !isASCII { return foldUnicode(text) }
    }
    while bytes.last == UInt8(ascii: "-") { bytes.removeLast() }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func foldUnicode(_ text: String) -> String {
    var bytes: [UInt8] = []
    let folded = text.precomposedStringWithCompatibilityMapping.lowercased().precomposedStringWithCanonicalMapping
    for scalar in folded.unicodeScalars where !InvisibleText.isInvisible(scalar.value) {
      switch scalar.properties.generalCategory {
      case .lowercaseLetter, .uppercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber,
        .letterNumber:
        bytes.append(contentsOf: String(scalar).utf8)
      case .nonspacingMark, .spacingMark:
        // A mark without a preceding letter would combine with the hyphen.
        if let last = bytes.last, last != UInt8(ascii: "-") {
          bytes.append(contentsOf: String(scalar).utf8)
        }
      default:
        switch scalar {
        case "#": spell("sharp", in: &bytes)
        case "+": spell("plus", in: &bytes)
        default: hyphen(&bytes)
        }
      }
    }
    while bytes.last == UInt8(ascii: "-") { bytes.removeLast() }
    return String(decoding: bytes, as: UTF8.self)
  }

  static func cut(_ folded: String, fallback: String = "agent") -> String {
    var slug = folded
    if slug.utf8.count > characterLimit, slug.count > characterLimit || slug.utf8.count > byteLimit {
      slug = String(slug.prefix(characterLimit))
      while slug.utf8.count > byteLimit { slug.removeLast() }
      while slug.last == "-" { slug.removeLast() }
    }
    if slug.isEmpty { return fallback }
    return reserved.contains(slug) ? "\(fallback)-\(slug)" : slug
  }

  private static func spell(_ word: String, in bytes: inout [UInt8]) {
    hyphen(&bytes)
    bytes.append(contentsOf: word.utf8)
    bytes.append(UInt8(ascii: "-"))
  }

  private static func hyphen(_ bytes: inout [UInt8]) {
    if let last = bytes.last, last != UInt8(ascii: "-") { bytes.append(UInt8(ascii: "-")) }
  }

  private static let reserved: Set<String> =
    Set(["index", "con", "prn", "aux", "nul", "conin$", "conout$"] + (0...9).flatMap { ["com\($0)", "lpt\($0)"] })
}
