import Files

/// The facts about all runtimes.
public struct Runtimes: Sendable {
  /// The runtimes, in the order of the runtimes file.
  public let all: [Runtime]
  /// The facts about a runtime's files, by its key and their kind.
  private let byKind: [String: [ItemKind: Runtime]]
  /// The places of all runtimes, in order of precedence.
  let places: [Place]
  /// The places for files outside of hidden folders and plugins.
  let openPlaces: [Place]
  /// The paths of plugin manifests, relative to a plugin's folder.
  public let pluginManifests: [String]
  /// The places of items in TOML, JSON and YAML. Other files in these formats are not read.
  public var dataPlaces: [Place] { places.filter { $0.kind != nil && $0.format.isData } }
  /// The hidden folders that belong to runtimes.
  public let hiddenFolders: Set<String>
  /// The hidden folders that are scanned when a source contains them.
  public let searchedFolders: Set<String>
  /// The hidden folders that determine how their files are read. Skills are recognized by their file name instead.
  public let decidingFolders: Set<String>
  /// The names of folders with agents, in the folders of runtimes and plugins.
  public let agentFolderNames: Set<String>
  /// The hidden folders with files about which other files may state facts.
  let outsideFolders: Set<String>
  /// The lowercase names of such files in other folders.
  let outsideNames: Set<String>
  /// The places of configurations into which runtimes fill the texts of files.
  let includingPlaces: [Place]
  /// The last lowercase bytes of the names of such configurations, to dismiss other files quickly.
  let includingEndings: Set<UInt8>
  /// The text of the files that these facts were read from, for digests.
  private let texts: [String]

  /// The built-in facts.
  public static let builtIn: Runtimes = {
    let none = Runtimes(all: [], texts: [])
    return (try? none.overlaid(by: builtInText, file: "runtimes.yml")) ?? none
  }()

  /// The text of the file that ``builtIn`` is read from.
  public static var builtInText: String {
    String(decoding: EmbeddedFiles.bytes(of: "Sources/Agents/Resources/runtimes.yml"), as: UTF8.self)
  }

  /// The facts about a runtime and the main kind of its block.
  public subscript(dialect: Dialect) -> Runtime { self[dialect.key] ?? .none }

  /// The facts about a runtime's files of one kind. A runtime that is not in the runtimes file has no facts.
  public subscript(dialect: Dialect, kind: ItemKind) -> Runtime {
    byKind[dialect.key]?[kind] ?? .none
  }

  /// The facts about an item's runtime and kind.
  public subscript(agent: Agent) -> Runtime { self[agent.dialect, agent.kind] }

  /// The runtime with a key, or nil if there is none.
  public subscript(key: String) -> Runtime? { all.first { $0.dialect.key == key } }

  private init(all: [Runtime], texts: [String]) {
    self.all = all
    self.texts = texts
    byKind = Dictionary(
      uniqueKeysWithValues: all.map { runtime in
        let kinds = ItemKind.allCases.map { kind in (kind, Runtime(of: runtime, kind: kind)) }
        return (runtime.dialect.key, Dictionary(uniqueKeysWithValues: kinds))
      })
    // Within a rank, later blocks take precedence.
    let listed = all.reversed().flatMap(\.facts.places)
    // A plugin for several runtimes is assigned to the default runtime.
    let usual = all.first { $0.facts.isUsual }?.dialect.key
    let ordered = listed.filter { $0.runtime == usual } + listed.filter { $0.runtime != usual }
    places = (0...5).flatMap { rank in (rank == 1 ? ordered : listed).filter { $0.rank == rank } }
    openPlaces = places.filter { $0.manifest == nil && $0.hiddenFolder == nil }
    pluginManifests = Set(places.compactMap(\.manifest)).sorted()
    let judged = all.filter(\.facts.isJudged)
    hiddenFolders = Set(places.compactMap(\.hiddenFolder))
    agentFolderNames = Set(
      judged.flatMap(\.facts.places).filter { $0.kind == .agent }.compactMap(\.fixedFolder).compactMap {
        $0.split(separator: "/").dropFirst().last.map(String.init)
      })
    let described = all.filter { $0.facts.declarations != nil || $0.facts.customTools != nil }.flatMap(\.facts.places)
    includingPlaces = all.filter { $0.facts.inclusions != nil }.flatMap(\.facts.places).filter { $0.kind != nil }
    includingEndings = Set(includingPlaces.compactMap { $0.pattern.lowercased().utf8.last })
    outsideFolders = Set(described.compactMap(\.hiddenFolder))
    outsideNames = Set(described.filter(\.isForName).map { $0.pattern.lowercased() })
    searchedFolders = Set(all.filter(\.facts.isSearched).flatMap(\.facts.places).compactMap(\.hiddenFolder))
    decidingFolders = Set(judged.filter { $0.kind != .skill }.flatMap(\.facts.places).compactMap(\.hiddenFolder))
  }

