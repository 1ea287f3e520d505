import Files

/// The classification of a file as an item: by its path or, in a place that no runtime claims, by its frontmatter.
struct Classification {
  /// The kind of item.
  let kind: ItemKind
  /// The runtime that the file was written for.
  let dialect: Dialect
  /// The place of the file, or nil.
  let place: Place?

  /// Creates a classification from a place alone.
  init(kind: ItemKind, dialect: Dialect, place: Place) {
    self.kind = kind
    self.dialect = dialect
    self.place = place
  }

  /// Classifies a file; nil if it is not an item.
  ///
  /// - Parameters:
  ///   - source: The file.
  ///   - place: The place that matches its path, or nil.
  ///   - form: How its frontmatter is delimited.
  ///   - fields: The parsed frontmatter fields.
  ///   - startsAsAgent: Whether an unreadable frontmatter begins like that of an agent.
  ///   - isWhole: Whether fields in a code block are a large part of the file, not just an example.
  init?(
    of source: SourceFile, at place: Place?, _ form: Frontmatter.Form, _ fields: [Field], startsAsAgent: Bool,
    isWhole: Bool = true,
    by runtimes: Runtimes
  ) {
    var place = place
    // Other files in a skill's folder are part of the skill.
    if let skill = source.skill, !skill.isWhole || place?.kind == nil { return nil }
    let isAgentLike =
      Self.describesAgent(fields) || form == .block && Self.isWholeAgent(fields) && isWhole || startsAsAgent
    if !isAgentLike, let name = source.path.components.last.map(String.init) {
      // `AGENTS.md` in a folder of agents is an instruction, unless it has the fields of an agent.
      if let byName = runtimes.place(ofName: name), byName.kind != place?.kind { place = byName }
      if Self.isForPeople(name, at: place?.kind) { return nil }
    }
    // Without frontmatter, `skill.md` is a page about a skill.
    if place?.isForName ?? false, form == .none, source.path.lastComponent == "skill.md" { return nil }
    if let kind = place?.kind {
      self.kind = kind
    } else if let kind = Self.kind(inNeutral: source, at: place, form, fields, isAgentLike, runtimes) {
      self.kind = kind
    } else {
      return nil
    }
    dialect = runtimes.dialect(in: place, kind, fields: fields)
    self.place = place
  }

  /// Returns whether a file without agent fields is documentation, by its name. Commands and rules may be called
  /// `changelog` or `security`, so among these only `README` files are documentation.
  private static func isForPeople(_ name: String, at kind: ItemKind?) -> Bool {
    switch kind {
    case .agent, nil: FolderNames.isForPeople(file: name)
    case .command, .instruction: name.lowercased().hasPrefix("readme.")
    case .skill: false
    }
  }

  /// Returns the kind of a file in a neutral place; nil if it is not an item.
  private static func kind(
    inNeutral source: SourceFile, at place: Place?, _ form: Frontmatter.Form, _ fields: [Field], _ isAgentLike: Bool,
    _ runtimes: Runtimes
  ) -> ItemKind? {
    guard form != .none else { return nil }
    if source.isNamed { return .agent }
    let keys = Set(fields.filter { !$0.value.isEmpty }.map(\.key))
    let isForPeople = source.path.components.last.map { FolderNames.isForPeople(file: String($0)) } ?? false
    if form == .block { return isAgentLike && place == nil && !isForPeople ? .agent : nil }
    // The closest folder decides.
    let folders = source.publishedPath.lowercased().split(separator: "/").dropLast().reversed().map(String.init)
    // Folders above the source count only if they are agent or command folders.
    let own = source.path.folders.count
    let folder = folders.enumerated().first { place, name in
      agentFolders(runtimes).contains(name) || commandFolders.contains(name) || place < own && isOfOthers(name)
    }?.element
    if let folder, commandFolders.contains(folder) {
      return keys.isDisjoint(with: commandKeys) || !keys.isDisjoint(with: pageKeys) ? nil : .command
    }
    if let folder, agentFolders(runtimes).contains(folder) {
      // A title and a description are typical of pages.
      let isPage = keys.contains("title") && !keys.contains("name")
      return isAgentLike || !isPage && !keys.isDisjoint(with: identifyingKeys) ? .agent : nil
    }
    // Other files in a runtime's folder are something else: plans, templates, output styles.
    guard isAgentLike, place == nil, keys.isDisjoint(with: pageKeys) else { return nil }
    // Many texts have a name and a description. So do other files in a plugin.
    let isPlain = folder == nil && source.plugin == nil && !isForPeople
    return isPlain || !keys.isDisjoint(with: agentKeys) ? .agent : nil
  }

  /// Returns whether fields describe an agent: a name and a description, or one of them with a tool, a model or
  /// similar.
  static func describesAgent(_ fields: [Field]) -> Bool {
    let keys = Set(fields.filter { !$0.value.isEmpty }.map(\.key))
    let (isNamed, isDescribed) = (keys.contains("name"), keys.contains("description"))
    return isNamed && isDescribed || (isNamed || isDescribed) && !keys.isDisjoint(with: agentKeys)
  }

  /// Returns whether a YAML code block is a complete BMAD agent. An excerpt has fewer fields.
  private static func isWholeAgent(_ fields: [Field]) -> Bool {
    let keys = Set(fields.filter { !$0.value.isEmpty }.map(\.key))
    return keys.contains("name") && !keys.isDisjoint(with: ["id", "title"])
  }

  private static func agentFolders(_ runtimes: Runtimes) -> Set<String> { runtimes.agentFolderNames.union(moreFolders) }

  /// Common names of agent folders that no runtime reads.
  private static let moreFolders: Set<String> = ["subagents", "sub-agents", "chatmodes"]
  private static let commandFolders: Set<String> = ["commands", "command", "slash-commands"]
  private static let identifyingKeys: Set<String> = agentKeys.union(["name", "description"])
  /// Fields that are common in agents and rare elsewhere.
  private static let agentKeys: Set<String> = [
    "tools", "disallowedTools", "disallowed-tools", "allowed-tools", "model", "permissionMode", "permission", "mode",
    "temperature", "mcp-servers", "mcpServers", "maxTurns", "max_turns", "handoffs", "color",
  ]
  private static let commandKeys: Set<String> = ["description", "argument-hint", "allowed-tools", "model", "agent"]
  /// Fields of web pages, issue templates and the sources of GitHub Agentic Workflows.
  private static let pageKeys: Set<String> = [
    "layout", "permalink", "sidebar_position", "sidebar_label", "slug", "about", "labels", "assignees", "nav_order",
    "date", "pubDate", "redirect_from", "engine", "safe-outputs",
  ]

  /// Returns whether a folder usually contains pages or other texts with a name and a description.
  private static func isOfOthers(_ folder: String) -> Bool {
    [
      "docs", "doc", "documentation", "website", "site", "blog", "posts", "_posts", "skills", "hooks", "memories",
      "evals", "workflows",
    ].contains(folder)
  }
}
