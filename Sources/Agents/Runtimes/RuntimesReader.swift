import Files
import Yams

/// Reads what is known of runtimes; `Resources/runtimes.yml` says which keys there are.
struct RuntimesReader {
  let file: SettingsReader

  func read(_ text: String, over known: [Dialect: Runtime.Facts]) throws(SettingsError) -> [Dialect: Runtime.Facts] {
    guard let node = try file.content(of: text) else { return known }
    var result = known
    try file.eachKey(of: node, "the file", known: Dialect.allCases.map(\.rawValue)) {
      (key, value) throws(SettingsError) in
      guard let dialect = Dialect(rawValue: key) else { return }
      var facts = result[dialect] ?? Runtime.Facts()
      try read(value, key, into: &facts)
      result[dialect] = facts
    }
    // Last, so that what a text says of the lender reaches those that an earlier text made borrow from it.
    for borrower in Dialect.allCases {
      guard let lender = result[borrower]?.toolLender.flatMap({ result[$0] }) else { continue }
      result[borrower]?.tools = lender.tools
      result[borrower]?.toolNames = lender.toolNames
    }
    return result
  }

  private static let keys = [
    "as-of", "source", "fields", "required", "skips", "name", "in-plugins", "models", "meanings", "spellings",
    "consequences", "longest-prompt", "descriptions-limit", "built-in", "built-in-servers", "tools-are", "tools-known",
    "tool-names",
    "tool-case", "tool-groups",
    "tools-from", "tools",
  ]

  private func read(_ node: Node, _ name: String, into facts: inout Runtime.Facts) throws(SettingsError) {
    try file.eachKey(of: node, name, known: Self.keys) { (key, value) throws(SettingsError) in
      switch key {
      case "as-of": facts.asOf = try file.text(value, key)
      case "source": facts.source = try file.text(value, key)
      case "fields": facts.fields = try file.texts(value, key)
      case "required": facts.required = try file.texts(value, key)
      case "skips": facts.skips = try choices(value, key)
      case "name": facts.name = try nameRule(value)
      case "in-plugins":
        try file.eachKey(of: value, key, known: ["ignored", "loads-anyway"]) { (inner, value) throws(SettingsError) in
          if inner == "ignored" {
            facts.ignoredInPlugins = Set(try file.texts(value, inner))
          } else {
            facts.loadsPluginsAnyway = try file.flag(value, inner)
          }
        }
      case "models": facts.models = try modelRule(value)
      case "meanings": try merge(value, key, into: &facts.meanings)
      case "spellings": try merge(value, key, into: &facts.spellings)
      case "consequences": try merge(value, key, into: &facts.consequences)
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
      case "tools-from": facts.toolLender = try file.choice(value, key)
      default:
        facts.tools = try tools(value, over: facts.tools)
        facts.toolLender = nil
      }
    }
  }

  private func nameRule(_ node: Node) throws(SettingsError) -> Runtime.NameRule {
    var rule = Runtime.NameRule()
    let known = ["longest", "not-first", "not-holding", "characters", "single-hyphens", "is-folder"]
    try file.eachKey(of: node, "name", known: known) { (key, value) throws(SettingsError) in
      switch key {
      case "longest": rule.longest = try file.number(value, key)
      case "not-first": rule.notFirst = try file.text(value, key)
      case "not-holding": rule.notHolding = try file.text(value, key)
      case "characters": rule.characters = try file.text(value, key)
      case "single-hyphens": rule.hasSingleHyphens = try file.flag(value, key)
      default: rule.isFolder = try file.flag(value, key)
      }
    }
    return rule
  }

  private func modelRule(_ node: Node) throws(SettingsError) -> Runtime.ModelRule {
    var rule = Runtime.ModelRule()
    try file.eachKey(of: node, "models", known: ["names", "endings", "beginning", "holding"]) {
      (key, value) throws(SettingsError) in
      let words = try file.texts(value, key)
      switch key {
      case "names": rule.names = words
      case "endings": rule.endings = words
      case "beginning": rule.beginning = words
      default: rule.holding = words
      }
    }
    return rule
  }

  private func tools(_ node: Node, over known: [KnownTool]) throws(SettingsError) -> [KnownTool] {
    guard let mapping = node.mapping else { throw file.error(node, "tools must be a map of names") }
    var tools = known
    for (key, value) in mapping {
      let name = try file.text(key, "the name of a tool")
      let place = tools.firstIndex { $0.name == name }
      if value.bool == false {
        if let place { tools.remove(at: place) }
      } else if let place {
        tools[place] = try tool(name, value)
      } else {
        tools.append(try tool(name, value))
      }
    }
    return tools
  }

  private func tool(_ name: String, _ node: Node) throws(SettingsError) -> KnownTool {
    var abilities: [Reach.Ability] = []
    var meanings: [String] = []
    var allows = ""
    var became: String?
    var help = "Take it out."
    var isGone = false
    var isWithheld = false
    let known = ["gives", "means", "allows", "became", "help", "gone", "withheld"]
    try file.eachKey(of: node, name, known: known) { (key, value) throws(SettingsError) in
      switch key {
      case "gives": abilities = try self.abilities(value)
      case "means": meanings = try file.texts(value, key)
      case "allows": allows = try file.text(value, key)
      case "became": became = try file.text(value, key)
      case "help": help = try file.text(value, key)
      case "gone": isGone = try file.flag(value, key)
      default: isWithheld = try file.flag(value, key)
      }
    }
    return KnownTool(
      name: name, abilities: abilities, allows: allows, meanings: meanings,
      fate: became.map { KnownTool.Fate(what: $0, help: help) }, isGone: isGone, isWithheld: isWithheld)
  }

  private func abilities(_ node: Node) throws(SettingsError) -> [Reach.Ability] {
    var abilities: [Reach.Ability] = []
    for word in try file.texts(node, "gives") {
      guard let ability = Reach.Ability.allCases.first(where: { $0.word == word && $0 != .other }) else {
        throw file.error(node, "gives must be read, edit, run, web or delegate")
      }
      abilities.append(ability)
    }
    return abilities
  }

  /// Several of several words.
  private func choices<Choice: RawRepresentable & CaseIterable>(
    _ node: Node, _ key: String
  ) throws(SettingsError) -> [Choice] where Choice.RawValue == String {
    var result: [Choice] = []
    for item in try file.items(node, key) { result.append(try file.choice(item, key)) }
    return result
  }

  /// Adds the entries of a map of words; those whose value is `off` are taken away.
  private func merge(_ node: Node, _ key: String, into words: inout [String: String]) throws(SettingsError) {
    guard let mapping = node.mapping else { throw file.error(node, "\(key) must be a map of words") }
    for (name, value) in mapping {
      words[try file.text(name, key)] = value.bool == false ? nil : try file.text(value, key)
    }
  }
}
