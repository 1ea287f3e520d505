import Text

/// Generates heading identifiers as GitHub does: lower case, hyphens for spaces, no punctuation, and `-1`, `-2` … for
/// duplicates.
///
/// For a heading without letters and digits, GitHub generates an empty identifier, which no link can target. Roster uses
/// `section`.
struct HeadingIdentifiers {
  private var used: Set<String> = []
  private var next: [String: Int] = [:]

  mutating func identifier(for text: String) -> String {
    let base = Self.slug(text)
    guard used.contains(base) else {
      used.insert(base)
      return base
    }
    var number = next[base] ?? 1
    while used.contains("\(base)-\(number)") { number += 1 }
    next[base] = number + 1
    let identifier = "\(base)-\(number)"
    used.insert(identifier)
    return identifier
  }

  /// Returns the identifier of a heading text without a suffix for duplicates.
  static func slug(_ text: String) -> String {
    var result: [UInt8] = []
    var isASCII = true
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"),
        UInt8(ascii: "-"):
        result.append(byte)
      case UInt8(ascii: "A")...UInt8(ascii: "Z"): result.append(byte | 0x20)
      case UInt8(ascii: " "): result.append(UInt8(ascii: "-"))
      case 0x80...: isASCII = false
      default: break
      }
    }
    let slug = isASCII ? String(decoding: result, as: UTF8.self) : unicodeSlug(text)
    return slug.isEmpty ? "section" : slug
  }

  private static func unicodeSlug(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.lowercased().unicodeScalars {
      switch scalar.properties.generalCategory {
      case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber,
        .letterNumber, .nonspacingMark, .spacingMark, .enclosingMark, .connectorPunctuation:
        // Nobody could type a URL that contains an invisible letter or mark.
        if !InvisibleText.isInvisible(scalar.value) { result.append(scalar) }
      case .spaceSeparator where scalar == " ": result.append("-")
      default: if scalar == "-" { result.append(scalar) }
      }
    }
    return String(result)
  }
}
