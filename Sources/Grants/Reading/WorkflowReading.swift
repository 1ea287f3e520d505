import Agents
import Files

// Reads workflows that start an agent: the steps that start it, and the permissions and triggers of the run.

extension GrantReader {
  /// Reads a workflow. A workflow without agents adds nothing, and leaves `runtime` nil.
  mutating func readWorkflow() {
    let whole = root
    let jobs = whole["jobs"]?.members ?? []
    let agentJobs = Set(
      jobs.filter { job in (job.node["steps"]?.items ?? []).contains { agent(of: $0) != nil } }.map(\.key))
    for job in jobs where agentJobs.contains(job.key) {
      self.job = job.key
      // Steps are identified by what they start, so that other steps may be inserted before them.
      var counts: [String: Int] = [:]
      for (index, step) in (job.node["steps"]?.items ?? []).enumerated() {
        guard let agent = agent(of: step) else { continue }
        prefix = ["jobs", job.key, "steps", String(index)]
        counts[agent, default: 0] += 1
        self.step = "\(job.key) \(agent) \(counts[agent] ?? 1): "
        readStep(step)
      }
      (prefix, step) = ([], "")
      // With several agents, sentences name the job.
      readPermissions(
        of: job, in: whole, run: agentJobs.count == 1 ? "the agent's run" : "the agent's run in \(quoted: job.key)")
      self.job = nil
    }
    if let compiler {
      readCompiled(by: compiler, agentJobs, whole)
    }
    guard runtime != nil else { return }
    readEvents(whole)
  }

  /// Reads what only compiled workflows have: jobs that carry out the output of the agent, with permissions of their own.
  private mutating func readCompiled(
    by compiler: WorkflowFacts.Compiler, _ agentJobs: Set<String>, _ whole: SettingsNode
  ) {
    var fact = GrantFact()
    fact.from = compiler.from
    if runtime == nil {
      runtime = file.runtime
      fact.effect = .unknown
      add(
        fact, ["jobs"], "the workflow starts an agent; how, and what the agent may do, is not known", danger: .runs,
        line: whole.member("jobs")?.line ?? 1, identity: "unknown")
    }
    fact.effect = .grants
    for job in whole["jobs"]?.members ?? [] where agentJobs.contains(job.key) {
      self.job = job.key
      readDomains(fact, of: job)
      self.job = nil
    }
    for job in whole["jobs"]?.members ?? [] where !agentJobs.contains(job.key) {
      guard let needs = job.node["needs"]?.texts, needs.contains(where: agentJobs.contains) else { continue }
      self.job = job.key
      for scope in job.node["permissions"]?.members ?? [] where scope.node.scalar == "write" {
        add(
          fact, ["jobs", job.key, "permissions", scope.key],
          "the job \(quoted: job.key), which follows the agent, may write \(quoted: scope.key)", danger: .writes,
          line: scope.line, identity: "write",
          gone: "the job \(quoted: job.key), which follows the agent, may no longer write \(quoted: scope.key)")
      }
      self.job = nil
    }
  }

  /// Reads the domains that the firewall of a job lets the agent reach.
  private mutating func readDomains(_ fact: GrantFact, of job: SettingsNode.Member) {
    let scripts = (job.node["steps"]?.items ?? []).compactMap { $0.member("run") }
    var seen: Set<String> = []
    for script in scripts {
      let domains = Self.domains(in: script.node.scalar ?? "").filter { seen.insert($0).inserted }
      guard !domains.isEmpty else { continue }
      let list = "domains of \(job.key)"
      add(
        fact, ["jobs", job.key], "the agent can only reach \(Sentence.quoted(domains))", effect: .limits,
        danger: .network, line: script.line, subject: list, identity: "whole",
        gone: "the agent is no longer limited to certain domains")
      for domain in domains {
        add(
          fact, ["jobs", job.key], "the agent can reach \(quoted: domain)", danger: .network, line: script.line,
          subject: "\(list): \(domain)", identity: domain, gone: "the agent can no longer reach \(quoted: domain)"
        ) { $0.list = list }
      }
    }
  }

