/// A fingerprint of bytes, used to detect changes between runs.
public struct Digest: Hashable, Sendable, Storable {
  fileprivate let first: UInt64
  fileprivate let second: UInt64

  fileprivate init(first: UInt64, second: UInt64) {
    self.first = first
    self.second = second
  }

  /// Writes all properties in order.
  public func store(in bytes: inout ByteWriter) {
    bytes.write(first)
    bytes.write(second)
  }

  /// Reads the values written by ``store(in:)``.
  public init(from bytes: inout ByteReader) throws(ByteReader.Failure) {
    first = try bytes.readWord()
    second = try bytes.readWord()
  }
}

/// The secret key of digests. It is random and stored privately, so that nobody can prepare two files with one digest.
public struct DigestKey: Hashable, Sendable, Storable {
  private let words: Digest
  fileprivate var first: UInt64 { words.first }
  fileprivate var second: UInt64 { words.second }

  /// Generates a random key.
  public static func random() -> DigestKey {
    DigestKey(words: Digest(first: .random(in: 1 ... .max), second: .random(in: 1 ... .max)))
  }

  private init(words: Digest) { self.words = words }

  /// Writes all properties in order.
  public func store(in bytes: inout ByteWriter) { words.store(in: &bytes) }
  /// Reads the values written by ``store(in:)``.
  public init(from bytes: inout ByteReader) throws(ByteReader.Failure) { words = try Digest(from: &bytes) }

  /// Returns the digest of some bytes.
  public func digest(_ bytes: [UInt8]) -> Digest {
    var digester = Digester(key: self)
    digester.add(bytes)
    return digester.digest
  }
}

/// Computes a ``Digest`` of several values in sequence. The boundaries between values are part of the digest.
///
/// The digest is SHA-256 (FIPS 180-4) of the key and the values, truncated to 128 bits.
public struct Digester: Sendable {
  private var hash = SHA256()
  /// Bytes not hashed yet. Most values are short, and each call of the hash function has a cost.
  private var pending: [UInt8] = []

  private static let pendingLimit = 512

  /// Creates a digester without values.
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

  /// Adds an optional text. Nil differs from an empty text.
  public mutating func add(_ text: String?) {
    add(text == nil ? 0 : 1)
    if let text { add(text) }
  }

  /// Adds texts.
  public mutating func add(_ texts: [String]) {
    add(texts.count)
    for text in texts { add(text) }
  }

  /// Adds an integer.
  public mutating func add(_ number: Int) { append(UInt64(bitPattern: Int64(number))) }

  /// Adds a floating-point number.
  public mutating func add(_ number: Double) { append(number.bitPattern) }

  /// Adds a Boolean value.
  public mutating func add(_ flag: Bool) { add(flag ? 1 : 0) }

  /// Adds a digest.
  public mutating func add(_ digest: Digest) {
    append(digest.first)
    append(digest.second)
  }

  /// The digest of all values added.
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
  /// Returns the bytes with their digest prepended, so that ``opening(_:)`` can verify them.
  public func sealing(_ bytes: [UInt8]) -> [UInt8] {
    var writer = ByteWriter(capacity: bytes.count + 16)
    digest(bytes).store(in: &writer)
    return writer.bytes + bytes
  }

  /// Verifies sealed bytes. Returns the bytes passed to ``sealing(_:)``, or nil if the digest does not match.
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
