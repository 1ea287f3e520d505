import Files

/// The text of a file as valid UTF-8 with line feeds, with a mapping from each offset back to the bytes of the file.
///
/// The conversion makes these changes and no others:
/// - UTF-16 and UTF-32 become UTF-8, and a byte order mark is removed.
/// - CRLF and CR become LF.
/// - NUL and bytes that are not UTF-8 become U+FFFD.
/// - UTF-8 that was misread as Windows-1252 (`ðŸš¨` for 🚨) is restored if that is certain.
public struct SourceText: Sendable {
  /// A repair made while reading.
  public struct Repair: Sendable, Hashable {
    /// The kind of problem.
    public enum Kind: Sendable, Hashable {
      /// Bytes that are not UTF-8, shown as U+FFFD.
      case invalidBytes
      /// A NUL byte, shown as U+FFFD.
      case nul
      /// UTF-8 misread as Windows-1252. `written` is the text in the file, `meant` the original.
      case mojibake(written: String, meant: String)
    }

    /// The kind of problem.
    public let kind: Kind
    /// The byte range in the file.
    public let range: Range<Int>
  }

  /// The text, as valid UTF-8 with line feeds.
  public let utf8: [UInt8]
  /// The encoding of the file.
  public let encoding: TextEncoding
  /// The bytes that offsets refer to: those of the file. For UTF-16 and UTF-32, they are the text as UTF-8, so that
  /// lines and columns are found in the same way.
  public let bytes: [UInt8]
  /// The repairs in file order, at most ``repairLimit``.
  public let repairs: [Repair]
  /// Whether the file began with a byte order mark.
  public let hasByteOrderMark: Bool

  /// The points at which the difference between an offset in ``utf8`` and the offset in the file changes.
  private let breaks: [(text: Int, file: Int)]

  /// Whether the text differs from the bytes of the file by more than line endings and a byte order mark.
  public var isRepaired: Bool { !repairs.isEmpty || encoding != .utf8 }

  /// The maximum number of repairs listed. All repairs are made.
  public static let repairLimit = 200

  /// Reads the text of a file.
  public init(_ file: [UInt8]) {
    encoding = TextEncoding(of: file)
    bytes = encoding.decoded(file).text
    let traits = Traits(bytes)
    hasByteOrderMark = bytes.starts(with: [0xEF, 0xBB, 0xBF])
    if traits.isPlain, !hasByteOrderMark {
      utf8 = bytes
      repairs = []
      breaks = []
      return
    }
    var reader = Reader(bytes: bytes, from: hasByteOrderMark ? 3 : 0, traits: traits)
    reader.read()
    utf8 = reader.text
    repairs = reader.repairs
    breaks = reader.breaks
  }

  /// A range of a text that represents other characters: an escape sequence in a string.
  public struct Escape: Sendable, Equatable {
    /// The byte range in ``utf8``.
    public let range: Range<Int>
    /// The decoded characters, as valid UTF-8 with line feeds.
    public let meaning: [UInt8]

    /// Creates an escape.
    public init(range: Range<Int>, meaning: [UInt8]) {
      self.range = range
      self.meaning = meaning
    }
  }

  /// Returns the text with escape sequences decoded. Offsets still map back to the bytes of the file.
  ///
  /// - Parameter escapes: The escapes in text order, without overlaps.
  public func decoding(_ escapes: [Escape]) -> SourceText {
    if escapes.isEmpty { return self }
    var text: [UInt8] = []
    text.reserveCapacity(utf8.count)
    var places: [(text: Int, file: Int)] = []
    var (done, next) = (0, 0)
    /// Copies the text between two escapes, with its breaks.
    func copy(upTo end: Int) {
      while next < breaks.count, breaks[next].text <= end {
        if breaks[next].text >= done { places.append((text.count + breaks[next].text - done, breaks[next].file)) }
        next += 1
      }
      text += utf8[done..<end]
    }
    for escape in escapes {
      copy(upTo: escape.range.lowerBound)
      done = escape.range.upperBound
      text += escape.meaning
      places.append((text.count, fileOffset(done)))
    }
    copy(upTo: utf8.count)
    return SourceText(self, utf8: text, breaks: places)
  }

  private init(_ other: SourceText, utf8: [UInt8], breaks: [(text: Int, file: Int)]) {
    self.utf8 = utf8
    self.breaks = breaks
    encoding = other.encoding
    bytes = other.bytes
    repairs = other.repairs
    hasByteOrderMark = other.hasByteOrderMark
  }

  /// Returns the offset in ``bytes`` for an offset in ``utf8``.
  public func fileOffset(_ textOffset: Int) -> Int {
    var low = 0
    var high = breaks.count
    while low < high {
      let middle = (low + high) / 2
      if breaks[middle].text <= textOffset { low = middle + 1 } else { high = middle }
    }
    guard low > 0 else { return textOffset }
    let offset = breaks[low - 1].file + (textOffset - breaks[low - 1].text)
    // The replacement for a character may have more bytes than the original.
    return low < breaks.count ? min(offset, breaks[low].file) : offset
  }

