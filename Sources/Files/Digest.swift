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
/// It is SHA-256 (FIPS 180-4) of the key and the things, cut to 128 bits.
public struct Digester: Sendable {
  private var hash = SHA256()
  /// What was added and not hashed yet. Most of what is added is short, and each call of the hash costs something.
  private var pending: [UInt8] = []

  private static let pendingLimit = 512

  /// Makes a digester that has seen nothing.
  public init(key: DigestKey) {
    pending.reserveCapacity(Self.pendingLimit + 256)
    append(key.first)
    append(key.second)
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
  public mutating func add(_ number: Int) { append(UInt64(bitPattern: Int64(number))) }

  /// Adds a number that may have a fraction.
  public mutating func add(_ number: Double) { append(number.bitPattern) }

  /// Adds a yes or no.
  public mutating func add(_ flag: Bool) { add(flag ? 1 : 0) }

  /// Adds a digest.
  public mutating func add(_ digest: Digest) {
    append(digest.first)
    append(digest.second)
  }

  /// The digest of all that was added.
  public var digest: Digest {
    var hash = hash
    hash.update(pending)
    return hash.digest.withUnsafeBytes { bytes in
      Digest(
        first: UInt64(littleEndian: bytes.loadUnaligned(as: UInt64.self)),
        second: UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self)))
    }
  }

  private mutating func add(_ bytes: UnsafeRawBufferPointer) {
    append(UInt64(bytes.count))
    if bytes.count < Self.pendingLimit {
      pending.append(contentsOf: bytes)
      if pending.count > Self.pendingLimit { flush() }
    } else {
      flush()
      hash.update(bytes)
    }
  }

  private mutating func append(_ word: UInt64) {
    withUnsafeBytes(of: word.littleEndian) { pending.append(contentsOf: $0) }
    if pending.count > Self.pendingLimit { flush() }
  }

  private mutating func flush() {
    hash.update(pending)
    pending.removeAll(keepingCapacity: true)
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
