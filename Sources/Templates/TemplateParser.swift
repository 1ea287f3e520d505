import Text

/// Parses the text of a template: Mustache with inheritance, without lambdas and custom delimiters.
///
/// The language: https://mustache.github.io/mustache.5.html, and for inheritance
/// https://github.com/mustache/spec/blob/master/specs/%7Einheritance.yml. Anything unsupported is an error with its
/// line. So is an unknown name, which Mustache would render as empty. Partials are not indented, because they contain
/// text in which spaces matter.
struct TemplateParser {
  /// A node of the parsed template.
  indirect enum Node: Sendable {
    case literal(Substring)
    case value(name: String, isRaw: Bool)
    case section(name: String, [Node])
    case inverted(name: String, [Node])
    /// The inclusion of another template.
    case partial(name: String, line: Int)
    /// A block that inheriting templates may fill.
    case block(name: String, [Node])
    /// The inclusion of a parent template with its blocks filled.
    case parent(name: String, line: Int, [Node])
  }

  private let file: String
  private let names: Set<String>
  private let templates: Set<String>
  private var rest: Substring
  private var line = 1
  /// The parsed nodes, one list for each open tag.
  private var nodes: [[Node]] = [[]]
  private var open: [Opening] = []

  private struct Opening {
    let sign: Character
    let name: String
    let line: Int
  }

  private struct Tag {
    let sign: Character
    let name: String
    let isRaw: Bool
  }

  /// Parses a template.
  ///
  /// - Parameters:
  ///   - text: The content of the file.
  ///   - file: The file, for messages.
  ///   - names: All names that views define.
  ///   - templates: The names of all templates.
  /// - Throws: ``TemplateError`` with the line.
  static func parse(
    _ text: String, file: String, names: Set<String>, templates: Set<String>
  ) throws(TemplateError) -> [Node] {
    var parser = TemplateParser(file: file, names: names, templates: templates, rest: text[...])
    return try parser.parse()
  }

  private init(file: String, names: Set<String>, templates: Set<String>, rest: Substring) {
    self.file = file
    self.names = names
    self.templates = templates
    self.rest = rest
  }

  private mutating func parse() throws(TemplateError) -> [Node] {
    var isLineStart = true
    while let start = rest.utf8.firstPlace(of: "{{")?.lowerBound {
      let before = rest[..<start]
      line += before.utf8.count { $0 == UInt8(ascii: "\n") }
      let tag = try readTag(at: start)
      let lead = Self.lastLine(before)
      // A tag alone on its line removes the line.
      let isBlank = lead.allSatisfy { $0 == " " || $0 == "\t" } && (isLineStart || lead.startIndex != before.startIndex)
      if isBlank, "#^/!><$".contains(tag.sign), let behind = Self.restOfBlankLine(rest) {
        add(.literal(before[..<lead.startIndex]))
        try add(tag)
        line += rest[..<behind].utf8.count { $0 == UInt8(ascii: "\n") }
        rest = rest[behind...]
        isLineStart = true
      } else {
        add(.literal(before))
        try add(tag)
        isLineStart = false
      }
    }
    add(.literal(rest))
    if let last = open.last { throw error(last.line, "{{\(last.name)}} is opened here and never closed") }
    return nodes[0]
  }

  /// Reads the tag at `start`, and moves to the text after it.
  private mutating func readTag(at start: Substring.Index) throws(TemplateError) -> Tag {
    let inside = rest[start...].dropFirst(2)
    let isTriple = inside.first == "{"
    guard let end = inside.utf8.firstPlace(of: isTriple ? "}}}" : "}}") else {
      throw error(line, "the tag opened here is never closed")
    }
    var content = inside[..<end.lowerBound]
    rest = rest[end.upperBound...]
    if isTriple { content = content.dropFirst() }
    let sign = isTriple ? "&" : content.first ?? " "
    if !isTriple, "#^/>&<$!=%".contains(sign) { content = content.dropFirst() }
    if sign == "!" {
      line += content.utf8.count { $0 == UInt8(ascii: "\n") }
      return Tag(sign: sign, name: "", isRaw: false)
    }
    let name = content.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    return Tag(sign: sign, name: name, isRaw: sign == "&")
  }

  private mutating func add(_ tag: Tag) throws(TemplateError) {
    switch tag.sign {
    case "!": break
    case "=": throw error(line, "delimiters cannot be changed here")
    case "%": throw error(line, "pragmas are set by the program")
    case ">":
      try check(template: tag.name)
      add(.partial(name: tag.name, line: line))
    case "<":
      try check(template: tag.name)
      begin(tag)
    case "$": begin(tag)
    case "#", "^":
      try check(name: tag.name)
      begin(tag)
    case "/": try end(tag.name)
    default:
      try check(name: tag.name)
      add(.value(name: tag.name, isRaw: tag.isRaw))
    }
  }

  private mutating func add(_ node: Node) {
    if case .literal(let text) = node, text.isEmpty { return }
    nodes[nodes.count - 1].append(node)
  }

  private mutating func begin(_ tag: Tag) {
    open.append(Opening(sign: tag.sign, name: tag.name, line: line))
    nodes.append([])
  }

  private mutating func end(_ name: String) throws(TemplateError) {
    guard let last = open.popLast(), let inner = nodes.popLast() else {
      throw error(line, "{{/\(name)}} closes nothing")
    }
    guard last.name == name else {
      throw error(line, "found {{/\(name)}} instead of {{/\(last.name)}}, opened in line \(last.line)")
    }
    switch last.sign {
    case "#": add(.section(name: name, inner))
    case "^": add(.inverted(name: name, inner))
    case "$": add(.block(name: name, inner))
    default: add(.parent(name: name, line: last.line, inner))
    }
  }

  private func check(name: String) throws(TemplateError) {
    if name == Template.itself || names.contains(name) { return }
    throw error(line, "unknown name “\(name)”" + hint(name, names))
  }

  private func check(template name: String) throws(TemplateError) {
    if templates.contains(name) { return }
    throw error(line, "unknown template “\(name)”" + hint(name, templates))
  }

  private func hint(_ word: String, _ candidates: Set<String>) -> String {
    Spelling.suggestion(for: word, among: candidates.sorted()).map { "; did you mean “\($0)”?" } ?? ""
  }

  private func error(_ line: Int, _ message: String) -> TemplateError {
    TemplateError(file: file, line: line, message: message)
  }

  private static func lastLine(_ text: Substring) -> Substring {
    guard let feed = text.utf8.lastIndex(of: UInt8(ascii: "\n")) else { return text }
    return text[text.utf8.index(after: feed)...]
  }

  /// Returns the start of the next line if only white space precedes it, or nil.
  private static func restOfBlankLine(_ text: Substring) -> Substring.Index? {
    var index = text.startIndex
    while index < text.endIndex {
      switch text.utf8[index] {
      case UInt8(ascii: "\n"): return text.utf8.index(after: index)
      case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"): index = text.utf8.index(after: index)
      default: return nil
      }
    }
    return index
  }
}
