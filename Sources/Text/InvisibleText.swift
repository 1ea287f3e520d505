/// Finds characters that people cannot see but a model reads, and characters that change the order in which text is
/// displayed.
///
/// These are the code points with the Unicode properties Default_Ignorable_Code_Point and Bidi_Control
/// (https://www.unicode.org/Public/16.0.0/ucd/DerivedCoreProperties.txt and PropList.txt), line and paragraph
/// separators, interlinear annotations, blank Braille patterns, and the code points that HTML forbids. Joiners and
/// variation selectors are left alone where they have a purpose: in emoji, and in scripts that need them.
public enum InvisibleText {
  /// Invisible characters that follow each other.
  public struct Run: Sendable, Hashable {
    /// What a run does.
    public enum Kind: Sendable, Hashable {
      /// It changes the order in which text is displayed.
      case direction
      /// It carries text in tag characters or variation selectors, which the label decodes.
      case message
      /// It cannot be seen.
      case invisible
    }

    /// What it does; the worst where it does several things.
    public let kind: Kind
    /// The code points, `U+202E U+200B ×3`, and in quotation marks the text that they encode.
    public let label: String
    /// The code points in order.
    public let scalars: [UInt32]
    /// The text that tag characters and variation selectors encode; empty for none.
    public let message: String
  }

  /// What stands at a place that may begin an invisible run.
  public enum Match: Sendable {
    /// Characters that are displayed, or that belong to those around them. They end at this offset.
    case plain(end: Int)
    /// Invisible characters. They end at this offset.
    case invisible(Run, end: Int)
  }

  /// Whether a byte of UTF-8 may begin an invisible character.
  public static func mayBegin(_ byte: UInt8) -> Bool {
    switch byte {
    case 0xC2, 0xCD, 0xD8, 0xE1, 0xE2, 0xE3, 0xEF, 0xF0...0xF4: true
    default: false
    }
  }

  /// Looks at the character that begins at an offset.
  ///
  /// - Parameters:
  ///   - text: valid UTF-8.
  ///   - index: the offset of a character's first byte.
  ///   - before: the code point in front of the text, where it begins with this character; 0 for none.
  public static func match(
    in text: UnsafeBufferPointer<UInt8>, at index: Int, before: UInt32 = 0
  ) -> Match {
    let (first, length) = scalar(in: text, at: index)
    guard isInvisible(first) else { return .plain(end: index + length) }
    var previous = index > 0 ? scalar(in: text, endingAt: index) : before
    var scalars: [UInt32] = []
    var end = index
    while end < text.count, text[end] >= 0x80 {
      let (scalar, length) = scalar(in: text, at: end)
      guard isInvisible(scalar) else { break }
      if let needed = neededLength(in: text, at: end, scalar, length, behind: previous) {
        if scalars.isEmpty { return .plain(end: end + needed) }
        break
      }
      scalars.append(scalar)
      previous = scalar
      end += length
    }
    return .invisible(Run(scalars), end: end)
  }

  /// The invisible runs of a text, each with the bytes that it takes.
  ///
  /// - Parameter text: valid UTF-8.
  public static func runs(in text: UnsafeBufferPointer<UInt8>) -> [(range: Range<Int>, run: Run)] {
    var runs: [(range: Range<Int>, run: Run)] = []
    var index = 0
    while index < text.count {
      guard mayBegin(text[index]) else {
        index += 1
        continue
      }
      switch match(in: text, at: index) {
      case .plain(let end): index = end
      case .invisible(let run, let end):
        runs.append((index..<end, run))
        index = end
      }
    }
    return runs
  }

  /// A text in which each invisible run is replaced by its label in square brackets: for places that cannot hold
  /// markup.
  public static func labelled(_ text: String) -> String { replacingRuns(in: text) { "[\($0.label)]" } }

  /// A text in which each space other than the ordinary one is replaced by its label: `[U+00A0]`.
  public static func labelledSpaces(in text: String) -> String {
    guard !text.utf8.allSatisfy({ $0 < 0x80 }) else { return text }
    return text.unicodeScalars.map { scalar in
      scalar.properties.generalCategory == .spaceSeparator && scalar != " "
        ? "[\(name(scalar.value))]" : String(scalar)
    }.joined()
  }

  /// JSON in which invisible characters are escaped; the values stay the same.
  public static func escapedInJSON(_ json: String) -> String { replacingRuns(in: json, with: \.escaped) }

  private static func replacingRuns(in text: String, with replacement: (Run) -> String) -> String {
    var text = text
    return text.withUTF8 { utf8 in
      guard utf8.contains(where: mayBegin) else { return nil as String? }
      let runs = runs(in: utf8)
      if runs.isEmpty { return nil }
      var bytes: [UInt8] = []
      var start = 0
      for (range, run) in runs {
        bytes.append(contentsOf: utf8[start..<range.lowerBound])
        bytes.append(contentsOf: replacement(run).utf8)
        start = range.upperBound
      }
      bytes.append(contentsOf: utf8[start...])
      return String(decoding: bytes, as: UTF8.self)
    } ?? text
  }

