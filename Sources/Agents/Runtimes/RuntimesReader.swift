import Files
import Foundation
import Text
import Yams

/// Reads facts about runtimes. `Resources/runtimes.yml` documents the keys.
struct RuntimesReader {
  let file: SettingsReader

  /// A block of the file: a runtime with its key.
  struct Block {
    let key: String
    var facts: Runtime.Facts
  }

  /// Applies a file to known blocks. A block with a new key is appended as another runtime.
  func read(_ text: String, over known: [Block]) throws(SettingsError) -> [Block] {
    guard let node = try file.content(of: text) else { return known }
    guard let mapping = node.mapping else { throw file.error(node, "the file must be a map of keys and values") }
    var blocks = known
    for (key, value) in mapping {
      let name = try self.key(key, value, of: blocks)
      let place = blocks.firstIndex { $0.key == name } ?? blocks.count
      if place == blocks.count { blocks.append(Block(key: name, facts: try facts(like: value, in: blocks))) }
      try read(value, name, into: &blocks[place].facts)
      // There is only one default runtime.
      if value.mapping?["default"]?.bool ?? false {
        for other in blocks.indices where other != place { blocks[other].facts.isUsual = false }
      }
    }
    // Borrowed tools come last, so that changes to the lender also reach runtimes that borrow from it in an earlier
    // file.
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

  /// Returns the initial facts of a new runtime: a copy of the runtime under `like`, except its places, marks, form and
  /// default; empty without `like`.
  private func facts(like block: Node, in blocks: [Block]) throws(SettingsError) -> Runtime.Facts {
    guard let node = block.mapping?["like"] else { return Runtime.Facts() }
    let name = try file.text(node, "like")
    guard var facts = blocks.first(where: { $0.key == name })?.facts else {
      throw file.error(node, "like must be one of \(blocks.map(\.key).joined(separator: ", ")), which come first")
    }
    facts.places = []
    facts.marks = Marks()
    for kind in facts.kinds.keys { facts.kinds[kind]?.marks = Marks() }
    facts.form = nil
    facts.isUsual = false
    return facts
  }

  /// Reads the key of a block. A new runtime must have a title, so that a misspelled key is reported.
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
    "prompt-link", "includes", "declared-in", "custom-tools", "runs", "as-of", "versions",
    "sources", "fields-from", "fields", "variants", "wrong-value", "empty-value",
    "unknown-field",
    "unknown-tool",
    "no-tool-resolves", "specifiers", "loading-from", "loading", "in-plugins", "models", "longest-prompt",
    "descriptions-limit", "built-in", "built-in-servers", "tools-are", "tools-known", "tool-names", "tool-case",
    "tool-groups", "tools-from", "tools-evidence", "tools", "tool-patterns",
  ]

  /// Keys of earlier versions, with their replacements.
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
    // Read the evidence first, because facts refer to it.
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
      case "includes": facts.inclusions = try inclusions(value, facts)
      case "declared-in": facts.declarations = try declarations(value, facts)
      case "custom-tools": facts.customTools = try customTools(value, facts)
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
    // Read other kinds last, because they start with the facts about the runtime.
    if let kinds = node.mapping?["kinds"] { try read(kinds: kinds, into: &facts) }
    // Fields without their own verdict use the runtime's `wrong-value`, wherever the file states it.
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

  /// Reads the facts about files of other kinds.
  private func read(kinds node: Node, into facts: inout Runtime.Facts) throws(SettingsError) {
    var kinds = facts.kinds
    let whole = facts
    try file.eachKey(of: node, "kinds", known: ItemKind.allCases.map(\.rawValue)) {
      (key, value) throws(SettingsError) in
      guard let kind = ItemKind(rawValue: key), kind != whole.kind else {
        throw file.error(value, "facts about each \(key) belong in the block itself, not in kinds")
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
          item, "unknown source “\(name)”" + (meant.map { "; did you mean “\($0)”?" } ?? ""))
      }
      evidence.append(known)
    }
    return evidence
  }

  private static let effectKeys = ["verdict", "why", "means", "from", "since", "until", "before"]

  /// Reads a verdict with its evidence. A single word is a verdict too.
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
}
