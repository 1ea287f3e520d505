/// How the file of a new agent is written for a runtime: the fields, in their order.
public struct AgentForm: Sendable, Equatable {
  /// What a field gets.
  public enum Content: Sendable, Equatable {
    /// The agent's name.
    case name
    /// What it does.
    case description
    /// Its model; the field is left out if nobody names one.
    case model
    /// Its tools, and those it gets if nobody names any.
    case tools(ToolForm, usual: [String])
    /// A value that is the same for all, as YAML.
    case fixed(String)
  }

  /// How tools are written.
  public enum ToolForm: String, Sendable, CaseIterable {
    /// On one line, with commas between them.
    case text
    /// As a list in brackets.
    case list
    /// As a list of lines.
    case lines
    /// As a map, each `true`.
    case map
  }

  /// A field of the file.
  public struct Line: Sendable, Equatable {
    /// The key.
    public let key: String
    /// What it gets.
    public let content: Content
  }

  /// The fields.
  public let lines: [Line]
}

extension Runtime {
  /// How the file of a new agent is written: as the runtimes file says, else with the fields that the runtime reads.
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

  /// Where a runtime looks for an item of a name.
  ///
  /// - Parameters:
  ///   - folder: the folder to put it in, or nil for the runtime's own.
  ///   - format: how it is written, or nil for the format of the runtime's first place.
  public func path(of name: String, in folder: String? = nil, format: ItemFormat? = nil) -> String {
    let own = facts.places.filter { $0.kind == kind && $0.manifest == nil }
    if let place = own.first(where: { $0.format == format }) ?? own.first { return place.path(of: name, in: folder) }
    return "\(folder ?? "agents")/\(name).\((format ?? .markdown).fileEnding)"
  }
}
