import Files
import Foundation

/// Splits texts and queries into words for the search. `words.js` splits and stems in the same way, and a test compares
/// the two.
enum SearchWords {
  /// Calls `body` with each word, in lowercase and without accents, but not stemmed.
  ///
  /// - Parameters:
  ///   - text: The text in UTF-8.
  ///   - isProse: Whether it is a long text, in which one-letter words and the joined form of `node.js` are noise.
  static func each(in text: ArraySlice<UInt8>, isProse: Bool = false, _ body: ([UInt8]) -> Void) {
    text.withUnsafeBufferPointer { each(in: $0, isProse: isProse, body) }
  }

  /// Calls `body` with the FNV-1a hash of each word of a prompt, split as by ``each(in:isProse:_:)``. The word itself
  /// is created only on demand: prompts are long, and most of their words are already known.
  @inline(__always)
  static func eachHash(inProse text: ArraySlice<UInt8>, _ body: (UInt64, () -> [UInt8]) -> Void) {
    text.withUnsafeBufferPointer { bytes in
      foldedBytes.withUnsafeBufferPointer { folded in
        var start = 0
        while start < bytes.count {
          var letter = folded[Int(bytes[start])]
          guard letter != 0 else {
            start &+= 1
            continue
          }
          let symbol = symbolLength(bytes, start)
          guard symbol == 0 else {
            start &+= symbol
            continue
          }
          var (end, hash, marks) = (start, FNV().value, UInt8(0))
          while letter != 0 {
            hash = (hash ^ UInt64(letter)) &* FNV.prime
            marks |= letter
            end &+= 1
            if end == bytes.count || symbolLength(bytes, end) > 0 { break }
            letter = folded[Int(bytes[end])]
          }
          if marks < 0x80, end - start > 1 {
            if end - start <= longest {
              let run = bytes[start..<end]
              body(hash) { run.map { folded[Int($0)] } }
            }
          } else if marks >= 0x80 || end < bytes.count && isSign(bytes[end]) {
            // A letter followed by a sign, or a word that isn't ASCII.
            let tail = marks < 0x80 ? min(bytes.count, end + 3) : end
            each(in: UnsafeBufferPointer(rebasing: bytes[start..<tail]), isProse: true) { word in
              if marks >= 0x80 || word.count > 1 && !isPart(word[1]) { body(FNV.hash(word)) { word } }
            }
          }
          start = end
        }
      }
    }
  }

