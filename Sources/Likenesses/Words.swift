/// The normalized words of a text: in lower case, without endings, and without common words.
public enum Words {
  /// Calls `body` with the hash and length in bytes of each word, except common words.
  static func each(in text: ArraySlice<UInt8>, _ body: (UInt32, Int) -> Void) {
    text.withUnsafeBufferPointer { bytes in
      isCommon.withUnsafeBufferPointer { isCommon in
        each(in: bytes) { hash, length in
          if !(isCommon[Int(hash & 0xFFFF)] && commonHashes.contains(hash)) { body(hash, length) }
        }
      }
    }
  }

  /// Calls `body` with the hash and length of each word, including common words.
  ///
  /// The hash is FNV-1a with 32 bits, of the word in lower case without its ending.
  @inline(__always)
  private static func each(in bytes: UnsafeBufferPointer<UInt8>, _ body: (UInt32, Int) -> Void) {
    lowered.withUnsafeBufferPointer { lowered in
      var start = 0
      while start < bytes.count {
        guard lowered[Int(bytes[start])] != 0 else {
          start &+= 1
          continue
        }
        let sign = signLength(bytes, start)
        guard sign == 0 else {
          start &+= sign
          continue
        }
        // The hashes of the word without its last zero, one, two and three bytes. The ending decides which one is used.
        var hashes: (UInt32, UInt32, UInt32, UInt32) = (0x811C_9DC5, 0, 0, 0)
        var end = start
        while end < bytes.count {
          let letter = lowered[Int(bytes[end])]
          if letter == 0 || signLength(bytes, end) > 0 { break }
          hashes = ((hashes.0 ^ UInt32(letter)) &* 0x0100_0193, hashes.0, hashes.1, hashes.2)
          end &+= 1
        }
        let length = stemmed(bytes, start, end &- start)
        if length > 1 {
          switch end &- start &- length {
          case 0: body(hashes.0, length)
          case 1: body(hashes.1, length)
          case 2: body(hashes.2, length)
          default: body(hashes.3, length)
          }
        }
        start = end
      }
    }
  }

  /// The lower-case value of each byte in a word; 0 for separators. `c++` and `c#` are words.
  private static let lowered: [UInt8] = (0...255).map { byte in
    switch UInt8(byte) {
    case 0x41...0x5A: UInt8(byte) | 0x20
    case 0x61...0x7A, 0x30...0x39, 0x80...0xFF, UInt8(ascii: "+"), UInt8(ascii: "#"): UInt8(byte)
    default: 0
    }
  }

  /// Returns the length in bytes of the symbol at a position, or 0 if there is none.
  ///
  /// Non-ASCII characters count as letters except these symbols: Latin-1 punctuation, general punctuation to arrows and
  /// shapes, CJK punctuation, and pictographs (U+0080 to U+00BF, U+2000 to U+2BFF, U+3000 to U+303F, U+1F000 to
  /// U+1FFFF).
  @inline(__always)
  private static func signLength(_ bytes: UnsafeBufferPointer<UInt8>, _ place: Int) -> Int {
    let first = bytes[place]
    guard first >= 0xC2, place &+ 1 < bytes.count else { return 0 }
    let second = bytes[place &+ 1]
    switch first {
    case 0xC2: return 2
    case 0xE2: return second < 0xB0 ? 3 : 0
    case 0xE3: return second == 0x80 ? 3 : 0
    case 0xF0: return second == 0x9F ? 4 : 0
    default: return 0
    }
  }

  /// Returns the length of a word without its ending, so that `test`, `tests`, `tested` and `testing` are the same
  /// word.
  ///
  /// Only the few endings of English inflection are removed, because removing more changes the meaning (after the first
  /// step of Porter, "An algorithm for suffix stripping", 1980). The site's search removes more.
  @inline(__always)
  private static func stemmed(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ length: Int) -> Int {
    if length < 4 { return length }
    func letter(_ place: Int) -> UInt8 { bytes[start &+ length &- place] | 0x20 }
    switch letter(1) {
    case UInt8(ascii: "g"):
      return length > 6 && letter(2) == UInt8(ascii: "n") && letter(3) == UInt8(ascii: "i") ? length &- 3 : length
    case UInt8(ascii: "d"): return length > 5 && letter(2) == UInt8(ascii: "e") ? length &- 2 : length
    case UInt8(ascii: "e"): return length > 4 ? length &- 1 : length
    case UInt8(ascii: "s"):
      switch letter(2) {
      case UInt8(ascii: "s"): return length
      case UInt8(ascii: "e") where length > 5: return letter(3) == UInt8(ascii: "i") ? length &- 3 : length &- 2
      default: return length &- 1
      }
    default: return length
    }
  }

  /// Words that say nothing about the topic of a text.
  static let common = """
    a about above across after again against agent agents all also always an and another any are as ask at be \
    because been before being below best between both but by can clear could create do does
    done down during each either else ensure etc even every example few first focus follow for from full further get \
    give go good had has have he help here high him his how however if in include into
    is it item its just keep key know like make many may more most much must my need never new next no not now of \
    off often on once one only or other our out over own per please provide put rather
    real same see set she should show so some specific step still such sure take task than that the their them then \
    there these they thing this those through thus time to too two under until up us use
    user using very via want was way we well were what when where which while who why will with within without work \
    would yet you your
    """

  private static let commonHashes: Set<UInt32> = {
    var hashes: Set<UInt32> = []
    Array(common.utf8).withUnsafeBufferPointer { each(in: $0) { hash, _ in hashes.insert(hash) } }
    return hashes
  }()

  /// Whether a common word may have a hash with these low 16 bits. Most words have none, which avoids a set lookup.
  private static let isCommon: [Bool] = {
    var isCommon = [Bool](repeating: false, count: 1 << 16)
    for hash in commonHashes { isCommon[Int(hash & 0xFFFF)] = true }
    return isCommon
  }()
}
