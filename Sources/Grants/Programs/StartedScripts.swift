import Files
import Text

/// Finds the files of a repository that hooks, servers and other commands of settings start, or let agents start.
///
/// A command names a script as a shell does: `"${CLAUDE_PLUGIN_ROOT}"/hooks/check.sh`, `python3 .claude/check.py`. Words
/// are compared with the ends of paths, because the value of a variable is not known.
public struct StartedScripts: Sendable {
  /// A word of a command that may be a path.
  private struct Word {
    let path: String
    let starter: String
    /// The folder of the settings file; nil where it is not known.
    let folder: String?
    /// Whether it begins with a variable, which stands for a folder around the settings file.
    let isBelowVariable: Bool
  }

  private var words: [String: [Word]] = [:]

  /// Makes a search that finds nothing.
  public init() {}

  /// Adds the commands of a settings file.
  public mutating func add(_ file: GrantingFile) {
    let folder = file.path.folders.joined(separator: "/")
    for statement in file.statements {
      var texts = [statement.command].compactMap(\.self)
      switch statement.kind {
      case .hook(let hook): texts.append(hook.target)
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
  /// - Parameter starter: what starts it, for people.
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

  /// What starts a file, by path or name; empty if nothing is known to.
  public func starters(of path: RelativePath) -> [String] {
    guard let words = words[path.lastComponent] else { return [] }
    let (text, folder) = (path.description, path.folders.joined(separator: "/"))
    var starters: [String] = []
    for word in words where !starters.contains(word.starter) {
      guard text == word.path || text.hasSuffix("/\(word.path)") else { continue }
      // The folder in which the word begins. A name without a folder may be anything, so it counts only beside the
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