  /// Returns the range in ``bytes`` for a range in ``utf8``.
  public func fileRange(_ textRange: Range<Int>) -> Range<Int> {
    let lower = fileOffset(textRange.lowerBound)
    return lower..<max(lower, fileOffset(textRange.upperBound))
  }

  /// Returns the line and column of an offset in the bytes of a file.
  ///
  /// - Parameter lines: The lines of `bytes`, see ``lines(of:)``.
  public static func location(of offset: Int, in bytes: [UInt8], _ lines: LineIndex) -> SourceLocation {
    let place = min(max(offset, lines.start(of: 1)), bytes.count)
    let line = lines.line(of: place)
    let start = lines.start(of: line)
    // Bounds the work for very long lines, in which nobody counts columns.
    let counted = bytes[max(start, place - columnLimit)..<max(start, place)]
    return SourceLocation(
      line: line, column: max(0, place - columnLimit - start) + String(decoding: counted, as: UTF8.self).count + 1)
  }

  /// The number of bytes before an offset that are counted in characters. Earlier bytes count as one column each.
  private static let columnLimit = 10_000

  /// Returns the lines of a file, for ``location(of:in:_:)``.
  public static func lines(of bytes: [UInt8]) -> LineIndex {
    LineIndex(bytes, ending: .any, from: bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0)
  }
}

/// The traits of a text, found in one pass. They decide whether the slower work is needed.
private struct Traits {
  var isValid = true
  var mayHoldMojibake = false
  var needsRewriting = false

  var isPlain: Bool { isValid && !mayHoldMojibake && !needsRewriting }

  init(_ bytes: [UInt8]) {
    var isASCII = true
    bytes.withUnsafeBufferPointer { buffer in
      func look(at index: Int) {
        let byte = buffer[index]
        if byte == 0 || byte == UInt8(ascii: "\r") { needsRewriting = true }
        if byte >= 0x80 {
          isASCII = false
          // Â…ô, the characters that Windows-1252 shows for the first byte of a multibyte UTF-8 sequence.
          if index > 0, buffer[index - 1] == 0xC3, (0x82...0xB4).contains(byte) { mayHoldMojibake = true }
        }
      }
      let raw = UnsafeRawBufferPointer(buffer)
      var index = 0
      while index + ByteWord.length <= buffer.count {
        let word = ByteWord(raw, at: index)
        if !word.isASCII || word.holds(0) || word.holds(UInt8(ascii: "\r")) {
          for place in index..<index + ByteWord.length { look(at: place) }
        }
        index += ByteWord.length
      }
      for place in index..<buffer.count { look(at: place) }
    }
    if !isASCII { isValid = String(validating: bytes, as: UTF8.self) != nil }
  }
}

private struct Reader {
  let bytes: [UInt8]
  let traits: Traits
  var index: Int
  var text: [UInt8] = []
  var repairs: [SourceText.Repair] = []
  var breaks: [(text: Int, file: Int)] = []
  let trustsPairs: Bool

  init(bytes: [UInt8], from start: Int, traits: Traits) {
    self.bytes = bytes
    self.traits = traits
    index = start
    text.reserveCapacity(bytes.count)
    trustsPairs = traits.mayHoldMojibake && Mojibake.holdsLongSequence(bytes)
    if start > 0 { breaks.append((0, start)) }
  }

  mutating func read() {
    while index < bytes.count {
      let byte = bytes[index]
      switch byte {
      case UInt8(ascii: "\r"):
        text.append(UInt8(ascii: "\n"))
        let isPair = index + 1 < bytes.count && bytes[index + 1] == UInt8(ascii: "\n")
        index += isPair ? 2 : 1
        if isPair { breaks.append((text.count, index)) }
      case 0:
        replace(.nul, count: 1)
      case 0..<0x80:
        text.append(byte)
        index += 1
      default:
        readSequence()
      }
    }
  }

  /// Reads a sequence that begins with a byte above 0x7F.
  private mutating func readSequence() {
    if traits.mayHoldMojibake, let found = Mojibake.sequence(in: bytes, at: index, trustsPairs: trustsPairs) {
      let range = index..<index + found.length
      note(
        .mojibake(
          written: String(decoding: bytes[range], as: UTF8.self), meant: String(decoding: found.meant, as: UTF8.self)),
        range)
      text.append(contentsOf: found.meant)
      index = range.upperBound
      breaks.append((text.count, index))
      return
    }
    let length = traits.isValid ? sequenceLength(bytes[index]) : UTF8Sequence.length(in: bytes, at: index)
    guard length > 0 else { return replace(.invalidBytes, count: 1) }
    text.append(contentsOf: bytes[index..<index + length])
    index += length
  }

  private mutating func replace(_ kind: SourceText.Repair.Kind, count: Int) {
    note(kind, index..<index + count)
    text.append(contentsOf: [0xEF, 0xBF, 0xBD])
    index += count
    breaks.append((text.count, index))
  }

