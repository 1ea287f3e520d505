/// Finds invisible characters that a model still reads, and characters that change the order in which text is
/// displayed.
///
/// These are the code points with the Unicode properties Default_Ignorable_Code_Point and Bidi_Control
/// (https://www.unicode.org/Public/16.0.0/ucd/DerivedCoreProperties.txt and PropList.txt), line and paragraph
/// separators, interlinear annotations, blank Braille patterns, and the code points that HTML forbids. Joiners and
/// variation selectors are left alone where they have a purpose: in emoji, and in scripts that need them.
public enum InvisibleText {
  /// A run of consecutive invisible characters.
  public struct Run: Sendable, Hashable {
    /// The effect of a run.
    public enum Kind: Sendable, Hashable {
      /// Changes the order in which text is displayed.
      case direction
      /// Encodes text in tag characters or variation selectors. The label contains the decoded text.
      case message
      /// Is invisible, without another effect.
      case invisible
    }

    /// The effect. Direction takes precedence over a message, and a message over mere invisibility.
    public let kind: Kind
    /// The code points, such as `U+202E U+200B ×3`, and any decoded text in quotation marks.
    public let label: String
    /// The code points in order.
    public let scalars: [UInt32]
    /// The decoded text of tag characters and variation selectors; empty for none.
    public let message: String
  }

  /// The result of a match at an offset.
  public enum Match: Sendable {
    /// Visible characters, or invisible ones that belong to their neighbors. They end at this offset.
    case plain(end: Int)
    /// Invisible characters. They end at this offset.
    case invisible(Run, end: Int)
  }

  /// Returns whether a UTF-8 byte may begin an invisible character.
  public static func mayBegin(_ byte: UInt8) -> Bool {
    switch byte {
    case 0xC2, 0xCD, 0xD8, 0xE1, 0xE2, 0xE3, 0xEF, 0xF0...0xF4: true
    default: false
    }
  }

  /// Classifies the character at an offset.
  ///
  /// - Parameters:
  ///   - text: Valid UTF-8.
  ///   - index: The offset of a character's first byte.
  ///   - before: The code point before the text, used if `index` is 0; 0 for none.
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

  /// Returns the invisible runs of a text, each with its byte range.
  ///
  /// - Parameter text: Valid UTF-8.
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

  /// Returns a text with each invisible run replaced by its label in square brackets, for places without markup.
  public static func labelled(_ text: String) -> String { replacingRuns(in: text) { "[\($0.label)]" } }

  /// Returns a text with each space other than U+0020 replaced by its label, such as `[U+00A0]`.
  public static func labelledSpaces(in text: String) -> String {
    guard !text.utf8.allSatisfy({ $0 < 0x80 }) else { return text }
    return text.unicodeScalars.map { scalar in
      scalar.properties.generalCategory == .spaceSeparator && scalar != " "
        ? "[\(name(scalar.value))]" : String(scalar)
    }.joined()
  }

  /// Returns JSON with invisible characters escaped. The values stay the same.
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

  /// Returns whether a code point is invisible on its own.
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

  /// Returns the number of bytes, from an invisible character on, that have a purpose in their context; nil for none.
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
      // After a digit, # or *, a selector is valid only in a keycap.
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

  /// Returns whether a character has standardized variants other than emoji: ideographs, full-width signs, mathematical
  /// operators, Myanmar and Phags-pa letters.
  private static func takesVariation(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x1000...0x109F, 0x2200...0x22FF, 0x2A00...0x2AFF, 0x3001...0x3002, 0xA840...0xA877, 0xAA60...0xAA7F,
      0xFF01...0xFF1F:
      true
    default: isIdeograph(scalar)
    }
  }

  /// Returns whether a letter belongs to a script without spaces between words: Thai, Lao, Myanmar, Khmer.
  private static func isUnspaced(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x0E01...0x0EFF, 0x1000...0x109F, 0x1780...0x17D3, 0xA9E0...0xA9FF, 0xAA60...0xAA7F: true
    default: false
    }
  }

  /// Returns whether a letter or mark belongs to a script in which joiners select letter forms: Arabic and related
  /// scripts, the scripts of India and neighboring countries, Mongolian.
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

  /// Returns the usual notation of a code point: `U+202E`.
  public static func name(_ scalar: UInt32) -> String {
    let digits = String(scalar, radix: 16, uppercase: true)
    return "U+" + String(repeating: "0", count: max(0, 4 - digits.utf8.count)) + digits
  }

  // MARK: UTF-8

  /// Returns the code point at an offset, and its length in bytes.
  public static func scalar(in text: UnsafeBufferPointer<UInt8>, at index: Int) -> (value: UInt32, length: Int) {
    let first = text[index]
    let length = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
    guard length > 1, index + length <= text.count else { return (UInt32(first), 1) }
    var value = UInt32(first) & (0x7F >> UInt32(length))
    for offset in 1..<length { value = value << 6 | UInt32(text[index + offset] & 0x3F) }
    return (value, length)
  }

  /// Returns the code point that ends at an offset; 0 for none.
  public static func scalar(in text: UnsafeBufferPointer<UInt8>, endingAt end: Int) -> UInt32 {
    var start = end - 1
    while start > 0, end - start < 4, text[start] & 0xC0 == 0x80 { start -= 1 }
    return start < 0 ? 0 : scalar(in: text, at: start).value
  }
}

extension InvisibleText.Run {
  /// Creates a run of one or more code points.
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

  /// The characters escaped for JSON, in UTF-16: `\u202e`.
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

  /// Decodes a message in tag characters or variation selectors. Returns its text and end index, or nil.
  ///
  /// Tag characters mirror ASCII. Variation selectors can carry bytes: the first sixteen and the 240 supplementary ones
  /// have the values 0 to 255.
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
