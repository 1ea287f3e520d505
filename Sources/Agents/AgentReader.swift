import Files
import GFM
import Likenesses
import Text

/// Reads a file into an agent or a document. Reading never fails: problems are reported as findings.
public struct AgentReader: Sendable {
  /// The largest file that is parsed, in bytes; a larger one is shown as it stands.
  public let sizeLimit: Int
  /// What is known of the runtimes that agents are written for.
  public let runtimes: Runtimes

  /// Makes a reader.
  public init(sizeLimit: Int = 1 << 20, runtimes: Runtimes = .builtIn) {
    self.sizeLimit = sizeLimit
    self.runtimes = runtimes
  }

  /// Reads a file.
  ///
  /// - Parameters:
  ///   - bytes: what is in it.
  ///   - source: where it stands.
  public func read(_ bytes: [UInt8], of source: SourceFile) -> Reading {
    let text = SourceText(bytes)
    var findings = FindingList(bytes: text.bytes, text: text)
    let split = Frontmatter.split(text.utf8)
    RulesIgnored.check(split.fields, &findings)
    findings.checkRepairs()
    if split.form == .none {
      EncodingUTF16.check(effect: .unknown, &findings)
      let body = parse(text, 0..<text.utf8.count, &findings)
      findings.checkText { nil }
      let document = PlainDocument(
        source: source, title: body.outline.first?.text ?? source.path.stem, relativeLinks: body.markup.destinations,
        findings: findings.listed)
      return Reading(facts: .document(document), rendering: Rendering(body: body.markup, whenToUse: .empty))
    }
    let place = runtimes.place(of: source.publishedPath)
    let read = fields(of: place, split, text, &findings)
    return agent(source, at: place, text, split, read, &findings)
  }

  /// The prompt in the bytes of a file, line feeds between its lines; of a document the whole text.
  public static func prompt(in bytes: [UInt8]) -> ArraySlice<UInt8> {
    numberedPrompt(in: bytes).text
  }

  /// The prompt in the bytes of a file, line feeds between its lines, and the line of the file that it begins at, from
  /// 1.
  public static func numberedPrompt(in bytes: [UInt8]) -> (first: Int, text: ArraySlice<UInt8>) {
    let text = SourceText(bytes).utf8
    let body = Frontmatter.split(text).body
    return (text[..<body.lowerBound].reduce(1) { $0 + ($1 == 0x0A ? 1 : 0) }, text[body])
  }

  /// The prompt in the bytes of a file as lines, and the line of the file that it begins at, from 1.
  public static func promptLines(in bytes: [UInt8]) -> (first: Int, lines: [String]) {
    let (first, text) = numberedPrompt(in: bytes)
    let lines = text.split(separator: 0x0A, omittingEmptySubsequences: false).map {
      String(decoding: $0, as: UTF8.self)
    }
    return (first, lines)
  }

  /// What an agent is about, in words: those of its name and its tags tell most, those of its prompt least.
  private static func terms(
    _ names: [String], _ description: Description, _ outline: [Document.Heading], _ prompt: ArraySlice<UInt8>
  ) -> Terms {
    func part(_ text: String, _ weight: Int) -> (text: ArraySlice<UInt8>, weight: Int) {
      (Array(text.utf8)[...], weight)
    }
    return Terms([
      part(names.joined(separator: " "), 4), part(description.text, 2),
      part(outline.map(\.text).joined(separator: " "), 2), (prompt, 1),
    ])
  }

  private func agent(
    _ source: SourceFile, at place: Place?, _ text: SourceText, _ split: Frontmatter, _ read: ReadFields,
    _ findings: inout FindingList
  ) -> Reading {
    let fields = read.fields
    func value(_ keys: String...) -> FieldValue? { fields.value(keys) }
    let syntax = FrontmatterSyntax(of: text.utf8, split, bareFields: place?.bareFields ?? [])
    let dialect = runtimes.dialect(in: place, fields: fields)
    let runtime = runtimes[dialect]
    findings.isSpared = source.isOfPlugin && runtime.facts.loadsPluginsAnyway
    findings.check(
      FrontmatterContext(split: split, syntax: syntax, read: read, source: source, dialect: dialect, runtime: runtime))
    let body = parse(text, split.body, &findings, isPlain: split.form == .tooLarge)
    let statedName = (split.form == .block ? value("name", "id", "title") : value("name"))?.line.trimmed
    let description = Description(value("description", "whenToUse")?.line ?? "")
    let prompt = text.utf8[split.body]
    let toolsField = fields.first { $0.key == runtime.toolsKey && $0.value != .null }
    let whenToUse =
      description.whenToUse.isEmpty
      ? Markup.empty : Markdown.parse(Array(description.whenToUse.utf8)[...], headingOffset: 2).markup
    let name = Bounds.word(statedName ?? name(of: source.path, in: runtime))
    let category = value("category").map { Bounds.word($0.line.trimmed) }
    let tags = Bounds.words((value("tags")?.words ?? []) + (value("keywords")?.words ?? []))
    let parts = Agent.Parts(
      dialect: dialect,
      name: name,
      statesName: statedName != nil,
      description: description,
      model: value("model").map { Bounds.word($0.line.trimmed) },
      tools: ToolSet(
        tools: toolsField?.value,
        denied: value(runtime.field(meaning: "denied") ?? "disallowedTools") ?? runtime.denials(in: fields)),
      permissionMode: runtime.heeds("permissionMode", ofPlugin: source.isOfPlugin)
        ? value("permissionMode").map { Bounds.word($0.line.trimmed) } : nil,
      color: value("color").map { Bounds.word($0.line.trimmed) },
      category: category,
      tags: tags,
      fields: fields, comments: findings.comments(syntax), promptRange: text.fileRange(split.body),
      isRepaired: text.isRepaired,
      outline: body.outline,
      relativeLinks: Self.unique(body.markup.destinations + whenToUse.destinations),
      promptMeasure: TextMeasure(prompt),
      descriptionMeasure: TextMeasure(description.text), sketch: Sketch(prompt),
      terms: Self.terms([name, category ?? ""] + tags, description, body.outline, prompt),
      ignoredRules: findings.ignored.sorted())
    let unchecked = Agent(parts, source: source)
    findings.check(
      AgentContext(
        agent: unchecked, runtime: runtime, prompt: prompt, hasFields: split.form.hasFields,
        commentFields: Set(read.lostColors.map(\.key))))
    findings.checkText { Reach(of: unchecked, by: runtime).changes(in: runtime) }
    let loading = LoadVerdict(findings.objections, by: runtime, isOfPlugin: source.isOfPlugin)
    let agent = Agent(
      parts, source: source, loading: loading, references: findings.references, findings: findings.listed)
    return Reading(
      facts: .agent(agent),
      rendering: Rendering(body: body.markup, whenToUse: whenToUse))
  }

