import Files
import Templates

/// A view as part of encoded inputs.
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

/// A digest that replaces a value in encoded inputs.
struct EncodedDigest: Encodable {
  let digest: Digest

  func encode(to encoder: any Encoder) throws {
    if let encoder = encoder as? DigestEncoder { return encoder.digester.add(digest) }
    var container = encoder.singleValueContainer()
    try container.encode(digest.digits)
  }
}

/// A value that is encoded in its storage format.
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
