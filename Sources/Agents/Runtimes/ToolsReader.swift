import Files
import Yams

// Reads the models and tools of a runtime.

extension RuntimesReader {
  func toolPatterns(
    _ node: Node, _ facts: Runtime.Facts, _ evidence: [Evidence]
  ) throws(SettingsError) -> [Runtime.ToolPattern] {
    var patterns: [Runtime.ToolPattern] = []
    for item in try file.items(node, "tool-patterns") {
      var schema: ValueSchema?
      var allows = ""
      var own = evidence
      try file.eachKey(of: item, "tool-patterns", known: ["pattern", "allows", "from"]) {
        (key, value) throws(SettingsError) in
        switch key {
        case "pattern": schema = ValueSchema(pattern: try pattern(value))
        case "allows": allows = try file.text(value, key)
        default: own = try self.evidence(value, facts)
        }
      }
      guard let schema else { throw file.error(item, "tool-patterns needs a pattern") }
      patterns.append(Runtime.ToolPattern(schema: schema, allows: allows, evidence: own))
    }
    return patterns
  }

  func modelRule(_ node: Node, _ facts: Runtime.Facts) throws(SettingsError) -> Runtime.ModelRule {
    var rule = Runtime.ModelRule()
    var wrong: Effect?
    var sources: [Evidence] = []
    if let from = node.mapping?["from"] { sources = try evidence(from, facts) }
    let known = ["names", "endings", "beginning", "holding", "retired", "complete", "wrong", "from"]
    try file.eachKey(of: node, "models", known: known) { (key, value) throws(SettingsError) in
      if key == "from" { return }
      if key == "wrong" {
        wrong = try effect(value, key, facts, sources)
        return
      }
      if key == "complete" {
        rule.isComplete = try file.flag(value, key)
        return
      }
      if key == "retired" { return try merge(value, key, into: &rule.retired) }
      let words = try file.texts(value, key)
      switch key {
      case "names": rule.names = words
      case "endings": rule.endings = words
      case "beginning": rule.beginning = words
      default: rule.holding = words
      }
    }
    rule.wrong = wrong ?? Effect(outcome: .unknown, evidence: sources)
    return rule
  }

  func tools(
    _ node: Node, over known: [KnownTool], _ facts: Runtime.Facts, _ evidence: [Evidence]
  ) throws(SettingsError) -> [KnownTool] {
    guard let mapping = node.mapping else { throw file.error(node, "tools must be a map of names") }
    var tools = known
    for (key, value) in mapping {
      let name = try file.text(key, "the name of a tool")
      let place = tools.firstIndex { $0.name == name }
      if value.flag == false {
        if let place { tools.remove(at: place) }
      } else if let place {
        tools[place] = try tool(name, value, facts, evidence)
      } else {
        tools.append(try tool(name, value, facts, evidence))
      }
    }
    return tools
  }

  private func tool(
    _ name: String, _ node: Node, _ facts: Runtime.Facts, _ evidence: [Evidence]
  ) throws(SettingsError) -> KnownTool {
    var evidence = evidence
    var abilities: [Reach.Ability] = []
    var meanings: [String] = []
    var allows = ""
    var became: String?
    var help = "Remove it."
    var (isGone, staysOnOlderModels) = (false, false)
    var (isWithheld, isAlways) = (false, false)
    var names: Reference.Kind?
    var (patternMeaning, patternLimit): (String?, String?)
    let known = [
      "gives", "means", "allows", "became", "help", "gone", "withheld", "names", "pattern-means", "pattern-limits",
      "always",
      "from", "since", "until",
    ]
    try file.eachKey(of: node, name, known: known) { (key, value) throws(SettingsError) in
      switch key {
      case "gives": abilities = try self.abilities(value, key)
      case "means": meanings = try file.texts(value, key)
      case "allows": allows = try file.text(value, key)
      case "became": became = try file.text(value, key)
      case "help": help = try file.text(value, key)
      case "gone":
        staysOnOlderModels = value.string == "on newer models"
        isGone = staysOnOlderModels ? true : try file.flag(value, key)
      case "from": evidence = try self.evidence(value, facts)
      case "pattern-means": patternMeaning = try file.text(value, key)
      case "pattern-limits": patternLimit = try file.text(value, key)
      case "always": isAlways = try file.flag(value, key)
      case "names": names = try file.choice(value, key)
      // Accepted as documentation, but not used.
      case "since", "until": _ = try file.text(value, key)
      default: isWithheld = try file.flag(value, key)
      }
    }
    return KnownTool(
      name: name, abilities: abilities, allows: allows, meanings: meanings,
      fate: became.map { KnownTool.Fate(what: $0, help: help) }, isGone: isGone,
      staysOnOlderModels: staysOnOlderModels, isWithheld: isWithheld, isAlways: isAlways, evidence: evidence,
      names: names, patternMeaning: patternMeaning, patternLimit: patternLimit)
  }

  func abilities(_ node: Node, _ key: String) throws(SettingsError) -> [Reach.Ability] {
    var abilities: [Reach.Ability] = []
    for word in try file.texts(node, key) {
      guard let ability = Reach.Ability.allCases.first(where: { $0.word == word && $0 != .other }) else {
        throw file.error(node, "\(key) must be read, edit, run, web or delegate")
      }
      abilities.append(ability)
    }
    return abilities
  }

  /// Reads one or several choices.
  func choices<Choice: RawRepresentable & CaseIterable>(
    _ node: Node, _ key: String
  ) throws(SettingsError) -> [Choice] where Choice.RawValue == String {
    var result: [Choice] = []
    for item in try file.items(node, key) { result.append(try file.choice(item, key)) }
    return result
  }

  /// Merges a map of words into another one. Entries with the value `off` are removed.
  func merge(_ node: Node, _ key: String, into words: inout [String: String]) throws(SettingsError) {
    guard let mapping = node.mapping else { throw file.error(node, "\(key) must be a map of words") }
    for (name, value) in mapping {
      words[try file.text(name, key)] = value.flag == false ? nil : try file.text(value, key)
    }
  }
}
