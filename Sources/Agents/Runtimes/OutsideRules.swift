import Files

// Facts about items that other files of a project state: declarations and custom tools.

/// The table of a configuration that declares items and refers to their files.
public struct DeclarationRule: Sendable {
  /// The path of the configuration in a project, for example `.codex/config.toml`.
  public let file: String
  /// The key of the table. Each of its tables declares an item with this name.
  let table: String
  /// The key of the path of the item's file, relative to the configuration.
  let link: String
  /// The fields that a declared file does not need.
  let needless: Set<String>
  /// The effect of a declaration.
  let effect: Effect

  /// Returns the declarations in a configuration, by the path of the item's file in the project; empty if the
  /// configuration is not valid TOML.
  public func declarations(in bytes: [UInt8]) -> [RelativePath: ItemDeclaration] {
    guard let own = RelativePath(file), bytes.count <= Self.sizeLimit,
      let fields = try? TOMLFields.fields(of: String(decoding: bytes, as: UTF8.self)),
      case .map(let items) = fields.first(where: { $0.key == table })?.value
    else { return [:] }
    var found: [RelativePath: ItemDeclaration] = [:]
    for item in items.sorted(by: { $0.key.precedesByBytes($1.key) }) {
      guard case .map(let entries) = item.value,
        case .text(let link) = entries.first(where: { $0.key == link })?.value, !link.hasPrefix("/"),
        let path = own.resolving(link), found[path] == nil
      else { continue }
      let description = entries.first { $0.key == "description" }?.value.scalar?.trimmed
      // A declaration with a blank description is refused.
      if description?.isEmpty ?? false { continue }
      found[path] = ItemDeclaration(place: file, name: Bounds.word(item.key), description: description)
    }
    return found
  }

  /// The maximum size of a configuration that is read, in bytes.
  private static let sizeLimit = 1 << 20
}

/// The folders of a project with tools of its own, each named after its file.
public struct CustomToolRule: Sendable {
  /// The folders, for example `.opencode/tool`.
  public let folders: [String]
  /// The endings of the files, for example `.ts`.
  public let endings: [String]
}

extension Runtimes {
  /// The places of configurations for which runtimes fill in the texts of files, with the form of the marks.
  public var inclusions: [(place: String, pattern: InclusionPattern)] {
    all.flatMap { runtime in
      runtime.facts.places.filter { $0.kind != nil }.compactMap { place in
        runtime.facts.inclusions.map { (place.pattern, $0.pattern) }
      }
    }
  }

  /// Returns whether a file may have marks for the texts of other files.
  func mayInclude(_ path: String) -> Bool {
    guard let last = path.utf8.last, includingEndings.contains(last | 0x20) else { return false }
    let components = path.lowercased().split(separator: "/")
    return includingPlaces.contains { $0.holds(components) }
  }

  /// The patterns of files that state facts about items.
  public var outsidePatterns: [String] {
    let declarations = all.compactMap(\.facts.declarations?.file)
    let tools = all.compactMap(\.facts.customTools).flatMap { rule in
      rule.folders.flatMap { folder in rule.endings.map { "\(folder)/*\($0)" } }
    }
    return Set(declarations + tools).sorted()
  }

  /// Returns the rules for facts that other files state about a file; nil if there are none.
  public func outsideRules(
    for source: SourceFile
  ) -> (declarations: DeclarationRule?, customTools: CustomToolRule?)? {
    let components = source.publishedPath.utf8.split(separator: UInt8(ascii: "/")).map(Substring.init)
    // Fast path: most files are in no such folder.
    guard let name = components.last?.lowercased(),
      outsideNames.contains(name) || components.contains(where: { outsideFolders.contains(String($0)) }),
      let place = place(of: source), place.kind == .agent, let facts = self[place.runtime]?.facts,
      facts.declarations != nil || facts.customTools != nil
    else { return nil }
    return (facts.declarations, facts.customTools)
  }
}

extension Runtime {
  /// Returns whether a name is that of a tool of the agent's project.
  func hasCustomTool(_ name: String, for agent: Agent) -> Bool {
    facts.customTools != nil && agent.source.outside?.hasTool(name) ?? false
  }
}

extension AgentReader {
  /// Adds the fields that a declaration gives to an item whose file does not state them.
  func add(
    _ declaration: ItemDeclaration?, of runtime: Runtime, to read: inout ReadFields, _ findings: inout FindingList
  ) {
    guard let declaration, let rule = runtime.facts.declarations else { return }
    let stated = Set(read.fields.map(\.key))
    for (key, value) in [("description", declaration.description), ("name", declaration.name)] {
      guard let value, !stated.contains(key) else { continue }
      read.fields.insert(
        Field(key: key, value: .text(value), range: 0..<0, location: findings.location(of: 0)), at: 0)
      findings.fieldStarts.insert(0, at: 0)
    }
    findings.object(
      "“\(Bounds.cut(declaration.name, to: 60))” is declared in \(declaration.place)", fix: "", fileRange: nil,
      effect: rule.effect)
  }
}
