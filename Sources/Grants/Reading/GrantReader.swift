import Agents
import Files

/// Reads the grants of a file, based on the facts about its keys.
struct GrantReader {
  let known: GrantFacts
  let file: FileFacts
  let path: RelativePath
  var root = SettingsNode.nothing
  var runtime: String?
  var statements: [Statement] = []
  var policies: [Policy] = []
  /// The prefix of keys: the step of a workflow.
  var prefix: [String] = []
  /// The prefix of subjects: the same without the number of the step.
  var step = ""
  /// The job of a workflow.
  var job: String?
  /// The compiler that wrote the workflow.
  var compiler: WorkflowFacts.Compiler?
  /// The number of commands examined so far.
  private var commandCount = 0

  init(_ known: GrantFacts, _ file: FileFacts, _ path: RelativePath) {
    self.known = known
    self.file = file
    self.path = path
  }

  mutating func read(_ bytes: [UInt8]) throws(SettingsProblem) {
    switch file.format {
    case .json: root = try JSONTree.read(bytes, isLenient: file.isLenient)
    case .toml: root = try TOMLTree.read(bytes)
    case .yaml, .workflow: root = try YAMLTree.read(bytes)
    case .rules: root = try PrefixRules.read(bytes)
    case .program:
      // The text of the program is the value, so that another text is another grant.
      let text = SettingsNode(.text(String(decoding: bytes, as: UTF8.self)), line: 1)
      root = SettingsNode(.map([.init(key: "(the file)", line: 1, node: text)]), line: 1)
    }
    guard root.isMap else { throw SettingsProblem(message: "it is not a map of keys", line: root.line) }
    if file.format == .workflow { return readWorkflow() }
    runtime = file.runtime
    read(file.grants, in: root)
  }

  mutating func read(_ grants: [GrantFact], in root: SettingsNode) {
    for fact in grants { read(fact, in: root) }
    completePolicies()
  }

  // MARK: Places

  /// A value that a fact applies to.
  struct Match {
    let node: SettingsNode
    let line: Int
    let keys: [String]
    /// The values of the wildcards in the path. List items are identified by name.
    let names: [String]
    /// The keys, with list items identified by name, so that the order of a list does not matter.
    var subject: [String] = []
    /// The map that contains it.
    var parent = SettingsNode.nothing

    /// Returns a match for a value inside this one.
    func inner(
      _ node: SettingsNode, _ line: Int, _ key: String, _ names: [String], subject: String? = nil
    ) -> Match {
      Match(
        node: node, line: line, keys: keys + [key], names: names, subject: self.subject + [subject ?? key],
        parent: self.node)
    }
  }

  /// Returns the values at the path of a fact.
  func matches(_ path: [GrantFact.Step], in root: SettingsNode) -> [Match] {
    var found = [Match(node: root, line: root.line, keys: [], names: [])]
    for step in path {
      found = found.flatMap { match -> [Match] in
        switch step {
        case .key(let key):
          return match.node.member(key).map { [match.inner($0.node, $0.line, key, match.names)] } ?? []
        case .any:
          // The last duplicate of a key applies.
          var seen: Set<String> = []
          return match.node.members.reversed().filter { seen.insert($0.key).inserted }.reversed().map {
            match.inner($0.node, $0.line, $0.key, match.names + [$0.key])
          }
        case .each:
          return match.node.items.enumerated().map { index, item in
            let name = item["name"]?.scalar
            return match.inner(
              item, item.line, String(index), match.names + [name ?? String(index)], subject: name ?? String(index))
          }
        }
      }
      if found.count > SettingsNode.valueLimit { return [] }
    }
    return found
  }

  /// Returns a path of keys in its display form.
  func display(_ keys: [String]) -> String {
    var text = ""
    for key in prefix + keys {
      if key.utf8.allSatisfy({ (0x30...0x39).contains($0) }), !text.isEmpty {
        text += "[\(key)]"
      } else {
        text += (text.isEmpty ? "" : ".") + key
      }
    }
    return text
  }

  /// The run of an agent that statements are about.
  var run: String? { step.isEmpty ? job : step }

  // MARK: Statements

  private mutating func read(_ fact: GrantFact, in root: SettingsNode) {
    var reason: Sentence?
    if let condition = fact.onlyWith, !condition.holds(in: root) {
      reason = "it applies only with \(quoted: "\(condition.path.joined(separator: ".")): \(condition.value)")"
    }
    if let condition = fact.unless, condition.holds(in: root) {
      reason = "it does not apply with \(quoted: "\(condition.path.joined(separator: ".")): \(condition.value)")"
    }
    let first = statements.count
    switch fact.means {
    case .rules(let rules): readRules(fact, rules, in: root)
    case .level(let levels, let nothing): readLevels(fact, levels, nothing, in: root)
    default: for match in matches(fact.path, in: root) { read(fact, match) }
    }
    guard let reason else { return }
    for index in first..<statements.count {
      let key = statements[index].grant.key
      statements[index].grant.says = "\(quoted: key) does nothing here: \(reason)"
      statements[index].grant.effect = .nothing
      statements[index].grant.danger = .none
      if case .level = statements[index].kind { statements[index].kind = .plain }
    }
  }

