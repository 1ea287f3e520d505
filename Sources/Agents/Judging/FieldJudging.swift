import Files
import Rules
import Text

// What is wrong with the fields of an agent, as its runtime sees them.

extension FindingList {
  /// Looks at how the frontmatter stands in the file.
  mutating func judgeForm(_ split: Frontmatter, of dialect: Dialect, by runtime: Runtime) {
    let opening = 0..<min(3, text.utf8.count)
    func told(_ effect: Effect) -> String { "; \(dialect.title) \(effect.outcome.predicate)" }
    switch split.form {
    case .misplaced(let why):
      let effect = runtime.effect(of: .frontmatterMisplaced)
      add(
        .frontmatterMisplaced, "the frontmatter does not begin at the first line: \(why)\(told(effect))",
        help: "Make --- the first line.", textRange: 0..<0, effect: effect)
    case .tooLarge:
      add(
        .frontmatterLarge,
        "the frontmatter has more than \(Frontmatter.sizeLimit) bytes; it is not read, and the file is shown as plain text",
        help: "Move instructions into the body.", textRange: opening, effect: .unknown)
    case .unclosed:
      let effect = runtime.effect(of: .frontmatterUnclosed)
      add(
        .frontmatterUnclosed, "the frontmatter is never closed\(told(effect))",
        help: "Add a line --- after the last field.", textRange: opening, effect: effect)
    case .block:
      // The method that such files are written for reads them; the runtime does not.
      object(
        "the fields are in a code block; the file has no frontmatter", fix: "Add a frontmatter.", fileRange: nil,
        effect: runtime.effect(of: .noFrontmatter))
    default: break
    }
    if split.form == .regular, let effect = runtime.facts.loading[.openingMarkSpaced],
      text.utf8.prefix(4).last.map({ $0 == 0x20 || $0 == 0x09 }) ?? false
    {
      add(
        .frontmatterMisplaced, "there are blanks after the first ---\(told(effect))", help: "Remove them.",
        textRange: 0..<4, effect: effect)
    }
    if split.isClosedByDots {
      let effect = runtime.effect(of: .endMarkDots)
      let range = split.fields.upperBound..<min(split.fields.upperBound + 3, text.utf8.count)
      if effect.outcome > .loads {
        add(
          .frontmatterUnclosed, "the frontmatter is closed by “...”\(told(effect))", help: "Write --- instead.",
          textRange: range, effect: effect)
      }
    }
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
      let effect = runtime.effect(of: .byteOrderMark)
      let versions = effect.before.flatMap { before in
        effect.since.map { "; before \($0), \(dialect.title) \(before.predicate)" }
      }
      if effect.outcome > .loads || versions != nil {
        add(
          .byteOrderMark,
          "the file begins with a byte order mark" + (effect.outcome > .loads ? told(effect) : versions ?? ""),
          help: "Save the file as UTF-8 without a byte order mark.", fileRange: 0..<3, effect: effect)
      }
    }
  }

  /// Looks at the name of the file, where the runtime has rules for it.
  mutating func judgeFile(_ source: SourceFile, of dialect: Dialect, by runtime: Runtime) {
    guard let rule = runtime.facts.fileName, let name = source.path.components.last.map(String.init),
      rule.folder == nil || source.publishedPath.split(separator: "/").dropLast().last.map(String.init) == rule.folder,
      let problem = rule.schema.problems(with: .text(name)).first
    else { return }
    add(
      .willNotLoad, "\(problem.message); \(dialect.title) \(rule.effect.outcome.predicate)", help: "Rename the file.",
      fileRange: nil, severity: rule.severity, effect: rule.effect)
  }

  /// Looks at why YAML refuses the frontmatter, and at keys that occur twice.
  mutating func judgeSyntax(
    _ problem: (YAMLProblem, Range<Int>)?, _ fields: [Field], of dialect: Dialect, by runtime: Runtime
  ) {
    let duplicate = runtime.effect(of: .duplicateKey)
    var seen: Set<String> = []
    var hasDuplicates = false
    for field in fields where !seen.insert(field.key).inserted {
      hasDuplicates = true
      add(
        .fieldDuplicate,
        "the field “\(field.key)” occurs twice"
          + (duplicate.outcome > .partial ? "; \(dialect.title) \(duplicate.outcome.predicate)" : ""),
        help: "Keep one of them. YAML allows no key twice.", fileRange: field.range, effect: duplicate)
    }
    guard let (problem, place) = problem, !(problem.circumstance == .duplicateKey && hasDuplicates) else { return }
    let effect = runtime.effect(of: problem.circumstance)
    if all.contains(where: { $0.rule == Rule.spaceInvalid.id }) {
      // One finding is enough: with ordinary spaces it would be YAML.
      return object(
        "invalid YAML, because of a space that YAML does not know", fix: "Replace the space.",
        fileRange: text.fileRange(firstCharacter(of: place)), effect: effect)
    }
    let message =
      switch effect.outcome {
      case .loads, .partial: "strict YAML parsers reject the frontmatter: \(problem.message)"
      default: "invalid YAML: \(problem.message); \(dialect.title) \(effect.outcome.predicate)"
      }
    add(
      .frontmatterInvalid, message,
      help: problem.help + (effect.outcome <= .partial ? " \(dialect.title) reads the value as written." : ""),
      textRange: firstCharacter(of: place), severity: effect.outcome <= .partial ? .warning : nil, effect: effect)
  }

  /// Looks at the fields, one by one.
  mutating func judgeFields(of agent: Agent, by runtime: Runtime) {
    judgeKeys(of: agent, by: runtime)
    judgeValues(of: agent, by: runtime)
    judgeDescription(of: agent)
    judgeModel(of: agent, by: runtime)
    judgePermissions(of: agent, by: runtime)
  }

  private mutating func judgeKeys(of agent: Agent, by runtime: Runtime) {
    let unknown = runtime.facts.unknownField
    let isStrict = unknown.outcome > .partial
    let fieldSet = Set(runtime.fieldSet(for: agent.fields).map(\.key))
    // Nobody has more of them, and no more are listed.
    for field in agent.fields.filter({ !fieldSet.contains($0.key) && !$0.key.isEmpty }).prefix(Self.judged) {
      if let meant = Self.meant(by: field.key, runtime), !agent.fields.contains(where: { $0.key == meant }) {
        add(
          .fieldNearMiss,
          "\(agent.dialect.title) has no field “\(field.key)”; "
            + (isStrict ? "it \(unknown.outcome.predicate)" : runtime.consequence(of: meant)),
          help: "Did you mean “\(meant)”?", fileRange: field.range,
          effect: isStrict ? unknown : Self.ignoredField(runtime))
      } else if isStrict {
        add(
          .fieldUnknown, "\(agent.dialect.title) has no field “\(field.key)”; it \(unknown.outcome.predicate)",
          help: "Remove the field.", fileRange: field.range, effect: unknown)
      } else if !Runtimes.common.contains(field.key) {
        let why = unknown.outcome == .loads && !unknown.why.isEmpty ? unknown.why : "it ignores the field"
        add(
          .fieldUnknown, "\(agent.dialect.title) has no field “\(field.key)”; \(why)",
          help: "Keep it if it is meant for people or other tools; otherwise remove it.", fileRange: field.range,
          effect: Effect(outcome: unknown.outcome, evidence: unknown.evidence))
      }
    }
    for field in agent.fields.filter({ !fieldSet.contains($0.key) && Runtimes.borrowed.contains($0.key) })
    where unknown.outcome == .partial {
      // Other runtimes go by it, and people know what it means, so it is no finding.
      object(
        "\(agent.dialect.title) has no field “\(field.key)”; it ignores the field", fix: "Keep it if others read it.",
        fileRange: field.range, effect: unknown)
    }
    guard agent.isOfPlugin else { return }
    for field in agent.fields where runtime.field(field.key)?.isIgnoredInPlugins ?? false {
      add(
        .fieldIgnored, "“\(field.key)” is ignored in the agents of a plugin",
        help: "Tell users of the plugin what to set.", fileRange: field.range,
        effect: Effect(outcome: .partial, evidence: runtime.facts.pluginEvidence))
    }
  }

  /// What a misspelt field makes of a file whose runtime ignores what it does not know.
  private static func ignoredField(_ runtime: Runtime) -> Effect {
    Effect(outcome: .partial, evidence: runtime.facts.unknownField.evidence)
  }

  /// How many unknown fields, and how many tools, are looked at closely.
  static let judged = 100

  /// The field that somebody meant who wrote another.
  private static func meant(by key: String, _ runtime: Runtime) -> String? {
    if let meant = runtime.field(spelled: key) { return meant }
    if Runtimes.common.contains(key) { return nil }
    let folded = fold(key)
    let candidates = runtime.facts.fields.map(\.key).sorted()
    if let same = candidates.first(where: { fold($0) == folded }) { return same }
    // Short words are near to too many others, and a plural is often a field of its own.
    guard key.utf8.count >= 6 else { return nil }
    return Spelling.suggestion(for: key, among: candidates.filter { $0.utf8.count >= 5 && $0 + "s" != key })
  }

  private static func fold(_ key: String) -> String { key.lowercased().filter { $0 != "-" && $0 != "_" && $0 != " " } }

  // MARK: Values

  /// Looks whether the values of fields are such as the runtime accepts.
  private mutating func judgeValues(of agent: Agent, by runtime: Runtime) {
    let variant = runtime.facts.variants.first { $0.isMeant(by: agent.fields) }
    for fact in variant?.fields ?? runtime.facts.fields {
      guard let index = agent.fields.firstIndex(where: { $0.key == fact.key }) else {
        if let effect = fact.missing, !["name", "description"].contains(fact.key),
          !fact.isNeedless(at: agent.source.path)
        {
          add(
            .valueInvalid,
            "the field “\(fact.key)” is missing; \(agent.dialect.title) \(effect.outcome.predicate)",
            help: "Add the field.", fileRange: nil, effect: effect)
        }
        continue
      }
      if agent.isOfPlugin, fact.isIgnoredInPlugins { continue }
      if let effect = fact.present {
        object(
          "“\(fact.key)” has no effect", fix: "Remove the field.", fileRange: agent.fields[index].range, effect: effect)
      }
      judge(agent.fields[index], index, fact, of: agent, emptyValue: runtime.facts.emptyValue)
    }
    for keys in variant?.alternatives ?? [] where keys.filter({ agent.value($0) != nil }).count != 1 {
      let spare = agent.fields.last { keys.contains($0.key) }
      add(
        .valueInvalid,
        "exactly one of \(keys.map { "“\($0)”" }.joined(before: "and")) is needed; \(agent.dialect.title) \(runtime.facts.wrongValue.outcome.predicate)",
        help: spare == nil ? "Add one of them." : "Keep one of them.", fileRange: spare?.range,
        effect: runtime.facts.wrongValue)
    }
  }

  private mutating func judge(
    _ field: Field, _ index: Int, _ fact: FieldFact, of agent: Agent, emptyValue: Effect?
  ) {
    if field.value == .null {
      // An empty field is as good as none, but where the runtime checks types.
      guard let effect = emptyValue else { return }
      tell(
        "“\(fact.key)” has no value", help: "Remove the field, or give it a value.", effect, .valueInvalid, fact, agent,
        field.range)
      return
    }
    // That it is a comment is told already.
    if commentFields.contains(fact.key) { return }
    for (key, values) in fact.companions {
      guard !values.contains(agent.value(key)?.scalar ?? "") else { continue }
      tell(
        "“\(fact.key)” has no effect without \(key): \(values.joined(before: "or"))",
        help: "Add that field, or remove this one.", fact.wrong, .valueInvalid, fact, agent, field.range)
    }
    for problem in fact.schema.problems(with: field.value) {
      let place = self.place(of: problem, inField: index).map { text.fileRange($0) } ?? field.range
      let rule: Rule =
        fact.key == "name" ? .nameFormat : fact.key == "tools" && problem.isType ? .toolsShape : .valueInvalid
      let name = ([fact.key] + problem.path).joined(separator: ".")
      var effect = fact.wrong
      if let outcome = problem.outcome {
        effect = Effect(outcome: outcome, evidence: fact.evidence)
      } else if problem.isType, let wrongType = fact.wrongType {
        effect = wrongType
      }
      tell(
        "“\(name)” \(effect.outcome == .loads ? problem.mildMessage : problem.message)", help: problem.help, effect,
        rule,
        fact, agent, place)
    }
    if fact.isFolder, let folder = agent.source.path.folders.last, let name = field.value.scalar, folder != name {
      tell(
        "“\(fact.key)” differs from the folder's name, “\(Bounds.cut(folder, to: 60))”", help: "Make both the same.",
        fact.wrong, .nameFormat, fact, agent,
        self.place(of: name, inField: index).map { text.fileRange($0) } ?? field.range)
    }
  }

  /// Adds a finding about a value, with what the runtime does.
  private mutating func tell(
    _ message: String, help: String, _ effect: Effect, _ rule: Rule, _ fact: FieldFact, _ agent: Agent,
    _ place: Range<Int>
  ) {
    let what =
      switch effect.outcome {
      case .loads: effect.why.isEmpty ? "" : "; \(effect.why)"
      case .partial: effect.why.isEmpty ? "; \(agent.dialect.title) ignores it" : "; \(effect.why)"
      case .unknown: effect.why.isEmpty ? "" : "; \(effect.why)"
      case .unusable, .ignored, .fatal: isSpared ? "" : "; \(agent.dialect.title) \(effect.outcome.predicate)"
      }
    add(rule, message + what, help: help, fileRange: place, severity: fact.severity, effect: effect)
  }

  private mutating func judgeDescription(of agent: Agent) {
    let tokens = agent.descriptionMeasure.tokens
    guard tokens > 1000 else { return }
    add(
      .descriptionLong,
      "the description adds about \(tokens) tokens to every session, whether the agent is used or not",
      help: "Keep when to use the agent in the description. Move the rest into the prompt.",
      fileRange: agent.fields.first { $0.key == "description" }?.range)
  }

  /// Looks at how long the prompt is.
  mutating func judgePrompt(of agent: Agent, _ prompt: ArraySlice<UInt8>, by runtime: Runtime) {
    let help = "Move what is needed now and then into files that the agent reads when it needs them."
    if let longest = runtime.facts.longestPrompt, prompt.count > longest,
      case let length = prompt.reduce(0, { $0 + ($1 & 0xC0 == 0x80 ? 0 : 1) }), length > longest
    {
      add(
        .promptLong, "the prompt has \(length) characters, and \(agent.dialect.title) takes \(longest)", help: help,
        fileRange: nil, severity: .warning, effect: .unknown)
    } else if agent.promptMeasure.tokens > 10_000 {
      add(
        .promptLong, "the prompt takes about \(agent.promptMeasure.tokens) tokens at every call", help: help,
        fileRange: nil)
    }
  }

  private mutating func judgeModel(of agent: Agent, by runtime: Runtime) {
    guard let rule = runtime.facts.models, let model = agent.model,
      let index = agent.fields.firstIndex(where: { $0.key == "model" && !$0.value.isEmpty })
    else { return }
    let shown = Bounds.cut(model, to: 60)
    if let instead = rule.retired.first(where: { model.hasPrefix($0.key) })?.value {
      add(
        .modelUnknown, "the model “\(shown)” is retired", help: "Use \(instead).",
        textRange: place(of: model, inField: index), effect: rule.wrong)
      return
    }
    // Others accept the names of many makers, which nobody can list.
    guard rule.isComplete, !rule.takes(model), !model.isEmpty else { return }
    let meant = rule.names.first { $0 == model.lowercased() } ?? Spelling.suggestion(for: model, among: rule.names)
    add(
      .modelUnknown, "\(agent.dialect.title) has no model “\(shown)”",
      help: meant.map { "Did you mean “\($0)”?" }
        ?? (rule.names.isEmpty
          ? "Use a full model ID." : "Use \(Array(rule.names.prefix(5)).joined(before: "or")), or a full model ID."),
      textRange: place(of: model, inField: index), effect: rule.wrong)
  }

  private mutating func judgePermissions(of agent: Agent, by runtime: Runtime) {
    guard runtime.reads("permissionMode"), !agent.isOfPlugin, agent.permissionMode == "bypassPermissions",
      let index = agent.fields.firstIndex(where: { $0.key == "permissionMode" })
    else { return }
    add(
      .permissionBypass, "`bypassPermissions` lets the agent edit and run without asking",
      help: "Let the people who install the agent choose the mode.",
      textRange: place(of: "bypassPermissions", inField: index))
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

  /// Where the value stands that a problem is about, or the key or item that leads to it.
  private func place(of problem: ValueSchema.Problem, inField index: Int) -> Range<Int>? {
    guard index + 1 < fieldStarts.count else { return nil }
    let start = fieldStarts[index]
    let field = text.utf8[start..<max(start, fieldStarts[index + 1])]
    let afterKey = field.firstIndex(of: UInt8(ascii: ":")) ?? start
    for word in [problem.text, problem.path.last].compactMap(\.self) where !word.isEmpty {
      let wanted = Array(word.utf8)
      if let place = Self.first(wanted, in: field[afterKey...], asWord: true) { return place..<place + wanted.count }
    }
    guard let item = problem.path.last, item.hasPrefix("item "), let number = Int(item.dropFirst(5)) else { return nil }
    // The items of a list in a block: lines that begin with a dash, indented as the first of them.
    var count = 0
    var indent: Int?
    var lines = Lines(text.utf8, from: start)
    while let line = lines.peek(), line.lowerBound < field.endIndex {
      lines.skip()
      let content = text.utf8[line].drop { $0 == 0x20 }
      guard content.first == UInt8(ascii: "-"),
        content.startIndex - line.lowerBound == indent ?? content.startIndex - line.lowerBound
      else { continue }
      indent = content.startIndex - line.lowerBound
      count += 1
      if count == number { return content.startIndex..<line.upperBound }
    }
    return nil
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
