import Agents
import Text

/// A reader of `grants.yml`.
struct GrantFactsReader {
  private var groups: [String: SettingsNode] = [:]
  private var facts = GrantFacts()

  static func read(_ bytes: [UInt8]) throws(SettingsProblem) -> GrantFacts {
    let root = try YAMLTree.read(bytes)
    var reader = GrantFactsReader()
    for member in root["groups"]?.members ?? [] { reader.groups[member.key] = member.node }
    for member in root["sources"]?.members ?? [] {
      reader.facts.sources[member.key] = Evidence(
        kind: try choice(member.node["known"]?.scalar ?? "", member.line), source: try text(member.node["is"]))
    }
    for member in root["commands"]?.members ?? [] {
      for words in member.node.texts { reader.facts.commands[words] = try choice(member.key, member.line) }
    }
    reader.facts.loaders = root["loaders"]?.texts ?? []
    reader.facts.fetchers = root["fetchers"]?.texts ?? []
    for member in root["keys"]?.members ?? [] { reader.facts.keys[member.key] = member.node.texts }
    for member in root["syntaxes"]?.members ?? [] {
      reader.facts.syntaxes[member.key] = try syntax(member.node)
    }
    for set in root["events"]?.members ?? [] {
      for member in set.node.members { reader.facts.events[set.key, default: [:]][member.key] = try event(member.node) }
    }
    for node in root["files"]?.items ?? [] { reader.facts.files.append(try reader.file(node)) }
    if let node = root["workflows"] { reader.facts.workflows = try reader.workflows(node) }
    return reader.facts
  }

  // MARK: Parts

  private func file(_ node: SettingsNode) throws(SettingsProblem) -> FileFacts {
    var file = FileFacts()
    try Self.check(
      node,
      [
        "title", "runtime", "program", "paths", "format", "lenient", "invalid", "counts", "grants", "groups",
        "defaults", "built-in", "in-plugin",
      ])
    file.title = try Self.text(node["title"])
    file.runtime = try Self.text(node["runtime"])
    file.program = try Self.text(node["program"])
    file.paths = (node["paths"]?.texts ?? []).map { Glob($0) }
    if let format = node.member("format") { file.format = try Self.choice(format.node.scalar ?? "", format.line) }
    file.isLenient = node["lenient"]?.scalar == "on"
    file.isOfPlugin = node["in-plugin"]?.scalar == "on"
    if let invalid = node["invalid"] {
      file.invalid = try Self.choice(invalid["then"]?.scalar ?? "", invalid.line)
      file.invalidSays = try Self.text(invalid["says"])
      file.evidence = try sources(invalid)
    }
    file.counts = node["counts"]?.scalar
    for name in node["groups"]?.texts ?? [] {
      guard let group = groups[name] else { throw SettingsProblem(message: "no group \(name)", line: node.line) }
      for item in group.items { file.grants.append(try fact(item)) }
    }
    for item in node["grants"]?.items ?? [] { file.grants.append(try fact(item)) }
    for policy in node["defaults"]?.members ?? [] { file.defaults[policy.key] = try Self.actions(policy.node) }
    for policy in node["built-in"]?.members ?? [] { file.builtInRules[policy.key] = try Self.actions(policy.node) }
    return file
  }

  private static func actions(_ node: SettingsNode) throws(SettingsProblem) -> [String: Action] {
    var actions: [String: Action] = [:]
    for member in node.members { actions[member.key] = try choice(member.node.scalar ?? "", member.line) }
    return actions
  }

  private func fact(_ node: SettingsNode) throws(SettingsProblem) -> GrantFact {
    var fact = GrantFact()
    try Self.check(
      node,
      [
        "key", "keys", "means", "says", "gone", "danger", "effect", "levels", "nothing", "whole", "cases", "counts",
        "only-with", "unless", "from", "open", "rules", "events", "relative", "implied", "texts", "off",
        "adds", "folder",
      ])
    fact.path = try Self.path(node)
    fact.says = node["says"]?.scalar ?? ""
    fact.gone = node["gone"]?.scalar
    fact.counts = node["counts"]?.scalar
    fact.open = node["open"]?.scalar
    fact.takesTexts = node["texts"]?.scalar == "on"
    fact.off = Self.condition(node["off"])
    fact.isImplied = node["implied"]?.scalar == "on"
    fact.isRelative = node["relative"]?.scalar == "on"
    fact.folder = node["folder"]?.scalar
    fact.isAddition = node["adds"]?.scalar == "on"
    fact.isCommand = node["danger"]?.scalar == "command"
    if let danger = node.member("danger"), !fact.isCommand {
      fact.danger = try Self.choice(danger.node.scalar ?? "", danger.line)
    }
    if let effect = node.member("effect") { fact.effect = try Self.choice(effect.node.scalar ?? "", effect.line) }
    for item in node["cases"]?.items ?? [] { fact.cases.append(try Self.statement(item)) }
    fact.onlyWith = Self.condition(node["only-with"])
    fact.unless = Self.condition(node["unless"])
    fact.from = try sources(node)
    let nothing = Dictionary((node["nothing"]?.members ?? []).map { ($0.key, $0.node.scalar ?? "") }) { $1 }
    switch node["means"]?.scalar ?? "setting" {
    case "setting": fact.means = .setting
    case "rules": fact.means = .rules(try Self.rules(node["rules"] ?? .nothing))
    case "level": fact.means = .level(try Self.levels(node), nothing: nothing)
    case "items": fact.means = .items(whole: try node["whole"].map(Self.statement), nothing: nothing)
    case "hooks": fact.means = .hooks(node["events"]?.texts ?? [])
    case "server": fact.means = .server
    case "source": fact.means = .source
    case let other: throw SettingsProblem(message: "no meaning \(other)", line: node.line)
    }
    return fact
  }

