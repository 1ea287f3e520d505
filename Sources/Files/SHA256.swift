#if canImport(CryptoKit)
  import CryptoKit
#else
  import CLibCrypto
#endif

/// Incremental SHA-256 (FIPS 180-4), computed by CryptoKit or OpenSSL.
struct SHA256: Sendable {
  /// The size of a digest in bytes.
  static let size = 32

  #if canImport(CryptoKit)
    private var state = CryptoKit.SHA256()

    mutating func update(_ bytes: UnsafeRawBufferPointer) { state.update(bufferPointer: bytes) }

    /// The digest of all bytes added so far.
    var digest: [UInt8] { Array(state.finalize()) }
  #else
    private var state = SHA256_CTX()

    init() { SHA256_Init(&state) }

    mutating func update(_ bytes: UnsafeRawBufferPointer) { SHA256_Update(&state, bytes.baseAddress, bytes.count) }

    /// The digest of all bytes added so far.
    var digest: [UInt8] {
      var state = state
      return Array(unsafeUninitializedCapacity: Self.size) { buffer, count in
        SHA256_Final(buffer.baseAddress, &state)
        count = Self.size
      }
    }
  #endif

  mutating func update(_ bytes: [UInt8]) { bytes.withUnsafeBytes { update($0) } }
}