  /// Whether a byte may follow a letter in a word: `c++`, `c#`.
  private static func isSign(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "+") || byte == UInt8(ascii: "#") }

  /// Returns the length in bytes of the symbol at a position, or 0 if there is none. Symbols end words, so that dashes,
  /// quotation marks, bullets, arrows, check marks and pictographs need no lookup of Unicode properties.
  ///
  /// These are U+2000 to U+203F, U+2190 to U+21BF, U+2500 to U+275F, and U+1F300 to U+1FAFF. None of them is a letter,
  /// number or mark, and none decomposes into one, except into marks that are dropped.
  @inline(__always)
  private static func symbolLength(_ bytes: UnsafeBufferPointer<UInt8>, _ place: Int) -> Int {
    let first = bytes[place]
    guard first >= 0xE2, place &+ 2 < bytes.count else { return 0 }
    let (second, third) = (bytes[place &+ 1], bytes[place &+ 2])
    guard third & 0xC0 == 0x80 else { return 0 }
    switch first {
    case 0xE2:
      switch second {
      case 0x80, 0x94...0x9C: return 3
      case 0x86: return third >= 0x90 ? 3 : 0
      case 0x9D: return third < 0xA0 ? 3 : 0
      default: return 0
      }
    case 0xF0:
      guard second == 0x9F, 0x8C...0xAB ~= third, place &+ 3 < bytes.count else { return 0 }
      return bytes[place &+ 3] & 0xC0 == 0x80 ? 4 : 0
    default: return 0
    }
  }

  /// The normalized form of each byte in a word; 0 for bytes that end one.
  private static let foldedBytes: [UInt8] = (0...255).map { isPart(UInt8($0)) ? lowered(UInt8($0)) : 0 }

  /// Returns the stems of a short text, in order.
  static func stems(_ text: String) -> [String] {
    var stems: [String] = []
    each(in: Array(text.utf8)[...]) { word in
      var word = word
      SearchStem.cut(&word)
      stems.append(String(decoding: word, as: UTF8.self))
    }
    return stems
  }

  private static func each(in text: UnsafeBufferPointer<UInt8>, isProse: Bool, _ body: ([UInt8]) -> Void) {
    var (word, previous): ([UInt8], [UInt8]) = ([], [])
    var previousEnd = 0
    func emit(at start: Int, _ end: Int) {
      if isProse {
        if word.count > 1, word.count <= longest { body(word) }
        return
      }
      if word.count == 1, !letters.contains(word[0]) { return }
      if word == suffix, !previous.isEmpty, previousEnd + 1 == start, text[previousEnd] == UInt8(ascii: ".") {
        body(previous + word)
      }
      body(word)
      (previous, previousEnd) = (word, end)
    }
    var start = 0
    while start < text.count {
      guard isPart(text[start]) else {
        start += 1
        continue
      }
      word.removeAll(keepingCapacity: true)
      var (end, isASCII) = (start, true)
      while end < text.count, isPart(text[end]) {
        isASCII = isASCII && text[end] < 0x80
        word.append(lowered(text[end]))
        end += 1
      }
      if isASCII {
        let sign = sign(after: word, in: text[end...])
        word += sign
        end += sign.count
        emit(at: start, end)
      } else {
        let folded = folded(String(decoding: text[start..<end], as: UTF8.self)).unicodeScalars
        for run in folded.split(whereSeparator: { !isWordPart($0) }) {
          for part in run.isIdeographic ? pairs(run) : [Substring(run)] {
            word = Array(part.utf8)
            emit(at: start, end)
          }
        }
      }
      start = end
    }
  }

  /// Returns the sign in words such as `c++` and `c#`.
  private static func sign(after word: [UInt8], in rest: Slice<UnsafeBufferPointer<UInt8>>) -> [UInt8] {
    guard word.count == 1, word[0] > 0x60 else { return [] }
    let sign = rest.first == UInt8(ascii: "#") ? [UInt8(ascii: "#")] : Array("++".utf8)
    guard rest.starts(with: sign) else { return [] }
    if let next = rest.dropFirst(sign.count).first, isPart(next) { return [] }
    return sign
  }

  /// The stems of stop words. In prompts they aren't indexed, and queries ignore them.
  static let commonStems: Set<[UInt8]> = Set(stems(commonText).map { Array($0.utf8) })

  static let commonText = """
    a about above across after again against agent agents all also always am an and another any anyone anything are \
    as ask at be because been before being below best better between both but by can could did do does doing don \
    done down during each either else ensure etc even every everything example few first for from full further get \
    getting give go going good got had has have having he hello help here hey hi high him his how however i if in \
    include into is it item its just keep know let like ll look looking lot make making many may maybe me mine more \
    most much must my myself need needs never new next nice no not nothing now of off often on once one only or \
    other our ours out over own per please provide put rather re really same see set shall she should show so some \
    somebody someone something specific step still stuff such sure take task tell than that the their them then \
    there these they thing things this those through thus to too two under until up us use using ve very via want \
    wants was way we well were what when where whether which while who whom whose why will with within without would \
    yes yet you your
    """

  /// The maximum length of words in prompts. Longer ones are keys, hashes and URLs.
  private static let longest = 24
  /// Letters that are names of programming languages.
  private static let letters = Array("cr".utf8)
  /// `next.js` is also written `nextjs`.
  private static let suffix = Array("js".utf8)

  private static func isPart(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x80...: true
    default: false
    }
  }

  private static func lowered(_ byte: UInt8) -> UInt8 { (0x41...0x5A).contains(byte) ? byte | 0x20 : byte }

  // MARK: Beyond ASCII

  /// Returns a text without marks and case: NFKD, then lowercase, with `ß` as `ss`.
  private static func folded(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.decomposedStringWithCompatibilityMapping.unicodeScalars {
      switch scalar.properties.generalCategory {
      case .nonspacingMark, .spacingMark, .enclosingMark: continue
      default: result.append(scalar)
      }
    }
    return String(result).lowercased().replacing("ß", with: "ss")
  }

  private static func isWordPart(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .lowercaseLetter, .uppercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber,
      .letterNumber, .otherNumber:
      true
    default: false
    }
  }

  /// Splits a run of a script without spaces into pairs of characters.
  private static func pairs(_ run: Substring.UnicodeScalarView) -> [Substring] {
    guard run.count > 2 else { return [Substring(run)] }
    return zip(run.indices, run.indices.dropFirst()).map { Substring(run[$0...$1]) }
  }
}

extension Substring.UnicodeScalarView {
  /// Whether it is Chinese or Japanese.
  fileprivate var isIdeographic: Bool {
    first.map { (0x3040...0x30FF).contains($0.value) || (0x3400...0x9FFF).contains($0.value) } ?? false
  }
}
