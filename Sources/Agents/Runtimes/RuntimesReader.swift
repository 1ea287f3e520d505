import Files
import Foundation
import Text
import Yams

/// Reads what is known of runtimes; `Resources/runtimes.yml` says which keys there are.
struct RuntimesReader {
  let file: SettingsReader

  /// A block of the file: a runtime with its key.
  struct Block {
    let key: String
    var facts: Runtime.Facts
  }

  /// Reads a file over blocks that are known. A block with another key adds a runtime, behind the others.
  func read(_ text: String, over known: [Block]) throws(SettingsError) -> [Block] {
    guard let node = try file.content(of: text) else { return known }
    guard let mapping = node.mapping else { throw file.error(node, "the file must be a map of keys and values") }
    var blocks = known
    for (key, value) in mapping {
      let name = try self.key(key, value, of: blocks)
      let place = blocks.firstIndex { $0.key == name } ?? blocks.count
      if place == blocks.count { blocks.append(Block(key: name, facts: try facts(like: value, in: blocks))) }
      try read(value, name, into: &blocks[place].facts)
      // There is one default.
      if value.mapping?["default"]?.bool ?? false {
        for other in blocks.indices where other != place { blocks[other].facts.isUsual = false }
      }
    }
    // Last, so that what a text says of the lender reaches those that an earlier text made borrow from it.
    for borrower in blocks.indices {
      guard let lender = blocks[borrower].facts.toolLender else { continue }
      guard let facts = blocks.first(where: { $0.key == lender })?.facts else {
        let node = mapping[blocks[borrower].key]?.mapping?["tools-from"] ?? node
        throw file.error(node, "tools-from must be one of \(blocks.map(\.key).joined(separator: ", "))")
      }
      blocks[borrower].facts.tools = facts.tools
      blocks[borrower].facts.toolNames = facts.toolNames
    }
    for block in blocks.indices { blocks[block].facts.lendToKinds() }
    return blocks
  }

  /// What is known of a new runtime before its block says more: all but the places of another one, if it is like that.
  private func facts(like block: Node, in blocks: [Block]) throws(SettingsError) -> Runtime.Facts {
    guard let node = block.mapping?["like"] else { return Runtime.Facts() }
    let name = try file.text(node, "like")
    guard var facts = blocks.first(where: { $0.key == name })?.facts else {
      throw file.error(node, "like must be one of \(blocks.map(\.key).joined(separator: ", ")), which come first")
    }
    facts.places = []
    facts.marks = Marks()
    facts.form = nil
    facts.isUsual = false
    return facts
  }

