import Files
import Text

/// A field that the runtime does not know.
struct UnknownField {
  let field: Field
  /// The known field that was probably meant, or nil.
  let meant: String?
}

/// A value that the runtime does not accept, or a missing field.
struct ValueProblem {
  /// The kind of problem.
  enum Kind {
    /// The field is missing.
    case missing
    /// The field has no value.
    case empty
    /// Another field that this one depends on has none of these values.
    case unmet(key: String, values: [String])
    /// A file needs exactly one of these fields, and has none or several.
    case notOne(of: [String])
    /// The value violates the schema of the field.
    case schema(ValueSchema.Problem)
    /// The value differs from this folder name.
    case otherFolder(String)
  }

  let kind: Kind
  /// The key of the field.
  let key: String
  /// The effect on loading the file.
  let effect: Effect
  /// The byte range of the value in the file, or nil if it is missing.
  let range: Range<Int>?

  /// Whether the value has the wrong type.
  var isType: Bool {
    if case .schema(let problem) = kind { problem.isType } else { false }
  }

  /// Whether the field lacks another one that it depends on.
  var isUnmet: Bool { if case .unmet = kind { true } else { false } }

  /// The schema violation, worded as in a finding; nil for other problems.
  var ofSchema: Problem? {
    guard case .schema(let problem) = kind else { return nil }
    let name = ([key] + problem.path).joined(separator: ".")
    return Problem(
      message: "“\(name)” \(effect.outcome == .loads ? problem.mildMessage : problem.message)", help: problem.help)
  }
}

extension FindingList {
  // MARK: Keys

  /// Checks the fields that the runtime does not know.
  mutating func checkUnknownFields(of agent: AgentContext) {
    let (runtime, fields) = (agent.runtime, agent.agent.fields)
    let known = Set(agent.fieldSet.map(\.key))
    // A limit far beyond real files.
    for field in fields.filter({ !known.contains($0.key) && !$0.key.isEmpty }).prefix(Self.judged) {
      let meant = Self.meant(by: field.key, runtime).flatMap { agent.index(of: $0) == nil ? $0 : nil }
      let unknown = UnknownField(field: field, meant: meant)
      _ = RuleRegistry.unknownFields.first { $0.check(unknown, of: agent, &self) }
    }
    let effect = runtime.facts.unknownField
    for field in fields.filter({ !known.contains($0.key) && Runtimes.borrowed.contains($0.key) })
    where effect.outcome == .partial {
      // Other runtimes use the field and its meaning is well known, so it is not a finding.
      object(
        "\(agent.title) has no field “\(field.key)”; it ignores the field", fix: "Keep it if others read it.",
        fileRange: field.range, effect: effect)
    }
  }

  /// Checks the fields that the runtime knows.
  mutating func checkKnownFields(of agent: AgentContext) {
    for field in agent.agent.fields {
      guard let fact = agent.runtime.field(field.key) else { continue }
      for rule in RuleRegistry.knownFields { rule.check(field, fact, of: agent, &self) }
    }
  }

  /// Returns the field that was probably meant by an unknown key.
  private static func meant(by key: String, _ runtime: Runtime) -> String? {
    if let meant = runtime.field(spelled: key) { return meant }
    if Runtimes.common.contains(key) { return nil }
    let folded = fold(key)
    let candidates = runtime.facts.fields.map(\.key).sorted()
    if let same = candidates.first(where: { fold($0) == folded }) { return same }
    // Short words are similar to too many others, and a plural is often a separate field.
    guard key.utf8.count >= 6 else { return nil }
    return Spelling.suggestion(for: key, among: candidates.filter { $0.utf8.count >= 5 && $0 + "s" != key })
  }

  private static func fold(_ key: String) -> String { key.lowercased().filter { $0 != "-" && $0 != "_" && $0 != " " } }

  // MARK: Values

