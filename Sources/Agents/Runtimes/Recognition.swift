import Files

/// The fields by which a file in a neutral place shows which runtime it was written for.
struct Marks: Sendable {
  /// Fields of which one is enough, each with the values that count.
  var fields: [String: ValueSchema] = [:]
  /// Fields that speak against it, each with the values that count.
  var others: [String: ValueSchema] = [:]

  /// Whether a file shows that it was written for the runtime.
  func recognize(_ values: [Field]) -> Bool {
    Self.has(fields, values) && !Self.has(others, values)
  }

  private static func has(_ marks: [String: ValueSchema], _ values: [Field]) -> Bool {
    marks.contains { key, schema in
      values.first { $0.key == key }.map { schema.problems(with: $0.value).isEmpty } ?? false
    }
  }
}

// Which runtime a file was written for.

extension Runtimes {
  /// What is known of a file by its path, or nil in a place that no runtime reads.
  ///
  /// A folder goes before a name that may be anywhere, and a later block of the runtimes file before an earlier one.
  public func place(of source: SourceFile) -> Place? { place(of: source.publishedPath, in: source.plugin) }

  /// What is known of a file by its path.
  ///
  /// - Parameters:
  ///   - path: the published path, which includes the folders that belong to a runtime.
  ///   - plugin: where the file is in a plugin, or nil.
  public func place(of path: String, in plugin: PluginPlace? = nil) -> Place? {
    let name = path.lastName
    let components = path.lowercased().utf8.split(separator: UInt8(ascii: "/")).map(Substring.init)
    let below = plugin.map { $0.path.lowercased().split(separator: "/") }
    // Most files are in no hidden folder.
    let isHidden = components.contains { $0.utf8.first == UInt8(ascii: ".") }
    return places.first { place in
      if let manifest = place.manifest {
        guard let plugin, let below, plugin.manifests.contains(manifest) else { return false }
        return place.holds(below)
      }
      if place.isForName, !place.isNamed(name, path) { return false }
      return (isHidden || place.hiddenFolder == nil) && place.holds(components)
    }
  }

  /// What is known of a file by its name alone, wherever it is.
  func place(ofName name: String) -> Place? { places.first { $0.isForName && $0.isNamed(name, name) } }

  /// Recognizes the runtime that a file was written for.
  ///
  /// - Parameters:
  ///   - place: where the file is, see ``place(of:)``.
  ///   - fields: the fields of its frontmatter.
  public func dialect(in place: Place?, fields: [Field]) -> Dialect {
    if let place, let runtime = self[place.runtime] { return runtime.dialect }
    return all.last { $0.facts.isJudged && $0.facts.marks.recognize(fields) }?.dialect ?? usual.dialect
  }

  /// The runtime of files in neutral places that nothing shows to be written for another.
  public var usual: Runtime { all.first { $0.facts.isUsual } ?? all.first ?? .none }

  /// The runtimes that a new item can be written for, each by what it makes of its files of a kind.
  ///
  /// - Parameter kind: the kind, or nil for agents, and for skills where a runtime's block is about those.
  public func templated(_ kind: ItemKind? = nil) -> [Runtime] {
    all.map { self[$0.dialect, kind ?? ($0.kind == .skill ? .skill : .agent)] }.filter { runtime in
      // New items are written in Markdown only.
      runtime.facts.isJudged && runtime.facts.places.first { $0.kind == runtime.kind }?.format == .markdown
    }
  }

  /// The runtimes that agents are carried between; a skill is another thing than an agent.
  public var portable: [Runtime] { all.filter { $0.facts.isJudged && $0.facts.isPortable && $0.kind == .agent } }

  /// The folders of a project in which runtimes keep agents, each runtime's first one.
  public var agentFolders: [String] {
    all.filter(\.facts.isJudged).compactMap { $0.facts.places.first }.filter { $0.kind == .agent }
      .compactMap(\.fixedFolder)
  }

  /// What names of files end with besides their extension, for example `.agent`.
  var nameEndings: [String] {
    var seen: Set<String> = []
    return all.flatMap(\.facts.places).compactMap(\.nameEnding).filter { seen.insert($0).inserted }
  }
}
