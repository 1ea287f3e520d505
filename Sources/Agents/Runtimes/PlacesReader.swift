import Files
import Foundation
import Yams

// Reads the places of a runtime's files, how they are recognized, and the form of a new file.

extension RuntimesReader {
  func places(_ node: Node, of key: String, _ facts: Runtime.Facts) throws(SettingsError) -> [Place] {
    var places: [Place] = []
    for item in try file.items(node, "places") {
      var pattern: String?
      var kind: ItemKind?
      var format: ItemFormat?
      var manifest: String?
      var bareFields: [String] = []
      var isPlain = false
      var effect: Effect?
      var holders: [ItemHolder] = []
      var traits: DataTraits = []
      try file.eachKey(of: item, "places", known: Self.placeKeys) { (key, value) throws(SettingsError) in
        switch key {
        case "path": pattern = try self.path(value)
        case "kind": kind = try file.choice(value, key)
        case "format": format = try file.choice(value, key)
        case "manifest": manifest = try self.path(value)
        case "bare": bareFields = try file.texts(value, key)
        case "verdict": effect = try self.effect(value, key, facts, [])
        case "plain": isPlain = try file.flag(value, key)
        case "items": holders = try self.holders(value, facts)
        case "comments": if try file.flag(value, key) { traits.insert(.isRelaxed) }
        case "ascii": if try file.flag(value, key) { traits.insert(.becomesASCII) }
        default: _ = try evidence(value, facts)
        }
      }
      guard let pattern else { throw file.error(item, "a place needs a “path”") }
      let written = format ?? ItemFormat(ofName: pattern)
      guard holders.isEmpty || written == .json || written == .yaml else {
        throw file.error(item, "items can be held by files in json or yaml only; say which in “format”")
      }
      guard holders.isEmpty || kind != nil else { throw file.error(item, "a place with items needs a “kind”") }
      places.append(
        Place(
          pattern, kind: kind, format: format, runtime: key, manifest: manifest, bareFields: bareFields,
          isPlain: isPlain, effect: effect, holders: holders, traits: traits))
    }
    return places
  }

  private static let placeKeys = [
    "path", "kind", "format", "manifest", "bare", "plain", "verdict", "items", "comments", "ascii", "from",
  ]

  /// Reads the lists and maps that contain items. A single one need not be in a list.
  private func holders(_ node: Node, _ facts: Runtime.Facts) throws(SettingsError) -> [ItemHolder] {
    var holders: [ItemHolder] = []
    for item in node.sequence.map(Array.init) ?? [node] {
      var (list, map, name): (String?, String?, String?)
      var kind: ItemKind?
      var (oneRefused, repeated, missing): (Effect?, Effect?, Effect?)
      let known = ["list", "map", "name", "kind", "one-refused", "repeated", "missing"]
      try file.eachKey(of: item, "items", known: known) { (key, value) throws(SettingsError) in
        switch key {
        case "list": list = try file.text(value, key)
        case "map": map = try file.text(value, key)
        case "name": name = try file.text(value, key)
        case "kind": kind = try file.choice(value, key)
        case "one-refused": oneRefused = try effect(value, key, facts, [])
        case "repeated": repeated = try effect(value, key, facts, [])
        default: missing = try effect(value, key, facts, [])
        }
      }
      guard let key = list ?? map, (list == nil) != (map == nil) else {
        throw file.error(item, "items needs either “list” or “map”, the key that holds them")
      }
      guard (name == nil) == (list == nil) else {
        throw file.error(
          item,
          list == nil
            ? "the keys of a map are names; “name” is for lists" : "a list needs “name”, the field that names an item")
      }
      holders.append(
        ItemHolder(
          key: key, nameField: name, kind: kind, oneRefused: oneRefused, repeated: repeated, missing: missing))
    }
    return holders
  }

