import Files

/// What is known of a field of a runtime.
struct FieldFact: Sendable {
  /// The key.
  let key: String
  /// The values that it may have.
  var schema = ValueSchema()
  /// What a file without it becomes; nil where it may be left out.
  var missing: Effect?
  /// Whether it may be there without a value, where other fields may not.
  var mayBeEmpty = false
  /// What a value makes of the file that breaks the schema.
  var wrong = Effect.unknown
  /// What the field makes of the file wherever it is, or nil.
  var present: Effect?
  /// How much a wrong value matters, where the effect does not say.
  var severity: Finding.Severity?
  /// What follows where the runtime does not see it, as a clause.
  var consequence: String?
  /// What people write instead.
  var spellings: [String] = []
  /// What it means, in words that several runtimes share.
  var meaning: String?
  /// Whether it is ignored in the agents of a plugin.
  var isIgnoredInPlugins = false
  /// Whether it must equal the name of the folder.
  var isFolder = false
  /// Fields with the values beside which it may stand only; empty for none.
  var companions: [String: [String]] = [:]
  /// The folder whose files need it; nil where all do.
  var folder: String?
  /// What a value of another type makes of the file, where that is not as for other wrong values.
  var wrongType: Effect?
  /// What it changes in what an agent can do, whatever its tools are; nil where it changes nothing.
  var reach: ReachRule?
  /// The value by which a map of tools denies one; nil where the field denies none.
  var denial: String?
  /// What its words are names of; nil where they are not names.
  var names: Reference.Kind?
  /// How it is known.
  var evidence: [Evidence] = []

  init(key: String) { self.key = key }

  /// Whether a file at a place can do without it, where others cannot.
  func isNeedless(at path: RelativePath) -> Bool {
    folder.map { !path.folders.contains($0) } ?? false
  }
}

/// What a field changes in what an agent can do. Few fields have one, so it is behind a reference: facts are copied a
/// lot.
final class ReachRule: Sendable {
  /// The values for which it does so; empty for all that fit.
  let values: [String]
  /// Abilities that it adds.
  let adds: [Reach.Ability]
  /// Abilities that it takes away.
  let removes: [Reach.Ability]
  /// What it does, behind the name of the field; `{value}` stands for its value.
  let why: String

  init(values: [String], adds: [Reach.Ability], removes: [Reach.Ability], why: String) {
    self.values = values
    self.adds = adds
    self.removes = removes
    self.why = why
  }

  /// Whether it takes abilities away.
  var isLimit: Bool { !removes.isEmpty }
}

/// Another set of fields that a runtime accepts: remote agents, for example.
struct FieldVariant: Sendable {
  /// What it is called, for messages.
  let name: String
  /// Values of fields by which a file says that it is one.
  var conditions: [String: [String]] = [:]
  /// Fields by which a file shows that it is one.
  var marks: [String] = []
  /// Fields of which a file must have exactly one.
  var alternatives: [[String]] = []
  /// Its fields.
  var fields: [FieldFact] = []

  /// Whether a file is meant to be one.
  func isMeant(by values: [Field]) -> Bool {
    values.contains { field in
      marks.contains(field.key) || conditions[field.key]?.contains(field.value.scalar ?? "") ?? false
    }
  }
}
