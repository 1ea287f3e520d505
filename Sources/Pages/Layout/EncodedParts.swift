import Files
import Templates

/// A view among inputs that are encoded.
struct Shown<View: TemplateView>: Encodable, Sendable {
  let view: View

  init(_ view: View) { self.view = view }

  func encode(to encoder: any Encoder) throws {
    guard let encoder = encoder as? DigestEncoder else {
      throw EncodingError.invalidValue(view, .init(codingPath: encoder.codingPath, debugDescription: "not a digest"))
    }
    encoder.digester.add(view)
  }
}

/// A digest that stands for a value in the value's place.
struct EncodedDigest: Encodable {
  let digest: Digest

  func encode(to encoder: any Encoder) throws {
    if let encoder = encoder as? DigestEncoder { return encoder.digester.add(digest) }
    var container = encoder.singleValueContainer()
    try container.encode(digest.digits)
  }
}

/// A value of a type that has its own way of being stored.
@propertyWrapper
struct Stored<Value: Storable & Sendable>: Encodable, Sendable {
  var wrappedValue: Value

  init(wrappedValue: Value) { self.wrappedValue = wrappedValue }

  func encode(to encoder: any Encoder) throws {
    var writer = ByteWriter()
    wrappedValue.store(in: &writer)
    if let encoder = encoder as? DigestEncoder { return encoder.digester.add(writer.bytes) }
    var container = encoder.singleValueContainer()
    try container.encode(writer.bytes)
  }
}
