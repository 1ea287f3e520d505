import Foundation
import Yams

// Reads the facts about fields and their values.

extension RuntimesReader {
  func read(
    fields node: Node, into fields: inout [FieldFact], _ facts: Runtime.Facts, _ evidence: [Evidence]
  ) throws(SettingsError) {
    guard let mapping = node.mapping else { throw file.error(node, "fields must be a map of keys") }
    for (key, value) in mapping {
      let name = try file.text(key, "the key of a field")
      let place = fields.firstIndex { $0.key == name }
      if value.flag == false {
        if let place { fields.remove(at: place) }
        continue
      }
      let fact = try field(name, value, facts, evidence)
      if let place { fields[place] = fact } else { fields.append(fact) }
    }
  }

  private static let schemaKeys = [
    "type", "one-of", "case", "pattern", "says", "help", "mistakes", "least", "most", "shortest", "longest", "items",
    "values",
    "keys",
    "keys-one-of", "other-keys", "needs", "required", "missing", "distinct", "regular-expression",
  ]
  private static let fieldKeys = [
    "present", "wrong", "wrong-means", "longest-means", "severity", "without", "spellings", "means", "in-plugins",
    "is-folder", "only-with", "required-in", "wrong-type", "may-be-empty", "reach", "denies", "names", "from", "since",
    "until",
  ]

  private func field(
    _ key: String, _ node: Node, _ facts: Runtime.Facts, _ evidence: [Evidence]
  ) throws(SettingsError) -> FieldFact {
    var fact = FieldFact(key: key)
    fact.evidence = evidence
    if let from = node.mapping?["from"] { fact.evidence = try self.evidence(from, facts) }
    fact.schema = try schema(node, "the field \(key)", besides: Self.fieldKeys)
    var isRequired = false
    var missing: Effect?
    var meansOfWrong: String?
    var wrong: Effect?
    for (inner, value) in node.mapping ?? [:] {
      let name = inner.string ?? ""
      switch name {
      case "required": isRequired = try file.flag(value, name)
      case "missing": missing = try effect(value, name, facts, fact.evidence)
      case "may-be-empty": fact.mayBeEmpty = try file.flag(value, name)
      case "present": fact.present = try effect(value, name, facts, fact.evidence)
      case "wrong": wrong = try effect(value, name, facts, fact.evidence)
      case "wrong-means": meansOfWrong = try file.text(value, name)
      case "longest-means": fact.meansOfLength = try file.text(value, name)
      case "severity": fact.severity = try file.choice(value, name)
      case "without": fact.consequence = try file.text(value, name)
      case "spellings": fact.spellings = try file.texts(value, name)
      case "means": fact.meaning = try file.text(value, name)
      case "in-plugins": fact.isIgnoredInPlugins = try file.text(value, name) == "ignored"
      case "is-folder": fact.isFolder = try file.flag(value, name)
      case "only-with": fact.companions = try companions(value)
      case "required-in": fact.folder = try file.text(value, name)
      case "reach": fact.reach = try reachRule(value)
      case "denies": fact.denial = try file.text(value, name)
      case "names": fact.names = try file.choice(value, name)
      case "wrong-type": fact.wrongType = try effect(value, name, facts, fact.evidence)
      // Accepted as documentation, but not used.
      case "since", "until": _ = try file.text(value, name)
      default: break
      }
    }
    if isRequired { fact.missing = missing ?? Effect(outcome: .ignored, evidence: fact.evidence) }
    if var wrong {
      if wrong.why.isEmpty { wrong.why = meansOfWrong ?? "" }
      fact.wrong = wrong
    }
    return fact
  }

  private func companions(_ node: Node) throws(SettingsError) -> [String: [String]] {
    guard let mapping = node.mapping else { throw file.error(node, "only-with must be a map of fields") }
    var companions: [String: [String]] = [:]
    for (key, value) in mapping { companions[try file.text(key, "only-with")] = try file.texts(value, "only-with") }
    return companions
  }