  /// Returns the domains in the options and the configuration of the firewall, in either version of its command line.
  private static func domains(in text: String) -> [String] {
    var found = ShellScript(text).commands.flatMap { values(of: ["--allow-domains"], in: $0.words) }
    var rest = text.prefix(100_000)
    while let mark = rest.firstRange(of: "allowDomains") {
      let list = rest[mark.upperBound...].prefix { $0 != "]" }.drop { $0 != "[" }
      rest = rest[list.endIndex...]
      found += list.split { "[\",\\ ".contains($0) }.map(String.init)
    }
    return found
  }

  /// Returns the action or program that starts an agent in a step; nil if the step starts none.
  private func agent(of step: SettingsNode) -> String? {
    if let action = step["uses"]?.scalar.map(Self.action), known.workflows.actions[action] != nil { return action }
    return step["run"]?.scalar.flatMap { starts(in: $0).first?.name }
  }

  /// Returns the owner and name of an action, in lower case and without a folder.
  private static func action(_ uses: String) -> String {
    let path = uses.prefix { $0 != "@" }.split(separator: "/")
    return path.prefix(2).joined(separator: "/").lowercased()
  }

  private mutating func readStep(_ step: SettingsNode) {
    if let uses = step.member("uses"), let text = uses.node.scalar {
      if let action = known.workflows.actions[Self.action(text)] {
        runtime = runtime ?? action.runtime
        let name = String(text.prefix { $0 != "@" })
        readAction(action, name, version: String(text.dropFirst(name.count + 1)), uses.line, step)
      }
    }
    if let run = step.member("run"), let text = run.node.scalar { readScript(text, line: run.line) }
  }

  // MARK: Actions

  private mutating func readAction(
    _ action: WorkflowFacts.Step, _ name: String, version: String, _ line: Int, _ step: SettingsNode
  ) {
    let isPinned = version.utf8.count >= 7 && version.allSatisfy(\.isHexDigit)
    let says: Sentence =
      isPinned
      ? "\(quoted: name) starts \(words: action.program) from the commit \(quoted: version.shortCommit)"
      : "\(quoted: name) starts \(words: action.program) from the current state of \(quoted: version)"
    var fact = GrantFact()
    fact.from = action.from
    fact.danger = .runs
    add(
      fact, ["uses"], says, danger: .runs, line: line, subject: "action \(name)", identity: version,
      gone: "\(quoted: name) no longer starts \(words: action.program)",
      kind: .source(
        PluginSource(name: name, origin: name, type: "action", pin: isPinned ? version : nil, pinLine: line))
    ) { $0.mode = action.mode }
    for fact in action.grants { read([fact], in: step) }
    let inputs = step["with"] ?? .nothing
    if let name = action.arguments, let member = inputs.member(name), let text = member.node.scalar {
      let lines = PlacedLines(text, after: member.line)
      readArguments(ShellWords.split(text), of: action.runtime, lines, keys: ["with", name])
    }
    if let settings = action.settings, let member = inputs.member(settings.input), let text = member.node.scalar {
      readSettings(text, at: settings.path, line: member.line, keys: ["with", settings.input])
    }
  }

  /// Reads settings embedded in a workflow as a settings file.
  private mutating func readSettings(_ text: String, at place: String, line: Int, keys: [String]) {
    guard let path = RelativePath(place), let facts = known.file(at: .init(path)) else { return }
    var inner = GrantReader(known, facts, path)
    guard (try? inner.read(Array(text.utf8))) != nil else {
      // Probably the path of a file, or a variable.
      var fact = GrantFact()
      fact.effect = .unknown
      return add(
        fact, keys, "the settings are \(quoted: text); the access they grant is unknown", danger: .runs, line: line,
        identity: text)
    }
    let outer = display(keys)
    for statement in inner.statements where !statement.isImplied {
      var statement = statement
      statement.subject = step + statement.subject
      statement.grant.key = outer
      statement.grant.identity = step + statement.grant.identity
      statement.grant.line = line
      statement.grant.condition = nil
      statement.keys = prefix + keys
      statement.run = run
      statements.append(statement)
    }
    for policy in inner.policies {
      var policy = policy.moved(to: outer, line: line)
      policy.name = "\(policy.name)@\(step.replacing(" ", with: "_"))settings"
      policy.run = run
      policies.append(policy)
    }
  }

  // MARK: Commands

