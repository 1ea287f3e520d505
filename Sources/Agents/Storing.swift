import Files
import GFM
import Likenesses

// The cache format of agents: all properties in order.

extension Agent {
  /// Writes all properties in order.
  public func store(in bytes: inout ByteWriter) {
    source.store(in: &bytes)
    kind.store(in: &bytes)
    format.store(in: &bytes)
    traits.store(in: &bytes)
    isOfPlugin.store(in: &bytes)
    dialect.store(in: &bytes)
    name.store(in: &bytes)
    statesName.store(in: &bytes)
    description.store(in: &bytes)
    model.store(in: &bytes)
    tools.store(in: &bytes)
    permissionMode.store(in: &bytes)
    color.store(in: &bytes)
    category.store(in: &bytes)
    tags.store(in: &bytes)
    promptField.store(in: &bytes)
    fields.store(in: &bytes)
    comments.store(in: &bytes)
    promptRange.store(in: &bytes)
    isRepaired.store(in: &bytes)
    outline.store(in: &bytes)
    relativeLinks.store(in: &bytes)
    promptCommands.store(in: &bytes)
    promptMeasure.store(in: &bytes)
    descriptionMeasure.store(in: &bytes)
    sketch.store(in: &bytes)
    terms.store(in: &bytes)
    ignoredRules.store(in: &bytes)
    loading.store(in: &bytes)
    references.store(in: &bytes)
    findings.store(in: &bytes)
    bundle.store(in: &bytes)
  }

  /// Reads the format that ``store(in:)`` writes.
  public convenience init(from bytes: inout ByteReader) throws(ByteReader.Failure) {
    let source = try SourceFile(from: &bytes)
    let parts = Parts(
      kind: try ItemKind(from: &bytes), format: try ItemFormat(from: &bytes), traits: try DataTraits(from: &bytes),
      isOfPlugin: try Bool(from: &bytes),
      dialect: try Dialect(from: &bytes), name: try String(from: &bytes), statesName: try Bool(from: &bytes),
      description: try Description(from: &bytes), model: try String?(from: &bytes), tools: try ToolSet(from: &bytes),
      permissionMode: try String?(from: &bytes), color: try String?(from: &bytes), category: try String?(from: &bytes),
      tags: try [String](from: &bytes), promptField: try String?(from: &bytes),
      fields: try [Field](from: &bytes),
      comments: try [FrontmatterComment](from: &bytes), promptRange: try Range<Int>(from: &bytes),
      isRepaired: try Bool(from: &bytes),
      outline: try [Document.Heading](from: &bytes), relativeLinks: try [String](from: &bytes),
      promptCommands: try [String](from: &bytes), promptMeasure: try TextMeasure(from: &bytes),
      descriptionMeasure: try TextMeasure(from: &bytes),
      sketch: try Sketch(from: &bytes),
      terms: try Terms(from: &bytes),
      ignoredRules: try [String](from: &bytes))
    self.init(
      parts, source: source, loading: try LoadVerdict(from: &bytes), references: try [Reference](from: &bytes),
      findings: try [Finding](from: &bytes), bundle: try SkillBundle?(from: &bytes))
  }
}

extension PlainDocument: Storable {
  /// Writes all properties in order.
  public func store(in bytes: inout ByteWriter) {
    source.store(in: &bytes)
    title.store(in: &bytes)
    relativeLinks.store(in: &bytes)
    findings.store(in: &bytes)
    held.store(in: &bytes)
  }

  /// Reads the format that ``store(in:)`` writes.
  public init(from bytes: inout ByteReader) throws(ByteReader.Failure) {
    self.init(
      source: try SourceFile(from: &bytes), title: try String(from: &bytes), relativeLinks: try [String](from: &bytes),
      findings: try [Finding](from: &bytes), held: try Held?(from: &bytes))
  }
}

