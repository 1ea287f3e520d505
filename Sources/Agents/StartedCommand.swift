import Files

/// A command that runs without a request by the model: that of a hook, of an MCP server that starts with the agent, or
/// in the prompt of a command.
struct StartedCommand {
  /// The trigger of a command.
  enum Trigger {
    /// An event of the runtime.
    case event(String)
    /// The start of an MCP server with this name.
    case server(String)
    /// The start of an item of this kind, whose prompt contains the command.
    case prompt(ItemKind)
  }

  let trigger: Trigger
  /// The command as written; for a server, with its arguments.
  let text: String

  /// The maximum number of hook commands examined in a file.
  private static let limit = 20

  /// Returns the commands in a hooks field: a map of events, with matchers and commands at any depth.
  static func hooks(in value: FieldValue) -> [StartedCommand] {
    var found: [StartedCommand] = []
    func collect(_ value: FieldValue, _ event: String) {
      switch value {
      case .map(let entries):
        for entry in entries {
          if entry.key == "command", let command = entry.value.scalar {
            if found.count < limit { found.append(StartedCommand(trigger: .event(event), text: command)) }
          } else {
            collect(entry.value, event)
          }
        }
      case .list(let items): for item in items { collect(item, event) }
      default: break
      }
    }
    if case .map(let events) = value { for event in events { collect(event.value, event.key) } }
    return found
  }

  /// Returns the MCP servers that a field names or configures, each with its command if the file states one.
  static func servers(in value: FieldValue) -> [(name: String, command: StartedCommand?)] {
    func server(_ entry: FieldValue.Entry) -> (name: String, command: StartedCommand?) {
      guard case .map(let keys) = entry.value else { return (entry.key, nil) }
      let parts = ["command", "args"].flatMap { key in keys.first { $0.key == key }.map { words(of: $0.value) } ?? [] }
      guard !parts.isEmpty else { return (entry.key, nil) }
      return (entry.key, StartedCommand(trigger: .server(entry.key), text: parts.joined(separator: " ")))
    }
    switch value {
    case .map(let entries): return entries.map(server)
    case .list(let items):
      return items.flatMap { item in
        if case .map(let entries) = item { return entries.map(server) }
        return item.scalar.map { [($0, nil)] } ?? []
      }
    default: return value.words.map { ($0, nil) }
    }
  }

  private static func words(of value: FieldValue) -> [String] {
    if case .list(let items) = value { return items.compactMap(\.scalar) }
    return value.scalar.map { [$0] } ?? []
  }
}
