import Agents
import Files

/// The commands and addresses in a prompt. Reviews list new ones separately, because both reach beyond the repository.
public struct Mentions: Sendable, Hashable {
  /// The distinct commands, in the order of the text.
  public private(set) var commands: [String] = []
  /// The distinct addresses, in the order of the text.
  public private(set) var addresses: [String] = []

  /// The maximum number of commands, and of addresses, kept for a prompt.
  private static let limit = 2000
  /// The length at which a command or address is cut off, in characters.
  private static let length = 400

  /// Finds the commands and addresses in the lines of a prompt.
  public init(in lines: [String]) {
    var fence: (sign: Character, length: Int, kind: Kind)?
    var continued: String?
    var seen: (commands: Set<String>, addresses: Set<String>) = ([], [])
    func add(_ command: String) {
      let command = String(command.prefix(Self.length))
      if commands.count < Self.limit, seen.commands.insert(command).inserted { commands.append(command) }
    }
    for line in lines {
      for address in Self.addresses(in: line) where addresses.count < Self.limit {
        if seen.addresses.insert(address).inserted { addresses.append(address) }
      }
      let bare = line.drop { $0 == " " || $0 == "\t" || $0 == ">" }
      if let open = fence {
        let marks = bare.prefix { $0 == open.sign }.count
        if marks >= open.length, bare.dropFirst(marks).allSatisfy(\.isWhitespace) {
          if let last = continued { add(last) }
          (fence, continued) = (nil, nil)
        } else if let command = Self.command(line, in: open.kind, behind: &continued) {
          add(command)
        }
        continue
      }
      if let sign = bare.first, sign == "`" || sign == "~" {
        let marks = bare.prefix { $0 == sign }.count
        let info = bare.dropFirst(marks)
        if marks >= 3, sign == "~" || !info.contains("`") {
          fence = (sign, marks, Kind(info: String(info)))
          continue
        }
      }
      for span in Self.codeSpans(in: line) { if let command = Self.command(span) { add(command) } }
    }
    if let last = continued { add(last) }
  }

  // MARK: Commands

  /// The kind of a code block.
  private enum Kind {
    /// Shell commands.
    case shell
    /// Terminal output with commands behind a shell prompt.
    case session
    /// No language given. Commands are recognized by the first word or a shell prompt.
    case unknown
    /// Another language.
    case other

    init(info: String) {
      let word = info.drop { $0 == " " || $0 == "{" || $0 == "." }.prefix { $0.isLetter || $0.isNumber || $0 == "-" }
        .lowercased()
      switch word {
      case "sh", "bash", "zsh", "shell", "ksh", "fish", "powershell", "pwsh", "ps1", "bat", "cmd", "batch",
        "dockerfile":
        self = .shell
      case "console", "terminal", "session", "shellsession", "shell-session", "sh-session": self = .session
      case "", "text", "txt", "plaintext": self = .unknown
      default: self = .other
      }
    }
  }

  /// Returns the command on a line of code, joined with the preceding lines that it continues.
  private static func command(_ line: String, in kind: Kind, behind continued: inout String?) -> String? {
    if kind == .other { return nil }
    var text = line.drop(while: \.isWhitespace)
    if continued == nil {
      let isPrompted = text.hasPrefix("$ ") || text.hasPrefix("% ") || text.hasPrefix("# ") && kind == .session
      if isPrompted { text = text.dropFirst(2) }
      let isCommand =
        switch kind {
        case .shell: !text.hasPrefix("#")
        case .session: isPrompted
        case .unknown: isPrompted || isProgram(text) && !isSentence(text)
        case .other: false
        }
      if !isCommand { return nil }
    }
    var command = ([continued] + [String(text)]).compactMap(\.self).joined(separator: " ")
    while command.last?.isWhitespace ?? false { command.removeLast() }
    if command.hasSuffix("\\"), command.count < length {
      continued = String(command.dropLast()).trimmingSpaces
      return nil
    }
    continued = nil
    return command.isEmpty ? nil : command
  }

  /// Returns the command in a code span, or nil if it is not a command.
  private static func command(_ span: Substring) -> String? {
    let text = span.drop { $0 == " " || $0 == "!" || $0 == "$" }
    guard text.contains(" "), isProgram(text) else { return nil }
    return String(text).trimmingSpaces
  }