  /// Reads the marks for which the texts of files are filled in.
  func inclusions(_ node: Node, _ facts: Runtime.Facts) throws(SettingsError) -> InclusionRule? {
    if node.flag == false { return nil }
    var mark = ""
    var (field, escape): (String?, Character?)
    var missing = Effect.unknown
    let known = ["mark", "field", "escape", "missing", "from"]
    try file.eachKey(of: node, "includes", known: known) { (key, value) throws(SettingsError) in
      switch key {
      case "mark": mark = try file.text(value, key)
      case "field": field = try file.text(value, key)
      case "escape": escape = try file.text(value, key).first
      case "missing": missing = try effect(value, key, facts, [])
      default: _ = try evidence(value, facts)
      }
    }
    let parts = mark.split(separator: "*", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 2, !parts[0].isEmpty, parts[1].isEmpty == (field != nil) else {
      throw file.error(
        node,
        "includes needs “mark”, such as \"{file:*}\", with a * for the path, or “field” and a mark such as \"file://*\""
      )
    }
    let pattern = InclusionPattern(start: parts[0], end: parts[1], field: field, escape: escape)
    return InclusionRule(pattern: pattern, missing: missing)
  }

  /// Reads where items are declared.
  func declarations(_ node: Node, _ facts: Runtime.Facts) throws(SettingsError) -> DeclarationRule? {
    if node.flag == false { return nil }
    var (place, table, link): (String?, String?, String?)
    var needless: Set<String> = []
    var effect = Effect.none
    try file.eachKey(
      of: node, "declared-in", known: ["file", "table", "link", "needless", "why", "from"]
    ) { (key, value) throws(SettingsError) in
      switch key {
      case "file": place = try path(value)
      case "table": table = try file.text(value, key)
      case "link": link = try file.text(value, key)
      case "needless": needless = Set(try file.texts(value, key))
      case "why": effect.why = try file.text(value, key)
      default: effect.evidence = try evidence(value, facts)
      }
    }
    guard let place, let table, let link, place.contains("/") else {
      throw file.error(node, "declared-in needs “file” with a folder, “table” and “link”")
    }
    return DeclarationRule(file: place, table: table, link: link, needless: needless, effect: effect)
  }

  /// Reads where a project keeps its own tools.
  func customTools(_ node: Node, _ facts: Runtime.Facts) throws(SettingsError) -> CustomToolRule? {
    if node.flag == false { return nil }
    var (folders, endings): ([String], [String]) = ([], [])
    try file.eachKey(of: node, "custom-tools", known: ["folders", "endings", "from"]) {
      (key, value) throws(SettingsError) in
      switch key {
      case "folders": for item in try file.items(value, key) { folders.append(try path(item)) }
      case "endings": endings = try file.texts(value, key)
      default: _ = try evidence(value, facts)
      }
    }
    guard !folders.isEmpty, folders.allSatisfy({ $0.contains("/") }), !endings.isEmpty else {
      throw file.error(node, "custom-tools needs “folders”, such as .opencode/tool, and “endings”")
    }
    return CustomToolRule(folders: folders, endings: endings)
  }

  private func path(_ node: Node) throws(SettingsError) -> String {
    let path = try file.text(node, "path")
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.allSatisfy({ !$0.isEmpty && $0 != "." && $0 != ".." }) else {
      throw file.error(node, "path must be a pattern such as .claude/agents/**/*.md")
    }
    return path
  }

  /// Reads fields with their accepted values.
  func marks(_ node: Node, _ key: String) throws(SettingsError) -> [String: ValueSchema] {
    guard let mapping = node.mapping else {
      throw file.error(node, "\(key) must be a map of fields, each with its values; {} stands for any")
    }
    var marks: [String: ValueSchema] = [:]
    for (field, value) in mapping { marks[try file.text(field, key)] = try schema(value, key) }
    return marks
  }

  /// Reads the form of a new agent's file.
  func form(_ node: Node) throws(SettingsError) -> AgentForm {
    guard let mapping = node.mapping else { throw file.error(node, "new must be a map of fields") }
    var lines: [AgentForm.Line] = []
    for (key, value) in mapping {
      let field = try file.text(key, "the key of a field")
      lines.append(AgentForm.Line(key: field, content: try content(value, field)))
    }
    return AgentForm(lines: lines)
  }

  private func content(_ node: Node, _ field: String) throws(SettingsError) -> AgentForm.Content {
    if node.mapping == nil {
      switch try file.text(node, field) {
      case "{name}": return .name
      case "{description}": return .description
      case "{model}": return .model
      case let text: return .fixed(text)
      }
    }
    var form: AgentForm.ToolForm?
    var usual: [String] = []
    try file.eachKey(of: node, field, known: ["tools", "usual"]) { (key, value) throws(SettingsError) in
      if key == "tools" { form = try file.choice(value, key) } else { usual = try file.texts(value, key) }
    }
    guard let form else { throw file.error(node, "\(field) needs “tools”, which says how they are written") }
    return .tools(form, usual: usual)
  }

  /// Reads the marks that run commands in a prompt.
  func runs(_ node: Node, _ facts: Runtime.Facts) throws(SettingsError) -> PromptRuns {
    var (patterns, why): ([NSRegularExpression], String) = ([], "")
    var sources: [Evidence] = []
    try file.eachKey(of: node, "runs", known: ["patterns", "why", "from"]) { (key, value) throws(SettingsError) in
      switch key {
      case "patterns": for text in try file.texts(value, key) { patterns.append(try mark(text, value)) }
      case "why": why = try file.text(value, key)
      default: sources = try evidence(value, facts)
      }
    }
    guard !patterns.isEmpty, !why.isEmpty else { throw file.error(node, "runs needs “patterns” and “why”") }
    return PromptRuns(patterns: patterns, why: why, evidence: sources)
  }

  /// Reads a regular expression whose first capture group is a command.
  private func mark(_ text: String, _ node: Node) throws(SettingsError) -> NSRegularExpression {
    guard let pattern = try? NSRegularExpression(pattern: text), pattern.numberOfCaptureGroups > 0 else {
      throw file.error(node, "each of the patterns must be a regular expression with the command in a group")
    }
    return pattern
  }

  /// Reads the change that a field makes to an agent's abilities.
  func reachRule(_ node: Node) throws(SettingsError) -> ReachRule {
    var (values, why): ([String], String) = ([], "")
    var (adds, removes): ([Reach.Ability], [Reach.Ability]) = ([], [])
    try file.eachKey(of: node, "reach", known: ["when", "adds", "removes", "why"]) {
      (key, value) throws(SettingsError) in
      switch key {
      case "when": values = try file.texts(value, key)
      case "adds": adds = try abilities(value, key)
      case "removes": removes = try abilities(value, key)
      default: why = try file.text(value, key)
      }
    }
    guard !why.isEmpty else { throw file.error(node, "reach needs “why”") }
    return ReachRule(values: values, adds: adds, removes: removes, why: why)
  }
}