  /// Whether a code point is invisible wherever it stands alone.
  public static func isInvisible(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x80...0x9F, 0xAD, 0x034F, 0x061C, 0x115F...0x1160, 0x17B4...0x17B5, 0x180B...0x180F, 0x200B...0x200F,
      0x2028...0x202E, 0x2060...0x206F, 0x2800, 0x3164, 0xFDD0...0xFDEF, 0xFE00...0xFE0F, 0xFEFF, 0xFFA0,
      0xFFF0...0xFFFB, 0x1BCA0...0x1BCA3, 0x1D159, 0x1D173...0x1D17A, 0xE0000...0xE0FFF:
      true
    case 0xFFFE...: scalar & 0xFFFE == 0xFFFE
    default: false
    }
  }

  // MARK: Characters with a purpose

  /// How many bytes belong to the characters around them, from an invisible character on; nil where it has no purpose.
  private static func neededLength(
    in text: UnsafeBufferPointer<UInt8>, at index: Int, _ scalar: UInt32, _ length: Int, behind previous: UInt32
  ) -> Int? {
    let end = index + length
    let next = end < text.count ? Self.scalar(in: text, at: end).value : 0
    switch scalar {
    case 0x200B: return isUnspaced(previous) && isUnspaced(next) ? length : nil
    case 0x200C: return joins(previous) && joins(next) ? length : nil
    case 0x200D:
      if isEmoji(previous), isEmoji(next) { return length }
      let isWordEnd = joins(previous) && !isInvisible(next) && !isAlphabetic(next)
      let isWordStart = joins(next) && !isInvisible(previous) && !isAlphabetic(previous)
      return joins(previous) && joins(next) || isWordEnd || isWordStart ? length : nil
    case 0x2800: return isBraille(previous) || isBraille(next) ? length : nil
    case 0xFE0E, 0xFE0F:
      // A digit, # or * takes one only in a keycap.
      if previous < 0x80 {
        return next == 0x20E3 && Unicode.Scalar(previous)?.properties.isEmoji == true ? length : nil
      }
      return isEmoji(previous) && previous != 0xFE0F ? length : nil
    case 0xFE00...0xFE02: return takesVariation(previous) ? length : nil
    case 0xE0100...0xE01EF: return isIdeograph(previous) ? length : nil
    case 0x180B...0x180D, 0x180F: return isMongolian(previous) ? length : nil
    case 0x180E: return isMongolian(previous) && isMongolian(next) ? length : nil
    case 0xE0067 where previous == 0x1F3F4: return flags.first { text[index...].starts(with: $0) }?.count
    default: return nil
    }
  }

  /// The tag sequences of the flags of England, Scotland and Wales, the only ones recommended for interchange
  /// (https://www.unicode.org/Public/emoji/16.0/emoji-sequences.txt).
  private static let flags: [[UInt8]] = ["gbeng", "gbsct", "gbwls"].map { name in
    let tags =
      name.unicodeScalars.compactMap { Unicode.Scalar($0.value + 0xE0000) }
      + [Unicode.Scalar(0xE007F)]
      .compactMap(\.self)
    return Array(String(String.UnicodeScalarView(tags)).utf8)
  }

  private static func isEmoji(_ scalar: UInt32) -> Bool {
    scalar == 0xFE0F || scalar == 0xE007F || scalar > 0xA8 && Unicode.Scalar(scalar)?.properties.isEmoji == true
  }

  private static func isAlphabetic(_ scalar: UInt32) -> Bool {
    Unicode.Scalar(scalar)?.properties.isAlphabetic ?? false
  }

  private static func isBraille(_ scalar: UInt32) -> Bool { (0x2801...0x28FF).contains(scalar) }

  private static func isMongolian(_ scalar: UInt32) -> Bool { (0x1820...0x18AA).contains(scalar) }

  private static func isIdeograph(_ scalar: UInt32) -> Bool {
    Unicode.Scalar(scalar)?.properties.isIdeographic ?? false
  }

  /// Whether a character has standardized variants other than those of emoji: ideographs, full-width signs,
  /// mathematical operators, Myanmar and Phags-pa letters.
  private static func takesVariation(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x1000...0x109F, 0x2200...0x22FF, 0x2A00...0x2AFF, 0x3001...0x3002, 0xA840...0xA877, 0xAA60...0xAA7F,
      0xFF01...0xFF1F:
      true
    default: isIdeograph(scalar)
    }
  }

  /// Whether a letter is of a script that has no spaces between words: Thai, Lao, Myanmar, Khmer.
  private static func isUnspaced(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x0E01...0x0EFF, 0x1000...0x109F, 0x1780...0x17D3, 0xA9E0...0xA9FF, 0xAA60...0xAA7F: true
    default: false
    }
  }

  /// Whether a letter or mark is of a script in which joiners choose the form of letters: Arabic and its relatives, the
  /// scripts of India and its neighbours, Mongolian.
  private static func joins(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x0620...0x08FF, 0x0900...0x0DFF, 0x0F40...0x0FBC, 0x1000...0x109F, 0x1780...0x17B3, 0x17B6...0x17D3,
      0x1820...0x18AA, 0x1900...0x1CFF, 0xA800...0xA8FF, 0xA900...0xAAFF, 0xABC0...0xABFF, 0xFB50...0xFDCF,
      0xFDF0...0xFDFB, 0xFE70...0xFEFC, 0x10A00...0x10AFF, 0x10B80...0x10BAF, 0x10D00...0x10D3F, 0x10F30...0x10FDF,
      0x11000...0x11FFF, 0x1E900...0x1E95F:
      true
    default: false
    }
  }

  /// A code point as it is usually written: `U+202E`.
  public static func name(_ scalar: UInt32) -> String {
    let digits = String(scalar, radix: 16, uppercase: true)
    return "U+" + String(repeating: "0", count: max(0, 4 - digits.utf8.count)) + digits
  }

  // MARK: UTF-8

  /// The code point at an offset, and how many bytes it takes.
  public static func scalar(in text: UnsafeBufferPointer<UInt8>, at index: Int) -> (value: UInt32, length: Int) {
    let first = text[index]
    let length = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
    guard length > 1, index + length <= text.count else { return (UInt32(first), 1) }
    var value = UInt32(first) & (0x7F >> UInt32(length))
    for offset in 1..<length { value = value << 6 | UInt32(text[index + offset] & 0x3F) }
    return (value, length)
  }

  /// The code point that ends in front of an offset; 0 for none.
  public static func scalar(in text: UnsafeBufferPointer<UInt8>, endingAt end: Int) -> UInt32 {
    var start = end - 1
    while start > 0, end - start < 4, text[start] & 0xC0 == 0x80 { start -= 1 }
    return start < 0 ? 0 : scalar(in: text, at: start).value
  }
}

