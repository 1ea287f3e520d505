/// The commands in a fenced code block.
struct CommandBlock {
  /// The distinct kinds of languages.
  enum Language {
    /// Shell commands.
    case shell
    /// Terminal output with commands behind a shell prompt.
    case session
    /// A Dockerfile. Some of its instructions run commands.
    case container
    /// No language given. Commands are recognized by the first word or a shell prompt.
    case unknown
    /// Another language.
    case other

    /// Reads the text after the opening marks.
    init(info: Substring) {
      let word = info.drop { $0 == " " || $0 == "{" || $0 == "." }.prefix { $0.isLetter || $0.isNumber || $0 == "-" }
        .lowercased()
      switch word {
      case "sh", "bash", "zsh", "shell", "ksh", "fish", "powershell", "pwsh", "ps1", "bat", "cmd", "batch":
        self = .shell
      case "console", "terminal", "session", "shellsession", "shell-session", "sh-session": self = .session
      case "dockerfile", "docker", "containerfile": self = .container
      case "", "text", "txt", "plaintext": self = .unknown
      default: self = .other
      }
    }
  }

  /// The commands, in order.
  private(set) var commands: [String] = []

  private let lines: [Substring]
  private var next = 0
  /// The last place of each line, if there are here-documents.
  private let lastPlaces: [String: Int]

  /// The maximum number of lines that are joined to one command.
  private static let joinLimit = 60

  /// Finds the commands in the lines of a block.
  init(_ lines: [Substring], in language: Language) {
    self.lines = lines
    let hasDocuments = language == .shell && lines.contains { $0.contains("<<") }
    lastPlaces =
      hasDocuments
      ? Dictionary(lines.enumerated().map { ($0.element.trimmingSpaces, $0.offset) }, uniquingKeysWith: { $1 }) : [:]
    if language == .other { return }
    while next < lines.count { read(in: language) }
  }

  /// Reads a line with the lines that continue it.
  private mutating func read(in language: Language) {
    guard let start = Self.start(of: lines[next].trimmingSpaces, in: language) else {
      next += 1
      return
    }
    next += 1
    let text = joined(start)
    let body = language == .shell ? document(in: text) : []
    if !ShellCommand.isSyntax(text) { commands.append(text) }
    // The text of a here-document can be a script.
    for line in body {
      if let command = ShellCommand(line: line.trimmingSpaces) { commands.append(command.text) }
    }
  }

  /// Returns the beginning of a command in a line; nil if it has none.
  private static func start(of line: String, in language: Language) -> String? {
    switch language {
    case .shell:
      let text = line.hasPrefix("$ ") ? String(line.dropFirst(2)) : line
      return text.isEmpty || text.hasPrefix("#") || ShellCommand.isProse(text) ? nil : text
    case .session:
      return ["$ ", "% ", "# "].first(where: line.hasPrefix).map { String(line.dropFirst($0.count)) }
    case .container:
      let word = line.prefix { !$0.isWhitespace }
      return ["RUN", "CMD", "ENTRYPOINT"].contains(word) ? String(line.dropFirst(word.count)).trimmingSpaces : nil
    case .unknown: return ShellCommand(line: line)?.text
    case .other: return nil
    }
  }

  /// Returns a command with the lines that continue it: after a backslash, and up to a closing quotation mark.
  private mutating func joined(_ start: String) -> String {
    var text = start
    let end = min(lines.count, next + Self.joinLimit)
    var quotes = ShellQuotes()
    quotes.read(start)
    while next < end {
      if text.hasSuffix("\\") {
        text.removeLast()
        let line = lines[next].trimmingSpaces
        quotes.read(line)
        text = "\(text.trimmingSpaces) \(line)"
        next += 1
      } else if quotes.isOpen, let last = closing(quotes, until: end) {
        for line in lines[next...last] {
          quotes.read(line.trimmingSpaces)
          text += " \(line.trimmingSpaces)"
        }
        next = last + 1
      } else {
        break
      }
    }
    if text.hasSuffix("\\") { text.removeLast() }
    return text.trimmingSpaces
  }

  /// Returns the line that closes a quotation mark; nil if there is none, as for an apostrophe.
  private func closing(_ open: ShellQuotes, until end: Int) -> Int? {
    var quotes = open
    for place in next..<end {
      quotes.read(lines[place].trimmingSpaces)
      if !quotes.isOpen { return place }
    }
    return nil
  }

  /// Returns the lines of the here-document that a command reads, and skips them.
  private mutating func document(in text: String) -> ArraySlice<Substring> {
    guard let mark = text.firstRange(of: "<<") else { return [] }
    let tag = text[mark.upperBound...].drop { "- '\"\\".contains($0) }.prefix {
      $0.isLetter || $0.isNumber || $0 == "_"
    }
    guard !tag.isEmpty, lastPlaces[String(tag)] ?? -1 >= next,
      let end = lines[next...].firstIndex(where: { $0.trimmingSpaces == tag })
    else { return [] }
    defer { next = end + 1 }
    return lines[next..<end]
  }
}

/// Follows quotation marks through the lines of a command.
private struct ShellQuotes {
  private var open: Character?

  /// Whether a quotation mark is open.
  var isOpen: Bool { open != nil }

  /// Reads a line. A comment ends it.
  mutating func read(_ line: String) {
    var (isEscaped, last): (Bool, Character) = (false, " ")
    for character in line {
      defer { last = character }
      if isEscaped {
        isEscaped = false
      } else if let mark = open {
        if character == mark { open = nil }
        isEscaped = character == "\\" && mark == "\""
      } else if character == "\"" || character == "'" {
        open = character
      } else if character == "#", last.isWhitespace {
        return
      } else {
        isEscaped = character == "\\"
      }
    }
  }
}

extension StringProtocol {
  /// The text without white space at its start and end.
  var trimmingSpaces: String {
    var text = self[...]
    while text.last?.isWhitespace ?? false { text.removeLast() }
    return String(text.drop(while: \.isWhitespace))
  }
}
