import Files
import GFM
import Likenesses
import Text

/// Reads a file as an agent or a document. Reading never fails: problems are reported as findings.
public struct AgentReader: Sendable {
  /// The maximum size of a parsed file, in bytes. Larger files are shown as plain text.
  public let sizeLimit: Int
  /// The facts about runtimes.
  public let runtimes: Runtimes

  /// The identifiers of the rules that no comment in a file can turn off.
  let enforcedRules: Set<String>

  /// Creates a reader.
  public init(sizeLimit: Int = 1 << 20, runtimes: Runtimes = .builtIn, enforcedRules: Set<String> = []) {
    self.sizeLimit = sizeLimit
    self.runtimes = runtimes
    self.enforcedRules = enforcedRules
  }

  /// Reads a file, or an item that is an excerpt of one. Use ``readAll(_:of:)`` for files that contain several items.
  ///
  /// - Parameters:
  ///   - bytes: The content.
  ///   - source: The source file.
  public func read(_ bytes: [UInt8], of source: SourceFile) -> Reading {
    if let reading = held(bytes, of: source) { return reading }
    let text = SourceText(bytes)
    let place = runtimes.place(of: source)
    if let found = dataItem(at: place) { return data(source, found, text) }
    var findings = FindingList(bytes: text.bytes, text: text)
    let split = Frontmatter.split(text.utf8)
    RulesIgnored.check(split.fields, except: enforcedRules, &findings)
    findings.checkRepairs()
    // The findings about fields are dropped if the file is not an item.
    var read = findings
    let fields = split.form == .none ? ReadFields() : self.fields(of: place, split, text, &read)
    let found = Classification(
      of: source, at: place, split.form, fields.fields, startsAsAgent: startsAsAgent(split, text),
      isWhole: split.fields.count * 4 > text.utf8.count, by: runtimes)
    guard let found else { return document(source, text, split, &findings) }
    findings = read
    return agent(source, found, text, split, fields, &findings)
  }

  /// Returns whether a frontmatter that could not be read begins with a `name` field.
  private func startsAsAgent(_ split: Frontmatter, _ text: SourceText) -> Bool {
    guard split.form == .unclosed || split.form == .tooLarge else { return false }
    let start = text.utf8.prefix(4096).split(separator: 0x0A).prefix(20)
    return start.contains { $0.starts(with: "name:".utf8) }
  }

  /// Reads a file that is not an item. Its frontmatter is shown as a code block, so that no text is lost.
  func document(
    _ source: SourceFile, _ text: SourceText, _ split: Frontmatter, _ findings: inout FindingList,
    isPlain: Bool = false
  ) -> Reading {
    EncodingUTF16.check(effect: .unknown, &findings)
    let body = parse(
      text, 0..<text.utf8.count, &findings, isPlain: isPlain, fenced: split.form == .regular ? split : nil)
    findings.checkText { nil }
    let document = PlainDocument(
      source: source, title: body.outline.first?.text ?? source.path.stem, relativeLinks: body.markup.destinations,
      findings: findings.listed)
    return Reading(facts: .document(document), rendering: Rendering(body: body.markup, whenToUse: .empty))
  }

  /// Returns the weighted words of an agent: name and tags weigh most, the prompt least.
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

