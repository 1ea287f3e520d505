/// A fingerprint of bytes, by which a later run tells whether they are still the same.
public struct Digest: Hashable, Sendable, Storable {
  fileprivate let first: UInt64
  fileprivate let second: UInt64

  fileprivate init(first: UInt64, second: UInt64) {
    self.first = first
    self.second = second
  }

  /// Writes every part of it, in order.
  public func store(in bytes: inout ByteWriter) {
    bytes.write(first)
    bytes.write(second)
  }

  /// Reads what ``store(in:)`` wrote.
  public init(from bytes: inout ByteReader) throws(ByteReader.Failure) {
    first = try bytes.readWord()
    second = try bytes.readWord()
  }
}

/// What digests are made with. It is drawn at random and kept where only Roster looks, so that nobody can prepare two
/// files of one digest.
public struct DigestKey: Hashable, Sendable, Storable {
  private let words: Digest
  fileprivate var first: UInt64 { words.first }
  fileprivate var second: UInt64 { words.second }

  /// Draws a new key.
  public static func random() -> DigestKey {
    DigestKey(words: Digest(first: .random(in: 1 ... .max), second: .random(in: 1 ... .max)))
  }

  private init(words: Digest) { self.words = words }

  /// Writes every part of it, in order.
  public func store(in bytes: inout ByteWriter) { words.store(in: &bytes) }
  /// Reads what ``store(in:)`` wrote.
  public init(from bytes: inout ByteReader) throws(ByteReader.Failure) { words = try Digest(from: &bytes) }

  /// The digest of some bytes.
  public func digest(_ bytes: [UInt8]) -> Digest {
    var digester = Digester(key: self)
    digester.add(bytes)
    return digester.digest
  }
}

/// Makes a ``Digest`` of several things, one after the other: where one ends and the next begins is part of it.
///
/// Words are folded in by multiplication to double width, as wyhash does (https://github.com/wangyi-fudan/wyhash):
/// several bytes a cycle, and without the key no collision can be made on purpose.
public struct Digester: Sendable {
  private var left: UInt64
  private var right: UInt64
  private let key: DigestKey

  /// Makes a digester that has seen nothing.
  public init(key: DigestKey) {
    self.key = key
    // Not the key itself: with it on both sides, the first two words could change places.
    left = Self.mix(key.first, 0xA076_1D64_78BD_642F)
    right = Self.mix(key.second, 0xE703_7ED1_A0B4_28DB)
  }

  /// Adds bytes.
  public mutating func add(_ bytes: [UInt8]) { bytes.withUnsafeBytes { add($0) } }

  /// Adds a text.
  public mutating func add(_ text: String) {
    var text = text
    text.withUTF8 { add(UnsafeRawBufferPointer($0)) }
  }

  /// Adds a text that may be missing; none is not the same as an empty one.
  public mutating func add(_ text: String?) {
    add(text == nil ? 0 : 1)
    if let text { add(text) }
  }

  /// Adds texts.
  public mutating func add(_ texts: [String]) {
    add(texts.count)
    for text in texts { add(text) }
  }

  /// Adds a number.
  public mutating func add(_ number: Int) { fold(UInt64(bitPattern: Int64(number)), 0) }

  /// Adds a yes or no.
  public mutating func add(_ flag: Bool) { add(flag ? 1 : 0) }

  /// Adds a digest.
  public mutating func add(_ digest: Digest) { fold(digest.first, digest.second) }

  /// The digest of all that was added.
  public var digest: Digest {
    let mixed = Self.mix(left ^ key.second, right ^ 0x9E37_79B9_7F4A_7C15)
    return Digest(first: Self.mix(mixed ^ left, key.first ^ right), second: Self.mix(mixed ^ right, key.second ^ left))
  }

  private mutating func add(_ bytes: UnsafeRawBufferPointer) {
    var offset = 0
    // Two lanes that do not wait for each other.
    while offset + 32 <= bytes.count {
      func word(_ place: Int) -> UInt64 { bytes.loadUnaligned(fromByteOffset: offset + place, as: UInt64.self) }
      left = Self.mix(word(0) ^ key.first, word(8) ^ left)
      right = Self.mix(word(16) ^ key.second, word(24) ^ right)
      offset += 32
    }
    while offset + 16 <= bytes.count {
      fold(
        bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self),
        bytes.loadUnaligned(fromByteOffset: offset + 8, as: UInt64.self))
      offset += 16
    }
    var rest: (UInt64, UInt64) = (0, 0)
    var shift: UInt64 = 0
    while offset < bytes.count {
      if shift < 64 {
        rest.0 |= UInt64(bytes[offset]) << shift
      } else {
        rest.1 |= UInt64(bytes[offset]) << (shift - 64)
      }
      shift += 8
      offset += 1
    }
    if shift > 0 { fold(rest.0, rest.1) }
    fold(UInt64(bytes.count), 0x2D35_8DCC_AA6C_78A5)
  }

  private mutating func fold(_ first: UInt64, _ second: UInt64) {
    left = Self.mix(first ^ key.first, second ^ left) &+ right
    right = Self.mix(first ^ right, second ^ key.second) ^ left
  }

  private static func mix(_ first: UInt64, _ second: UInt64) -> UInt64 {
    let product = first.multipliedFullWidth(by: second)
    return product.high ^ product.low
  }
}

extension DigestKey {
  /// Bytes led by their digest, so that ``opening(_:)`` can tell whether they are whole.
  public func sealing(_ bytes: [UInt8]) -> [UInt8] {
    var writer = ByteWriter(capacity: bytes.count + 16)
    digest(bytes).store(in: &writer)
    return writer.bytes + bytes
  }

  /// What ``sealing(_:)`` was given, or nil where that is not what these are.
  public func opening(_ sealed: [UInt8]) -> [UInt8]? {
    var reader = ByteReader(sealed)
    guard let seal = try? Digest(from: &reader) else { return nil }
    let bytes = Array(sealed.dropFirst(16))
    return digest(bytes) == seal ? bytes : nil
  }
}

extension Digest {
  /// The digest as 32 hexadecimal digits.
  public var digits: String { first.digits + second.digits }
}
