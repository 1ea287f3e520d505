import Files
import Templates

/// Encodes values into a digest.
final class DigestEncoder: Encoder {
  var digester: Digester
  let codingPath: [any CodingKey] = []
  let userInfo: [CodingUserInfoKey: Any] = [:]

  init(_ digester: Digester) { self.digester = digester }

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
    KeyedEncodingContainer(Fields(encoder: self))
  }

  func unkeyedContainer() -> any UnkeyedEncodingContainer { Items(encoder: self) }
  func singleValueContainer() -> any SingleValueEncodingContainer { Single(encoder: self) }

  fileprivate func add(_ value: some Encodable) throws {
    try value.encode(to: self)
    // A list item is preceded by a 1, so a 0 marks the end.
    digester.add(0)
  }

  /// The fields of a value. Their names are included, so a missing field isn't confused with the next one.
  private struct Fields<Key: CodingKey>: KeyedEncodingContainerProtocol {
    let encoder: DigestEncoder
    let codingPath: [any CodingKey] = []

    func encodeNil(forKey key: Key) { encoder.digester.add(key.stringValue) }

    func encode(_ value: String, forKey key: Key) {
      encoder.digester.add(key.stringValue)
      encoder.digester.add(value)
    }

    func encode(_ value: some Encodable, forKey key: Key) throws {
      encoder.digester.add(key.stringValue)
      try encoder.add(value)
    }

    func nestedContainer<Nested: CodingKey>(
      keyedBy type: Nested.Type, forKey key: Key
    ) -> KeyedEncodingContainer<Nested> {
      encoder.digester.add(key.stringValue)
      return encoder.container(keyedBy: type)
    }

    func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
      encoder.digester.add(key.stringValue)
      return encoder.unkeyedContainer()
    }

    func superEncoder() -> any Encoder { encoder }
    func superEncoder(forKey key: Key) -> any Encoder { encoder }
  }

  /// The items of a list.
  private struct Items: UnkeyedEncodingContainer {
    let encoder: DigestEncoder
    let codingPath: [any CodingKey] = []
    private(set) var count = 0

    init(encoder: DigestEncoder) { self.encoder = encoder }

    mutating func encodeNil() { next() }

    mutating func encode(_ value: String) {
      next()
      encoder.digester.add(value)
    }

    mutating func encode(_ value: some Encodable) throws {
      next()
      try encoder.add(value)
    }

    private mutating func next() {
      count += 1
      encoder.digester.add(1)
    }

    mutating func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type) -> KeyedEncodingContainer<Nested> {
      next()
      return encoder.container(keyedBy: type)
    }

    mutating func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer {
      next()
      return encoder.unkeyedContainer()
    }

    mutating func superEncoder() -> any Encoder { encoder }
  }

  /// A value without fields.
  private struct Single: SingleValueEncodingContainer {
    let encoder: DigestEncoder
    let codingPath: [any CodingKey] = []

    func encodeNil() { encoder.digester.add(false) }
    func encode(_ value: Bool) { encoder.digester.add(value) }
    func encode(_ value: String) { encoder.digester.add(value) }
    func encode(_ value: Int) { encoder.digester.add(value) }
    func encode(_ value: Double) { encoder.digester.add(Int(bitPattern: UInt(value.bitPattern))) }
    func encode(_ value: Float) { encode(Double(value)) }
    func encode(_ value: Int8) { encode(Int(value)) }
    func encode(_ value: Int16) { encode(Int(value)) }
    func encode(_ value: Int32) { encode(Int(value)) }
    func encode(_ value: Int64) { encode(Int(value)) }
    func encode(_ value: UInt) { encode(Int(bitPattern: value)) }
    func encode(_ value: UInt8) { encode(Int(value)) }
    func encode(_ value: UInt16) { encode(Int(value)) }
    func encode(_ value: UInt32) { encode(Int(value)) }
    func encode(_ value: UInt64) { encode(UInt(value)) }
    func encode(_ value: some Encodable) throws { try encoder.add(value) }
  }
}

extension Digester {
  /// Adds all parts of a value.
  mutating func add(encoding value: some Encodable) {
    let encoder = DigestEncoder(self)
    do { try encoder.add(value) } catch {
      // A value that can't be encoded gets a random digest, so its file is always rendered again.
      encoder.digester.add(Int.random(in: .min ... .max))
    }
    self = encoder.digester
  }
}

extension DeferredMarkup where Self: Encodable {
  func add(to digester: inout Digester) { digester.add(encoding: self) }
}
