import Rules

/// Reports claims that an agent changes no files although its tools let it: `you are read-only`.
///
/// Many similar sentences are about something else, about some files, or about a limited time. Only claims about the
/// agent and all files, without exceptions, count.
enum ClaimContradicted: TextRule {
  static let rule = Rule(
    "claim-contradicted", .note, "the text says read-only, the tools do not",
    what: """
      Reports a text that says the agent is read-only, or must not change files, if its tools let it edit files or run \
      commands. Sentences with an exception (“outside `docs/`”, “unless asked”) and sentences about something else are \
      not reported. Neither are skills and commands that use the tools of the session, nor instructions.
      """,
    why: "The tools allow what the text rules out. Only the model's restraint prevents changes.",
    fix: "Remove the tools that contradict the text, or say what the agent may change.",
    failing: Example(
      """
      ---
      name: reader
      description: Reads design documents.
      tools: Read, Edit
      ---
      You never modify files.
      """, line: 6),
    passing: Example(
      """
      ---
      name: reader
      description: Reads design documents.
      tools: Read
      ---
      You never modify files.
      """))

  static func check(at index: Int, _ findings: inout FindingList) -> Int? {
    // Report it once, because the tools are the same everywhere.
    guard !findings.context.reported.contains(rule.id), let claim = range(at: index, in: findings.text.utf8),
      let changes = findings.context.changes(), findings.isShownProse(index)
    else { return nil }
    findings.context.reported.insert(rule.id)
    findings.add(
      rule, "the text says “\(findings.excerpt(claim))”, but the tools let the \(findings.context.noun) \(changes)",
      help: "Remove those tools, or say what the agent may change.",
      textRange: claim)
    return claim.upperBound
  }

  /// Returns the range of the claim that begins at an index, or nil if there is none.
  private static func range(at index: Int, in text: [UInt8]) -> Range<Int>? {
    if let end = selves.end(at: index, in: text) {
      let range = index..<end
      let sentence = Sentence(around: range, in: text)
      return !sentence.isQuoted && !hasException(sentence) ? range : nil
    }
    guard let end = prohibition(at: index, in: text) else { return nil }
    let range = index..<end
    let sentence = Sentence(around: range, in: text)
    guard !sentence.isQuoted, sentence.beginsClause(after: subjects), sentence.endsClause(orGoesOnWith: continuations),
      !hasException(sentence)
    else { return nil }
    guard sentence.wordBefore == "you" else { return range }
    let start = text[..<index].lastIndex { $0 != 0x20 && $0 != 0x0A && $0 != 0x09 }
    return (start.map { $0 - 2 } ?? index)..<end
  }

  /// The beginnings of such claims.
  static var leads: [[UInt8]] { selves.all + negations.all }

  private static let selves = Phrases([
    "you are read-only", "you are a read-only", "you are strictly read-only", "you are a strictly read-only",
    "this agent is read-only", "this agent is strictly read-only", "remain strictly read-only",
  ])
  private static let negations = Phrases([
    "never", "do not", "don't", "must not", "must never", "cannot", "can not", "may not", "should not", "should never",
  ])
  private static let verbs = Phrases(["modify", "edit", "change", "write to"])
  private static let determiners = Phrases(["any", "the", "existing"])
  private static let objects = Phrases([
    "files", "file", "code", "source code", "source files", "source file", "project files", "codebase", "repository",
  ])
  private static let subjects: Set<Substring> = ["you", "and", "but", "or", "then", "so", "agent"]
  private static let continuations = ["or ", "and ", "yourself"]

  private static func prohibition(at index: Int, in text: [UInt8]) -> Int? {
    func word(_ phrases: Phrases, _ place: Int) -> Int? {
      guard place < text.count, let end = phrases.end(at: place, in: text), !isWord(text, end) else { return nil }
      return end
    }
    func space(_ place: Int) -> Int {
      place + text[place...].prefix(40).prefix { $0 == 0x20 || $0 == 0x0A || $0 == 0x09 }.count
    }
    guard let negation = word(negations, index), let verb = word(verbs, space(negation)) else { return nil }
    var object = space(verb)
    if let determiner = word(determiners, object) { object = space(determiner) }
    return word(objects, object)
  }

  private static func isWord(_ text: [UInt8], _ place: Int) -> Bool {
    guard place < text.count else { return false }
    let byte = text[place]
    return (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20) || byte == UInt8(ascii: "-")
  }

  /// Returns whether the sentence or its line allows an exception.
  private static func hasException(_ sentence: Sentence) -> Bool {
    let whole = " \(sentence.before) \(sentence.after) "
    if exceptions.contains(where: { whole.contains($0) }) { return true }
    let line = sentence.line.replacing("read-only", with: "")
    return line.contains("write tool")
      || line.contains(/\bonly\b[^.;]{0,60}\b(write|writes|create|creates|edit|edits|modify|update)\b/)
      || line.contains(/\b(write|create|edit|update)\b[^.;]{0,40}\bonly (in|to|under|within|inside|at|for)\b/)
  }

  private static let exceptions = [
    " unless ", " except", " until ", " while ", " when ", " whenever ", " during ", " if ", " before ", " outside ",
    " other than ", " via ", " first pass", " directly", " without ", " merely ", " unrelated ", " instead of ",
    " this phase", " this step", " this stage", " yet ", " in place ",
  ]
}

extension Reach {
  /// Returns what the agent can change, as a verb phrase, or nil if it can change nothing.
  func changes(in runtime: Runtime) -> String? {
    // If a file cannot limit the tools of the session, the prompt is the only possible limit.
    if !runtime.canLimit { return nil }
    return switch (self[.edit] != .none, self[.run] != .none) {
    case (true, true): "edit files and run commands"
    case (true, false): "edit files"
    case (false, true): "run commands"
    case (false, false): nil
    }
  }
}
