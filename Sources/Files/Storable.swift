/// A value that Roster stores between runs in a compact binary format. Only the same version can read it.
public protocol Storable {
  /// Writes the value.
  func store(in bytes: inout ByteWriter)
  /// Reads the value written by ``store(in:)``.
  init(from bytes: inout ByteReader) throws(ByteReader.Failure)
}

/// Writes values in sequence.
public struct ByteWriter: Sendable {
  /// The bytes written.
  public private(set) var bytes: [UInt8] = []

  /// Creates an empty writer.
  public init(capacity: Int = 0) { bytes.reserveCapacity(capacity) }

  /// Writes a 64-bit word, little-endian.
  public mutating func write(_ word: UInt64) {
    withUnsafeBytes(of: word.littleEndian) { bytes.append(contentsOf: $0) }
  }

  /// Writes an integer with a variable length (LEB128, https://dwarfstd.org/doc/DWARF5.pdf, 7.6; the sign is the lowest
  /// bit).
  public mutating func write(_ number: Int) {
    var rest = UInt64(bitPattern: Int64(number << 1 ^ number >> 63))
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }

  /// Writes bytes with their count prepended.
  public mutating func write(_ content: [UInt8]) {
    write(content.count)
    bytes.append(contentsOf: content)
  }

  /// Writes a text.
  public mutating func write(_ text: String) {
    var text = text
    text.withUTF8 { utf8 in
      write(utf8.count)
      bytes.append(contentsOf: utf8)
    }
  }
}

/// Reads values written by a ``ByteWriter``. It fails on unexpected bytes and never reads past the end.
public struct ByteReader: Sendable {
  /// The error that the bytes are not in the expected format.
  public struct Failure: Error, Equatable {
    /// Creates a failure.
    public init() {}
  }

  private let bytes: [UInt8]
  private var position = 0

  /// Creates a reader of bytes.
  public init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// Whether all bytes are read.
  public var isAtEnd: Bool { position >= bytes.count }

  /// Reads a 64-bit word.
  public mutating func readWord() throws(Failure) -> UInt64 {
    let range = try take(8)
    return bytes.withUnsafeBytes {
      UInt64(littleEndian: $0.loadUnaligned(fromByteOffset: range.lowerBound, as: UInt64.self))
    }
  }

  /// Reads an integer.
  public mutating func readNumber() throws(Failure) -> Int {
    var value: UInt64 = 0
    var shift: UInt64 = 0
    while true {
      guard position < bytes.count, shift < 64 else { throw Failure() }
      let byte = bytes[position]
      position += 1
      value |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 { break }
      shift += 7
    }
    return Int(bitPattern: UInt(value >> 1)) ^ -Int(bitPattern: UInt(value & 1))
  }

  /// Reads the number of following elements, each of which has at least one byte.
  public mutating func readCount() throws(Failure) -> Int {
    let count = try readNumber()
    guard count >= 0, count <= bytes.count - position else { throw Failure() }
    return count
  }

  /// Reads bytes.
  public mutating func readBytes() throws(Failure) -> [UInt8] { Array(bytes[try take(try readCount())]) }

  /// Reads a text.
  public mutating func readText() throws(Failure) -> String {
    String(decoding: bytes[try take(try readCount())], as: UTF8.self)
  }

  private mutating func take(_ count: Int) throws(Failure) -> Range<Int> {
    guard count <= bytes.count - position else { throw Failure() }
    position += count
    return position - count..<position
  }
}

extension Int: Storable {
  /// Writes the value.
  public func store(in bytes: inout ByteWriter) { bytes.write(self) }
  /// Reads the value written by ``store(in:)``.
  public init(from bytes: inout ByteReader) throws(ByteReader.Failure) { self = try bytes.readNumber() }
}

extension Bool: Storable {
  /// Writes the value.
  public func store(in bytes: inout ByteWriter) { bytes.write(self ? 1 : 0) }
  /// Reads the value written by ``store(in:)``.
  public init(from bytes: inout ByteReader) throws(ByteReader.Failure) { self = try bytes.readNumber() != 0 }
}

extension String: Storable {
  /// Writes the value.
  public func store(in bytes: inout ByteWriter) { bytes.write(self) }
  /// Reads the value written by ``store(in:)``.
  public init(from bytes: inout ByteReader) throws(ByteReader.Failure) { self = try bytes.readText() }
}

extension Double: Storable {
  /// Writes the value.
  public func store(in bytes: inout ByteWriter) { bytes.write(bitPattern) }
  /// Reads the value written by ``store(in:)``.
  public init(from bytes: inout ByteReader) throws(ByteReader.Failure) { self.init(bitPattern: try bytes.readWord()) }
}

extension Optional: Storable where Wrapped: Storable {
  /// Writes whether there is a value, then the value.
  public func store(in bytes: inout ByteWriter) {
    bytes.write(self == nil ? 0 : 1)
    self?.store(in: &bytes)
  }

  /// Reads the value written by ``store(in:)``.
  public init(from bytes: inout ByteReader) throws(ByteReader.Failure) {
    self = try bytes.readNumber() == 0 ? nil : Wrapped(from: &bytes)
  }
}

extension Array: Storable where Element: Storable {
  /// Writes the number of elements, then the elements.
  public func store(in bytes: inout ByteWriter) {
    bytes.write(count)
    for element in self { element.store(in: &bytes) }
  }

  /// Reads the value written by ``store(in:)``.
  public init(from bytes: inout ByteReader) throws(ByteReader.Failure) {
    let count = try bytes.readCount()
    self = []
    reserveCapacity(count)
    for _ in 0..<count { append(try Element(from: &bytes)) }
  }
}

extension Range<Int>: Storable {
  /// Writes the lower bound and the length.
  public func store(in bytes: inout ByteWriter) {
    bytes.write(lowerBound)
    bytes.write(count)
  }

  /// Reads the value written by ``store(in:)``.
  public init(from bytes: inout ByteReader) throws(ByteReader.Failure) {
    let start = try bytes.readNumber()
    let (end, overflows) = start.addingReportingOverflow(try bytes.readNumber())
    guard !overflows, start <= end else { throw ByteReader.Failure() }
    self = start..<end
  }
}

extension Storable where Self: RawRepresentable, RawValue: Storable {
  /// Writes the raw value.
  public func store(in bytes: inout ByteWriter) { rawValue.store(in: &bytes) }

  /// Reads the raw value.
  public init(from bytes: inout ByteReader) throws(ByteReader.Failure) {
    guard let value = Self(rawValue: try RawValue(from: &bytes)) else { throw ByteReader.Failure() }
    self = value
  }
}