  private static func unique(_ texts: [String]) -> [String] {
    var seen: Set<String> = []
    return texts.filter { seen.insert($0).inserted }
  }

  /// The name that a file without one goes by: that of the file, or of the folder where every file is called the same.
  private func name(of path: RelativePath, in runtime: Runtime) -> String {
    if runtime.facts.unnamed == .folder, let folder = path.folders.last { return folder }
    var name = path.stem
    for ending in runtimes.nameEndings where name.hasSuffix(ending) && name != ending {
      name.removeLast(ending.count)
    }
    return name
  }

  private func parse(
    _ text: SourceText, _ range: Range<Int>, _ findings: inout FindingList, isPlain: Bool = false
  ) -> Document {
    if isPlain { return .preformatted(Array(text.utf8[range])) }
    if FileLarge.check(&findings, limit: sizeLimit) { return .preformatted(Array(text.utf8[range])) }
    var firstLine = 1
    for byte in text.utf8[..<range.lowerBound] where byte == 0x0A { firstLine += 1 }
    let document = Markdown.parse(text.utf8[range], firstLine: firstLine, headingOffset: 2)
    findings.check(document)
    return document
  }

  // MARK: Fields

  private func fields(
    of place: Place?, _ split: Frontmatter, _ text: SourceText, _ findings: inout FindingList
  ) -> ReadFields {
    if split.form == .tooLarge || split.form == .unclosed { return ReadFields() }
    var result = ReadFields()
    let parsed: [StrictYAML.Parsed]
    let written = String(decoding: text.utf8[split.fields], as: UTF8.self)
    let block = BareValues.quoted(in: written, of: place?.bareFields ?? [])
    do throws(StrictYAML.Refusal) {
      if let simple = SimpleYAML.fields(of: text.utf8[split.fields]) {
        parsed = simple
      } else {
        parsed = try StrictYAML.fields(of: block)
      }
    } catch {
      parsed = Recovery.fields(of: block)
      if error.isExcess {
        let place = findings.place(line: error.line, column: error.column, from: split.fields.lowerBound)
        result.excess = (error.problem, place)
      } else if split.form != .block {
        let hasReturns = findings.bytes[text.fileRange(split.fields)].contains(0x0D)
        let problem = YAMLProblem(in: block, error, hasReturns: hasReturns)
        let place = findings.place(line: problem.line, column: problem.column, from: split.fields.lowerBound)
        result.problem = (problem, place)
      }
    }
    let unwrapped = split.form == .block ? Self.agentBlock(parsed) : parsed
    var fields: [Field] = []
    for field in unwrapped {
      let place = findings.place(line: field.line, column: 1, from: split.fields.lowerBound)
      let end = min(place.lowerBound + field.key.utf8.count, text.utf8.count)
      let range = text.fileRange(place.lowerBound..<end)
      let line = String(decoding: text.utf8[place], as: UTF8.self)
      let lost = field.value == .null ? Self.colourInComment(line) : nil
      if let lost { result.lostColors.append((field.key, lost, range)) }
      findings.fieldStarts.append(place.lowerBound)
      fields.append(
        Field(
          key: field.key, value: lost.map { .text($0) } ?? field.value, range: range,
          location: findings.location(of: range.lowerBound)))
    }
    findings.fieldStarts.append(split.fields.upperBound)
    result.fields = fields
    return result
  }

  /// The hexadecimal colour that a line such as `color: #2563EB` was meant to state.
  private static func colourInComment(_ line: String) -> String? {
    line.firstMatch(of: /^[A-Za-z_-]+:[ \t]+(#[0-9A-Fa-f]{3,8})[ \t]*$/).map { String($0.output.1) }
  }

  /// The fields of a BMAD agent: those of its `agent:` map, then the other ones.
  private static func agentBlock(_ fields: [StrictYAML.Parsed]) -> [StrictYAML.Parsed] {
    fields.flatMap { field in
      guard field.key == "agent", case .map(let entries) = field.value else { return [field] }
      return entries.map { StrictYAML.Parsed(key: $0.key, value: $0.value, line: field.line) }
    }
  }
}
