import Files
import Text

/// Finds repository files that hooks, servers and other commands in settings start, or allow agents to start.
///
/// Commands name scripts in shell syntax: `"${CLAUDE_PLUGIN_ROOT}"/hooks/check.sh`, `python3 .claude/check.py`. Words
/// are matched against the ends of paths, because the values of variables are unknown.
public struct StartedScripts: Sendable {
  /// A word of a command that may be a path.
  private struct Word {
    let path: String
    let starter: String
    /// The folder of the settings file; nil if it is unknown.
    let folder: String?
    /// Whether it begins with a variable, which represents a folder that contains the settings file.
    let isBelowVariable: Bool
  }

  private var words: [String: [Word]] = [:]

  /// Creates an empty search.
  public init() {}

  /// Adds the commands of a settings file.
  public mutating func add(_ file: GrantingFile) {
    let folder = file.path.folders.joined(separator: "/")
    for statement in file.statements {
      var texts = [statement.command].compactMap(\.self)
      switch statement.kind {
      case .hook(let hook):
        // A model gets the text of these; nothing in it runs.
        if !["prompt", "agent"].contains(hook.type) { texts.append(hook.target) }
      case .server(let server): texts += server.parts.map(\.text)
      default: break
      }
      for text in texts { add(text, of: file.path.description, in: folder) }
    }
    for policy in file.policies {
      guard let syntax = file.known.syntaxes[policy.syntax] else { continue }
      for rule in policy.rules where rule.action == .allow && syntax.tool(rule.scope.tool).takes == .commands {
        add(rule.text, of: file.path.description, in: folder)
      }
    }
  }

  /// Adds a command.
  ///
  /// - Parameter starter: The name of the file or setting that starts it, for display.
  public mutating func add(_ command: String, of starter: String) { add(command, of: starter, in: nil) }

  private mutating func add(_ command: String, of starter: String, in folder: String?) {
    for text in command.split(whereSeparator: { $0.isWhitespace || "\"'`;|&()<>=,:*".contains($0) }) {
      let parts = text.split(separator: "/").drop { $0 == "." || $0 == ".." || $0.hasPrefix("$") || $0 == "~" }
      guard let name = parts.last, !name.hasPrefix("-") else { continue }
      words[String(name), default: []].append(
        Word(
          path: parts.joined(separator: "/"), starter: starter, folder: folder, isBelowVariable: text.hasPrefix("$")))
    }
  }

  /// Returns what starts a file, by path or name; empty if nothing is known to start it.
  public func starters(of path: RelativePath) -> [String] {
    guard let words = words[path.lastComponent] else { return [] }
    let (text, folder) = (path.description, path.folders.joined(separator: "/"))
    var starters: [String] = []
    for word in words where !starters.contains(word.starter) {
      guard text == word.path || text.hasSuffix("/\(word.path)") else { continue }
      // The folder that the word is relative to. A name without a folder is ambiguous, so it only matches next to the
      // settings and above them.
      let top = text.dropLast(word.path.utf8.count).dropLast()
      let isAround = word.folder.map { top.isEmpty || $0 == top || $0.hasPrefix("\(top)/") } ?? folder.isEmpty
      if isAround || (word.path.contains("/") && !(word.isBelowVariable && word.folder != nil)) {
        starters.append(word.starter)
      }
    }
    return starters
  }
}