  func agent(
    _ source: SourceFile, _ found: Classification, _ text: SourceText, _ split: Frontmatter, _ read: ReadFields,
    _ findings: inout FindingList, in format: ItemFormat = .markdown
  ) -> Reading {
    let fields = read.fields
    func value(_ keys: String...) -> FieldValue? { fields.value(keys) }
    let syntax =
      format.isData
      ? FrontmatterSyntax(comments: read.dataComments)
      : FrontmatterSyntax(of: text.utf8, split, bareFields: found.place?.bareFields ?? [])
    let dialect = found.dialect
    let runtime = runtimes[dialect, found.kind]
    let isOfPlugin = found.kind == .agent && (found.place?.manifest != nil || source.isBelowPlugins)
    findings.isSpared = isOfPlugin && runtime.facts.loadsPluginsAnyway
    findings.check(
      FrontmatterContext(
        split: split, syntax: syntax, read: read, source: source, place: found.place, dialect: dialect,
        runtime: runtime, format: format, isSpared: findings.isSpared))
    let prompt = text.utf8[split.body]
    let body =
      link(to: prompt, in: runtime)
      ?? parse(text, split.body, &findings, isPlain: [.tooLarge, .data(isRead: false)].contains(split.form))
    let namesItself = runtime.facts.namedBy == .field && source.item == nil
    let statedName =
      source.item.map { $0.isNamed ? $0.name : nil }
      ?? (namesItself ? (split.form == .block ? value("name", "id", "title") : value("name"))?.line.trimmed : nil)
    let description = Description(value("description", "whenToUse")?.line ?? "")
    let toolsField = fields.first { $0.key == runtime.toolsKey && $0.value != .null }
    let whenToUse =
      description.whenToUse.isEmpty
      ? Markup.empty : Markdown.parse(Array(description.whenToUse.utf8)[...], headingOffset: 2).markup
    let name = Bounds.word(statedName ?? source.item?.name ?? name(of: source, at: found.place, in: runtime))
    let category = value("category").map { Bounds.word($0.line.trimmed) }
    let tags = Bounds.words((value("tags")?.words ?? []) + (value("keywords")?.words ?? []))
    var parts = Agent.Parts(
      kind: found.kind,
      format: format,
      traits: found.place?.traits ?? [],
      isOfPlugin: isOfPlugin,
      dialect: dialect,
      name: name,
      statesName: statedName != nil,
      description: description,
      model: value("model").map { Bounds.word($0.line.trimmed) },
      tools: ToolSet(
        tools: toolsField?.value,
        denied: value(runtime.field(meaning: "denied") ?? "disallowedTools") ?? runtime.denials(in: fields)),
      permissionMode: runtime.heeds("permissionMode", ofPlugin: isOfPlugin)
        ? value("permissionMode").map { Bounds.word($0.line.trimmed) } : nil,
      color: value("color").map { Bounds.word($0.line.trimmed) },
      category: category,
      tags: tags,
      promptField: format.isData ? runtime.facts.promptField : nil,
      fields: fields, comments: findings.comments(syntax), promptRange: text.fileRange(split.body),
      isRepaired: text.isRepaired || read.isPromptDecoded,
      outline: body.outline,
      relativeLinks: Self.unique(body.markup.destinations + whenToUse.destinations),
      promptCommands: runtime.facts.runs?.marks(in: prompt).map { Bounds.cut($0.written, to: 200) } ?? [],
      promptMeasure: TextMeasure(prompt),
      descriptionMeasure: TextMeasure(description.text), sketch: Sketch(prompt),
      terms: Self.terms([name, category ?? ""] + tags, description, body.outline, prompt),
      ignoredRules: findings.ignored.sorted())
    let unchecked = Agent(parts, source: source)
    findings.check(
      AgentContext(
        agent: unchecked, runtime: runtime, prompt: prompt, hasFields: split.form.hasFields,
        commentFields: Set(read.lostColors.map(\.key))))
    findings.checkText(of: found.kind) { Reach(of: unchecked, by: runtime).changes(in: runtime) }
    let loading = LoadVerdict(findings.objections, by: runtime, isOfPlugin: isOfPlugin)
    // The prompt is stored separately, so it is not one of the fields.
    if let key = parts.promptField {
      parts.fields.removeAll { if $0.key == key, case .text = $0.value { true } else { false } }
    }
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

  /// Returns the name for a file that states none: its file name, its folder if all files have the same name, or its
  /// path within the runtime's folder.
  private func name(of source: SourceFile, at place: Place?, in runtime: Runtime) -> String {
    if runtime.facts.unnamed == .folder, let folder = source.path.folders.last { return folder }
    var name = source.path.stem
    for ending in runtimes.nameEndings where name.hasSuffix(ending) && name != ending {
      name.removeLast(ending.count)
    }
    guard runtime.facts.unnamed == .path, let place else { return name }
    let path = place.manifest == nil ? source.publishedPath : source.plugin?.path ?? source.publishedPath
    return (place.folders(below: path) + [name]).joined(separator: runtime.facts.pathMark)
  }

  private func parse(
    _ text: SourceText, _ range: Range<Int>, _ findings: inout FindingList, isPlain: Bool = false,
    fenced split: Frontmatter? = nil
  ) -> Document {
    if isPlain { return .preformatted(Array(text.utf8[range])) }
    if FileLarge.check(&findings, limit: sizeLimit) { return .preformatted(Array(text.utf8[range])) }
    var firstLine = 1
    for byte in text.utf8[..<range.lowerBound] where byte == 0x0A { firstLine += 1 }
    let shown = split.map { Self.fenced($0, in: text.utf8)[...] } ?? text.utf8[range]
    let document = Markdown.parse(shown, firstLine: firstLine, headingOffset: 2)
    findings.check(document)
    return document
  }

  /// Returns a text with its frontmatter as a code block, keeping all line numbers.
  private static func fenced(_ split: Frontmatter, in text: [UInt8]) -> [UInt8] {
    let fields = text[split.fields]
    let tilde = UInt8(ascii: "~")
    let longest = fields.split(whereSeparator: { $0 != tilde }).map(\.count).max() ?? 0
    let fence = [UInt8](repeating: tilde, count: max(3, longest + 1))
    return fence + "yaml\n".utf8 + fields + fence + [0x0A] + text[split.body]
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

  /// Returns the hexadecimal color in a line such as `color: #2563EB`, where YAML reads it as a comment.
  private static func colourInComment(_ line: String) -> String? {
    line.firstMatch(of: /^[A-Za-z_-]+:[ \t]+(#[0-9A-Fa-f]{3,8})[ \t]*$/).map { String($0.output.1) }
  }

  /// Returns the fields of a BMAD agent: the entries of its `agent:` map, and the other fields.
  private static func agentBlock(_ fields: [StrictYAML.Parsed]) -> [StrictYAML.Parsed] {
    fields.flatMap { field in
      guard field.key == "agent", case .map(let entries) = field.value else { return [field] }
      return entries.map { StrictYAML.Parsed(key: $0.key, value: $0.value, line: field.line) }
    }
  }
}