  /// Returns a copy in which the facts of a file replace known facts and add new runtimes.
  ///
  /// - Parameters:
  ///   - text: YAML with the keys documented in `Resources/runtimes.yml`.
  ///   - file: The path of the file, for messages.
  /// - Throws: ``SettingsError`` if the text is invalid YAML or contains invalid facts.
  public func overlaid(by text: String, file: String) throws(SettingsError) -> Runtimes {
    let blocks = all.map { RuntimesReader.Block(key: $0.dialect.key, facts: $0.facts) }
    let read = try RuntimesReader(file: SettingsReader(file: file)).read(text, over: blocks)
    return Runtimes(all: read.map { Runtime($0.facts, key: $0.key) }, texts: texts + [text])
  }

  /// Returns a short note on the sources of the facts that a rule relies on, with their dates.
  /// `roster check --explain runtimes` lists each source.
  ///
  /// - Parameter names: The keys of the runtimes.
  public func sources(of names: [String]) -> [String] {
    names.compactMap { self[$0] }.map { runtime in
      let versions = runtime.facts.versions.isEmpty ? "" : "\(runtime.facts.versions), "
      return "\(runtime.dialect.title): \(versions)as of \(runtime.facts.asOf)"
    }
  }

  /// The lowest token limit for all agents' descriptions at which a runtime warns, and that runtime's title; nil if
  /// none does.
  public var descriptionsLimit: (tokens: Int, runtime: String)? {
    all.compactMap { runtime in runtime.facts.descriptionsLimit.map { ($0, runtime.dialect.title) } }
      .min { $0.0 < $1.0 }
  }

  /// Adds all facts to a digest.
  public func add(to digester: inout Digester) { digester.add(texts) }

  /// Returns the tool in the first runtime that has it, under this name or an alternative name.
  public func knownTool(_ name: String) -> KnownTool? {
    all.lazy.compactMap { $0.tool(name) }.first
  }

  /// Returns the MCP server in the name of a tool: `mcp__github__create_issue`, `github/create_issue`; nil for other
  /// tools.
  public static func server(of tool: String) -> String? {
    guard isFromServer(tool) else { return nil }
    let isPrefixed = tool.hasPrefix("mcp_")
    let rest = isPrefixed ? tool.drop { $0 != "_" }.drop { $0 == "_" } : tool[...]
    let name = rest.firstRange(of: isPrefixed ? "__" : "/").map { rest[..<$0.lowerBound] } ?? rest
    return name.isEmpty ? tool : String(name)
  }

  /// Returns whether a name is that of an MCP tool or MCP server.
  static func isFromServer(_ name: String) -> Bool {
    var previous: UInt8 = 0
    for byte in name.utf8 {
      if byte == UInt8(ascii: "/") || byte == UInt8(ascii: "_") && previous == byte { return true }
      previous = byte
    }
    return previous == UInt8(ascii: "*") || name.hasPrefix("mcp_")
  }

  /// Fields for people and tools, common to all runtimes.
  static let common = borrowed.union([
    "name", "description", "title", "tags", "keywords", "category", "categories", "version", "author", "authors",
    "license", "metadata", "emoji", "icon", "triggers", "tier", "vibe", "priority", "status", "created", "updated",
    "date", "source", "homepage", "repository", "url", "examples", "owner", "team", "domain", "role", "type", "id",
    "whenToUse", "language", "languages", "capabilities", "expertise", "specialization",
    "dependencies", "replaced-by", "replaced_by", "replacedBy", "sunset", "sunset-on", "review-by", "review_by",
    "reviewBy",
  ])

  /// Common fields that affect some runtimes, so an author who writes one expects an effect.
  static let borrowed: Set<String> = ["color", "model"]
}
