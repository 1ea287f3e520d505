import Files
import Rules

// What is wrong with the fields of an agent, as its runtime sees them.

extension FindingList {
  /// Looks at the fields, one by one.
  mutating func judgeFields(of agent: Agent) {
    judgeKeys(of: agent)
    judgeName(of: agent)
    judgeDescription(of: agent)
    judgeModel(of: agent)
    judgePermissions(of: agent)
  }

  private mutating func judgeKeys(of agent: Agent) {
    guard let facts = RuntimeFacts.of(agent.dialect) else { return }
    // Nobody has more of them, and no more are listed.
    for field in agent.fields.filter({ !facts.fields.contains($0.key) }).prefix(Self.judged) {
      if let meant = Self.meant(by: field.key, facts, agent.dialect), !agent.fields.contains(where: { $0.key == meant })
      {
        add(
          .fieldNearMiss,
          "\(agent.dialect.title) has no field “\(field.key)”; so \(RuntimeFacts.consequence(of: meant))",
          help: "Did you mean “\(meant)”?", fileRange: field.range)
      } else if !RuntimeFacts.common.contains(field.key), !field.key.isEmpty {
        add(
          .fieldUnknown, "\(agent.dialect.title) has no field “\(field.key)”, and passes it by",
          help: "Leave it where it is for people; take it out where it was to do something.", fileRange: field.range)
      }
    }
    guard agent.dialect == .claudeCode, agent.isOfPlugin else { return }
    for field in agent.fields where RuntimeFacts.ignoredInPlugins.contains(field.key) {
      add(
        .fieldIgnored, "“\(field.key)” is ignored in the agents of a plugin",
        help: "Say in the plugin's description what has to be set.",
        fileRange: field.range)
    }
  }

  /// How many unknown fields, and how many tools, are looked at closely.
  static let judged = 100

  /// The field that somebody meant who wrote another.
  private static func meant(by key: String, _ facts: RuntimeFacts, _ dialect: Dialect) -> String? {
    if dialect == .claudeCode, let meant = RuntimeFacts.otherSpellings[key] { return meant }
    if RuntimeFacts.common.contains(key) { return nil }
    let folded = fold(key)
    let candidates = facts.fields.sorted()
    if let same = candidates.first(where: { fold($0) == folded }) { return same }
    // Short words are near to too many others.
    return key.utf8.count < 5 ? nil : Spelling.suggestion(for: key, among: candidates)
  }

  private static func fold(_ key: String) -> String { key.lowercased().filter { $0 != "-" && $0 != "_" && $0 != " " } }

  private mutating func judgeName(of agent: Agent) {
    guard agent.statesName, let index = agent.fields.firstIndex(where: { $0.key == "name" && !$0.value.isEmpty }) else {
      return
    }
    let name = agent.fields[index].value.line.trimmed
    let problem: String? =
      switch agent.dialect {
      case .claudeCode: Self.problem(ofClaudeName: name)
      case .gemini:
        name.wholeMatch(of: /[a-z0-9_-]+/) == nil ? "Gemini CLI takes small letters, digits, _ and - only" : nil
      case .skill: Self.problem(ofSkillName: name, folder: agent.source.path.folders.last)
      default: nil
      }
    guard let problem else { return }
    add(
      .nameFormat, "the name “\(Bounds.cut(name, to: 60))” is not one that \(agent.dialect.title) takes: \(problem)",
      help: "Small letters, digits and single hyphens suit every runtime.", textRange: place(of: name, inField: index))
  }

  private static func problem(ofClaudeName name: String) -> String? {
    if name.hasPrefix("-") { return "it begins with a hyphen" }
    if name.contains(":") { return "it holds a colon" }
    return name.count > 256 ? "it has more than 256 characters" : nil
  }

  private static func problem(ofSkillName name: String, folder: String?) -> String? {
    if name.count > 64 { return "it has more than 64 characters" }
    if name.wholeMatch(of: /[a-z0-9]+(-[a-z0-9]+)*/) == nil {
      return "small letters, digits and single hyphens between them only"
    }
    if let folder, folder != name { return "its folder is called “\(folder)”" }
    return nil
  }

