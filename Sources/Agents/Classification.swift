import Files

/// What a file is: by where it is, and in a place that no runtime reads, by its frontmatter.
struct Classification {
  /// What it is for.
  let kind: ItemKind
  /// The runtime that it was written for.
  let dialect: Dialect
  /// What is known of the place, or nil.
  let place: Place?

  /// The item that a place says a file is.
  init(kind: ItemKind, dialect: Dialect, place: Place) {
    self.kind = kind
    self.dialect = dialect
    self.place = place
  }

  /// Finds out what a file is; nil if it is no item.
  ///
  /// - Parameters:
  ///   - source: the file.
  ///   - place: what is known of its path, or nil.
  ///   - form: how its frontmatter is set off.
  ///   - fields: what was read of the frontmatter.
  ///   - isWhole: whether the fields in a code block are a good part of the file, and no example in it.
  ///   - startsAsAgent: whether a frontmatter that could not be read begins with a field of agents.
  init?(
    of source: SourceFile, at place: Place?, _ form: Frontmatter.Form, _ fields: [Field], startsAsAgent: Bool,
    isWhole: Bool = true,
    by runtimes: Runtimes
  ) {
    var place = place
    // What is in a skill's folder belongs to the skill.
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
    // The marks of runtimes are about agents.
    dialect = runtimes.dialect(in: place, fields: kind == .agent ? fields : [])
    self.place = place
  }

  /// Whether a file without the fields of an agent is for people, by its name. Commands and rules have names such as
  /// `changelog` and `security`, too, so among those only `README.md` is for people.
  private static func isForPeople(_ name: String, at kind: ItemKind?) -> Bool {
    switch kind {
    case .agent, nil: FolderNames.isForPeople(file: name)
    case .command, .instruction: name.lowercased().hasPrefix("readme.")
    case .skill: false
    }
  }

  /// What a file is that is in no place of a runtime; nil of one that is no item.
  private static func kind(
    inNeutral source: SourceFile, at place: Place?, _ form: Frontmatter.Form, _ fields: [Field], _ isAgentLike: Bool,
    _ runtimes: Runtimes
  ) -> ItemKind? {
    guard form != .none else { return nil }
    if source.isNamed { return .agent }
    let keys = Set(fields.filter { !$0.value.isEmpty }.map(\.key))
    let isForPeople = source.path.components.last.map { FolderNames.isForPeople(file: String($0)) } ?? false
    if form == .block { return isAgentLike && place == nil && !isForPeople ? .agent : nil }
    // What is nearest to the file says most.
    let folders = source.publishedPath.lowercased().split(separator: "/").dropLast().reversed().map(String.init)
    // Where the source stands says nothing of what it holds, unless that is a folder of agents or commands.
    let own = source.path.folders.count
    let folder = folders.enumerated().first { place, name in
      agentFolders(runtimes).contains(name) || commandFolders.contains(name) || place < own && isOfOthers(name)
    }?.element
    if let folder, commandFolders.contains(folder) {
      return keys.isDisjoint(with: commandKeys) || !keys.isDisjoint(with: pageKeys) ? nil : .command
    }
    if let folder, agentFolders(runtimes).contains(folder) {
      // A title and a description are those of a page.
      let isPage = keys.contains("title") && !keys.contains("name")
      return isAgentLike || !isPage && !keys.isDisjoint(with: identifyingKeys) ? .agent : nil
    }
    // Whatever else is in the folder of a runtime is something else: a plan, a template, an output style.
    guard isAgentLike, place == nil, keys.isDisjoint(with: pageKeys) else { return nil }
    // Many texts have a name and a description; what is beside the places of a plugin, too.
    let isPlain = folder == nil && source.plugin == nil && !isForPeople
    return isPlain || !keys.isDisjoint(with: agentKeys) ? .agent : nil
  }

  /// Whether fields are those of an agent: a name and a description, or one of the two with a tool, a model or the like.
  static func describesAgent(_ fields: [Field]) -> Bool {
    let keys = Set(fields.filter { !$0.value.isEmpty }.map(\.key))
    let (isNamed, isDescribed) = (keys.contains("name"), keys.contains("description"))
    return isNamed && isDescribed || (isNamed || isDescribed) && !keys.isDisjoint(with: agentKeys)
  }

  /// Whether a code block of YAML says as much as the method that writes agents so (BMAD) does; an excerpt says less.
  private static func isWholeAgent(_ fields: [Field]) -> Bool {
    let keys = Set(fields.filter { !$0.value.isEmpty }.map(\.key))
    return keys.contains("name") && !keys.isDisjoint(with: ["id", "title"])
  }

  private static func agentFolders(_ runtimes: Runtimes) -> Set<String> { runtimes.agentFolderNames.union(moreFolders) }

  /// Folders that people call so who keep agents where no runtime looks.
  private static let moreFolders: Set<String> = ["subagents", "sub-agents", "chatmodes"]
  private static let commandFolders: Set<String> = ["commands", "command", "slash-commands"]
  private static let identifyingKeys: Set<String> = agentKeys.union(["name", "description"])
  /// Fields that agents have, and other texts hardly ever.
  private static let agentKeys: Set<String> = [
    "tools", "disallowedTools", "disallowed-tools", "allowed-tools", "model", "permissionMode", "permission", "mode",
    "temperature", "mcp-servers", "mcpServers", "maxTurns", "max_turns", "handoffs", "color",
  ]
  private static let commandKeys: Set<String> = ["description", "argument-hint", "allowed-tools", "model", "agent"]
  /// Fields of pages and of templates for issues.
  private static let pageKeys: Set<String> = [
    "layout", "permalink", "sidebar_position", "sidebar_label", "slug", "about", "labels", "assignees", "nav_order",
    "date", "pubDate", "redirect_from",
  ]

  /// Whether a folder holds the pages of a site, or other texts that have a name and a description.
  private static func isOfOthers(_ folder: String) -> Bool {
    [
      "docs", "doc", "documentation", "website", "site", "blog", "posts", "_posts", "skills", "hooks", "memories",
      "evals", "workflows",
    ].contains(folder)
  }
}
