import Text

// Reads programs that start automatically: hooks, servers, and the sources of plugins.

extension GrantReader {
  // MARK: Hooks

  /// Reads a map of events with handlers, or with groups of handlers limited by a matcher.
  mutating func readHooks(_ fact: GrantFact, _ match: Match, _ sets: [String]) {
    let events = sets.reduce(into: [String: HookEvent]()) { $0.merge(known.events[$1] ?? [:]) { first, _ in first } }
    for member in match.node.members {
      let keys = match.keys + [member.key]
      guard let event = events[member.key] ?? events["*"].map({ $0.at(member.key) }) else {
        add(
          fact, keys, "\(words: file.program) has no event \(quoted: member.key) and skips its hooks",
          effect: .nothing, danger: .none, line: member.line, identity: member.node.identity)
        continue
      }
      for (index, item) in member.node.items.enumerated() where item.isMap {
        let inner = keys + [String(index)]
        let subject = match.subject + [member.key]
        guard let handlers = item["hooks"] else {
          readHook(fact, inner, subject, event, item, item)
          continue
        }
        for (number, handler) in handlers.items.enumerated() where handler.isMap {
          readHook(fact, inner + ["hooks", String(number)], subject, event, handler, item)
        }
      }
    }
  }

  /// Reads a handler.
  ///
  /// - Parameters:
  ///   - keys: The keys of the handler.
  ///   - subject: The keys of its event, with list items identified by name.
  private mutating func readHook(
    _ fact: GrantFact, _ keys: [String], _ subject: [String], _ event: HookEvent, _ node: SettingsNode,
    _ group: SettingsNode
  ) {
    let name = subject.last ?? ""
    let matcher = group["matcher"]?.scalar ?? ""
    let rule = node["if"]?.scalar
    let isWhole = matcher.isEmpty || matcher == "*"
    var when = Sentence(template: isWhole ? event.always : event.when, ["matcher": matcher])
    if let rule { when = "\(when), for \(quoted: rule) only" }
    let type = node["type"]?.scalar ?? "command"
    let handler = handler(node, type, when)
    let skipped = Set(known.keys["hook-apart"] ?? [])
    let rest = node.members.filter { !skipped.contains($0.key) }.map(Property.init)
    let hook = Hook(
      event: name, matcher: matcher, rule: rule, type: type, target: handler.target,
      rest: rest, when: when,
      matcherLine: group.member("matcher")?.line, blocks: event.blocks)
    let names = Array(keys.prefix { $0 != name }) + [name]
    let key = display(names)
    add(
      fact, keys, handler.says, danger: handler.isCommand ? danger(ofCommands: handler.target) : handler.danger,
      line: handler.line ?? node.line, subject: subject.joined(separator: "."),
      identity: "\(matcher) \(rule ?? "") \(type) \(Property.identity(rest))",
      kind: .hook(hook)
    ) { $0.grant.key = key }
  }

  /// Returns the greatest danger of several commands.
  private mutating func danger(ofCommands text: String) -> Danger {
    var worst = Danger.none
    for command in [text] + text.split(separator: "\n").map(String.init) {
      worst = max(worst, danger(ofCommand: command))
    }
    return worst
  }

  /// Returns the description of a hook handler.
  private func handler(
    _ node: SettingsNode, _ type: String, _ when: Sentence
  ) -> (target: String, says: Sentence, danger: Danger, isCommand: Bool, line: Int?) {
    // Some handlers have a command for each shell or operating system.
    let members = (known.keys["hook-command"] ?? []).compactMap { node.member($0) }
    if let first = members.first {
      let arguments = node["args"]?.texts ?? []
      let commands = members.map { ([$0.node.scalar ?? ""] + arguments).joined(separator: " ") }
      let says: Sentence =
        "\(Sentence.quoted(commands)) \(words: commands.count == 1 ? "runs" : "run") \(when), without asking"
      let target = commands.joined(separator: "\n")
      return (target, says, .runs, true, first.line)
    }
    switch type {
    case "http":
      let url = node.member("url")
      let variables = node["allowedEnvVars"]?.texts ?? []
      var says: Sentence = "session events are sent to \(quoted: url?.node.scalar ?? "") \(when)"
      if !variables.isEmpty { says = "\(says), with the value of \(Sentence.quoted(variables))" }
      return (url?.node.scalar ?? "", says, .network, false, url?.line)
    case "prompt":
      return (
        node["prompt"]?.scalar ?? "", "a model is asked \(when); its answer can block or allow", .none, false, nil
      )
    case "agent":
      let says: Sentence = "an agent that can read files starts \(when); its answer can block or allow"
      return (node["prompt"]?.scalar ?? "", says, .reads, false, nil)
    case "mcp_tool":
      let (tool, server) = (node["tool"]?.scalar ?? "", node["server"]?.scalar ?? "")
      let says: Sentence = "the tool \(quoted: tool) of the server \(quoted: server) runs \(when), without asking"
      return ("\(server) \(tool)", says, .runs, false, node.member("tool")?.line)
    default:
      return (node.identity, "a hook of the type \(quoted: type) runs \(when)", .runs, false, nil)
    }
  }

  // MARK: Servers