  private mutating func judgeDescription(of agent: Agent) {
    let tokens = agent.descriptionMeasure.tokens
    let index = agent.fields.firstIndex { $0.key == "description" }
    if agent.dialect == .skill, agent.description.text.count > 1024 {
      add(
        .descriptionLong,
        "the description has \(agent.description.text.count) characters, and a skill's may have 1,024",
        help: "Say when it is to be used, and the rest in the body.", fileRange: index.map { agent.fields[$0].range },
        severity: .warning)
    } else if tokens > 1000 {
      add(
        .descriptionLong, "the description takes about \(tokens) tokens of every session, called or not",
        help: "Say when it is to be used, and the rest in the prompt.", fileRange: index.map { agent.fields[$0].range })
    }
    let prompt = agent.promptMeasure.tokens
    if prompt > 10_000 {
      add(
        .promptLong, "the prompt takes about \(prompt) tokens at every call",
        help: "Move what is needed now and then into files that the agent reads when it needs them.", fileRange: nil)
    }
  }

  private mutating func judgeModel(of agent: Agent) {
    guard agent.dialect == .claudeCode, let model = agent.model,
      let index = agent.fields.firstIndex(where: { $0.key == "model" && !$0.value.isEmpty })
    else { return }
    if Self.isClaudeModel(model) { return }
    let names = ["sonnet", "opus", "haiku", "fable", "inherit"]
    let meant = names.first { $0 == model.lowercased() } ?? Spelling.suggestion(for: model, among: names)
    add(
      .modelUnknown, "Claude Code knows no model “\(Bounds.cut(model, to: 60))”",
      help: meant.map { "Did you mean “\($0)”?" }
        ?? "Write sonnet, opus, haiku, fable, inherit, or a full identifier such as claude-opus-4-5.",
      textRange: place(of: model, inField: index))
  }

  /// Whether Claude Code takes a model: an alias, with or without its long context, or a full identifier, of a provider too.
  private static func isClaudeModel(_ model: String) -> Bool {
    let alias = model.hasSuffix("[1m]") ? String(model.dropLast(4)) : model
    if ["sonnet", "opus", "haiku", "fable", "inherit", "default", "best", "opusplan"].contains(alias) { return true }
    return model.hasPrefix("arn:aws:") || model.contains("claude-") && !model.contains("/")
  }

  private mutating func judgePermissions(of agent: Agent) {
    guard agent.dialect == .claudeCode, !agent.isOfPlugin, agent.permissionMode == "bypassPermissions",
      let index = agent.fields.firstIndex(where: { $0.key == "permissionMode" })
    else { return }
    add(
      .permissionBypass, "permissionMode is bypassPermissions: nobody is asked before it writes or runs something",
      help: "Leave the mode to those who install the agent.", textRange: place(of: "bypassPermissions", inField: index))
  }

  /// Where a word stands in a field, by the bytes of the text; its key, where the word is not there as it was read.
  ///
  /// - Parameter asWord: whether it has to stand as a word of its own.
  func place(of word: String, inField index: Int, asWord: Bool = true) -> Range<Int>? {
    guard index + 1 < fieldStarts.count else { return nil }
    let start = fieldStarts[index]
    let field = text.utf8[start..<max(start, fieldStarts[index + 1])]
    let wanted = Array(word.utf8)
    let afterKey = field.firstIndex(of: UInt8(ascii: ":")) ?? start
    if !wanted.isEmpty, let place = Self.first(wanted, in: field[afterKey...], asWord: asWord) {
      return place..<place + wanted.count
    }
    return start..<max(start, afterKey)
  }

  /// Where bytes first stand, if asked as a word of their own.
  private static func first(_ wanted: [UInt8], in bytes: ArraySlice<UInt8>, asWord: Bool) -> Int? {
    guard bytes.count >= wanted.count else { return nil }
    var rest = bytes
    while let place = rest.firstIndex(of: wanted[0]), place + wanted.count <= bytes.endIndex {
      let end = place + wanted.count
      let isFree =
        !asWord
        || (place == bytes.startIndex || !isWord(bytes[place - 1])) && (end == bytes.endIndex || !isWord(bytes[end]))
      let stands = isFree && bytes[place..<end].elementsEqual(wanted)
      if stands { return place }
      rest = bytes[(place + 1)...]
    }
    return nil
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20) || byte == UInt8(ascii: "_") || byte >= 0x80
  }
}
