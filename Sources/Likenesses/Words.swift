/// The words of a text as they are counted: in lower case, without endings, and without those that every text has.
public enum Words {
  /// Hands out the hash of each word, and how many bytes it has.
  static func each(in text: ArraySlice<UInt8>, _ body: (UInt32, Int) -> Void) {
    text.withUnsafeBufferPointer { bytes in
      var start = 0
      while start < bytes.count {
        guard isLetter(bytes[start]) else {
          start += 1
          continue
        }
        var end = start
        while end < bytes.count, isLetter(bytes[end]) { end += 1 }
        let word = stem(bytes[start..<end])
        if word.count > 1 {
          let hash = hash(word)
          if !commonHashes.contains(hash) { body(hash, word.count) }
        }
        start = end
      }
    }
  }

  /// `c++` and `c#` are words.
  private static func isLetter(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x41...0x5A, 0x61...0x7A, 0x30...0x39, 0x80...0xFF, UInt8(ascii: "+"), UInt8(ascii: "#"): true
    default: false
    }
  }

  /// A word less its ending, so that `test`, `tests`, `tested` and `testing` are one: the few endings that the forms of an English word differ in, since what is cut more says something
  /// else (after the first step of Porter, "An algorithm for suffix stripping", 1980). `answers.js` does the same.
  private static func stem(_ word: Slice<UnsafeBufferPointer<UInt8>>) -> Slice<UnsafeBufferPointer<UInt8>> {
    for ending in endings where word.count >= ending.bytes.count + ending.rest {
      if zip(word.suffix(ending.bytes.count), ending.bytes).allSatisfy({ $0 | 0x20 == $1 }) {
        return word.dropLast(ending.cut)
      }
    }
    return word
  }

  /// An ending, how many bytes of it go, and how many must be in front of it. The first that fits is the one.
  private static let endings: [(bytes: [UInt8], cut: Int, rest: Int)] = [
    ("ing", 3, 4), ("ed", 2, 4), ("ies", 3, 3), ("es", 2, 4), ("ss", 0, 1), ("s", 1, 3), ("e", 1, 4),
  ].map { (Array($0.0.utf8), $0.1, $0.2) }

  /// FNV-1a with 32 bits, of the word in lower case.
  private static func hash(_ word: some Sequence<UInt8>) -> UInt32 {
    var hash: UInt32 = 0x811C_9DC5
    for byte in word {
      let isCapital = (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
      hash = (hash ^ UInt32(isCapital ? byte | 0x20 : byte)) &* 0x0100_0193
    }
    return hash
  }

  /// Words that say nothing of what a text is about.
  public static let common = """
    a about above across after again against agent agents all also always an and another any are as ask at be because been before being below best between both but by can clear could create do does
    done down during each either else ensure etc even every example few first focus follow for from full further get give go good had has have he help here high him his how however if in include into
    is it item its just keep key know like make many may more most much must my need never new next no not now of off often on once one only or other our out over own per please provide put rather
    real same see set she should show so some specific step still such sure take task than that the their them then there these they thing this those through thus time to too two under until up us use
    user using very via want was way we well were what when where which while who why will with within without work would yet you your
    """

  private static let commonHashes: Set<UInt32> = {
    var hashes: Set<UInt32> = []
    Array(common.utf8).withUnsafeBufferPointer { bytes in
      for word in bytes.split(whereSeparator: { !isLetter($0) }) { hashes.insert(hash(stem(word))) }
    }
    return hashes
  }()
}