  private mutating func read(_ fact: GrantFact, _ match: Match) {
    switch fact.means {
    case .setting: readSetting(fact, match)
    case .items(let whole, let nothing): readItems(fact, match, whole, nothing)
    case .hooks(let events): readHooks(fact, match, events)
    case .server: readServer(fact, match)
    case .source: readSource(fact, match)
    case .rules, .level: break
    }
  }

  /// Adds a statement.
  mutating func add(
    _ fact: GrantFact, _ keys: [String], _ says: Sentence, effect: Grant.Effect? = nil, danger: Danger, line: Int,
    subject: String? = nil, identity: String, gone: Sentence? = nil, kind: Statement.Kind = .plain,
    isImplied: Bool = false, _ adjust: (inout Statement) -> Void = { _ in }
  ) {
    if statements.count >= Self.limit { return addExcess() }
    let key = display(keys)
    let subject = step + (subject ?? keys.joined(separator: "."))
    let effect = effect ?? fact.effect
    var statement = Statement(
      grant: Grant(
        key: key, says: says, effect: effect, danger: danger, line: line, identity: "\(subject) \(identity)",
        condition: effect == .nothing ? nil : fact.counts ?? file.counts, notKnown: fact.open,
        evidence: known.evidence(of: fact)),
      subject: subject, keys: prefix + keys, unless: fact.unless, gone: gone, kind: kind, isImplied: isImplied,
      isNewWhenImplied: fact.isImplied, run: run, declaration: fact.declaration(at: prefix + keys))
    adjust(&statement)
    statements.append(statement)
  }

  /// The maximum number of statements in a file.
  private static let limit = 2000

  /// Adds one statement that the rest of the file was not read.
  private mutating func addExcess() {
    guard statements.count == Self.limit else { return }
    let says: Sentence = "the file is too large to read completely; the effect of the rest is unknown"
    statements.append(
      Statement(
        grant: Grant(
          key: "(the file)", says: says, effect: .unknown, danger: .promptsOff, line: 1, identity: root.identity),
        subject: "(the rest)", keys: []))
  }

  /// Returns the values for the placeholders of a sentence.
  func values(_ match: Match, _ value: String) -> [String: String] {
    [
      "name": match.names.last ?? match.keys.last ?? "", "owner": match.names.first ?? "", "value": value,
      "item": value, "command": value, "key": display(match.keys), "path": path.description,
      "sibling": match.parent["command"]?.scalar ?? "",
    ]
  }

  private mutating func readSetting(_ fact: GrantFact, _ match: Match) {
    var (node, line) = (match.node, match.node.firstLine ?? match.line)
    if fact.isCommand, let command = match.node.member("command") { (node, line) = (command.node, command.line) }
    let texts = fact.telling(node.texts)
    if let folder = fact.folder, texts.isEmpty, !node.texts.isEmpty {
      return add(
        fact, match.keys, "the folder \(quoted: folder) is read anyway", effect: .nothing, danger: .none, line: line,
        subject: match.subject.joined(separator: "."), identity: folder)
    }
    let value = texts.isEmpty ? node.identity : texts.joined(separator: " ")
    if fact.isCommand, node.texts.isEmpty { return }
    let name = match.names.last ?? match.keys.last ?? ""
    let found = fact.cases.first { $0.isFor(name) }
    let danger = fact.isCommand ? self.danger(ofCommand: value) : found?.danger ?? fact.danger
    let values = values(match, value)
    add(
      fact, match.keys, Sentence(template: found?.says ?? fact.says, values), effect: found?.effect, danger: danger,
      line: line, subject: match.subject.joined(separator: "."), identity: value,
      gone: fact.gone.map { Sentence(template: $0, values) }
    ) { if fact.isCommand { $0.command = value } }
  }

  /// Returns the danger of a command that runs automatically.
  ///
  /// Only the first 200 commands of a file are examined. The others get the greatest danger.
  mutating func danger(ofCommand command: String) -> Danger {
    commandCount += 1
    return commandCount > 200 ? .networkToShell : CommandDangers.ofProgram(command)
  }

