/// Facts about a file that other files of its project state.
public struct OutsideFacts: Hashable, Sendable {
  /// The declaration of the file's item in a configuration; nil if there is none.
  public var declaration: ItemDeclaration?
  /// The names of the project's own tools, sorted.
  public var customTools: [String]
  /// The marks in the file for which a runtime fills in the texts of other files, in file order.
  public var inclusions: [Inclusion]

  /// Creates a value from its parts.
  public init(declaration: ItemDeclaration? = nil, customTools: [String] = [], inclusions: [Inclusion] = []) {
    self.declaration = declaration
    self.customTools = customTools
    self.inclusions = inclusions
  }

  /// Whether there are no facts.
  public var isEmpty: Bool { declaration == nil && customTools.isEmpty && inclusions.isEmpty }

  /// Returns whether a name is that of one of the project's own tools.
  ///
  /// A file that exports several tools gives them its name, an underscore and the name of each export.
  public func hasTool(_ name: String) -> Bool {
    customTools.contains { name == $0 || name.hasPrefix("\($0)_") }
  }

  /// Adds all facts to a digest.
  func add(to digester: inout Digester) {
    digester.add([declaration?.place, declaration?.name, declaration?.description].map { $0 ?? "" })
    digester.add(customTools)
    digester.add(inclusions.flatMap { [$0.path, String($0.offset), $0.state.rawValue] })
  }
}

/// The declaration of an item in a configuration, which refers to the item's file.
public struct ItemDeclaration: Hashable, Sendable {
  /// The path of the configuration in its project, for example `.codex/config.toml`.
  public let place: String
  /// The name that applies if the file states none.
  public let name: String
  /// The description that applies if the file states none; nil if the declaration has none either.
  public let description: String?

  /// Creates a value from its parts.
  public init(place: String, name: String, description: String?) {
    self.place = place
    self.name = name
    self.description = description
  }
}

extension OutsideFacts: Storable {
  /// Writes all properties in order.
  public func store(in bytes: inout ByteWriter) {
    declaration.store(in: &bytes)
    customTools.store(in: &bytes)
    inclusions.store(in: &bytes)
  }

  /// Reads the values written by ``store(in:)``.
  public init(from bytes: inout ByteReader) throws(ByteReader.Failure) {
    self.init(
      declaration: try ItemDeclaration?(from: &bytes), customTools: try [String](from: &bytes),
      inclusions: try [Inclusion](from: &bytes))
  }
}

extension ItemDeclaration: Storable {
  /// Writes all properties in order.
  public func store(in bytes: inout ByteWriter) {
    place.store(in: &bytes)
    name.store(in: &bytes)
    description.store(in: &bytes)
  }

  /// Reads the values written by ``store(in:)``.
  public init(from bytes: inout ByteReader) throws(ByteReader.Failure) {
    self.init(place: try String(from: &bytes), name: try String(from: &bytes), description: try String?(from: &bytes))
  }
}