extension InvisibleText.Run {
  /// Makes a run of one or more code points.
  init(_ scalars: [UInt32]) {
    self.scalars = scalars
    var parts: [String] = []
    var messages: [String] = []
    var isDirection = false
    var index = 0
    while index < scalars.count {
      let scalar = scalars[index]
      if let (text, end) = Self.message(in: scalars, at: index) {
        messages.append(text)
        parts.append("“\(text)”")
        index = end
        continue
      }
      let end = scalars[index...].firstIndex { $0 != scalar } ?? scalars.count
      isDirection = isDirection || Self.isDirection(scalar)
      parts.append("\(InvisibleText.name(scalar))\(end - index > 1 ? " ×\(end - index)" : "")")
      index = end
    }
    label = parts.joined(separator: " ")
    message = messages.joined()
    kind = isDirection ? .direction : messages.isEmpty ? .invisible : .message
  }

  /// The characters as JSON escapes them, in UTF-16: `\u202e`.
  public var escaped: String {
    String(String.UnicodeScalarView(scalars.compactMap(Unicode.Scalar.init))).utf16.map { unit in
      let digits = String(unit, radix: 16)
      return "\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits
    }.joined()
  }

  private static func isDirection(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x061C, 0x200E...0x200F, 0x202A...0x202E, 0x2066...0x2069: true
    default: false
    }
  }

  /// The text that tag characters or variation selectors encode from an index on, and where they end; nil for none.
  ///
  /// Tag characters mirror ASCII. Variation selectors are used to carry bytes: the first sixteen and the 240
  /// supplementary ones have the values 0 to 255.
  private static func message(in scalars: [UInt32], at index: Int) -> (text: String, end: Int)? {
    let isTag = (0xE0000...0xE007F).contains(scalars[index])
    let end =
      scalars[index...].firstIndex { isTag ? !(0xE0000...0xE007F).contains($0) : byte(ofSelector: $0) == nil }
      ?? scalars.count
    if isTag {
      let bytes = scalars[index..<end].filter { (0xE0020...0xE007E).contains($0) }.map { UInt8($0 & 0x7F) }
      return bytes.isEmpty ? nil : (String(decoding: bytes, as: UTF8.self), end)
    }
    let bytes = scalars[index..<end].compactMap(byte(ofSelector:))
    guard bytes.count > 1, let text = String(validating: bytes, as: UTF8.self),
      text.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0.value != 0x7F && !InvisibleText.isInvisible($0.value) })
    else { return nil }
    return (text, end)
  }

  private static func byte(ofSelector scalar: UInt32) -> UInt8? {
    switch scalar {
    case 0xFE00...0xFE0F: UInt8(scalar - 0xFE00)
    case 0xE0100...0xE01EF: UInt8(scalar - 0xE0100 + 16)
    default: nil
    }
  }
}