  private mutating func note(_ kind: SourceText.Repair.Kind, _ range: Range<Int>) {
    if repairs.count < SourceText.repairLimit { repairs.append(.init(kind: kind, range: range)) }
  }

  private func sequenceLength(_ first: UInt8) -> Int { first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2 }
}

/// Well-formed UTF-8 sequences, after table 3-7 of the Unicode Standard.
enum UTF8Sequence {
  /// Returns the length of the well-formed sequence of two to four bytes at `index`, or 0.
  static func length(in bytes: [UInt8], at index: Int) -> Int {
    guard index < bytes.count else { return 0 }
    let first = bytes[index]
    let length: Int
    var second: ClosedRange<UInt8> = 0x80...0xBF
    switch first {
    case 0xC2...0xDF: length = 2
    case 0xE0: (length, second) = (3, 0xA0...0xBF)
    case 0xED: (length, second) = (3, 0x80...0x9F)
    case 0xE1...0xEF: length = 3
    case 0xF0: (length, second) = (4, 0x90...0xBF)
    case 0xF1...0xF3: length = 4
    case 0xF4: (length, second) = (4, 0x80...0x8F)
    default: return 0
    }
    guard index + length <= bytes.count, second.contains(bytes[index + 1]) else { return 0 }
    return bytes[(index + 2)..<(index + length)].allSatisfy { (0x80...0xBF).contains($0) } ? length : 0
  }
}

/// UTF-8 that was misread as Windows-1252 and written as UTF-8 again.
enum Mojibake {
  /// Decodes the misread sequence at `index`. Returns its length there and the original bytes, or nil.
  ///
  /// Originals of three or four bytes are certain, because no language has such a row of characters. Originals of two
  /// bytes are certain only if they begin with `Â` or `Ã`, or if the file also contains a longer one: `É»` may end a
  /// French quotation.
  static func sequence(in bytes: [UInt8], at index: Int, trustsPairs: Bool) -> (length: Int, meant: [UInt8])? {
    var position = index
    guard let first = windowsByte(in: bytes, at: &position), (0xC2...0xF4).contains(first) else { return nil }
    let count = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2
    if count == 2, first > 0xC3, !trustsPairs { return nil }
    var meant = [first]
    while meant.count < count {
      guard let byte = windowsByte(in: bytes, at: &position), (0x80...0xBF).contains(byte) else { return nil }
      meant.append(byte)
    }
    guard UTF8Sequence.length(in: meant, at: 0) == count else { return nil }
    return (position - index, meant)
  }

  /// Returns whether the text contains a misread sequence of three or four original bytes.
  static func holdsLongSequence(_ bytes: [UInt8]) -> Bool {
    var index = 0
    while index + 1 < bytes.count {
      if bytes[index] == 0xC3, let found = sequence(in: bytes, at: index, trustsPairs: false), found.meant.count > 2 {
        return true
      }
      index += 1
    }
    return false
  }

  /// Returns the Windows-1252 byte of the character at `index`, and moves `index` after it. Returns nil for ASCII and
  /// for characters that Windows-1252 does not have.
  private static func windowsByte(in bytes: [UInt8], at index: inout Int) -> UInt8? {
    guard index < bytes.count, bytes[index] >= 0x80 else { return nil }
    let length = UTF8Sequence.length(in: bytes, at: index)
    guard length > 0 else { return nil }
    var value = UInt32(bytes[index]) & (length == 2 ? 0x1F : length == 3 ? 0x0F : 0x07)
    for next in bytes[(index + 1)..<(index + length)] { value = value << 6 | UInt32(next & 0x3F) }
    index += length
    // Latin-1. The five bytes that Windows-1252 leaves undefined map to control characters, as in browsers.
    if (0xA0...0xFF).contains(value) || [0x81, 0x8D, 0x8F, 0x90, 0x9D].contains(value) { return UInt8(value) }
    return upper[value]
  }

  /// The characters of Windows-1252 at 0x80 to 0x9F: https://encoding.spec.whatwg.org/index-windows-1252.txt
  private static let upper: [UInt32: UInt8] = [
    0x20AC: 0x80, 0x201A: 0x82, 0x0192: 0x83, 0x201E: 0x84, 0x2026: 0x85, 0x2020: 0x86, 0x2021: 0x87, 0x02C6: 0x88,
    0x2030: 0x89, 0x0160: 0x8A, 0x2039: 0x8B, 0x0152: 0x8C, 0x017D: 0x8E, 0x2018: 0x91, 0x2019: 0x92, 0x201C: 0x93,
    0x201D: 0x94, 0x2022: 0x95, 0x2013: 0x96, 0x2014: 0x97, 0x02DC: 0x98, 0x2122: 0x99, 0x0161: 0x9A, 0x203A: 0x9B,
    0x0153: 0x9C, 0x017E: 0x9E, 0x0178: 0x9F,
  ]
}
