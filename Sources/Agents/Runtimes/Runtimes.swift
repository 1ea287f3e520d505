import Files

/// What is known of all runtimes.
public struct Runtimes: Sendable {
  /// The runtimes, in the order of the runtimes file.
  public let all: [Runtime]
  /// Each runtime by its key, with what is known of its files, by their kind.
  private let byKind: [String: [ItemKind: Runtime]]
  /// The places of all runtimes, in the order in which they decide.
  let places: [Place]
  /// The manifests of plugins, below a plugin's folder.
  public let pluginManifests: [String]
  /// The places of items in TOML and JSON. Other files in these formats are not read.
  public var dataPlaces: [Place] { places.filter { $0.kind != nil && $0.format.isData } }
  /// The hidden folders that belong to runtimes.
  public let hiddenFolders: Set<String>
  /// Those of them that are entered where a source holds them.
  public let searchedFolders: Set<String>
  /// Those of them that decide how files in them are read. A skill is known by the name of its file.
  public let decidingFolders: Set<String>
  /// The names of folders that hold agents, in a runtime's folder or in that of a plugin.
  public let agentFolderNames: Set<String>
  /// The files that it was read from, for digests.
  private let texts: [String]

  /// What this program brings.
  public static let builtIn: Runtimes = {
    let none = Runtimes(all: [], texts: [])
    return (try? none.overlaid(by: builtInText, file: "runtimes.yml")) ?? none
  }()

  /// The file that ``builtIn`` was read from.
  public static var builtInText: String {
    String(decoding: EmbeddedFiles.bytes(of: "Sources/Agents/Resources/runtimes.yml"), as: UTF8.self)
  }

  /// What is known of a runtime, by the kind of files that its block is about.
  public subscript(dialect: Dialect) -> Runtime { self[dialect.key] ?? .none }

  /// What is known of the files of a kind that a runtime reads; nothing where the runtimes file says nothing of them.
  public subscript(dialect: Dialect, kind: ItemKind) -> Runtime {
    byKind[dialect.key]?[kind] ?? .none
  }

  /// What is known of the runtime that an item was written for, and of its kind.
  public subscript(agent: Agent) -> Runtime { self[agent.dialect, agent.kind] }

  /// The runtime of a key, or nil where there is none.
  public subscript(key: String) -> Runtime? { all.first { $0.dialect.key == key } }

  private init(all: [Runtime], texts: [String]) {
    self.all = all
    self.texts = texts
    byKind = Dictionary(
      uniqueKeysWithValues: all.map { runtime in
        let kinds = ItemKind.allCases.map { kind in (kind, Runtime(of: runtime, kind: kind)) }
        return (runtime.dialect.key, Dictionary(uniqueKeysWithValues: kinds))
      })
    // Of two places of one rank, that of the later block decides.
    let listed = all.reversed().flatMap(\.facts.places)
    // A plugin of several runtimes counts as one of the default runtime.
    let usual = all.first { $0.facts.isUsual }?.dialect.key
    let ordered = listed.filter { $0.runtime == usual } + listed.filter { $0.runtime != usual }
    places = (0...4).flatMap { rank in (rank == 1 ? ordered : listed).filter { $0.rank == rank } }
    pluginManifests = Set(places.compactMap(\.manifest)).sorted()
    let judged = all.filter(\.facts.isJudged)
    hiddenFolders = Set(places.compactMap(\.hiddenFolder))
    agentFolderNames = Set(
      judged.flatMap(\.facts.places).filter { $0.kind == .agent }.compactMap(\.fixedFolder).compactMap {
        $0.split(separator: "/").dropFirst().last.map(String.init)
      })
    searchedFolders = Set(all.filter(\.facts.isSearched).flatMap(\.facts.places).compactMap(\.hiddenFolder))
    decidingFolders = Set(judged.filter { $0.kind != .skill }.flatMap(\.facts.places).compactMap(\.hiddenFolder))
  }

  /// The same, with what a file says in place of what is known, and with the runtimes that it adds.
  ///
  /// - Parameters:
  ///   - text: YAML, see `Resources/runtimes.yml` for its keys.
  ///   - file: its path, for messages.
  /// - Throws: ``SettingsError`` where it is no YAML, or says what cannot be.
  public func overlaid(by text: String, file: String) throws(SettingsError) -> Runtimes {
    let blocks = all.map { RuntimesReader.Block(key: $0.dialect.key, facts: $0.facts) }
    let read = try RuntimesReader(file: SettingsReader(file: file)).read(text, over: blocks)
    return Runtimes(all: read.map { Runtime($0.facts, key: $0.key) }, texts: texts + [text])
  }

  /// Where the facts that a rule goes by come from in short, each with its date; `roster check --explain runtimes` has
  /// each source.
  ///
  /// - Parameter names: runtimes, as files call them.
  public func sources(of names: [String]) -> [String] {
    names.compactMap { self[$0] }.map { runtime in
      let versions = runtime.facts.versions.isEmpty ? "" : "\(runtime.facts.versions), "
      return "\(runtime.dialect.title): \(versions)as of \(runtime.facts.asOf)"
    }
  }

  /// From how many tokens of all agents' descriptions together on a runtime warns, and which: the first to do so. Nil
  /// where none does.
  public var descriptionsLimit: (tokens: Int, runtime: String)? {
    all.compactMap { runtime in runtime.facts.descriptionsLimit.map { ($0, runtime.dialect.title) } }
      .min { $0.0 < $1.0 }
  }

  /// Adds everything to a digest.
  public func add(to digester: inout Digester) { digester.add(texts) }

  /// The tool of a name in the first runtime that has it, under that name or another one.
  public func knownTool(_ name: String) -> KnownTool? {
    all.lazy.compactMap { $0.tool(name) }.first
  }

  /// The MCP server of a tool, by the tool's name: `mcp__github__create_issue`, `github/create_issue`; nil of others.
  public static func server(of tool: String) -> String? {
    guard isFromServer(tool) else { return nil }
    let isPrefixed = tool.hasPrefix("mcp_")
    let rest = isPrefixed ? tool.drop { $0 != "_" }.drop { $0 == "_" } : tool[...]
    let name = rest.firstRange(of: isPrefixed ? "__" : "/").map { rest[..<$0.lowerBound] } ?? rest
    return name.isEmpty ? tool : String(name)
  }

  /// Whether a name is that of an MCP server's tool, or of the server.
  static func isFromServer(_ name: String) -> Bool {
    var previous: UInt8 = 0
    for byte in name.utf8 {
      if byte == UInt8(ascii: "/") || byte == UInt8(ascii: "_") && previous == byte { return true }
      previous = byte
    }
    return previous == UInt8(ascii: "*") || name.hasPrefix("mcp_")
  }

  /// Fields that are for people and for programs such as this one, in whatever runtime.
  static let common = borrowed.union([
    "name", "description", "title", "tags", "keywords", "category", "categories", "version", "author", "authors",
    "license", "metadata", "emoji", "icon", "triggers", "tier", "vibe", "priority", "status", "created", "updated",
    "date", "source", "homepage", "repository", "url", "examples", "owner", "team", "domain", "role", "type", "id",
    "whenToUse", "language", "languages", "capabilities", "expertise", "specialization",
    "dependencies", "replaced-by", "replaced_by", "replacedBy", "sunset", "sunset-on", "review-by", "review_by",
    "reviewBy",
  ])

  /// Those of them that other runtimes go by: a file that has one expects something of it.
  static let borrowed: Set<String> = ["color", "model"]
}