  /// The key of a block. A new one needs a title, so that a misspelt key is not taken for a new runtime.
  private func key(_ node: Node, _ block: Node, of blocks: [Block]) throws(SettingsError) -> String {
    let key = try file.text(node, "the key of a runtime")
    if blocks.contains(where: { $0.key == key }) { return key }
    guard block.mapping?["title"] != nil else {
      let hint = Spelling.suggestion(for: key, among: blocks.map(\.key)).map { "did you mean “\($0)”?" }
      let known = "there are: \(blocks.map(\.key).joined(separator: ", "))"
      throw file.error(
        node, "the file has no key “\(key)”; \(hint ?? "a new runtime needs a “title”; \(known)")")
    }
    guard !key.isEmpty, key.utf8.allSatisfy({ (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D })
    else { throw file.error(node, "the key of a runtime is made of lower-case letters, digits and hyphens") }
    return key
  }

  private static let keys = [
    "title", "like", "kind", "kinds", "places", "recognized-by", "unless", "default", "judged", "searched", "portable",
    "open-format", "new", "named-by", "unnamed", "path-mark", "one-per-name", "every-tool", "prompt-field",
    "prompt-link", "runs", "as-of", "versions",
    "sources", "fields-from", "fields", "variants", "wrong-value", "empty-value",
    "unknown-field",
    "unknown-tool",
    "no-tool-resolves", "specifiers", "loading-from", "loading", "in-plugins", "models", "longest-prompt",
    "descriptions-limit", "built-in", "built-in-servers", "tools-are", "tools-known", "tool-names", "tool-case",
    "tool-groups", "tools-from", "tools-evidence", "tools", "tool-patterns",
  ]

  /// Keys of earlier versions, with what took their place.
  private static let formerKeys = [
    "source": "“sources”, each with “known” and “is”", "required": "“required: on” in the field",
    "skips": "“loading”, “wrong-value”, “unknown-field” and “unknown-tool”, each with a verdict",
    "name": "“pattern”, “longest” and “is-folder” in fields.name", "meanings": "“means” in the field",
    "spellings": "“spellings” in the field", "consequences": "“without” in the field",
  ]

  private func read(_ node: Node, _ name: String, into facts: inout Runtime.Facts) throws(SettingsError) {
    for (key, _) in node.mapping ?? [:] {
      if let former = key.string, let successor = Self.formerKeys[former] {
        throw file.error(
          key,
          "“\(former)” was replaced by \(successor); `roster check --explain runtimes` prints the file in today's format"
        )
      }
    }
    if let node = node.mapping?["fields"], node.mapping == nil {
      throw file.error(
        node,
        """
        fields must be a map of keys, each with its type; `roster check --explain runtimes` prints the file in \
        today's format
        """
      )
    }
    // Evidence comes first, since facts refer to it.
    if let sources = node.mapping?["sources"] { try read(sources: sources, into: &facts.sources) }
    var defaults: [String: [Evidence]] = [:]
    for key in ["fields-from", "loading-from", "tools-evidence"] {
      if let node = node.mapping?[key] { defaults[key] = try evidence(node, facts) }
    }
    try file.eachKey(of: node, name, known: Self.keys) { (key, value) throws(SettingsError) in
      switch key {
      case "title": facts.title = try file.text(value, key)
      case "kind": facts.kind = try file.choice(value, key)
      case "kinds", "like": break
      case "places": facts.places = try places(value, of: name, facts)
      case "recognized-by": facts.marks.fields = try marks(value, key)
      case "unless": facts.marks.others = try marks(value, key)
      case "default": facts.isUsual = try file.flag(value, key)
      case "judged": facts.isJudged = try file.flag(value, key)
      case "searched": facts.isSearched = try file.flag(value, key)
      case "new": facts.form = try form(value)
      case "portable": facts.isPortable = try file.flag(value, key)
      case "open-format": facts.isOpenFormat = try file.flag(value, key)
      case "named-by": facts.namedBy = try file.choice(value, key)
      case "unnamed": facts.unnamed = try file.choice(value, key)
      case "path-mark": facts.pathMark = try file.text(value, key)
      case "prompt-field": facts.promptField = try file.text(value, key)
      case "prompt-link": facts.promptLink = try file.text(value, key)
      case "runs": facts.runs = try runs(value, facts)
      case "one-per-name": facts.loadsOneOfAName = try file.flag(value, key)
      case "every-tool": facts.givesEveryTool = try file.text(value, key)
      case "as-of": facts.asOf = try file.text(value, key)
      case "versions": facts.versions = try file.text(value, key)
      case "sources", "fields-from", "loading-from", "tools-evidence": break
      case "fields": try read(fields: value, into: &facts.fields, facts, defaults["fields-from"] ?? [])
      case "variants": facts.variants = try variants(value, facts, defaults["fields-from"] ?? [])
      case "wrong-value": facts.wrongValue = try effect(value, key, facts, defaults["fields-from"] ?? [])
      case "empty-value": facts.emptyValue = try effect(value, key, facts, defaults["fields-from"] ?? [])
      case "unknown-field": facts.unknownField = try effect(value, key, facts, defaults["fields-from"] ?? [])
      case "unknown-tool": facts.unknownTool = try effect(value, key, facts, defaults["tools-evidence"] ?? [])
      case "no-tool-resolves": facts.noToolResolves = try effect(value, key, facts, defaults["tools-evidence"] ?? [])
      case "specifiers": facts.specifiers = try effect(value, key, facts, defaults["tools-evidence"] ?? [])
      case "loading": try read(loading: value, into: &facts, defaults["loading-from"] ?? [])
      case "in-plugins": try read(plugins: value, into: &facts)
      case "models": facts.models = try modelRule(value, facts)
      case "longest-prompt": facts.longestPrompt = try file.number(value, key)
      case "descriptions-limit": facts.descriptionsLimit = try file.number(value, key)
      case "built-in": facts.builtInAgents = Set(try file.texts(value, key))
      case "built-in-servers": facts.builtInServers = Set(try file.texts(value, key))
      case "tools-are": facts.toolShape = try file.choice(value, key)
      case "tools-known": facts.knowsTools = try file.flag(value, key)
      case "tool-names":
        try merge(value, key, into: &facts.toolNames)
        facts.toolLender = nil
      case "tool-case": facts.tellsCase = try file.flag(value, key)
      case "tool-groups": facts.groupsTools = try file.flag(value, key)
      case "tools-from": facts.toolLender = try file.text(value, key)
      case "tool-patterns": facts.toolPatterns = try toolPatterns(value, facts, defaults["tools-evidence"] ?? [])
      default:
        facts.tools = try tools(value, over: facts.tools, facts, defaults["tools-evidence"] ?? [])
        facts.toolLender = nil
      }
    }
    // Last, since they begin with what is known of the runtime.
    if let kinds = node.mapping?["kinds"] { try read(kinds: kinds, into: &facts) }
    // A field without a verdict of its own has that of the runtime, wherever in the file that stands.
    let wrong = facts.wrongValue
    func completed(_ fields: [FieldFact]) -> [FieldFact] {
      fields.map { field in
        var field = field
        if field.wrong == .unknown {
          field.wrong = wrong
          if field.wrong.evidence.isEmpty { field.wrong.evidence = field.evidence }
        }
        return field
      }
    }
    facts.fields = completed(facts.fields)
    facts.variants = facts.variants.map { variant in
      var variant = variant
      variant.fields = completed(variant.fields)
      return variant
    }
  }

  /// What a runtime makes of files of other kinds.
  private func read(kinds node: Node, into facts: inout Runtime.Facts) throws(SettingsError) {
    var kinds = facts.kinds
    let whole = facts
    try file.eachKey(of: node, "kinds", known: ItemKind.allCases.map(\.rawValue)) {
      (key, value) throws(SettingsError) in
      guard let kind = ItemKind(rawValue: key), kind != whole.kind else {
        throw file.error(value, "what is known of each \(key) belongs into the block itself, not into kinds")
      }
      if let inner = value.mapping?.keys.first(where: {
        ["kind", "kinds", "like", "places", "title"].contains($0.string)
      }) {
        throw file.error(inner, "“\(inner.string ?? "")” belongs to the runtime, not to one of its kinds")
      }
      var inner = kinds[kind] ?? Runtime.Facts(of: kind, from: whole)
      inner.sources.merge(whole.sources) { own, _ in own }
      try read(value, key, into: &inner)
      kinds[kind] = inner
    }
    facts.kinds = kinds
  }

  // MARK: Evidence

  private func read(sources node: Node, into sources: inout [String: Evidence]) throws(SettingsError) {
    guard let mapping = node.mapping else { throw file.error(node, "sources must be a map of names") }
    for (key, value) in mapping {
      let name = try file.text(key, "the name of a source")
      var kind: Evidence.Kind?
      var source: String?
      try file.eachKey(of: value, name, known: ["known", "is"]) { (key, value) throws(SettingsError) in
        if key == "known" { kind = try file.choice(value, key) } else { source = try file.text(value, key) }
      }
      guard let kind, let source else { throw file.error(value, "\(name) needs both “known” and “is”") }
      sources[name] = Evidence(kind: kind, source: source)
    }
  }

  func evidence(_ node: Node, _ facts: Runtime.Facts) throws(SettingsError) -> [Evidence] {
    var evidence: [Evidence] = []
    for item in try file.items(node, "from") {
      let name = try file.text(item, "from")
      if name == "none" { continue }
      guard let known = facts.sources[name] else {
        let meant = Spelling.suggestion(for: name, among: facts.sources.keys.sorted())
        throw file.error(
          item, "there is no source “\(name)”" + (meant.map { "; did you mean “\($0)”?" } ?? ""))
      }
      evidence.append(known)
    }
    return evidence
  }

  private static let effectKeys = ["verdict", "why", "means", "from", "since", "until", "before"]

  /// A verdict with how it is known; a word alone is a verdict.
  func effect(
    _ node: Node, _ name: String, _ facts: Runtime.Facts, _ evidence: [Evidence]
  ) throws(SettingsError) -> Effect {
    if node.scalar != nil { return Effect(outcome: try file.choice(node, name), evidence: evidence) }
    var outcome: LoadVerdict.Outcome?
    var effect = Effect(outcome: .unknown, evidence: evidence)
    try file.eachKey(of: node, name, known: Self.effectKeys) { (key, value) throws(SettingsError) in
      switch key {
      case "verdict": outcome = try file.choice(value, key)
      case "why", "means": effect.why = try file.text(value, key)
      case "from": effect.evidence = try self.evidence(value, facts)
      case "since": effect.since = try file.text(value, key)
      case "until": effect.until = try file.text(value, key)
      default: effect.before = try file.choice(value, key)
      }
    }
    guard let outcome else { throw file.error(node, "\(name) needs a verdict") }
    var result = Effect(outcome: outcome, why: effect.why, evidence: effect.evidence)
    result.since = effect.since
    result.until = effect.until
    result.before = effect.before
    return result
  }

  private func read(
    loading node: Node, into facts: inout Runtime.Facts, _ evidence: [Evidence]
  ) throws(SettingsError) {
    let known = Circumstance.allCases.map(\.rawValue) + ["file-name"]
    var (loading, fileName) = (facts.loading, facts.fileName)
    let sources = facts
    try file.eachKey(of: node, "loading", known: known) { (key, value) throws(SettingsError) in
      if let circumstance = Circumstance(rawValue: key) {
        loading[circumstance] = try effect(value, key, sources, evidence)
      } else {
        fileName = try fileNameRule(value, sources, evidence)
      }
    }
    (facts.loading, facts.fileName) = (loading, fileName)
  }

  private func fileNameRule(
    _ node: Node, _ facts: Runtime.Facts, _ evidence: [Evidence]
  ) throws(SettingsError) -> Runtime.FileNameRule {
    var pattern: NSRegularExpression?
    var says: String?
    var outcome = LoadVerdict.Outcome.ignored
    var why = ""
    var own = evidence
    var folder: String?
    var severity: Finding.Severity?
    let known = ["in", "pattern", "says", "verdict", "why", "severity", "from"]
    try file.eachKey(of: node, "file-name", known: known) { (key, value) throws(SettingsError) in
      switch key {
      case "pattern": pattern = try self.pattern(value)
      case "says": says = try file.text(value, key)
      case "verdict": outcome = try file.choice(value, key)
      case "why": why = try file.text(value, key)
      case "in": folder = try file.text(value, key)
      case "severity": severity = try file.choice(value, key)
      default: own = try self.evidence(value, facts)
      }
    }
    return Runtime.FileNameRule(
      folder: folder, schema: ValueSchema(pattern: pattern, says: says), severity: severity,
      effect: Effect(outcome: outcome, why: why, evidence: own))
  }

  private func read(plugins node: Node, into facts: inout Runtime.Facts) throws(SettingsError) {
    var result = facts
    let known = ["loads-anyway", "broken-has-all-tools", "from"]
    try file.eachKey(of: node, "in-plugins", known: known) { (key, value) throws(SettingsError) in
      switch key {
      case "loads-anyway": result.loadsPluginsAnyway = try file.flag(value, key)
      case "broken-has-all-tools": result.opensBrokenPluginAgents = try file.flag(value, key)
      default: result.pluginEvidence = try evidence(value, result)
      }
    }
    facts = result
  }

  // MARK: Fields

  private func read(
    fields node: Node, into fields: inout [FieldFact], _ facts: Runtime.Facts, _ evidence: [Evidence]
  ) throws(SettingsError) {
    guard let mapping = node.mapping else { throw file.error(node, "fields must be a map of keys") }
    for (key, value) in mapping {
      let name = try file.text(key, "the key of a field")
      let place = fields.firstIndex { $0.key == name }
      if value.bool == false {
        if let place { fields.remove(at: place) }
        continue
      }
      let fact = try field(name, value, facts, evidence)
      if let place { fields[place] = fact } else { fields.append(fact) }
    }
  }

  private static let schemaKeys = [
    "type", "one-of", "case", "pattern", "says", "help", "least", "most", "shortest", "longest", "items", "values",
    "keys",
    "keys-one-of", "other-keys", "needs", "required", "missing", "distinct", "regular-expression",
  ]
  private static let fieldKeys = [
    "present", "wrong", "wrong-means", "severity", "without", "spellings", "means", "in-plugins",
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
      // For people who read the file.
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
      kinds: kinds, words: words, tellsCase: tellsCase, pattern: pattern, says: says, help: help, least: least,
      most: most, shortest: shortest, longest: longest, items: items, values: values, keys: keys, knownKeys: knownKeys,
      otherKeys: otherKeys, needs: needs, isRequired: isRequired, isDistinct: isDistinct,
      isRegularExpression: isRegularExpression)
  }

  /// The keys that a map needs beside values of others.
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

  /// A regular expression that must match as a whole.
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

  private func variants(
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
