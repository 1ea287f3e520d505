import Files
import Rules

// What is wrong with the fields of an agent, as its runtime sees them.

extension FindingList {
  /// Looks at how the frontmatter stands in the file.
  mutating func judgeForm(_ split: Frontmatter, by runtime: Runtime) {
    let opening = 0..<min(3, text.utf8.count)
    switch split.form {
    case .misplaced(let why):
      add(
        .frontmatterMisplaced, "the frontmatter does not begin at the first line of the file: \(why)",
        help: "Make --- the first line: runtimes look nowhere else.", textRange: 0..<0,
        severity: runtime.facts.skips.contains(.frontmatter) ? .error : nil, cause: .obstacle(.frontmatter))
    case .tooLarge:
      add(
        .frontmatterLarge,
        "the frontmatter has more than \(Frontmatter.sizeLimit) bytes: it is not read, and the file is shown as it stands",
        help: "Move what the agent is to know into the body.", textRange: opening, cause: .unclear)
    case .unclosed:
      add(
        .frontmatterUnclosed, "the frontmatter is opened by --- and never closed",
        help: "Add a line --- behind the last field.", textRange: opening, cause: .obstacle(.frontmatter))
    default: break
    }
  }

  /// Looks at the fields, one by one.
  mutating func judgeFields(of agent: Agent, by runtime: Runtime) {
    judgeKeys(of: agent, by: runtime)
    judgeName(of: agent, by: runtime)
    judgeDescription(of: agent)
    judgeModel(of: agent, by: runtime)
    judgePermissions(of: agent)
  }

  private mutating func judgeKeys(of agent: Agent, by runtime: Runtime) {
    let isStrict = runtime.facts.skips.contains(.fields)
    // Nobody has more of them, and no more are listed.
    for field in agent.fields.filter({ !runtime.reads($0.key) }).prefix(Self.judged) {
      if let meant = Self.meant(by: field.key, runtime), !agent.fields.contains(where: { $0.key == meant }) {
        add(
          .fieldNearMiss,
          "\(agent.dialect.title) has no field “\(field.key)”; so \(runtime.consequence(of: meant))",
          help: "Did you mean “\(meant)”?", fileRange: field.range, severity: isStrict ? .error : nil,
          cause: .obstacle(.fields))
      } else if isStrict {
        add(
          .fieldUnknown, "\(agent.dialect.title) has no field “\(field.key)”, and leaves a file out that has one",
          help: "Take it out.", fileRange: field.range, severity: .error, cause: .obstacle(.fields))
      } else if !Runtimes.common.contains(field.key), !field.key.isEmpty {
        add(
          .fieldUnknown, "\(agent.dialect.title) has no field “\(field.key)”, and passes it by",
          help: "Leave it where it is for people; take it out where it was to do something.", fileRange: field.range)
      }
    }
    guard agent.isOfPlugin else { return }
    for field in agent.fields where runtime.facts.ignoredInPlugins.contains(field.key) {
      add(
        .fieldIgnored, "“\(field.key)” is ignored in the agents of a plugin",
        help: "Say in the plugin's description what has to be set.",
        fileRange: field.range, cause: .passedBy)
    }
  }

  /// How many unknown fields, and how many tools, are looked at closely.
  static let judged = 100

  /// The field that somebody meant who wrote another.
  private static func meant(by key: String, _ runtime: Runtime) -> String? {
    if let meant = runtime.facts.spellings[key] { return meant }
    if Runtimes.common.contains(key) { return nil }
    let folded = fold(key)
    let candidates = runtime.facts.fields.sorted()
    if let same = candidates.first(where: { fold($0) == folded }) { return same }
    // Short words are near to too many others.
    return key.utf8.count < 5 ? nil : Spelling.suggestion(for: key, among: candidates)
  }

  private static func fold(_ key: String) -> String { key.lowercased().filter { $0 != "-" && $0 != "_" && $0 != " " } }

  private mutating func judgeName(of agent: Agent, by runtime: Runtime) {
    guard agent.statesName, let index = agent.fields.firstIndex(where: { $0.key == "name" && !$0.value.isEmpty }) else {
      return
    }
    let name = agent.fields[index].value.line.trimmed
    guard let problem = runtime.facts.name.problem(with: name, folder: agent.source.path.folders.last) else { return }
    let isSkipped = runtime.facts.skips.contains(.name) && !(agent.isOfPlugin && runtime.facts.loadsPluginsAnyway)
    let told = "the name “\(Bounds.cut(name, to: 60))” is not one that \(agent.dialect.title) takes: \(problem)"
    add(
      isSkipped ? .willNotLoad : .nameFormat, isSkipped ? told + "; so it leaves the agent out" : told,
      help: "Small letters, digits and single hyphens suit every runtime.", textRange: place(of: name, inField: index),
      cause: .obstacle(.name))
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
  }

  /// Looks at how long the prompt is.
  mutating func judgePrompt(of agent: Agent, _ prompt: ArraySlice<UInt8>, by runtime: Runtime) {
    let help = "Move what is needed now and then into files that the agent reads when it needs them."
    if let longest = runtime.facts.longestPrompt, prompt.count > longest,
      case let length = prompt.reduce(0, { $0 + ($1 & 0xC0 == 0x80 ? 0 : 1) }), length > longest
    {
      add(
        .promptLong, "the prompt has \(length) characters, and \(agent.dialect.title) takes \(longest)", help: help,
        fileRange: nil, severity: .warning, cause: .unclear)
    } else if agent.promptMeasure.tokens > 10_000 {
      add(
        .promptLong, "the prompt takes about \(agent.promptMeasure.tokens) tokens at every call", help: help,
        fileRange: nil)
    }
  }

  private mutating func judgeModel(of agent: Agent, by runtime: Runtime) {
    // Others take the names of many makers, which nobody can list.
    guard agent.dialect == .claudeCode, let rule = runtime.facts.models, let model = agent.model, !rule.takes(model),
      let index = agent.fields.firstIndex(where: { $0.key == "model" && !$0.value.isEmpty })
    else { return }
    let meant = rule.names.first { $0 == model.lowercased() } ?? Spelling.suggestion(for: model, among: rule.names)
    add(
      .modelUnknown, "Claude Code knows no model “\(Bounds.cut(model, to: 60))”",
      help: meant.map { "Did you mean “\($0)”?" }
        ?? "Write \(rule.names.prefix(5).joined(separator: ", ")), or a full identifier such as claude-opus-4-5.",
      textRange: place(of: model, inField: index), cause: .passedBy)
  }

  private mutating func judgePermissions(of agent: Agent) {
    guard agent.permissionMode == "bypassPermissions",
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