  func schema(_ node: Node, _ name: String, besides others: [String] = []) throws(SettingsError) -> ValueSchema {
    var kinds: [ValueSchema.Kind] = []
    var (words, knownKeys): ([String], [String]) = ([], [])
    var tellsCase = true
    var pattern: NSRegularExpression?
    var (says, help): (String?, String?)
    var mistakes: [ValueSchema.Mistake] = []
    var (least, most): (Double?, Double?)
    var (shortest, longest): (Int?, Int?)
    var (items, values): (ValueSchema?, ValueSchema?)
    var keys: [String: ValueSchema] = [:]
    var otherKeys: LoadVerdict.Outcome?
    var needs: [ValueSchema.Need] = []
    var (isRequired, isDistinct, isRegularExpression) = (false, false, false)
    try file.eachKey(of: node, name, known: Self.schemaKeys + others) { (key, value) throws(SettingsError) in
      switch key {
      case "type": kinds = try choices(value, key)
      case "one-of": words = try file.texts(value, key)
      case "case": tellsCase = try file.flag(value, key)
      case "pattern": pattern = try self.pattern(value)
      case "says": says = try file.text(value, key)
      case "help": help = try file.text(value, key)
      case "mistakes": mistakes = try self.mistakes(value)
      case "least": least = try decimal(value, key)
      case "most": most = try decimal(value, key)
      case "shortest": shortest = try file.number(value, key)
      case "longest": longest = try file.number(value, key)
      case "items": items = try schema(value, key)
      case "values": values = try schema(value, key)
      case "keys":
        guard let mapping = value.mapping else { throw file.error(value, "keys must be a map") }
        for (inner, value) in mapping { keys[try file.text(inner, key)] = try schema(value, key) }
      case "needs": needs = try self.needs(value)
      case "keys-one-of": knownKeys = try file.texts(value, key)
      case "other-keys": otherKeys = try file.choice(value, key)
      case "required": isRequired = try file.flag(value, key)
      case "distinct": isDistinct = try file.flag(value, key)
      case "regular-expression": isRegularExpression = try file.flag(value, key)
      default: break
      }
    }
    return ValueSchema(
      kinds: kinds, words: words, tellsCase: tellsCase, pattern: pattern, says: says, help: help, mistakes: mistakes,
      least: least, most: most, shortest: shortest, longest: longest, items: items, values: values, keys: keys,
      knownKeys: knownKeys,
      otherKeys: otherKeys, needs: needs, isRequired: isRequired, isDistinct: isDistinct,
      isRegularExpression: isRegularExpression)
  }

  /// Reads the common mistakes in texts that do not match a pattern.
  private func mistakes(_ node: Node) throws(SettingsError) -> [ValueSchema.Mistake] {
    guard let sequence = node.sequence else { throw file.error(node, "mistakes must be a list") }
    var mistakes: [ValueSchema.Mistake] = []
    for item in sequence {
      var (pattern, says, help): (NSRegularExpression?, String?, String?)
      try file.eachKey(of: item, "mistakes", known: ["pattern", "says", "help"]) { (key, value) throws(SettingsError) in
        switch key {
        case "pattern": pattern = try self.pattern(value)
        case "says": says = try file.text(value, key)
        default: help = try file.text(value, key)
        }
      }
      guard let pattern, let says, let help else {
        throw file.error(item, "each of mistakes needs “pattern”, “says” and “help”")
      }
      mistakes.append(ValueSchema.Mistake(pattern: pattern, says: says, help: help))
    }
    return mistakes
  }

  /// Reads the keys that a map needs if other keys have certain values.
  private func needs(_ node: Node) throws(SettingsError) -> [ValueSchema.Need] {
    guard let sequence = node.sequence else { throw file.error(node, "needs must be a list") }
    var needs: [ValueSchema.Need] = []
    for item in sequence {
      var need = ValueSchema.Need()
      try file.eachKey(of: item, "needs", known: ["when", "any-of"]) { (key, value) throws(SettingsError) in
        if key == "when" {
          need.conditions = try companions(value)
        } else {
          guard let sets = value.sequence else { throw file.error(value, "any-of must be a list of lists") }
          for set in sets { need.alternatives.append(try file.texts(set, key)) }
        }
      }
      needs.append(need)
    }
    return needs
  }

  /// Reads a regular expression that must match the whole text.
  func pattern(_ node: Node) throws(SettingsError) -> NSRegularExpression {
    let text = try file.text(node, "pattern")
    do {
      return try NSRegularExpression(pattern: "\\A(?:\(text))\\z")
    } catch {
      throw file.error(node, "pattern is not a regular expression")
    }
  }

  private func decimal(_ node: Node, _ key: String) throws(SettingsError) -> Double {
    guard let number = node.float else { throw file.error(node, "\(key) must be a number") }
    return number
  }

  func variants(
    _ node: Node, _ facts: Runtime.Facts, _ evidence: [Evidence]
  ) throws(SettingsError) -> [FieldVariant] {
    guard let mapping = node.mapping else { throw file.error(node, "variants must be a map of names") }
    var variants: [FieldVariant] = []
    for (key, value) in mapping {
      var variant = FieldVariant(name: try file.text(key, "variants"))
      let known = ["when", "or-has", "exactly-one-of", "fields"]
      try file.eachKey(of: value, variant.name, known: known) { (key, value) throws(SettingsError) in
        switch key {
        case "when": variant.conditions = try companions(value)
        case "or-has": variant.marks = try file.texts(value, key)
        case "exactly-one-of":
          guard let sequence = value.sequence else { throw file.error(value, "\(key) must be a list of lists") }
          for item in sequence { variant.alternatives.append(try file.texts(item, key)) }
        default: try read(fields: value, into: &variant.fields, facts, evidence)
        }
      }
      variants.append(variant)
    }
    return variants
  }
}