  /// Checks whether the runtime accepts the values of fields.
  mutating func checkValues(of agent: AgentContext) {
    let (facts, fields) = (agent.runtime.facts, agent.agent.fields)
    let variant = facts.variants.first { $0.isMeant(by: fields) }
    for fact in variant?.fields ?? facts.fields {
      guard let index = agent.index(of: fact.key) else {
        // Separate rules check for a missing name or description.
        if let effect = fact.missing,
          !["name", "description"].contains(fact.key) || fact.key == "name" && agent.agent.source.item != nil,
          !agent.isNeedless(fact)
        {
          let problem = ValueProblem(kind: .missing, key: fact.key, effect: effect, range: nil)
          // If it is unknown whether the field is needed, a note is enough.
          let isMild = effect.outcome == .unknown && agent.agent.kind != .agent
          report(problem, consequence: agent.consequence(effect), severity: isMild ? .note : nil)
        }
        continue
      }
      if agent.agent.isOfPlugin, fact.isIgnoredInPlugins { continue }
      if let effect = fact.present {
        let isKnown = effect.outcome != .unknown
        object(
          isKnown ? "“\(fact.key)” has no effect" : "the effect of “\(fact.key)” is unknown",
          fix: isKnown ? "Remove the field." : "", fileRange: fields[index].range, effect: effect)
      }
      for problem in problems(of: fields[index], index, fact, of: agent) {
        let isDetermined = problem.effect.outcome.severity != nil
        report(
          problem, consequence: consequence(of: problem, agent), severity: isDetermined ? nil : fact.severity)
      }
    }
    for keys in variant?.alternatives ?? [] where keys.filter({ agent.agent.value($0) != nil }).count != 1 {
      let spare = fields.last { keys.contains($0.key) }
      let problem = ValueProblem(
        kind: .notOne(of: keys), key: spare?.key ?? "", effect: facts.wrongValue, range: spare?.range)
      report(problem, consequence: agent.consequence(facts.wrongValue))
    }
  }

  /// Returns the problems with the value of a field.
  private func problems(
    of field: Field, _ index: Int, _ fact: FieldFact, of agent: AgentContext
  ) -> [ValueProblem] {
    if field.value == .null {
      // An empty field counts as missing, unless the runtime checks types.
      guard let effect = agent.runtime.facts.emptyValue, !fact.mayBeEmpty else { return [] }
      return [ValueProblem(kind: .empty, key: fact.key, effect: effect, range: field.range)]
    }
    if agent.commentFields.contains(fact.key) { return [] }
    var problems: [ValueProblem] = []
    for (key, values) in fact.companions where !values.contains(agent.agent.value(key)?.scalar ?? "") {
      problems.append(
        ValueProblem(kind: .unmet(key: key, values: values), key: fact.key, effect: fact.wrong, range: field.range))
    }
    for found in fact.schema.problems(with: field.value) {
      var effect = fact.wrong
      if let outcome = found.outcome {
        effect = Effect(outcome: outcome, evidence: fact.evidence)
      } else if found.isType, let wrongType = fact.wrongType {
        effect = wrongType
      } else if found.isLength, let why = fact.meansOfLength {
        effect.why = why
      }
      problems.append(
        ValueProblem(
          kind: .schema(found), key: fact.key, effect: effect,
          range: place(of: found, inField: index).map { text.fileRange($0) } ?? field.range))
    }
    if fact.isFolder, let folder = agent.agent.source.path.folders.last, let name = field.value.scalar, folder != name {
      problems.append(
        ValueProblem(
          kind: .otherFolder(folder), key: fact.key, effect: fact.wrong,
          range: place(of: name, inField: index).map { text.fileRange($0) } ?? field.range))
    }
    return problems
  }

  /// Returns the runtime's reaction to an unacceptable value, as the end of a message.
  private func consequence(of problem: ValueProblem, _ agent: AgentContext) -> String {
    let effect = problem.effect
    return switch effect.outcome {
    // The message says that the field has no effect.
    case .partial where problem.isUnmet: ""
    case .loads, .unknown: effect.why.isEmpty ? "" : "; \(effect.why)"
    case .partial: effect.why.isEmpty ? "; \(agent.title) ignores it" : "; \(effect.why)"
    case .unusable, .ignored, .fatal: isSpared ? "" : agent.consequence(effect)
    }
  }

  /// Reports a problem under the first rule that takes it.
  private mutating func report(_ problem: ValueProblem, consequence: String, severity: Finding.Severity? = nil) {
    for rule in RuleRegistry.values {
      guard let found = rule.problem(with: problem) else { continue }
      add(
        rule.rule, found.message + consequence, help: found.help, fileRange: problem.range, severity: severity,
        effect: problem.effect)
      return
    }
  }
}
