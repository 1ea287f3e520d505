import Files
import Text

/// How a runtime deviates from the standard when it reads a data format.
public struct DataTraits: OptionSet, Sendable, Hashable {
  /// The traits as bits.
  public let rawValue: Int

  /// Creates traits from bits.
  public init(rawValue: Int) { self.rawValue = rawValue }

  /// JSON may contain comments and trailing commas.
  public static let isRelaxed = DataTraits(rawValue: 1)
  /// Curly quotation marks, dashes, no-break spaces and zero-width characters are replaced by ASCII before parsing.
  public static let becomesASCII = DataTraits(rawValue: 2)
}

extension DataTraits: Storable {
  /// Writes the bits.
  public func store(in bytes: inout ByteWriter) { bytes.write(rawValue) }

  /// Reads the format that ``store(in:)`` writes.
  public init(from bytes: inout ByteReader) throws(ByteReader.Failure) { self.init(rawValue: try bytes.readNumber()) }
}

extension SourceText {
  /// The text with typographic characters replaced by ASCII, as Roo Code does before it parses modes
  /// (RooCodeInc/Roo-Code cb836567, src/core/config/CustomModesManager.ts, cleanInvisibleCharacters).
  var withASCIIPunctuation: SourceText {
    var escapes: [Escape] = []
    for index in utf8.indices.dropLast() where utf8[index] == 0xC2 || utf8[index] == 0xE2 {
      let next = utf8[index...].prefix(3)
      func replace(_ meaning: String) {
        escapes.append(Escape(range: index..<index + (utf8[index] == 0xC2 ? 2 : 3), meaning: Array(meaning.utf8)))
      }
      switch (next.first ?? 0, next.dropFirst().first ?? 0, next.dropFirst(2).first ?? 0) {
      // U+00A0.
      case (0xC2, 0xA0, _): replace(" ")
      // U+200B to U+200D.
      case (0xE2, 0x80, 0x8B...0x8D): replace("")
      // U+2018 and U+2019.
      case (0xE2, 0x80, 0x98...0x99): replace("'")
      // U+201C and U+201D.
      case (0xE2, 0x80, 0x9C...0x9D): replace("\"")
      // U+2010 to U+2015, U+2212.
      case (0xE2, 0x80, 0x90...0x95), (0xE2, 0x88, 0x92): replace("-")
      default: break
      }
    }
    return decoding(escapes)
  }
}
