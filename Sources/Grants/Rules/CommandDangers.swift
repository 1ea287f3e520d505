import Agents

/// How dangerous commands are.
struct CommandDangers: Sendable {
  let facts: [String: Danger]

  /// The danger of a rule for commands, by the longest known words at its beginning.
  func ofPrefix(_ text: String) -> Danger {
    if RemoteCode.match(in: text) != nil { return .networkToShell }
    let words = text.prefix(200).split(separator: " ").prefix(3).map(String.init)
    for count in stride(from: words.count, to: 0, by: -1) {
      if let danger = facts[words.prefix(count).joined(separator: " ")] { return danger }
    }
    return .runs
  }

  /// The danger of a command that runs by itself.
  static func ofProgram(_ text: String) -> Danger {
    RemoteCode.match(in: text) == nil ? .runs : .networkToShell
  }
}
