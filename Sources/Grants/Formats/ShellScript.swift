/// The simple commands of a shell script, without expansions.
///
/// Quoting, operators and redirections are those of POSIX (Shell Command Language, 2.2, 2.3 and 2.7). Command
/// substitutions and the scripts that a shell gets with `-c` are read like the rest.
struct ShellScript {
  /// The words between operators, without redirections.
  struct Command {
    /// The lines of the script that it is on, counted from 0.
    let lines: ClosedRange<Int>
    /// The words.
    let words: [String]
    /// The script in an argument that it is part of; nil for a command of the script itself.
    let script: String?
  }

  /// The commands, in order. Substitutions follow the command that contains them.
  private(set) var commands: [Command] = []

  private let characters: [Character]
  private let script: String?
  private let depth: Int
  private var next = 0
  private var line: Int
  /// The line on which the current command begins.
  private var start: Int
  private var words: [String] = []
  private var word: String?
  /// Whether the next word is the target of a redirection.
  private var isTarget = false
  private var substitutions: [(line: Int, text: String)] = []
  /// Whether the target of the redirection is the end of a here-document.
  private var isDocument = false
  /// The ends of the here-documents that begin after the current line.
  private var documentEnds: [String] = []
  private var documents = 0

  /// The maximum number of characters read.
  private static let sizeLimit = 100_000
  /// The maximum number of here-documents whose end is searched.
  private static let documentLimit = 100
  /// The maximum nesting of scripts.
  private static let depthLimit = 4
  private static let shells: Set<String> = ["bash", "sh", "zsh", "dash"]

  /// Reads a script.
  init(_ text: some StringProtocol) { self.init(text, script: nil, at: 0, depth: 0) }

  private init(_ text: some StringProtocol, script: String?, at line: Int, depth: Int) {
    characters = Array(text.prefix(Self.sizeLimit))
    self.script = script
    self.depth = depth
    self.line = line
    start = line
    while let character = take() { read(character) }
    endCommand()
  }

  private mutating func take() -> Character? {
    guard next < characters.count else { return nil }
    defer { next += 1 }
    if characters[next].isNewline { line += 1 }
    return characters[next]
  }

  private func peek() -> Character? { next < characters.count ? characters[next] : nil }

  private mutating func append(_ text: String) { word = (word ?? "") + text }

  private mutating func read(_ character: Character) {
    switch character {
    case "'", "\"": readQuoted(until: character)
    case "\\":
      // A backslash at the end of a line continues the command.
      guard let escaped = take() else { return }
      if escaped.isNewline { endWord() } else { append(String(escaped)) }
    case "$" where peek() == "(":
      next += 1
      append("$(" + readSubstitution(until: ")") + ")")
    case "`": append("`" + readSubstitution(until: "`") + "`")
    case "#" where word == nil: while let rest = peek(), !rest.isNewline { next += 1 }
    case "&" where peek() == ">": redirect()
    case "|", "&", ";", "(", ")": endCommand()
    case "<", ">": redirect()
    case _ where character.isNewline:
      endCommand()
      readDocuments()
    case _ where character.isWhitespace: endWord()
    default: append(String(character))
    }
  }

  private mutating func readQuoted(until mark: Character) {
    append("")
    while let character = take(), character != mark {
      if mark == "\"", character == "\\", let escaped = peek(), "\"\\$`".contains(escaped) || escaped.isNewline {
        _ = take()
        if !escaped.isNewline { append(String(escaped)) }
      } else if mark == "\"", character == "$", peek() == "(" {
        next += 1
        append("$(" + readSubstitution(until: ")") + ")")
      } else if mark == "\"", character == "`" {
        append("`" + readSubstitution(until: "`") + "`")
      } else {
        append(String(character))
      }
    }
  }

  /// Reads a command substitution, up to its end. Returns its text.
  private mutating func readSubstitution(until mark: Character) -> String {
    let first = line
    var text = ""
    var depth = 0
    while let character = take() {
      if character == mark, depth == 0 { break }
      if mark == ")" { depth += character == "(" ? 1 : character == ")" ? -1 : 0 }
      text.append(character)
    }
    substitutions.append((first, text))
    return text
  }

  /// Reads a redirection operator. A number before it is a file descriptor.
  private mutating func redirect() {
    if word?.allSatisfy(\.isNumber) ?? false { word = nil }
    endWord()
    let first = next - 1
    while let character = peek(), "<>&|".contains(character) { next += 1 }
    isTarget = true
    isDocument = next - first == 2 && characters[first..<next].allSatisfy { $0 == "<" }
    if isDocument, peek() == "-" { next += 1 }
  }

  /// Reads the here-documents that begin on this line. Their lines may be a script, and their quotation marks affect
  /// nothing after them. A document without an end is read like other lines.
  private mutating func readDocuments() {
    defer { documentEnds = [] }
    for end in documentEnds {
      let lines = characters[next...].split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
      guard let place = lines.firstIndex(where: { String($0.drop { $0 == "\t" }) == end }) else { continue }
      let first = line
      let body = String(characters[next..<lines[place].startIndex])
      next = min(characters.count, lines[place].endIndex + 1)
      line += place + 1
      start = line
      guard depth < Self.depthLimit else { continue }
      commands += ShellScript(body, script: script, at: first, depth: depth + 1).commands
    }
  }

  private mutating func endWord() {
    guard let whole = word else { return }
    word = nil
    if isTarget {
      isTarget = false
      if isDocument, documents < Self.documentLimit {
        documents += 1
        documentEnds.append(whole)
      }
    } else {
      words.append(whole)
    }
  }

  private mutating func endCommand() {
    endWord()
    isTarget = false
    // The line feed that ends a command belongs to its last line.
    let isAtEnd = next > 0 && next <= characters.count && characters[next - 1].isNewline
    let last = max(start, isAtEnd ? line - 1 : line)
    if !words.isEmpty {
      commands.append(Command(lines: start...last, words: words, script: script))
      if depth < Self.depthLimit, let text = Self.script(in: words) {
        add(ShellScript(text, script: text, at: start, depth: depth + 1), on: start...last)
      }
    }
    if depth < Self.depthLimit {
      for (line, text) in substitutions {
        add(ShellScript(text, script: script, at: line, depth: depth + 1), on: start...last)
      }
    }
    (words, substitutions, start) = ([], [], line)
  }

  private mutating func add(_ inner: ShellScript, on lines: ClosedRange<Int>) {
    commands += inner.commands.map { Command(lines: lines, words: $0.words, script: $0.script) }
  }

  /// Returns the script that a shell gets in an argument: `box -- bash -c 'claude -p x'`.
  private static func script(in words: [String]) -> String? {
    guard let option = words.firstIndex(where: { $0.hasPrefix("-") && !$0.hasPrefix("--") && $0.hasSuffix("c") }),
      words.indices.contains(option + 1), option > 0,
      let program = words[..<option].last(where: { !$0.hasPrefix("-") })?.split(separator: "/").last,
      shells.contains(String(program))
    else { return nil }
    return words[option + 1]
  }
}
