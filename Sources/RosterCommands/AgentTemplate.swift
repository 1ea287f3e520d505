import Agents
import Files
import Text

/// The file of a new agent.
struct AgentTemplate {
  let name: String
  let description: String?
  let tools: String?
  let model: String?

  /// Returns the path of a new agent.
  ///
  /// - Parameters:
  ///   - isUsual: Whether it is the runtime of files in neutral folders, which are used if they exist.
  ///   - folder: The folder that the user chose, or nil.
  static func path(of name: String, for runtime: Runtime, isUsual: Bool, in folder: String?) -> String {
    if let folder { return runtime.path(of: name, in: folder.hasSuffix("/") ? String(folder.dropLast()) : folder) }
    let own = runtime.path(of: name)
    guard isUsual, runtime.kind == .agent else { return own }
    let isThere = own.lastSlash.map { Disk.kind(String(own[..<$0])) == .folder } ?? false
    let neutral = isThere ? nil : ["agents", "Content"].first { Disk.kind($0) == .folder }
    return runtime.path(of: name, in: neutral)
  }

  /// Returns the text of the file in the form that a runtime reads.
  func text(for runtime: Runtime) -> String {
    let fields = runtime.form.lines.flatMap(fields)
    return ((fields.isEmpty ? [] : ["---"] + fields + ["---", ""]) + [body(of: runtime.kind)]).joined(separator: "\n")
  }

  /// Returns the lines of a field.
  private func fields(_ line: AgentForm.Line) -> [String] {
    switch line.content {
    case .name: return ["\(line.key): \(name)"]
    case .description:
      let usual = "Describe the task in one sentence. Use when someone asks for exactly that."
      return ["\(line.key): \(Self.quoted(description ?? usual))"]
    case .model: return model.map { ["\(line.key): \(Self.quoted($0))"] } ?? []
    case .fixed(let value): return ["\(line.key): \(value)"]
    case .tools(let form, let usual):
      let tools = named.isEmpty ? usual : named
      if tools.isEmpty { return [] }
      switch form {
      case .text: return ["\(line.key): \(tools.joined(separator: ", "))"]
      case .list: return ["\(line.key): [\(tools.map(Self.quoted).joined(separator: ", "))]"]
      case .lines: return ["\(line.key):"] + tools.map { "  - \(Self.quoted($0))" }
      case .map: return ["\(line.key):"] + tools.map { "  \(Self.quoted($0)): true" }
      }
    }
  }

  /// The tools that the user named.
  private var named: [String] {
    (tools ?? "").split(separator: ",").map { $0.drop { $0 == " " } }.map {
      String($0.reversed().drop { $0 == " " }.reversed())
    }.filter { !$0.isEmpty }
  }

  /// Returns a text as a YAML value. Double-quoted text is escaped as in JSON.
  private static func quoted(_ text: String) -> String {
    let isPlain = text.utf8.allSatisfy { byte in
      (byte >= 0x30 && byte <= 0x39) || (byte >= 0x41 && byte <= 0x5A) || (byte >= 0x61 && byte <= 0x7A)
        || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-")
    }
    if isPlain, text.utf8.first.map({ $0 >= 0x41 }) ?? false,
      !["true", "false", "null", "yes", "no", "on", "off"].contains(text.lowercased())
    {
      return text
    }
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\": quoted += "\\\(scalar)"
      case "\n": quoted += "\\n"
      case "\t": quoted += "\\t"
      default: if scalar.value >= 0x20, scalar.value != 0x7F { quoted.unicodeScalars.append(scalar) }
      }
    }
    return quoted + "\""
  }

  private var title: String {
    let words = name.split(separator: "-").joined(separator: " ")
    return words.prefix(1).uppercased() + words.dropFirst()
  }

  private func body(of kind: ItemKind) -> String {
    switch kind {
    case .agent: prompt
    case .skill:
      """
      # \(title)

      Describe what this skill does, in two or three sentences.

      ## Steps

      1. What to do first.
      2. What to do next.

      ## Files

      Put longer texts in `references/` and programs in `scripts/`. Say here when to read or run each one.

      """
    case .command:
      """
      # \(title)

      Describe the steps, and what to report at the end.

      """
    case .instruction:
      """
      # \(title)

      - A rule that applies to this project, and the reason for it.

      """
    }
  }

  private var prompt: String {
    """
    # \(title)

    Describe the agent's role and its users in two or three sentences.

    ## Task

    The input the agent gets, and the result it returns.

    ## Steps

    1. Read the input and the files it mentions.
    2. Do the work.
    3. Check the result against the task.

    ## Limits

    - What the agent must not do.
    - When it stops and asks.

    """
  }
}
