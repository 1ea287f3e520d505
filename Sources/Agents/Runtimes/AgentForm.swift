/// The form of a new agent's file for a runtime: its fields in order.
public struct AgentForm: Sendable, Equatable {
  /// The content of a field.
  public enum Content: Sendable, Equatable {
    /// The agent's name.
    case name
    /// The agent's description.
    case description
    /// The agent's model. The field is omitted if no model is given.
    case model
    /// The agent's tools, or the usual tools if none are given.
    case tools(ToolForm, usual: [String])
    /// A fixed value, as YAML.
    case fixed(String)
  }

  /// The notation of a tool list.
  public enum ToolForm: String, Sendable, CaseIterable {
    /// On one line, separated by commas.
    case text
    /// As a list in brackets.
    case list
    /// As a list with one item on each line.
    case lines
    /// As a map of tools, each `true`.
    case map
  }

  /// A field of the file.
  public struct Line: Sendable, Equatable {
    /// The key.
    public let key: String
    /// The content.
    public let content: Content
  }

  /// The fields.
  public let lines: [Line]
}

extension Runtime {
  /// The form of a new agent's file: as stated in the runtimes file, or derived from the fields that the runtime reads.
  public var form: AgentForm {
    if let form = facts.form { return form }
    var lines: [AgentForm.Line] = []
    if reads("name") { lines.append(.init(key: "name", content: .name)) }
    lines.append(.init(key: "description", content: .description))
    if let tools = field(meaning: "tools") {
      let form: AgentForm.ToolForm =
        switch facts.toolShape {
        case .text, .none: .text
        case .list: .lines
        case .map: .map
        }
      lines.append(.init(key: tools, content: .tools(form, usual: [])))
    }
    if reads("model") { lines.append(.init(key: "model", content: .model)) }
    return AgentForm(lines: lines)
  }

  /// Returns the path where the runtime looks for an item with a given name.
  ///
  /// - Parameters:
  ///   - folder: The folder to put it in, or nil for the runtime's own folder.
  ///   - format: The file format, or nil for the format of the runtime's first place.
  public func path(of name: String, in folder: String? = nil, format: ItemFormat? = nil) -> String {
    let own = facts.places.filter { $0.kind == kind && $0.manifest == nil }
    if let place = own.first(where: { $0.format == format }) ?? own.first { return place.path(of: name, in: folder) }
    return "\(folder ?? "agents")/\(name).\((format ?? .markdown).fileEnding)"
  }
}