  private mutating func readItems(
    _ fact: GrantFact, _ match: Match, _ whole: GrantFact.Text?, _ nothing: [String: String]
  ) {
    if let whole {
      let texts = match.node.texts
      add(
        fact, match.keys,
        texts.isEmpty
          ? Sentence(template: whole.says.replacing("{items}", with: "nothing"), values(match, ""))
          : Sentence(template: whole.says, values(match, ""), list: texts),
        effect: whole.effect, danger: whole.danger, line: match.line,
        subject: "\(match.subject.joined(separator: ".")) whole",
        identity: "whole", gone: whole.gone.map { Sentence(template: $0, values(match, "")) })
    }
    let (key, list) = (display(match.keys), "\(step)\(match.subject.joined(separator: ".")) whole")
    let items = match.node.scalar == nil ? match.node.items : [SettingsNode(match.node.value, line: match.line)]
    for (index, item) in items.enumerated() {
      guard let text = item.scalar ?? (item.isMap && !fact.takesTexts ? item.identity : nil) else { continue }
      let found = fact.cases.first { $0.isFor(text) }
      let values = values(match, text)
      let says = nothing[text] ?? found?.says ?? fact.says
      // A list without a sentence for its items is reported as a whole.
      if says.isEmpty { continue }
      add(
        fact, match.keys + [String(index)], Sentence(template: says, values),
        effect: nothing[text] == nil ? found?.effect : .nothing, danger: found?.danger ?? fact.danger, line: item.line,
        subject: "\(display(match.keys)) \(text)", identity: text,
        gone: fact.gone.map { Sentence(template: $0, values) }
      ) {
        $0.grant.key = key
        if fact.isRelative { $0.list = list }
      }
    }
  }

  // MARK: Levels

  private mutating func readLevels(
    _ fact: GrantFact, _ levels: [GrantFact.Level], _ nothing: [String: String], in root: SettingsNode
  ) {
    let absent = levels.firstIndex(where: \.isMissing)
    for match in matches(fact.path, in: root) {
      let value = match.node.scalar ?? match.node.identity
      let values = values(match, value)
      let missing = absent.map {
        Statement.Missing(
          rank: $0, says: Sentence(template: levels[$0].says, values), danger: levels[$0].danger)
      }
      if let text = nothing[value] ?? nothing["*"] {
        add(
          fact, match.keys, Sentence(template: text, values), effect: .nothing, danger: .none, line: match.line,
          subject: subject(match.subject, levels), identity: value,
          kind: .level(rank: absent ?? 0, missing: missing))
      } else if let rank = levels.firstIndex(where: { $0.values.contains { Wildcards.match($0, value) } }) {
        let level = levels[rank]
        add(
          fact, match.keys, Sentence(template: level.says, values),
          effect: level.danger == .none ? .limits : fact.effect, danger: level.danger, line: match.line,
          subject: subject(match.subject, levels), identity: level.values.first ?? value,
          kind: .level(rank: rank, missing: missing))
      } else {
        add(
          fact, match.keys, "the effect of \(quoted: value) as \(quoted: display(match.keys)) is unknown",
          effect: .unknown, danger: levels.map(\.danger).max() ?? .none, line: match.line,
          subject: subject(match.subject, levels), identity: value)
      }
    }
    implyLevel(fact, levels, absent, in: root)
  }

  /// Returns the subject of a level. It includes the first level, because a key may have two meanings with different
  /// levels.
  private func subject(_ keys: [String], _ levels: [GrantFact.Level]) -> String {
    "\(keys.joined(separator: ".")) \(levels.first?.says ?? "")"
  }

  /// Adds the statement that applies if a key is missing.
  private mutating func implyLevel(
    _ fact: GrantFact, _ levels: [GrantFact.Level], _ absent: Int?, in root: SettingsNode
  ) {
    let keys = fact.path.compactMap { if case .key(let key) = $0 { key } else { nil } }
    guard let absent, keys.count == fact.path.count, root[keys] == nil else { return }
    let match = Match(node: .nothing, line: 1, keys: keys, names: [])
    let says = Sentence(template: levels[absent].says, values(match, ""))
    let line = fact.onlyWith.flatMap { condition in
      condition.path.last.flatMap { root[Array(condition.path.dropLast())]?.member($0)?.line }
    }
    add(
      fact, keys, says, danger: levels[absent].danger, line: line ?? 0,
      subject: subject(keys, levels), identity: levels[absent].values.first ?? "",
      kind: .level(rank: absent, missing: .init(rank: absent, says: says, danger: levels[absent].danger)),
      isImplied: true)
  }
}

extension Sentence {
  /// Fills in a template, and replaces `{items}` with quoted values of the file.
  init(template: String, _ values: [String: String], list: [String]) {
    guard let mark = template.firstRange(of: "{items}") else {
      self.init(template: template, values)
      return
    }
    let before = Sentence(template: String(template[..<mark.lowerBound]), values)
    let after = Sentence(template: String(template[mark.upperBound...]), values)
    self = "\(before)\(Sentence.quoted(list))\(after)"
  }
}
