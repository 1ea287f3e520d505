/// A server that offers tools, or another program that a runtime starts.
struct Server: Sendable, Hashable {
  struct Part: Sendable, Hashable {
    let text: String
    let line: Int
  }

  /// A variable or header with its value.
  struct Assignment: Sendable, Hashable {
    let name: String
    let value: String
    let line: Int
  }

  let name: String
  /// The command and its arguments.
  let parts: [Part]
  let url: Part?
  /// The environment variables of the user that it gets.
  let variables: [Part]
  /// The variables and headers that are set for it.
  let assignments: [Assignment]
  /// What else it is configured with, other than what has statements of its own.
  let rest: String

  /// The command with its arguments, as written.
  var command: String? {
    parts.isEmpty ? nil : parts.map(\.text.quotedForShell).joined(separator: " ")
  }

  /// The package that a program fetches and runs, where it does; and whether it has a version.
  func fetched(by fetchers: [String]) -> (package: String, isPinned: Bool)? {
    let words = parts.map(\.text)
    guard
      let fetcher = fetchers.map({ $0.split(separator: " ").map(String.init) }).first(where: { words.starts(with: $0) }
      ),
      let package = words.dropFirst(fetcher.count).first(where: { !$0.hasPrefix("-") })
    else { return nil }
    let name = package.hasPrefix("@") ? package.dropFirst() : package[...]
    let version = name.firstIndex { $0 == "@" || $0 == ":" || $0 == "=" }.map { name[name.index(after: $0)...] }
    return (package, version.map { !$0.isEmpty && $0 != "latest" } ?? false)
  }

  /// The package without its version.
  static func base(_ package: String) -> Substring {
    let start = package.hasPrefix("@") ? package.index(after: package.startIndex) : package.startIndex
    return package[..<(package[start...].firstIndex { $0 == "@" || $0 == ":" || $0 == "=" } ?? package.endIndex)]
  }
}

extension String {
  /// The word in quotation marks where it has blanks, for reading only.
  fileprivate var quotedForShell: String { contains(" ") && !contains("\"") ? "\"\(self)\"" : self }
}

/// Where a plugin comes from.
struct PluginSource: Sendable, Hashable {
  /// The plugin.
  let name: String
  /// The repository, package, address or command.
  let origin: String
  /// How it is fetched: `path`, `github`, `url`, `npm`, `command` …
  let type: String
  /// The commit, digest or version that it is pinned to.
  let pin: String?
  /// The line of that.
  let pinLine: Int?

  var isLocal: Bool { type == "path" }
}