  /// Reads a program that starts with the session, or a URL that the session connects to.
  mutating func readServer(_ fact: GrantFact, _ match: Match) {
    let node = match.node
    guard node.isMap else { return }
    func parts(_ name: String) -> [Server.Part] {
      (known.keys[name] ?? []).flatMap { key -> [Server.Part] in
        guard let member = node.member(key) else { return [] }
        if let text = member.node.scalar { return [Server.Part(text: text, line: member.line)] }
        return member.node.items.compactMap { item in item.scalar.map { Server.Part(text: $0, line: item.line) } }
      }
    }
    let used = Set(
      ["server-command", "server-url", "server-variables", "server-apart"].flatMap { known.keys[$0] ?? [] })
    let rest = node.members.filter { !used.contains($0.key) }.map(Property.init)
    let name = match.names.last ?? ""
    let server = Server(
      name: name, parts: parts("server-command"), url: parts("server-url").first, variables: variables(of: node),
      assignments: assignments(of: node),
      rest: rest)
    let isOff = fact.off?.holds(in: node) ?? false
    guard server.command != nil || server.url != nil else { return }
    var says: Sentence
    var danger: Danger
    if let command = server.command {
      says = "the server \(quoted: name) runs \(quoted: command)"
      danger = self.danger(ofCommand: server.parts.map(\.text).joined(separator: " "))
      if let fetched = server.fetched(by: known.fetchers), !fetched.isPinned { says = "\(says), in its newest version" }
    } else {
      says = "the server \(quoted: name) is at \(quoted: server.url?.text ?? "")"
      danger = .network
    }
    if !fact.says.isEmpty { says = "\(says); \(Sentence(template: fact.says, ["name": name]))" }
    let variables = server.variables.map(\.text)
    if !variables.isEmpty { says = "\(says); it gets \(Sentence.quoted(variables))" }
    if isOff {
      says = "the server \(quoted: name) is switched off"
      danger = .none
    }
    add(
      fact, match.keys, says, effect: isOff ? .nothing : nil, danger: danger,
      line: server.parts.first?.line ?? server.url?.line ?? match.line,
      subject: match.subject.joined(separator: "."), identity: node.identity, kind: .server(server))
  }

  /// Returns the variables and headers set for a server.
  private func assignments(of node: SettingsNode) -> [Server.Assignment] {
    (known.keys["server-variables"] ?? []).flatMap { key in
      (node[key]?.members ?? []).map { .init(name: $0.key, value: $0.node.scalar ?? "", line: $0.line) }
    }
  }

  /// Returns the user's environment variables that a server receives.
  private func variables(of node: SettingsNode) -> [Server.Part] {
    var found: [Server.Part] = []
    for key in known.keys["server-variables"] ?? [] {
      guard let member = node.member(key) else { continue }
      for item in member.node.items { if let text = item.scalar { found.append(.init(text: text, line: item.line)) } }
      if let text = member.node.scalar { found.append(.init(text: text, line: member.line)) }
      for inner in member.node.members {
        guard let text = inner.node.scalar else { continue }
        for name in Self.references(in: text) { found.append(.init(text: name, line: inner.line)) }
      }
    }
    return found
  }

  /// Returns the names in `${NAME}` and `$NAME`.
  static func references(in text: String) -> [String] {
    text.prefix(2000).split(separator: "$").dropFirst(text.hasPrefix("$") ? 0 : 1).compactMap { part in
      let rest = part.hasPrefix("{") ? part.dropFirst() : part
      let name = rest.prefix { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_" || $0 == ":") }
      return name.isEmpty ? nil : String(name.prefix { $0 != ":" })
    }
  }

  // MARK: Sources of plugins

  /// Reads the source of a plugin.
  mutating func readSource(_ fact: GrantFact, _ match: Match) {
    let name = match.names.last ?? match.keys.last ?? ""
    let node = match.node
    let isPath = node.scalar?.hasPrefix(".") ?? false
    let type = node["source"]?.scalar ?? (isPath ? "path" : "")
    let pin = known.keys["source-pin"]?.compactMap { node[$0]?.scalar }.first
    let pinLine = known.keys["source-pin"]?.compactMap { node.member($0)?.line }.first
    let origin: String
    var line = node.member("command")?.line
    var danger = Danger.runs
    var says: Sentence
    if type == "path", let path = node.scalar ?? node["path"]?.scalar {
      origin = path
      danger = .none
      says = "\(quoted: name) is the folder \(quoted: path) of this repository"
    } else if type == "command" {
      origin = node["command"]?.texts.joined(separator: " ") ?? ""
      danger = self.danger(ofCommand: origin)
      says = "installing \(quoted: name) runs \(quoted: origin) from the home folder, and again once per session"
    } else {
      let member = known.value("source-origin", of: node)?.member
      line = member?.line
      let place = member?.node.scalar ?? node.scalar ?? node.identity
      origin = (type == "github" ? "github.com/" : type == "npm" ? "npm: " : "") + place
      says =
        "\(quoted: name) comes from \(quoted: origin), \(words: pin == nil ? "in the newest version" : "at ")"
      if let pin { says = "\(says)\(quoted: pin.shortCommit)" }
    }
    if !fact.says.isEmpty { says = "\(says); \(Sentence(template: fact.says, values(match, name)))" }
    add(
      fact, match.keys, says, effect: danger == .none ? .nothing : nil, danger: danger,
      line: line ?? match.line, subject: "source of \(name)", identity: node.identity,
      kind: .source(PluginSource(name: name, origin: origin, type: type, pin: pin, pinLine: pinLine)))
  }
}