  /// Returns whether a text begins with the name of a known program, followed by arguments.
  private static func isProgram(_ text: Substring) -> Bool {
    let word = text.prefix { !$0.isWhitespace && $0 != ";" && $0 != "|" && $0 != "&" }
    guard let name = word.split(separator: "/").last else { return false }
    return programs.contains(String(name)) && text.count > word.count
  }

  /// Returns whether a line could also be an English sentence: `make sure that`.
  private static func isSentence(_ text: Substring) -> Bool {
    let words = text.split(separator: " ", maxSplits: 2)
    return words.count > 1 && verbs.contains(String(words[0])) && words[1].first?.isLetter ?? false
      && !words[1].contains { "./=:".contains($0) }
  }

  /// Programs whose names are also English words.
  private static let verbs: Set<String> = [
    "cat", "exec", "find", "go", "helm", "java", "just", "kill", "make", "node", "rake", "source", "swift", "touch",
  ]

  private static let programs: Set<String> = [
    "ansible", "ansible-playbook", "apk", "apt", "apt-get", "awk", "aws", "az", "bash", "brew", "bun", "bunx", "bundle",
    "cargo", "cat", "chmod", "chown",
    "cmake", "composer", "cp", "crontab", "curl", "dd", "deno", "docker", "docker-compose", "dotnet", "du", "eval",
    "exec", "find", "firebase", "gcloud",
    "gem", "gh", "git", "glab", "go", "gradle", "gradlew", "grep", "gsutil", "helm", "heroku", "java", "jq", "just",
    "kill", "kubectl", "launchctl", "ln",
    "ls", "make", "mkdir", "mongosh", "mv", "mvn", "mysql", "nc", "netlify", "nmap", "node", "npm", "npx", "openssl",
    "perl", "php", "pip", "pip3", "pipx",
    "pkill", "pnpm", "poetry", "powershell", "psql", "pwsh", "pytest", "python", "python3", "rails", "rake",
    "redis-cli", "rg", "rm", "rmdir", "rsync",
    "ruby", "scp", "sed", "sftp", "sh", "source", "sqlite3", "ssh", "sudo", "swift", "systemctl", "tar", "tee",
    "terraform", "touch", "tsx", "uv", "uvx",
    "vercel", "wget", "wrangler", "xargs", "xcodebuild", "yarn", "zsh",
  ]

  /// Returns the code spans in a line.
  private static func codeSpans(in line: String) -> [Substring] {
    guard line.utf8.contains(UInt8(ascii: "`")) else { return [] }
    var spans: [Substring] = []
    var rest = line[...]
    while let start = rest.firstIndex(of: "`") {
      let marks = rest[start...].prefix { $0 == "`" }
      let inside = rest[marks.endIndex...]
      guard let end = inside.firstRange(of: marks) else { break }
      spans.append(inside[..<end.lowerBound])
      rest = inside[end.upperBound...]
    }
    return spans
  }

  // MARK: Addresses

  private static let schemes: Set<String> = ["http", "https", "ws", "wss", "ftp", "ftps", "sftp", "ssh", "git", "file"]

  /// Returns the addresses in a line. Addresses have a scheme.
  private static func addresses(in line: String) -> [String] {
    guard line.utf8.contains(UInt8(ascii: ":")) else { return [] }
    var found: [String] = []
    var rest = line[...]
    while let mark = rest.firstRange(of: "://") {
      let scheme = rest[..<mark.lowerBound].reversed().prefix {
        $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "+")
      }
      var end = mark.upperBound
      while end < rest.endIndex, !isEnd(rest[end]) { end = rest.index(after: end) }
      let name = String(scheme.reversed())
      var address = name.lowercased() + rest[mark.lowerBound..<end]
      // Trailing punctuation belongs to the sentence, not to the address.
      while let last = address.last, ".,;:!?*_'\"".contains(last) || last == ")" && !address.contains("(") {
        address.removeLast()
      }
      if schemes.contains(name.lowercased()), address.utf8.count > name.utf8.count + 3 {
        found.append(String(address.prefix(length)))
      }
      rest = rest[end...]
    }
    return found
  }

  private static func isEnd(_ character: Character) -> Bool {
    character.isWhitespace || "<>\"`|\\^{}[]”“‘’".contains(character)
  }
}

extension String {
  fileprivate var trimmingSpaces: String {
    var text = self[...]
    while text.last?.isWhitespace ?? false { text.removeLast() }
    return String(text.drop(while: \.isWhitespace))
  }
}