  /// A command that starts an agent.
  private struct AgentStart {
    let command: ShellScript.Command
    let name: String
    let facts: WorkflowFacts.Program
    let arguments: [String]
  }

  /// Returns the commands of a script that start an agent.
  ///
  /// A quotation mark in a here-document can hide the commands after it. So lines in which no command was found are also
  /// read one by one.
  private func starts(in text: String) -> [AgentStart] {
    var starts = ShellScript(text).commands.compactMap { start($0) }
    let covered = starts.map(\.command.lines)
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    var first = 0
    while first < lines.count {
      var last = first
      while lines[last].hasSuffix("\\"), last + 1 < lines.count { last += 1 }
      if !covered.contains(where: { $0.overlaps(first...last) }) {
        let part = lines[first...last].joined(separator: "\n")
        starts += ShellScript(part).commands.compactMap { command in
          start(.init(lines: first...last, words: command.words, script: command.script))
        }
      }
      first = last + 1
    }
    return starts
  }

  private func start(_ command: ShellScript.Command) -> AgentStart? {
    program(in: command.words).map {
      AgentStart(command: command, name: $0.name, facts: $0.facts, arguments: $0.arguments)
    }
  }

  /// Words that, before the name of a program, show that the command does not start it.
  private static let otherCommands: Set<String> = ["install", "add", "i", "echo", "which", "command"]

  /// Arguments with which a program only describes itself.
  private static let questions: Set<String> = ["--version", "-v", "-V", "--help", "-h"]

  /// Returns the agent that a command starts, and its arguments.
  private func program(
    in words: [String]
  ) -> (name: String, facts: WorkflowFacts.Program, arguments: [String])? {
    var start = 0
    for (index, word) in words.enumerated() {
      if ["then", "do", "else", "!", "{"].contains(word) { start = index }
      guard !Self.isAssignment(word), let (name, facts) = program(named: word) else { continue }
      if words[start..<index].contains(where: Self.otherCommands.contains) { continue }
      if index > start, Self.isValue(words[index - 1], of: words[start..<index]) { continue }
      let arguments = Array(words[(index + 1)...])
      if let first = arguments.first, Self.questions.contains(first) { continue }
      return (name, facts, arguments)
    }
    return nil
  }

