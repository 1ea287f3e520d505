import Agents
import Catalogs

/// Explanations of terms, as sentences.
struct TermMeaning {
  private let site: SiteIndex

  init(_ site: SiteIndex) { self.site = site }

  /// Returns the meaning of a term; nil if the name is self-explanatory.
  func text(of term: Taxonomy.Term, _ kind: Taxonomy.Kind) -> String? {
    switch kind {
    case .tools: term.isUnstated ? "They list no tools, so they have every tool of the session." : tool(term.name)
    case .reach:
      [meaning(ofReach: term.name), grants(of: term)].compactMap(\.self).joined(separator: " ").ifAny
    case .loads: Self.outcomes[term.name]
    default: nil
    }
  }

  private func tool(_ name: String) -> String? {
    if name == Taxonomy.noTools { return "Their list of tools is empty, so they have none." }
    if let known = site.catalog.settings.runtimes.knownTool(name) {
      return known.allows.isEmpty || known.allows == "nothing" ? nil : known.allows.capitalisedFirst + "."
    }
    return nil
  }

  func meaning(ofReach phrase: String) -> String? {
    switch phrase {
    case "Never asks for permission": "Permission checks are off, so every tool runs without asking."
    case "Runs commands automatically": "Hooks or the prompt run commands without asking."
    case "Runs commands": "Can run programs, so it can do nearly anything."
    case "Edits files": "Can create, change and overwrite files."
    case "Uses the web": "Can fetch pages, or send text to a server."
    case "Starts agents": "Can delegate tasks to other agents, which have their own tools."
    case "Reads files": "Can read and search the files of the project."
    case "Has tools of unknown effect": "Lists MCP server tools, or tools that no known runtime has."
    case "Inherits tools": "Lists no tools, or all of them, so it has every tool of the session."
    case "None of these": "Their tools give them none of these abilities."
    default: nil
    }
  }

  /// Returns how many agents have an ability from a listed tool, and how many inherit it.
  private func grants(of term: Taxonomy.Term) -> String? {
    guard let ability = Reach.Ability.allCases.first(where: { $0.phrase == term.name }) else { return nil }
    let stated = term.agents.count { site.catalog.entries[$0].reach[ability] == .stated }
    let inherited = term.agents.count - stated
    if stated == 0 || inherited == 0 { return nil }
    return "\(Wording.number(stated)) through a listed tool, \(Wording.number(inherited)) by inheriting all tools."
  }

  private static let outcomes = Dictionary(
    uniqueKeysWithValues: LoadVerdict.Outcome.allCases.map { outcome in
      let text =
        switch outcome {
        case .fatal: "The runtime does not start while the file exists."
        case .ignored: "The runtime ignores the file."
        case .unusable: "The runtime lists it, but cannot run it."
        case .unknown: "The runtime’s behavior is unknown, or reports disagree."
        case .partial: "The runtime loads the file, but ignores some fields or tools."
        case .loads: "The runtime loads the file as written."
        }
      return (outcome.title, text)
    })

  /// Returns the CSS class for a term's color; nil for most terms.
  static func tone(of name: String, _ kind: Taxonomy.Kind) -> String? {
    switch kind {
    case .reach where ["Never asks for permission", "Runs commands automatically", "Runs commands"].contains(name):
      "risk"
    case .loads where LoadVerdict.Outcome.allCases.contains { $0.isFailure && $0.title == name }: "bad"
    default: nil
    }
  }
}