  /// Returns the names of a fact's sources. Throws for an unknown name.
  private func sources(_ node: SettingsNode) throws(SettingsProblem) -> [String] {
    let names = node["from"]?.texts ?? []
    for name in names where facts.sources[name] == nil {
      throw SettingsProblem(message: "no source \(name)", line: node.line)
    }
    return names
  }

  private static func levels(_ node: SettingsNode) throws(SettingsProblem) -> [GrantFact.Level] {
    var levels: [GrantFact.Level] = []
    for item in node["levels"]?.items ?? [] {
      try check(item, ["is", "says", "danger", "missing"])
      let danger: Danger =
        try item["danger"].map { (node) throws(SettingsProblem) in
          try choice(node.scalar ?? "", node.line)
        } ?? .none
      levels.append(
        GrantFact.Level(
          values: item["is"]?.texts ?? [], says: try text(item["says"]), danger: danger,
          isMissing: item["missing"]?.scalar == "on"))
    }
    guard !levels.isEmpty else { throw SettingsProblem(message: "levels are missing", line: node.line) }
    return levels
  }

  private static func statement(_ node: SettingsNode) throws(SettingsProblem) -> GrantFact.Text {
    try check(node, ["name", "says", "gone", "danger", "effect", "options", "allows-all"])
    let effect: Grant.Effect =
      try node["effect"].map { (node) throws(SettingsProblem) in
        try choice(node.scalar ?? "", node.line)
      } ?? .grants
    let danger: Danger =
      try node["danger"].map { (node) throws(SettingsProblem) in
        try choice(node.scalar ?? "", node.line)
      } ?? .none
    return GrantFact.Text(
      names: node["name"]?.scalar, says: try text(node["says"]), gone: node["gone"]?.scalar, danger: danger,
      effect: effect, allowsAll: node["allows-all"]?.scalar == "on")
  }

  private static func rules(_ node: SettingsNode) throws(SettingsProblem) -> RuleFacts {
    var rules = RuleFacts()
    try check(
      node, ["form", "policy", "syntax", "action", "priority", "order", "field", "rest", "tool", "words", "brackets"])
    if let form = node.member("form") { rules.form = try choice(form.node.scalar ?? "", form.line) }
    if let policy = node["policy"]?.scalar { rules.policy = policy }
    rules.syntax = try text(node["syntax"])
    if let action = node.member("action") { rules.action = try choice(action.node.scalar ?? "", action.line) }
    rules.priority = node["priority"]?.scalar.flatMap { Int($0) }
    rules.isLastFirst = node["order"]?.scalar == "last"
    rules.hasUnknownBrackets = node["brackets"]?.scalar == "unknown"
    if let rest = node["rest"] {
      rules.rest = (try text(rest["when"]), Int(rest["priority"]?.scalar ?? "") ?? 0)
    }
    rules.tool = node["tool"]?.scalar
    if let field = node["field"]?.scalar { rules.field = field }
    if let words = node["words"] { rules.words = try actions(words) }
    return rules
  }

  private static func syntax(_ node: SettingsNode) throws(SettingsProblem) -> RuleSyntax {
    var syntax = RuleSyntax()
    try check(node, ["brackets", "bare", "stars", "colon-star", "expressions", "allows-globs", "tools"])
    syntax.hasBrackets = node["brackets"]?.scalar == "on"
    syntax.isBareExact = node["bare"]?.scalar != "words"
    syntax.hasStars = node["stars"]?.scalar == "on"
    syntax.hasColonStar = node["colon-star"]?.scalar == "on"
    syntax.hasExpressions = node["expressions"]?.scalar == "on"
    syntax.allowsGlobs = node["allows-globs"]?.scalar != "off"
    for member in node["tools"]?.members ?? [] {
      var tool = RuleSyntax.Tool()
      try check(member.node, ["takes", "danger", "doing", "doing-all", "is", "nothing"])
      if let takes = member.node.member("takes") { tool.takes = try choice(takes.node.scalar ?? "", takes.line) }
      if let danger = member.node.member("danger") { tool.danger = try choice(danger.node.scalar ?? "", danger.line) }
      tool.doing = member.node["doing"]?.scalar
      tool.doingAll = member.node["doing-all"]?.scalar
      tool.canonical = member.node["is"]?.scalar
      tool.nothing = member.node["nothing"]?.scalar
      syntax.tools[member.key] = tool
    }
    return syntax
  }

