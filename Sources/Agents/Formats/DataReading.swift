import Files
import GFM
import Text

// Reads items in TOML, JSON and YAML. Their files consist of fields, and one field is the prompt.

extension AgentReader {
  /// Returns the classification of a file in a data format, or nil if its place is not one for such items.
  func dataItem(at place: Place?) -> Classification? {
    guard let place, place.format.isData, let kind = place.kind, let runtime = runtimes[place.runtime] else {
      return nil
    }
    return Classification(kind: kind, dialect: runtime.dialect, place: place)
  }

  /// Reads a file in a data format, or an item in such a file.
  func data(_ source: SourceFile, _ found: Classification, _ raw: SourceText) -> Reading {
    let format = found.place.map { ItemFile.format(of: raw.utf8, at: $0) } ?? .toml
    let data = DataText(raw, format, found.place?.traits ?? [])
    let text = data.text
    var findings = FindingList(bytes: text.bytes, text: text, item: source.item)
    let prompt = data.prompt(in: runtimes[found.dialect, found.kind].facts.promptField)
    let split = Frontmatter(form: .data(isRead: data.refusal == nil), fields: 0..<text.utf8.count, body: prompt)
    findings.checkRepairs()
    // Other files in a skill's folder are part of the skill.
    if let skill = source.skill, !skill.isWhole { return document(source, text, split, &findings, isPlain: true) }
    if format != .json {
      for part in [0..<prompt.lowerBound, prompt.upperBound..<text.utf8.count] {
        RulesIgnored.check(part, isIndented: format == .yaml, except: enforcedRules, &findings)
      }
    }
    if format == .toml { findings.separator = UInt8(ascii: "=") }
    var read = ReadFields()
    read.dataComments = data.comments
    read.isPromptDecoded = data.isDecoded(prompt)
    if let refusal = data.refusal {
      read.dataProblem = (refusal, findings.place(line: refusal.line, column: refusal.column, from: 0))
    }
    for (entry, value) in data.fields {
      let range = text.fileRange(entry.keyRange)
      findings.fieldStarts.append(entry.keyRange.lowerBound)
      read.fields.append(
        Field(key: entry.key, value: value, range: range, location: findings.location(of: range.lowerBound)))
    }
    findings.fieldStarts.append(text.utf8.count)
    findings.checkInclusions(of: source, in: runtimes[found.dialect])
    add(source.outside?.declaration, of: runtimes[found.dialect, found.kind], to: &read, &findings)
    return agent(source, found, text, split, read, &findings, in: format)
  }

  /// Returns a link to the prompt's file if the prompt is the path of a file, otherwise nil.
  func link(to prompt: ArraySlice<UInt8>, in runtime: Runtime) -> Document? {
    guard let link = runtime.facts.promptLink, prompt.count < 1000 else { return nil }
    let text = String(decoding: prompt, as: UTF8.self).trimmed
    let marks = link.split(separator: "*", maxSplits: 1, omittingEmptySubsequences: false)
    guard let mark = marks.first, text.hasPrefix(mark) else { return nil }
    let end = marks.count > 1 ? marks[1] : ""
    guard text.hasSuffix(end), text.count > mark.count + end.count else { return nil }
    let path = text.dropFirst(mark.count).dropLast(end.count).trimmed
    guard !path.isEmpty, !path.contains(where: { $0.isNewline || "<>`\\".contains($0) }) else { return nil }
    return Markdown.parse(Array("The prompt is in [`\(path)`](<\(path)>).".utf8)[...], headingOffset: 2)
  }
}

// Extracts the prompt from the bytes of a file.

/// A prompt with its first line number.
public struct NumberedPrompt: Sendable {
  /// The line number at which the prompt begins in the text, counted from 1.
  public let first: Int
  /// The prompt, with LF line endings.
  public let text: ArraySlice<UInt8>
  /// The text before the prompt: the frontmatter of a Markdown file.
  public let head: ArraySlice<UInt8>

  /// The lines of the prompt.
  public var lines: [String] {
    text.lines.map { String(decoding: $0, as: UTF8.self) }
  }

  fileprivate init(in bytes: [UInt8], _ format: ItemFormat, _ traits: DataTraits = [], field: String?) {
    var text = SourceText(bytes)
    let range: Range<Int>
    if format.isData {
      let data = DataText(text, format, traits)
      (text, range) = (data.text, data.prompt(in: field))
    } else {
      range = Frontmatter.split(text.utf8).body
    }
    first = text.utf8[..<range.lowerBound].reduce(1) { $0 + ($1 == 0x0A ? 1 : 0) }
    self.text = text.utf8[range]
    head = text.utf8[..<range.lowerBound]
  }
}

extension Agent {
  /// Returns the prompt in the bytes of the agent's file.
  public func prompt(in bytes: [UInt8]) -> NumberedPrompt {
    NumberedPrompt(in: bytes, format, traits, field: promptField)
  }
}

extension AgentReader {
  /// Returns the prompt of a Markdown file, with LF line endings. For a document, this is the whole text.
  public static func prompt(in bytes: [UInt8]) -> ArraySlice<UInt8> {
    NumberedPrompt(in: bytes, .markdown, field: nil).text
  }

  /// Returns the prompt of a file or of the source's item, with LF line endings. For a document, this is the whole
  /// text.
  public func prompt(in bytes: [UInt8], of source: SourceFile) -> ArraySlice<UInt8> {
    guard let found = dataItem(at: runtimes.place(of: source)), let place = found.place else {
      return Self.prompt(in: bytes)
    }
    let field = runtimes[found.dialect, found.kind].facts.promptField
    let format = ItemFile.format(of: bytes, at: place)
    return NumberedPrompt(in: bytes, format, place.traits, field: field).text
  }
}
