import Text

/// The size of a text, in words and in estimated tokens.
public struct TextMeasure: Sendable, Hashable {
  /// The number of words: runs of letters and digits. In Chinese, Japanese and Korean, each character counts as a word.
  public let words: Int
  /// The estimated number of model tokens: one for every four bytes of ASCII, every two letters of other alphabets, and
  /// every Chinese, Japanese or Korean character. The error is about 15% for English prose; for code the estimate is
  /// low.
  public let tokens: Int
  /// The language of a mostly Chinese, Japanese or Korean text, as in HTML's `lang`; nil for any other text.
  public let language: String?

  /// Measures a text of valid UTF-8.
  public init(_ text: ArraySlice<UInt8>) {
    var count = Count()
    text.withUnsafeBytes { bytes in
      var index = 0
      while index + ByteWord.length <= bytes.count {
        count.add(ByteWord(bytes, at: index))
        index += ByteWord.length
      }
      for byte in bytes[index...] { count.add(byte) }
    }
    words = count.words
    tokens = (count.ascii + 3) / 4 + (count.letters + 1) / 2 + count.signs
    language = count.language
  }

  /// Measures a text.
  public init(_ text: String) { self.init(Array(text.utf8)[...]) }

  private struct Count {
    var words = 0
    var ascii = 0
    var letters = 0
    var signs = 0
    private var kana = 0
    private var hangul = 0
    private var isInWord = false
    private var pending: UInt32 = 0
    private var missing = 0

    /// One of these characters carries about as much information as five letters.
    var language: String? {
      if signs == 0 || signs * 5 < ascii + letters { return nil }
      return hangul * 2 > signs ? "ko" : kana * 10 > signs ? "ja" : "zh"
    }

    mutating func add(_ word: ByteWord) {
      guard word.isASCII, word.places(of: UInt8(ascii: "'")) | word.places(of: UInt8(ascii: "_")) == 0 else {
        for shift in stride(from: 0, to: 64, by: 8) { add(UInt8(truncatingIfNeeded: word.bits >> shift)) }
        return
      }
      let (letters, digits) = word.places
      let inside = letters | digits
      // A word begins at a letter or digit that follows none.
      words += (inside & ~(inside << 8 | (isInWord ? 0x80 : 0))).nonzeroBitCount
      isInWord = inside >> 63 == 1
      ascii += ByteWord.length
    }

    mutating func add(_ byte: UInt8) {
      if byte < 0x80 {
        ascii += 1
        let isLetter =
          (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
          || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
        if isLetter, !isInWord { words += 1 }
        isInWord = isLetter || (isInWord && (byte == UInt8(ascii: "'") || byte == UInt8(ascii: "_")))
      } else if byte < 0xC0 {
        pending = pending << 6 | UInt32(byte & 0x3F)
        missing -= 1
        if missing == 0 { addScalar() }
      } else {
        missing = byte >= 0xF0 ? 3 : byte >= 0xE0 ? 2 : 1
        pending = UInt32(byte) & (byte >= 0xF0 ? 0x07 : byte >= 0xE0 ? 0x0F : 0x1F)
      }
    }

    private mutating func addScalar() {
      if TextMeasure.isIdeographic(pending) {
        signs += 1
        words += 1
        if (0x3040...0x30FF).contains(pending) { kana += 1 }
        if (0xAC00...0xD7AF).contains(pending) { hangul += 1 }
        isInWord = false
      } else {
        letters += 1
        let isLetter = Unicode.Scalar(pending)?.properties.isAlphabetic ?? false
        if isLetter, !isInWord { words += 1 }
        isInWord = isLetter || (isInWord && pending == 0x2019)
      }
    }
  }

  private static func isIdeographic(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x3040...0x30FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xAC00...0xD7AF, 0xF900...0xFAFF, 0x20000...0x3FFFF: true
    default: false
    }
  }
}