extension PlainDocument.Held: Storable {
  /// Writes all properties in order.
  public func store(in bytes: inout ByteWriter) {
    count.store(in: &bytes)
    format.store(in: &bytes)
    dialect.store(in: &bytes)
    loading.store(in: &bytes)
  }

  /// Reads the format that ``store(in:)`` writes.
  public init(from bytes: inout ByteReader) throws(ByteReader.Failure) {
    self.init(
      count: try Int(from: &bytes), format: try ItemFormat(from: &bytes), dialect: try Dialect(from: &bytes),
      loading: try LoadVerdict(from: &bytes))
  }
}

extension Rendering: Storable {
  /// Writes all properties in order.
  public func store(in bytes: inout ByteWriter) {
    body.store(in: &bytes)
    whenToUse.store(in: &bytes)
  }

  /// Reads the format that ``store(in:)`` writes.
  public init(from bytes: inout ByteReader) throws(ByteReader.Failure) {
    self.init(body: try Markup(from: &bytes), whenToUse: try Markup(from: &bytes))
  }
}

extension Description: Storable {
  /// Writes all properties in order.
  public func store(in bytes: inout ByteWriter) {
    text.store(in: &bytes)
    summary.store(in: &bytes)
    whenToUse.store(in: &bytes)
    examples.store(in: &bytes)
    strayLabel.store(in: &bytes)
    wasEscaped.store(in: &bytes)
  }

  /// Reads the format that ``store(in:)`` writes.
  public init(from bytes: inout ByteReader) throws(ByteReader.Failure) {
    text = try String(from: &bytes)
    summary = try String(from: &bytes)
    whenToUse = try String(from: &bytes)
    examples = try [Example](from: &bytes)
    strayLabel = try String(from: &bytes)
    wasEscaped = try Bool(from: &bytes)
  }
}

extension Description.Example: Storable {
  /// Writes all properties in order.
  public func store(in bytes: inout ByteWriter) {
    context.store(in: &bytes)
    turns.store(in: &bytes)
    commentary.store(in: &bytes)
  }

  /// Reads the format that ``store(in:)`` writes.
  public init(from bytes: inout ByteReader) throws(ByteReader.Failure) {
    self.init(
      context: try String(from: &bytes), turns: try [Description.Turn](from: &bytes),
      commentary: try String(from: &bytes))
  }
}

extension Description.Turn: Storable {
  /// Writes all properties in order.
  public func store(in bytes: inout ByteWriter) {
    role.store(in: &bytes)
    text.store(in: &bytes)
  }

  /// Reads the format that ``store(in:)`` writes.
  public init(from bytes: inout ByteReader) throws(ByteReader.Failure) {
    self.init(role: try Role(from: &bytes), text: try String(from: &bytes))
  }
}

extension Description.Turn.Role: Storable {}

extension ToolSet: Storable {
  /// Writes all properties in order.
  public func store(in bytes: inout ByteWriter) {
    statement.store(in: &bytes)
    allowed.store(in: &bytes)
    denied.store(in: &bytes)
  }

  /// Reads the format that ``store(in:)`` writes.
  public init(from bytes: inout ByteReader) throws(ByteReader.Failure) {
    statement = try Statement(from: &bytes)
    allowed = try [Tool](from: &bytes)
    denied = try [Tool](from: &bytes)
  }
}

extension ToolSet.Statement: Storable {}

extension ToolSet.Tool: Storable {
  /// Writes all properties in order.
  public func store(in bytes: inout ByteWriter) {
    name.store(in: &bytes)
    specifier.store(in: &bytes)
  }

  /// Reads the format that ``store(in:)`` writes.
  public init(from bytes: inout ByteReader) throws(ByteReader.Failure) {
    name = try String(from: &bytes)
    specifier = try String?(from: &bytes)
  }
}

extension Field: Storable {
  /// Writes all properties in order.
  public func store(in bytes: inout ByteWriter) {
    key.store(in: &bytes)
    value.store(in: &bytes)
    range.store(in: &bytes)
    location.store(in: &bytes)
  }

