/// The syntax of a runtime's permission rules.
struct RuleSyntax: Sendable {
  struct Tool: Sendable {
    /// The kind of specifier in parentheses after the tool name.
    enum Takes: String {
      case commands, paths, domains, names, patterns
      /// A rule with a specifier has no effect.
      case nothing
      /// The specifier is ignored, and the rule applies to every use.
      case ignored
    }

    var takes = Takes.names
    var danger = Danger.runs
    /// The activity, as a noun: `editing`.
    var doing: String?
    /// The activity for every use of the tool.
    var doingAll: String?
    /// The name of the tool that this name refers to.
    var canonical: String?
    /// The reason why a rule with a specifier has no effect.
    var nothing: String?
  }

  /// Whether rules have the form `Tool(specifier)`, rather than only a specifier.
  var hasBrackets = false
  /// Whether a command without `*` matches only that command, rather than every command that begins with it.
  var isBareExact = true
  var hasStars = false
  /// Whether `:*` at the end means the same as ` *`.
  var hasColonStar = false
  /// Whether a text between slashes is a regular expression.
  var hasExpressions = false
  /// Whether an allow rule may have `*` in the tool name.
  var allowsGlobs = true
  var tools: [String: Tool] = [:]

  /// Returns the facts about a tool. The entry `*` covers tools that are not listed.
  func tool(_ name: String) -> Tool { tools[name] ?? tools["*"] ?? Tool() }

  /// The meaning of a parsed rule.
  enum Parsed {
    case scope(Scope)
    /// The rule has no effect, for this reason.
    case nothing(Scope, Sentence)
  }

  /// Parses a rule.
  ///
  /// - Parameter tool: The tool of all rules, if rules do not name one.
  func parse(_ text: String, tool: String?, action: Action) -> Parsed {
    if let tool { return specifier(text, of: tool) }
    guard hasBrackets else { return specifier("", of: text) }
    guard let opening = text.firstIndex(of: "("), text.hasSuffix(")") else { return whole(text, action) }
    let name = String(text[..<opening])
    return specifier(String(text[text.index(after: opening)...].dropLast()), of: name)
  }

  /// Parses a rule for every use of a tool.
  private func whole(_ name: String, _ action: Action) -> Parsed {
    let scope = Scope(tool: canonical(name), shape: .all)
    guard name.contains("*"), action == .allow, !allowsGlobs else { return .scope(scope) }
    // After the name of a server, `*` matches all its tools.
    let parts = name.split(separator: "_", omittingEmptySubsequences: true)
    if name.hasPrefix("mcp__"), parts.count > 2, !parts[1].contains("*"), name.dropLast().firstIndex(of: "*") == nil {
      return .scope(scope)
    }
    return .nothing(scope, "\(quoted: name) allows nothing: such a pattern is skipped in rules that allow")
  }

  private func canonical(_ name: String) -> String {
    // The name of a server alone stands for all its tools.
    if name.hasPrefix("mcp__"), !name.dropFirst(5).contains("__") { return name.contains("*") ? name : name + "__*" }
    return tools[name]?.canonical ?? name
  }

  /// Parses a rule for some uses of a tool.
  func specifier(_ text: String, of name: String) -> Parsed {
    let tool = self.tool(name)
    let known = canonical(name)
    func scope(_ shape: Scope.Shape) -> Parsed { .scope(Scope(tool: known, shape: shape)) }
    if text.isEmpty || text == "*" && tool.takes != .nothing { return scope(.all) }
    switch tool.takes {
    case .commands: return command(text, known)
    case .paths: return scope(.path(text.hasPrefix("./") ? String(text.dropFirst(2)) : text))
    case .domains:
      let domain = text.hasPrefix("domain:") ? String(text.dropFirst(7)) : text
      return scope(domain == "*" ? .all : .domain(domain))
    case .ignored: return scope(.all)
    case .patterns: return scope(text == "**" ? .all : text.contains("*") ? .pattern(text) : .exact(text))
    case .names: return scope(.exact(text))
    case .nothing:
      let reason = tool.nothing ?? "it is never used"
      return .nothing(
        Scope(tool: known, shape: .exact(text)),
        "\(quoted: "\(name)(\(text))") does nothing: \(Sentence(template: reason))")
    }
  }

  private func command(_ text: String, _ tool: String) -> Parsed {
    func scope(_ shape: Scope.Shape) -> Parsed { .scope(Scope(tool: tool, shape: shape)) }
    // `*` alone matches everything, also with a colon.
    if hasStars, text.allSatisfy({ $0 == "*" || $0 == " " || $0 == ":" && hasColonStar }) { return scope(.all) }
    if hasExpressions, text.hasPrefix("/"), let end = text.lastIndex(of: "/"), end > text.startIndex {
      let inner = text[text.index(after: text.startIndex)..<end]
      return scope([".*", "^.*", ".*$", "^.*$", ".+"].contains(inner) ? .all : .expression(text))
    }
    if hasColonStar, text.hasSuffix(":*") {
      let words = String(text.dropLast(2))
      return scope(words.isEmpty ? .all : words.contains("*") ? .pattern(words + " *") : .words(words))
    }
    if hasColonStar, text.contains(":*") {
      return .nothing(
        Scope(tool: tool, shape: .pattern(text)),
        "\(quoted: text) matches no such command: \(quoted: ":*") counts only at the end")
    }
    guard hasStars, text.contains("*") else { return scope(isBareExact ? .exact(text) : .words(text)) }
    let rest = text.dropLast()
    guard text.hasSuffix("*"), !rest.contains("*") else { return scope(.pattern(text)) }
    return scope(rest.hasSuffix(" ") ? .words(String(rest.dropLast())) : .text(String(rest)))
  }

  // MARK: Words

  /// Returns the scope of a rule as the subject of a sentence.
  func subject(_ scope: Scope) -> (words: Sentence, isPlural: Bool) {
    if scope.tool == "*" { return ("all tools", true) }
    let tool = self.tool(scope.tool)
    if tool.takes == .commands {
      switch scope.shape {
      case .all: return ("all shell commands", true)
      case .exact(let text): return ("the command \(quoted: text)", false)
      case .words(let text): return ("shell commands that begin with the words \(quoted: text)", true)
      case .text(let text):
        return ("shell commands whose text begins with \(quoted: text), longer words included,", true)
      default: return ("shell commands that match \(quoted: scope.text)", true)
      }
    }
    if scope.tool.hasPrefix("mcp__") {
      let name = scope.tool.dropFirst(5)
      let parts = name.firstRange(of: "__").map { (name[..<$0.lowerBound], name[$0.upperBound...]) } ?? (name, "*")
      if parts.1 == "*" { return ("all tools of the server \(quoted: String(parts.0))", true) }
      return ("the tool \(quoted: String(parts.1)) of the server \(quoted: String(parts.0))", false)
    }
    let doing: Sentence = tool.doing.map { Sentence(template: $0) } ?? "the tool \(quoted: scope.tool)"
    guard scope.shape == .all else { return ("\(doing) \(quoted: scope.text)", false) }
    return (tool.doingAll.map { Sentence(template: $0) } ?? doing, false)
  }

  /// Returns the danger of allowing a scope.
  func danger(_ scope: Scope, _ commands: CommandDangers) -> Danger {
    if scope.tool == "*" { return .promptsOff }
    let tool = self.tool(scope.tool)
    guard tool.takes == .commands else { return tool.danger }
    return scope.shape == .all ? .promptsOff : commands.ofPrefix(scope.text)
  }
}
