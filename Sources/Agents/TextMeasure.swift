/// The size of a text, in words and in estimated tokens.
public struct TextMeasure: Sendable, Hashable {
  /// Runs of letters and digits; in scripts that do not part words (Chinese, Japanese), each sign counts.
  public let words: Int
  /// An estimate of what a model counts: a token for each four bytes of ASCII, each two letters of other alphabets, and each sign of Chinese,
  /// Japanese or Korean. On English prose it is within about 15 %; on code it is low.
  public let tokens: Int
  /// The language of a text that is mostly Chinese, Japanese or Korean, as in HTML's `lang`; nil of any other.
  public let language: String?

  /// Measures a text of valid UTF-8.
  public init(_ text: some Collection<UInt8>) {
    var words = 0
    var ascii = 0
    var letters = 0
    var signs = 0
    var kana = 0
    var hangul = 0
    var isInWord = false
    var pending: UInt32 = 0
    var missing = 0
    for byte in text {
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
        guard missing == 0 else { continue }
        if Self.isIdeographic(pending) {
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
      } else {
        missing = byte >= 0xF0 ? 3 : byte >= 0xE0 ? 2 : 1
        pending = UInt32(byte) & (byte >= 0xF0 ? 0x07 : byte >= 0xE0 ? 0x0F : 0x1F)
      }
    }
    self.words = words
    tokens = (ascii + 3) / 4 + (letters + 1) / 2 + signs
    // A sign says about as much as five letters.
    language =
      signs * 5 < ascii + letters ? nil : signs == 0 ? nil : hangul * 2 > signs ? "ko" : kana * 10 > signs ? "ja" : "zh"
  }

  private static func isIdeographic(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x3040...0x30FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xAC00...0xD7AF, 0xF900...0xFAFF, 0x20000...0x3FFFF: true
    default: false
    }
  }
}
