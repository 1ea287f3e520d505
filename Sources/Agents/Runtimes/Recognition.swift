import Files

/// The fields that identify the runtime of a file in a neutral place.
struct Marks: Sendable {
  /// Fields of which one is sufficient, with the accepted values.
  var fields: [String: ValueSchema] = [:]
  /// Fields that exclude the runtime, with the accepted values.
  var others: [String: ValueSchema] = [:]

  /// Returns whether the fields identify the runtime.
  func recognize(_ values: [Field]) -> Bool {
    Self.has(fields, values) && !Self.has(others, values)
  }

  private static func has(_ marks: [String: ValueSchema], _ values: [Field]) -> Bool {
    marks.contains { key, schema in
      values.first { $0.key == key }.map { schema.problems(with: $0.value).isEmpty } ?? false
    }
  }
}

// Recognizes the runtime of a file.

extension Runtimes {
  /// Returns the place that a file is in, or nil if no runtime reads its path.
  ///
  /// A pattern with folders takes precedence over a bare file name, and a later block of the runtimes file over an
  /// earlier one.
  public func place(of source: SourceFile) -> Place? { place(of: source.publishedPath, in: source.plugin) }

  /// Returns the place that a path is in.
  ///
  /// - Parameters:
  ///   - path: The published path, including the folders that belong to a runtime.
  ///   - plugin: The location of the file in a plugin, or nil.
  public func place(of path: String, in plugin: PluginPlace? = nil) -> Place? {
    let name = path.lastName
    let components = path.lowercased().utf8.split(separator: UInt8(ascii: "/")).map(Substring.init)
    let below = plugin.map { $0.path.lowercased().split(separator: "/") }
    let isHidden = components.contains { $0.utf8.first == UInt8(ascii: ".") }
    // Fast path: most files are in no hidden folder and in no plugin.
    return (isHidden || plugin != nil ? places : openPlaces).first { place in
      if let manifest = place.manifest {
        guard let plugin, let below, plugin.manifests.contains(manifest) else { return false }
        return place.holds(below)
      }
      if place.isForName, !place.isNamed(name, path) { return false }
      return (isHidden || place.hiddenFolder == nil) && place.holds(components)
    }
  }

  /// Returns the place for a file name alone, in any folder.
  func place(ofName name: String) -> Place? { places.first { $0.isForName && $0.isNamed(name, name) } }

  /// Returns the runtime that a file was written for.
  ///
  /// - Parameters:
  ///   - place: The place of the file, see ``place(of:)``.
  ///   - kind: The kind of the item.
  ///   - fields: The frontmatter fields.
  func dialect(in place: Place?, _ kind: ItemKind, fields: [Field]) -> Dialect {
    if let place, let runtime = self[place.runtime] { return runtime.dialect }
    let marked = all.last { runtime in
      let facts = self[runtime.dialect, kind].facts
      return facts.isJudged && facts.marks.recognize(fields)
    }
    return marked?.dialect ?? usual.dialect
  }

  /// The default runtime, for files in neutral places whose fields identify no other.
  public var usual: Runtime { all.first { $0.facts.isUsual } ?? all.first ?? .none }

  /// Returns the runtimes for which a new item can be written, each with its facts about one kind of item.
  ///
  /// - Parameter kind: The kind. If nil, skills for runtimes whose block is about skills, agents for all others.
  public func templated(_ kind: ItemKind? = nil) -> [Runtime] {
    all.map { self[$0.dialect, kind ?? ($0.kind == .skill ? .skill : .agent)] }.filter { runtime in
      // New items are written in Markdown only.
      runtime.facts.isJudged && runtime.facts.places.first { $0.kind == runtime.kind }?.format == .markdown
    }
  }

  /// The runtimes that agents can be ported to. Runtimes about skills are excluded.
  public var portable: [Runtime] { all.filter { $0.facts.isJudged && $0.facts.isPortable && $0.kind == .agent } }

  /// The project folders in which runtimes keep agents, the first one of each runtime.
  public var agentFolders: [String] {
    all.filter(\.facts.isJudged).compactMap { $0.facts.places.first }.filter { $0.kind == .agent }
      .compactMap(\.fixedFolder)
  }

  /// The secondary extensions in patterns of file names, for example `.agent`.
  var nameEndings: [String] {
    var seen: Set<String> = []
    return all.flatMap(\.facts.places).compactMap(\.nameEnding).filter { seen.insert($0).inserted }
  }
}