  /// Reads the format that ``store(in:)`` writes.
  public init(from bytes: inout ByteReader) throws(ByteReader.Failure) {
    self.init(
      key: try String(from: &bytes), value: try FieldValue(from: &bytes), range: try Range<Int>(from: &bytes),
      location: try SourceLocation(from: &bytes))
  }
}

extension FrontmatterComment: Storable {
  /// Writes all properties in order.
  public func store(in bytes: inout ByteWriter) {
    text.store(in: &bytes)
    line.store(in: &bytes)
  }

  /// Reads the format that ``store(in:)`` writes.
  public init(from bytes: inout ByteReader) throws(ByteReader.Failure) {
    self.init(text: try String(from: &bytes), line: try Int(from: &bytes))
  }
}

extension FieldValue: Storable {
  /// Writes a tag byte for the type, and the value.
  public func store(in bytes: inout ByteWriter) {
    switch self {
    case .null: bytes.write(0)
    case .bool(let flag): bytes.write(flag ? 2 : 1)
    case .number(let text):
      bytes.write(3)
      bytes.write(text)
    case .text(let text):
      bytes.write(4)
      bytes.write(text)
    case .list(let items):
      bytes.write(5)
      items.store(in: &bytes)
    case .map(let entries):
      bytes.write(6)
      entries.store(in: &bytes)
    }
  }

  /// Reads the format that ``store(in:)`` writes.
  public init(from bytes: inout ByteReader) throws(ByteReader.Failure) {
    switch try bytes.readNumber() {
    case 0: self = .null
    case 1: self = .bool(false)
    case 2: self = .bool(true)
    case 3: self = .number(try bytes.readText())
    case 4: self = .text(try bytes.readText())
    case 5: self = .list(try [FieldValue](from: &bytes))
    case 6: self = .map(try [Entry](from: &bytes))
    default: throw ByteReader.Failure()
    }
  }
}

extension FieldValue.Entry: Storable {
  /// Writes all properties in order.
  public func store(in bytes: inout ByteWriter) {
    key.store(in: &bytes)
    value.store(in: &bytes)
  }

  /// Reads the format that ``store(in:)`` writes.
  public init(from bytes: inout ByteReader) throws(ByteReader.Failure) {
    self.init(key: try String(from: &bytes), value: try FieldValue(from: &bytes))
  }
}

extension TextMeasure: Storable {
  /// Writes all properties in order.
  public func store(in bytes: inout ByteWriter) {
    words.store(in: &bytes)
    tokens.store(in: &bytes)
    language.store(in: &bytes)
  }

  /// Reads the format that ``store(in:)`` writes.
  public init(from bytes: inout ByteReader) throws(ByteReader.Failure) {
    words = try Int(from: &bytes)
    tokens = try Int(from: &bytes)
    language = try String?(from: &bytes)
  }
}

extension Reach: Storable {
  /// Writes all properties in order.
  public func store(in bytes: inout ByteWriter) {
    grants.store(in: &bytes)
    bypassesPermissions.store(in: &bytes)
    automaticCommands.store(in: &bytes)
    approvesCommands.store(in: &bytes)
    givesNothing.store(in: &bytes)
    reasons.store(in: &bytes)
  }

  /// Reads the format that ``store(in:)`` writes.
  public init(from bytes: inout ByteReader) throws(ByteReader.Failure) {
    grants = try [Grant](from: &bytes)
    guard grants.count == Ability.allCases.count else { throw ByteReader.Failure() }
    bypassesPermissions = try Bool(from: &bytes)
    automaticCommands = try [String](from: &bytes)
    approvesCommands = try Bool(from: &bytes)
    givesNothing = try Bool(from: &bytes)
    reasons = try [String](from: &bytes)
  }
}

extension Reach.Grant: Storable {}
