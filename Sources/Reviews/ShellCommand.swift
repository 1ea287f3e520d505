/// A command line, told apart from prose.
struct ShellCommand {
  /// The command with its arguments.
  let text: String

  /// Reads a code span. Returns nil if it is no command with arguments.
  init?(span: Substring) {
    let text = span.drop { $0 == " " || $0 == "!" || $0 == "$" }
    guard text.contains(" "), Self.isProgram(text), !Self.isEnglish(text) else { return nil }
    self.text = text.trimmingSpaces
  }

  /// Reads a line that may be a command. Returns nil if it is none.
  init?(line: String) {
    if line.hasPrefix("$ ") {
      let text = line.dropFirst(2)
      guard let first = text.first, !first.isNumber else { return nil }
      self.text = String(text)
      return
    }
    let text = line[...]
    guard Self.isProgram(text), !Self.isSentence(text), !Self.isEnglish(text) else { return nil }
    self.text = line
  }

  /// Returns whether a line of a script runs nothing itself: a keyword, a value, the start of a function.
  static func isSyntax(_ text: String) -> Bool {
    if !text.contains(where: { $0.isLetter || $0.isNumber }) { return true }
    let words = text.split { $0.isWhitespace || $0 == ";" }
    if words.allSatisfy({ keywords.contains(String($0)) || $0.allSatisfy(\.isNumber) }) { return true }
    if text.hasSuffix("{"), text.contains("()") { return true }
    let value = words.first.map { declarations.contains(String($0)) } ?? false ? words.dropFirst() : words[...]
    guard let first = value.first, !text.contains("$("), !text.contains("`") else { return false }
    let name = first.prefix { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }
    guard name.endIndex < first.endIndex, first[name.endIndex] == "=", !name.isEmpty else { return false }
    // A value with spaces is in quotation marks. A command can follow a value without them.
    return value.count == 1
      || "\"'".contains(first[first.index(after: name.endIndex)...].prefix(1)) && endsInQuote(text)
  }

  private static func endsInQuote(_ text: String) -> Bool { text.hasSuffix("\"") || text.hasSuffix("'") }

  /// Returns whether a line of a script is prose, such as an item of a list or a sentence.
  static func isProse(_ text: String) -> Bool {
    if ["- ", "* ", "+ ", "• ", "– ", "— "].contains(where: text.hasPrefix) { return true }
    let number = text.prefix(while: \.isNumber)
    if !number.isEmpty, [". ", ") "].contains(where: text.dropFirst(number.count).hasPrefix) { return true }
    let words = text.split(separator: " ")
    guard words.count >= 3, words.allSatisfy(isWord), let first = words.first, !programs.contains(String(first)) else {
      return false
    }
    return first.first?.isUppercase ?? false || text.last.map { ".:!?".contains($0) } ?? false
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

  /// Returns whether all words are plain, and one of them is a word that only English has: `git history of the file`.
  private static func isEnglish(_ text: Substring) -> Bool {
    let words = text.split(whereSeparator: \.isWhitespace)
    if let first = words.first, runners.contains(String(first)) { return false }
    return words.allSatisfy(isWord) && words.dropFirst().contains { functionWords.contains($0.lowercased()) }
  }

  /// Returns whether a word has only letters, apart from punctuation at its end.
  private static func isWord(_ word: Substring) -> Bool {
    var bare = word
    while let last = bare.last, ",.;:!?".contains(last) { bare.removeLast() }
    return !bare.isEmpty && bare.allSatisfy { $0.isLetter || $0 == "'" || $0 == "’" }
  }

  private static let functionWords: Set<String> = [
    "a", "an", "and", "are", "as", "be", "been", "by", "can", "for", "from", "has", "have", "if", "in", "into", "is",
    "it", "its", "must", "not", "of", "on", "or", "should", "sure", "that", "the", "them", "these", "this", "those",
    "to", "was", "when", "which", "will", "with", "you", "your",
  ]

  /// Programs that fetch or run what their arguments name. A line with them is a command, however it reads on.
  private static let runners: Set<String> = [
    "bash", "bunx", "curl", "eval", "npx", "pipx", "sh", "sudo", "uvx", "wget", "zsh",
  ]

  /// Words of a script that run nothing themselves.
  private static let keywords: Set<String> = [
    "if", "then", "else", "elif", "fi", "for", "while", "until", "do", "done", "case", "esac", "in", "function", "{",
    "}", "(", ")", "break", "continue", "return", "exit", "true", "false",
  ]

  /// Words before the name of a variable.
  private static let declarations: Set<String> = ["export", "local", "readonly", "declare"]

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
}
