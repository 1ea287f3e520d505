/// Letters of other scripts that look like Latin ones, such as the Cyrillic а.
///
/// They mislead in a word that also has Latin letters, and in an identifier made only of such letters. Ordinary Russian
/// or Greek text is not affected. The letters are a selection from the confusables of Unicode Technical Standard 39
/// (https://www.unicode.org/Public/security/16.0.0/confusables.txt).
enum Lookalikes {
  /// A letter in a text that looks like a Latin one.
  struct Letter {
    /// The byte range.
    let range: Range<Int>
    let scalar: UInt32
    /// The Latin letter it resembles.
    let latin: Character

    /// The description: `Cyrillic U+0430, looks like Latin a`.
    var description: String { "\(script) \(InvisibleText.name(scalar)), looks like Latin \(latin)" }

    private var script: String {
      switch scalar {
      case ..<0x0400: "Greek"
      case ..<0x0530: "Cyrillic"
      case ..<0x0590: "Armenian"
      default: "Cherokee"
      }
    }
  }

  /// Whether a UTF-8 byte may begin a lookalike letter, indexed by the byte.
  static let mayBegin: [Bool] = (0...255).map { (0xCD...0xD6).contains($0) || $0 == 0xE1 }

  /// Returns the end of the word around an offset, and the misleading letters in it.
  ///
  /// - Parameters:
  ///   - text: Valid UTF-8.
  ///   - index: The offset of the word's first letter that ``mayBegin`` allows.
  ///   - isIdentifier: Whether letters count as misleading even without Latin ones in the word.
  static func word(
    in text: UnsafeBufferPointer<UInt8>, at index: Int, isIdentifier: Bool
  ) -> (end: Int, letters: [Letter]) {
    var hasLatin = false
    var count = 0
    var start = index
    while start > 0 {
      let scalar = InvisibleText.scalar(in: text, endingAt: start)
      guard isWord(scalar) else { break }
      hasLatin = hasLatin || isLatin(scalar)
      count += 1
      start -= scalar < 0x80 ? 1 : scalar < 0x800 ? 2 : scalar < 0x10000 ? 3 : 4
    }
    var letters: [Letter] = []
    var others = 0
    var end = index
    while end < text.count {
      let (scalar, length) = InvisibleText.scalar(in: text, at: end)
      guard isWord(scalar) else { break }
      if let latin = latin[scalar] {
        letters.append(Letter(range: end..<end + length, scalar: scalar, latin: latin))
      } else if isLatin(scalar) {
        hasLatin = true
      } else if scalar >= 0x0370 {
        others += 1
      }
      count += 1
      end += length
    }
    let isGreek = letters.allSatisfy { $0.scalar < 0x0400 }
    // A Greek letter next to a Latin one is common in mathematics.
    let isMixed = hasLatin && !(isGreek && count < 3)
    let misleads = others == 0 && (isMixed || isIdentifier && !hasLatin)
    return (max(end, index + 1), misleads ? letters : [])
  }

  /// Returns whether a character is part of a word: a letter, a digit or a combining mark.
  private static func isWord(_ scalar: UInt32) -> Bool {
    if scalar < 0x80 { return isLatin(scalar) || (0x30...0x39).contains(scalar) }
    if InvisibleText.isInvisible(scalar) { return false }
    return (0x0300...0x036F).contains(scalar) || Unicode.Scalar(scalar)?.properties.isAlphabetic == true
  }

  private static func isLatin(_ scalar: UInt32) -> Bool {
    scalar < 0x80 ? (0x61...0x7A).contains(scalar | 0x20) : (0x00C0...0x024F).contains(scalar)
  }

  private static let latin: [UInt32: Character] = {
    let pairs = [
      // Cyrillic
      "аaеeоoрpсcуyхxіiјjѕsһhԁdԛqԝwѵvӏlАAВBЕEКKМMНHОOРPСCТTХXІIЈJЅSҮYԌGԚQԜWѴVӀI",
      // Greek
      "αaιiκkνvοoρpυuϲcϳjΑAΒBΕEΖZΗHΙIΚKΜMΝNΟOΡPΤTΥYΧXϹCͿJ",
      // Armenian
      "օoոnսuհhցgզqյjՕOՏSԼLՍU",
      // Cherokee
      "ᎪAᏴBᏟCᎠDᎬEᏀGᎻHᎫJᏦKᏞLᎷMᏢPᎡRᏚSᎢTᏙVᎳWᏃZ",
    ]
    var latin: [UInt32: Character] = [:]
    for letters in pairs {
      let scalars = Array(letters.unicodeScalars)
      for index in stride(from: 0, to: scalars.count - 1, by: 2) {
        latin[scalars[index].value] = Character(scalars[index + 1])
      }
    }
    return latin
  }()
}