  /// Returns whether a word sets a variable: `COPILOT=/usr/bin/copilot`.
  private static func isAssignment(_ word: String) -> Bool {
    let name = word.prefix { $0 != "=" }
    return name.endIndex < word.endIndex && !name.isEmpty
      && name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }
  }

  /// Programs that start the program after them, so that a word after one of their options may be a program.
  private static let starters: Set<String> = [
    "npx", "bunx", "pnpm", "yarn", "npm", "sudo", "env", "timeout", "docker", "podman", "xargs", "nohup", "time", "uvx",
    "bash", "sh", "ssh", "script", "nice", "stdbuf", "dotenv", "op",
  ]

  /// Returns whether the word after an option is its value: `make docs --host codex`.
  private static func isValue(_ option: String, of command: ArraySlice<String>) -> Bool {
    guard option.hasPrefix("--"), option.count > 2, !option.contains("=") else { return false }
    let program = command.first { !isAssignment($0) } ?? ""
    return !starters.contains(String(program.split(separator: "/").last ?? ""))
  }

  /// Returns the agent that a word names, by its program or its package.
  private func program(named word: String) -> (String, WorkflowFacts.Program)? {
    let name = String(word.split(separator: "/").last ?? "")
    if let facts = known.workflows.programs[name] { return (name, facts) }
    let package = String(Server.base(word))
    return known.workflows.programs.first { $0.value.packages.contains(package) }.map { ($0.key, $0.value) }
  }

  /// Reads the commands of a step that start an agent.
  private mutating func readScript(_ text: String, line: Int) {
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    for start in starts(in: text) {
      runtime = runtime ?? start.facts.runtime
      let place = text.contains("\n") ? line + start.command.lines.lowerBound + 1 : line
      var fact = GrantFact()
      fact.from = start.facts.from
      fact.danger = .runs
      let own = lines[start.command.lines].map { $0.hasSuffix("\\") ? $0.dropLast() : $0 }.joined(separator: " ")
      let text = (start.command.script ?? own).trimmingBlanks
      add(
        fact, ["run"], "\(quoted: text) starts \(words: start.facts.title) in the workflow", danger: .runs,
        line: place, subject: "program \(start.name)", identity: "",
        gone: "\(quoted: text) no longer starts \(words: start.facts.title)")
      let command = PlacedLines(texts: Array(lines[start.command.lines]), first: place)
      readArguments(start.arguments, of: start.facts.runtime, command, keys: ["run"])
    }
  }

  /// Reads the arguments of an agent: the options that affect access, and the rules that they add.
  private mutating func readArguments(
    _ words: [String], of runtime: String, _ lines: PlacedLines, keys: [String]
  ) {
    guard let program = known.workflows.programs.values.first(where: { $0.runtime == runtime }) else { return }
    for option in program.options {
      guard let found = option.words.first(where: { Self.has($0, in: words) }) else { continue }
      var fact = GrantFact()
      fact.from = program.from
      fact.danger = option.text.danger
      add(
        fact, keys, Sentence(template: option.text.says, ["option": found]), effect: option.text.effect,
        danger: option.text.danger, line: lines.line(of: found),
        subject: "option \(option.words.joined(separator: " "))", identity: "on",
        gone: option.text.gone.map { Sentence(template: $0, ["option": found]) } ?? "\(quoted: found) is no longer set"
      ) { $0.mode = option.text.allowsAll ? found : nil }
    }
    for rule in program.rules {
      let texts = Self.values(of: rule.words, in: words)
      guard !texts.isEmpty else { continue }
      let items = texts.map { SettingsNode(.text($0), line: lines.line(of: $0)) }
      let list = SettingsNode(.list(items), line: lines.first)
      let key = SettingsNode.Member(key: "rules", line: lines.first, node: list)
      var fact = GrantFact()
      fact.from = program.from
      fact.path = [.key("rules")]
      readRules(fact, rule.facts, in: SettingsNode(.map([key]), line: lines.first))
    }
    for index in policies.indices where policies[index].rules.contains(where: { $0.key == display(["rules"]) }) {
      policies[index].rules = policies[index].rules.map {
        $0.key == display(["rules"]) ? $0.placed(display(keys), $0.line) : $0
      }
    }
  }

  /// Returns whether words contain an option: a word, `--name=value`, or two consecutive words.
  private static func has(_ option: String, in words: [String]) -> Bool {
    let parts = option.split(separator: " ").map(String.init)
    if parts.count == 2 {
      return words.contains("\(parts[0])=\(parts[1])")
        || zip(words, words.dropFirst()).contains { $0 == parts[0] && $1 == parts[1] }
    }
    return words.contains(option)
  }

  /// Returns the values of options, split at commas.
  private static func values(of options: [String], in words: [String]) -> [String] {
    var values: [String] = []
    var takes = false
    for word in words {
      if word.hasPrefix("-") {
        takes = options.contains { word == $0 }
        if let option = options.first(where: { word.hasPrefix($0 + "=") }) {
          values += ToolSet.items(of: String(word.dropFirst(option.count + 1)))
        }
      } else if takes {
        values += ToolSet.items(of: word)
      }
    }
    return values
  }

  // MARK: The run

  /// Reads the permissions of a job: its own, or those of the workflow.
  private mutating func readPermissions(of job: SettingsNode.Member, in whole: SettingsNode, run: Sentence) {
    var fact = GrantFact()
    fact.from = known.workflows.from
    fact.danger = .writes
    let list = "permissions of \(job.key)"
    guard let own = job.node.member("permissions") ?? whole.member("permissions") else {
      return add(
        fact, ["permissions"],
        "\(run) has the default permissions of the repository, which may include writing", danger: .writes,
        line: job.line, subject: list, identity: "default", kind: .level(rank: 1, missing: nil), isImplied: true)
    }
    let node = own.node
    let keys = job.node["permissions"] == nil ? ["permissions"] : ["jobs", job.key, "permissions"]
    let all = ["read-all": "read", "write-all": "write"][node.scalar ?? ""]
    let scopes =
      all.map { [(PermissionScope(list, .everything, run), $0, node.line)] }
      ?? node.members.map { (PermissionScope(list, .named($0.key), run), $0.node.scalar ?? "", $0.line) }
    let isAny = scopes.contains { PermissionScope.levels.dropFirst().contains($0.1) }
    let says: Sentence =
      switch all {
      case "write"?: "\(run) may write everything"
      case "read"?: "\(run) may write nothing"
      default: isAny ? "\(run) has only the permissions that are listed" : "\(run) has no permissions"
      }
    fact.effect = all == "write" ? .grants : .limits
    add(
      fact, keys, says, danger: .writes, line: node.firstLine ?? own.line, subject: list, identity: "listed",
      kind: .level(rank: all == "write" ? 2 : 0, missing: nil)
    ) { $0.permission = PermissionScope(list, nil, run) }
    fact.effect = .grants
    for (scope, value, line) in scopes {
      guard let rank = PermissionScope.levels.firstIndex(of: value) else { continue }
      let place = if case .named(let name)? = scope.part { keys + [name] } else { keys }
      add(
        fact, place, scope.says(rank), effect: rank == 0 ? .limits : .grants,
        danger: rank == 2 ? .writes : rank == 1 ? .reads : .none, line: line, subject: scope.subject, identity: value,
        kind: scope.kind(rank)
      ) { ($0.list, $0.permission) = (list, scope) }
    }
  }

  private mutating func readEvents(_ whole: SettingsNode) {
    guard let on = whole.member("on") ?? whole.member("true") else { return }
    let events: [(String, Int)] =
      on.node.isMap
      ? on.node.members.map { ($0.key, $0.line) }
      : on.node.items.isEmpty ? on.node.texts.map { ($0, on.line) } : on.node.items.map { ($0.scalar ?? "", $0.line) }
    var fact = GrantFact()
    fact.from = known.workflows.from
    for (event, line) in events {
      guard let text = known.workflows.events[event] else { continue }
      fact.danger = text.danger
      add(
        fact, ["on"], Sentence(template: text.says, ["event": event]), danger: text.danger, line: line,
        subject: "event \(event)", identity: event, gone: "the agent no longer starts at \(quoted: event)")
    }
    let privileged = events.first { known.workflows.privileged.contains($0.0) }
    guard let (event, line) = privileged else { return }
    for job in whole["jobs"]?.members ?? [] {
      for step in job.node["steps"]?.items ?? [] {
        guard step["uses"]?.scalar?.hasPrefix("actions/checkout@") ?? false,
          let reference = step["with"]?["ref"]?.scalar, reference.contains("head")
        else { continue }
        fact.danger = .promptsOff
        add(
          fact, ["on"],
          "the agent runs with the secrets of the repository, at \(quoted: event), on code that outsiders propose",
          danger: .promptsOff, line: line, subject: "outsiders \(job.key)", identity: "outsiders",
          gone: "the agent no longer runs with the secrets of the repository on code that outsiders propose")
      }
    }
  }
}

