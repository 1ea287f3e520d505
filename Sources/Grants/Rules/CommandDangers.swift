import Agents

/// The dangers of commands.
struct CommandDangers: Sendable {
  let facts: [String: Danger]

  /// Returns the danger of a rule for commands, determined by its longest known prefix of up to three words.
  func ofPrefix(_ text: String) -> Danger {
    if RemoteCode.match(in: text) != nil { return .networkToShell }
    let words = text.prefix(200).split(separator: " ").prefix(3).map(String.init)
    for count in stride(from: words.count, to: 0, by: -1) {
      if let danger = facts[words.prefix(count).joined(separator: " ")] { return danger }
    }
    return .runs
  }

  /// Returns the danger of a command that runs automatically.
  static func ofProgram(_ text: String) -> Danger {
    RemoteCode.match(in: text) == nil ? .runs : .networkToShell
  }
}
