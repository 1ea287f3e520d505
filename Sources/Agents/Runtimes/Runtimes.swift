import Files

/// What is known of all runtimes.
public struct Runtimes: Sendable {
  /// The runtimes, at the places of their dialects: they are asked for at every step, which a dictionary would make slow.
  private let all: [Runtime]
  /// The files that it was read from, for digests.
  private let texts: [String]

  /// What this program brings.
  public static let builtIn: Runtimes = {
    let none = Runtimes(all: Dialect.allCases.map { _ in Runtime() }, texts: [])
    return (try? none.overlaid(by: builtInText, file: "runtimes.yml")) ?? none
  }()

  /// The file that ``builtIn`` was read from.
  public static var builtInText: String { String(decoding: PackageResources.runtimes_yml, as: UTF8.self) }

  /// The runtime of a dialect.
  public subscript(dialect: Dialect) -> Runtime { all[dialect.place] }

  private init(all: [Runtime], texts: [String]) {
    self.all = all
    self.texts = texts
  }

  /// The same, with what a file says in place of what is known.
  ///
  /// - Parameters:
  ///   - text: YAML, see `Resources/runtimes.yml` for its keys.
  ///   - file: its path, for messages.
  /// - Throws: ``SettingsError`` where it is no YAML, or says what cannot be.
  public func overlaid(by text: String, file: String) throws(SettingsError) -> Runtimes {
    var facts: [Dialect: Runtime.Facts] = [:]
    for dialect in Dialect.allCases { facts[dialect] = self[dialect].facts }
    let read = try RuntimesReader(file: SettingsReader(file: file)).read(text, over: facts)
    return Runtimes(all: Dialect.allCases.map { Runtime(read[$0] ?? Runtime.Facts()) }, texts: texts + [text])
  }

  /// Where the facts that a rule goes by come from in short, each with its date; `roster check --explain runtimes` has each source.
  ///
  /// - Parameter names: runtimes, as files call them.
  public func sources(of names: [String]) -> [String] {
    names.compactMap { Dialect(rawValue: $0) }.map { dialect in
      let facts = self[dialect].facts
      let versions = facts.versions.isEmpty ? "" : "\(facts.versions), "
      return "\(dialect.title): \(versions)as of \(facts.asOf)"
    }
  }

  /// From how many tokens of all agents' descriptions together on a runtime warns, and which: the first to do so. Nil where none does.
  public var descriptionsLimit: (tokens: Int, runtime: String)? {
    Dialect.allCases.compactMap { dialect in self[dialect].facts.descriptionsLimit.map { ($0, dialect.title) } }
      .min { $0.0 < $1.0 }
  }

  /// Adds everything to a digest.
  public func add(to digester: inout Digester) { digester.add(texts) }

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
    "dependencies",
  ])

  /// Those of them that other runtimes go by: a file that has one expects something of it.
  static let borrowed: Set<String> = ["color", "model"]
}

extension Dialect {
  /// Its place among all.
  fileprivate var place: Int {
    switch self {
    case .claudeCode: 0
    case .copilot: 1
    case .openCode: 2
    case .gemini: 3
    case .cursor: 4
    case .skill: 5
    }
  }
}