/// Some lines of a workflow, with their position.
private struct PlacedLines {
  let texts: [Substring]
  /// The line of the first one.
  let first: Int

  init(texts: [Substring], first: Int) {
    self.texts = texts
    self.first = first
  }

  /// Creates the lines of a value, from the line of its key. Several lines begin below the key.
  init(_ text: String, after key: Int) {
    texts = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    first = text.contains("\n") ? key + 1 : key
  }

  /// Returns the line that contains an option, or its value if it has one.
  func line(of option: String) -> Int {
    let word = option.split(separator: " ").last ?? ""
    let place = texts.firstIndex { $0.contains(option) } ?? texts.firstIndex { $0.contains(word) }
    return first + (place ?? 0)
  }
}

extension Policy {
  /// Returns a copy for settings in the text of another file.
  func moved(to key: String, line: Int) -> Policy {
    var policy = self
    policy.rules = rules.map { $0.placed(key, line) }
    return policy
  }
}

extension Policy.Rule {
  /// Returns a copy at another position, without a condition.
  func placed(_ key: String, _ line: Int) -> Policy.Rule {
    with { ($0.key, $0.line, $0.condition) = (key, line, nil) }
  }
}

extension String {
  /// The text without white space at its start and end.
  fileprivate var trimmingBlanks: String {
    String(drop { $0 == " " || $0 == "\t" }.reversed().drop { $0 == " " || $0 == "\t" || $0 == "\r" }.reversed())
  }
}
