/// A tool server, or another program that a runtime starts.
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
  /// The user's environment variables that it receives.
  let variables: [Part]
  /// The variables and headers set for it.
  let assignments: [Assignment]
  /// The other properties, except those with statements of their own.
  let rest: [Property]

  /// The command with its arguments, as written.
  var command: String? {
    parts.isEmpty ? nil : parts.map(\.text.quotedForShell).joined(separator: " ")
  }

  /// Returns the package that the command downloads and runs, and whether its version is pinned; nil if there is none.
  func fetched(by fetchers: [String]) -> (package: String, isPinned: Bool)? {
    let words = parts.map(\.text)
    guard
      let fetcher = fetchers.map({ $0.split(separator: " ").map(String.init) }).first(where: { words.starts(with: $0) }
      ),
      let package = Self.argument(words.dropFirst(fetcher.count), isImage: fetcher[0] == "docker")
    else { return nil }
    // The host of an image may have a port.
    let start = fetcher[0] == "docker" ? package.lastIndex(of: "/").map { package.index(after: $0) } : nil
    let name = package.hasPrefix("@") ? package.dropFirst() : package[(start ?? package.startIndex)...]
    let version = name.firstIndex { $0 == "@" || $0 == ":" || $0 == "=" }.map { name[name.index(after: $0)...] }
    return (package, version.map { !$0.isEmpty && $0 != "latest" } ?? false)
  }

  /// The options of `docker run` that have a value.
  private static let imageOptions: Set<String> = [
    "-e", "--env", "--env-file", "-v", "--volume", "--mount", "--name", "-p", "--publish", "--network", "--net", "-w",
    "--workdir", "-u", "--user", "--entrypoint", "-l", "--label", "--platform", "--add-host", "-h", "--hostname", "-m",
    "--memory", "--cpus", "--pull", "--cap-add", "--cap-drop", "--security-opt", "--gpus", "--device", "--tmpfs",
  ]

  /// Returns the first word that is neither an option nor the value of one.
  private static func argument(_ words: ArraySlice<String>, isImage: Bool) -> String? {
    var isValue = false
    for word in words {
      if isValue {
        isValue = false
      } else if word.hasPrefix("-") {
        isValue = isImage && imageOptions.contains(word)
      } else {
        return word
      }
    }
    return nil
  }

  /// Returns the package name without its version.
  static func base(_ package: String) -> Substring {
    let start = package.hasPrefix("@") ? package.index(after: package.startIndex) : package.startIndex
    return package[..<(package[start...].firstIndex { $0 == "@" || $0 == ":" || $0 == "=" } ?? package.endIndex)]
  }
}

extension String {
  /// The word, in quotation marks if it contains spaces. For display only.
  fileprivate var quotedForShell: String { contains(" ") && !contains("\"") ? "\"\(self)\"" : self }
}

extension String {
  /// The first twelve digits of a commit or another digest; any other text unchanged. For display only.
  var shortCommit: String { utf8.count >= 40 && allSatisfy(\.isHexDigit) ? String(prefix(12)) : self }
}

/// The source of a plugin.
struct PluginSource: Sendable, Hashable {
  /// The name of the plugin.
  let name: String
  /// The repository, package, URL or command.
  let origin: String
  /// The type of source: `path`, `github`, `url`, `npm`, `command` …
  let type: String
  /// The commit, digest or version that it is pinned to.
  let pin: String?
  /// The line of the pin.
  let pinLine: Int?

  var isLocal: Bool { type == "path" }
}
