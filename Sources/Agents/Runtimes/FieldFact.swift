import Files

/// The facts about a field of a runtime.
struct FieldFact: Sendable {
  /// The key.
  let key: String
  /// The accepted values.
  var schema = ValueSchema()
  /// The effect of a missing field; nil if the field is optional.
  var missing: Effect?
  /// Whether the field may have no value where ``Runtime/Facts/emptyValue`` rejects it for others.
  var mayBeEmpty = false
  /// The effect of a value that violates the schema.
  var wrong = Effect.unknown
  /// The reason for ``wrong`` if a text is too long and the reason differs from that of other values.
  var meansOfLength: String?
  /// The effect of the field's presence, or nil.
  var present: Effect?
  /// The severity of a wrong value if the effect does not determine it.
  var severity: Finding.Severity?
  /// The consequence of a missing or misspelled field, as a clause.
  var consequence: String?
  /// Common misspellings.
  var spellings: [String] = []
  /// The meaning, as a word shared by several runtimes.
  var meaning: String?
  /// Whether the field is ignored in plugin agents.
  var isIgnoredInPlugins = false
  /// Whether the value must equal the name of the folder.
  var isFolder = false
  /// Fields, with their values, that must accompany this field; empty if none.
  var companions: [String: [String]] = [:]
  /// The folder whose files need the field; nil if all do.
  var folder: String?
  /// The effect of a value of the wrong type if it differs from ``wrong``.
  var wrongType: Effect?
  /// The change to an agent's abilities, independent of its tools; nil if there is none.
  var reach: ReachRule?
  /// The value that denies a tool in a map of tools; nil if the field denies none.
  var denial: String?
  /// The kind of items that the field's words name; nil if they are not names.
  var names: Reference.Kind?
  /// The evidence.
  var evidence: [Evidence] = []

  init(key: String) { self.key = key }

  /// Returns whether a file at a path does not need the field although other files do.
  func isNeedless(at path: RelativePath) -> Bool {
    folder.map { !path.folders.contains($0) } ?? false
  }
}

/// The change that a field makes to an agent's abilities.
///
/// A class, because few fields have one and facts are copied often.
final class ReachRule: Sendable {
  /// The values that trigger the change; empty for all valid values.
  let values: [String]
  /// The abilities that it adds.
  let adds: [Reach.Ability]
  /// The abilities that it removes.
  let removes: [Reach.Ability]
  /// What it does, as text after the field's name; `{value}` is replaced by its value.
  let why: String

  init(values: [String], adds: [Reach.Ability], removes: [Reach.Ability], why: String) {
    self.values = values
    self.adds = adds
    self.removes = removes
    self.why = why
  }

  /// Whether it removes abilities.
  var isLimit: Bool { !removes.isEmpty }
}

/// An alternative set of fields that a runtime accepts: that of remote agents, for example.
struct FieldVariant: Sendable {
  /// The name for messages.
  let name: String
  /// Field values that identify a file of this variant.
  var conditions: [String: [String]] = [:]
  /// Fields whose presence identifies a file of this variant.
  var marks: [String] = []
  /// Sets of fields of which a file must have exactly one.
  var alternatives: [[String]] = []
  /// The fields.
  var fields: [FieldFact] = []

  /// Returns whether a file belongs to this variant.
  func isMeant(by values: [Field]) -> Bool {
    values.contains { field in
      marks.contains(field.key) || conditions[field.key]?.contains(field.value.scalar ?? "") ?? false
    }
  }
}