  private static func event(_ node: SettingsNode) throws(SettingsProblem) -> HookEvent {
    if let when = node.scalar { return HookEvent(when: when, always: when, blocks: false) }
    try check(node, ["when", "always", "blocks"])
    let when = try text(node["when"])
    return HookEvent(
      when: when, always: node["always"]?.scalar ?? when, blocks: node["blocks"]?.scalar == "on")
  }

  private func workflows(_ node: SettingsNode) throws(SettingsProblem) -> WorkflowFacts {
    var workflows = WorkflowFacts()
    try Self.check(node, ["actions", "programs", "events", "privileged", "compilers", "from"])
    workflows.from = try sources(node)
    for item in node["compilers"]?.items ?? [] {
      try Self.check(item, ["title", "ending", "source", "marks", "from"])
      workflows.compilers.append(
        .init(
          from: try sources(item), title: try Self.text(item["title"]), ending: try Self.text(item["ending"]),
          sourceEnding: try Self.text(item["source"]), marks: item["marks"]?.texts ?? []))
    }
    for member in node["actions"]?.members ?? [] {
      var action = WorkflowFacts.Step()
      try Self.check(member.node, ["program", "runtime", "grants", "arguments", "settings", "mode", "from"])
      action.from = try sources(member.node)
      action.program = try Self.text(member.node["program"])
      action.runtime = try Self.text(member.node["runtime"])
      action.arguments = member.node["arguments"]?.scalar
      action.mode = member.node["mode"]?.scalar
      if let settings = member.node["settings"] {
        action.settings = (try Self.text(settings["input"]), try Self.text(settings["as"]))
      }
      for item in member.node["grants"]?.items ?? [] { action.grants.append(try fact(item)) }
      workflows.actions[member.key] = action
    }
    for member in node["programs"]?.members ?? [] {
      var program = WorkflowFacts.Program()
      try Self.check(member.node, ["title", "runtime", "packages", "options", "rules", "from"])
      program.packages = member.node["packages"]?.texts ?? []
      program.from = try sources(member.node)
      program.title = try Self.text(member.node["title"])
      program.runtime = try Self.text(member.node["runtime"])
      for item in member.node["options"]?.items ?? [] {
        program.options.append((item["options"]?.texts ?? [], try Self.statement(item)))
      }
      for item in member.node["rules"]?.items ?? [] {
        program.rules.append((item["options"]?.texts ?? [], try Self.rules(item["are"] ?? .nothing)))
      }
      workflows.programs[member.key] = program
    }
    for member in node["events"]?.members ?? [] { workflows.events[member.key] = try Self.statement(member.node) }
    workflows.privileged = Set(node["privileged"]?.texts ?? [])
    return workflows
  }

  // MARK: Values

  private static func check(_ node: SettingsNode, _ known: [String]) throws(SettingsProblem) {
    for member in node.members where !known.contains(member.key) {
      throw SettingsProblem(message: "no key \(member.key)", line: member.line)
    }
  }

  private static func text(_ node: SettingsNode?) throws(SettingsProblem) -> String {
    guard let text = node?.scalar else { throw SettingsProblem(message: "a text is missing", line: node?.line ?? 1) }
    return text
  }

  private static func choice<Choice: RawRepresentable<String>>(
    _ text: String, _ line: Int
  ) throws(SettingsProblem) -> Choice {
    guard let choice = Choice(rawValue: text) else {
      throw SettingsProblem(message: "“\(text)” is not a \(Choice.self)", line: line)
    }
    return choice
  }

  private static func condition(_ node: SettingsNode?) -> GrantFact.Condition? {
    guard let member = node?.members.first, let value = member.node.scalar else { return nil }
    return .init(path: member.key.split(separator: ".").map(String.init), value: value)
  }

  /// Returns the steps of `key: a.*.b[]`, or of `keys`, a list for keys with dots.
  private static func path(_ node: SettingsNode) throws(SettingsProblem) -> [GrantFact.Step] {
    var parts = node["keys"]?.texts ?? []
    if parts.isEmpty { parts = try text(node["key"]).split(separator: ".").map(String.init) }
    return parts.flatMap { part -> [GrantFact.Step] in
      let name = part.hasSuffix("[]") ? String(part.dropLast(2)) : part
      let step: [GrantFact.Step] = name.isEmpty ? [] : name == "*" ? [.any] : [.key(name)]
      return part.hasSuffix("[]") ? step + [.each] : step
    }
  }
}
