import Agents
import Catalogs
import Files
import Histories
import Scanning

/// The access-related values of one version of an item.
struct VersionFacts: Hashable {
  /// The allowed tools; nil if it inherits all tools of the session.
  let tools: [String]?
  let denied: [String]
  let model: String?
  let permissionMode: String?
  /// Digests of other fields that grant access, by their keys.
  let grants: [String: String]

  /// The fields, other than tools, that grant access.
  private static let grantingKeys: Set<String> = ["hooks", "mcpServers", "mcp-servers", "permission", "permissions"]
  /// The maximum number of listed changes.
  private static let changeLimit = 8

  init(_ agent: Agent) {
    tools = agent.tools.statement == .listed ? agent.tools.allowed.map(\.text) : nil
    denied = agent.tools.denied.map(\.text)
    model = agent.model
    permissionMode = agent.permissionMode
    grants = Dictionary(
      agent.fields.filter { Self.grantingKeys.contains($0.key) }.map {
        ($0.key, FNV.digits(Array($0.value.line.utf8)))
      },
      uniquingKeysWith: { $0 + $1 })
  }

  /// Returns the changes since an earlier version, as short phrases.
  func changes(since past: VersionFacts) -> [String] {
    var changes: [String] = []
    func compare(_ old: [String], _ new: [String], _ prefix: String) {
      changes += new.filter { !old.contains($0) }.map { "\(prefix)+\($0)" }
      changes += old.filter { !new.contains($0) }.map { "\(prefix)−\($0)" }
    }
    switch (past.tools, tools) {
    case (nil, nil): break
    case (let old?, let new?): compare(old, new, "")
    case (_?, nil): changes.append("inherits all tools")
    case (nil, let new?): changes.append("tools limited to \(new.isEmpty ? "none" : new.joined(separator: ", "))")
    }
    compare(past.denied, denied, "denied ")
    if past.model != model { changes.append("model \(past.model ?? "none") → \(model ?? "none")") }
    if past.permissionMode != permissionMode {
      changes.append("permission mode \(past.permissionMode ?? "none") → \(permissionMode ?? "none")")
    }
    for key in Set(past.grants.keys).union(grants.keys).sorted() {
      switch (past.grants[key], grants[key]) {
      case (nil, _?): changes.append("+\(key)")
      case (_?, nil): changes.append("−\(key)")
      case (let old, let new): if old != new { changes.append("\(key) changed") }
      }
    }
    let rest = changes.count - Self.changeLimit
    return rest > 1 ? changes.prefix(Self.changeLimit) + ["\(rest) more"] : changes
  }
}

extension VersionFacts: Storable {
  func store(in bytes: inout ByteWriter) {
    tools.store(in: &bytes)
    denied.store(in: &bytes)
    model.store(in: &bytes)
    permissionMode.store(in: &bytes)
    let grants = grants.sorted { $0.key < $1.key }
    grants.map(\.key).store(in: &bytes)
    grants.map(\.value).store(in: &bytes)
  }

  init(from bytes: inout ByteReader) throws(ByteReader.Failure) {
    tools = try [String]?(from: &bytes)
    denied = try [String](from: &bytes)
    model = try String?(from: &bytes)
    permissionMode = try String?(from: &bytes)
    let keys = try [String](from: &bytes)
    grants = Dictionary(zip(keys, try [String](from: &bytes)), uniquingKeysWith: { first, _ in first })
  }
}

/// Reads the access-related values of all file versions. Values from earlier runs are cached.
struct VersionAccess {
  private let reader: CatalogReader
  private static let file = "versions"

  init(_ reader: CatalogReader) { self.reader = reader }

  /// Returns the chronicle with the access changes of each version filled in.
  ///
  /// - Parameter items: The files that consist of a single item.
  func completed(_ chronicle: Chronicle, of items: [SourceFile], from contents: VersionContents) async -> Chronicle {
    var histories = chronicle.histories
    let files = items.filter { histories[$0.publishedPath].map { $0.versions.count > 1 } ?? false }
    if files.isEmpty { return chronicle }
    func key(_ blob: String, _ file: SourceFile) -> String { "\(blob) \(file.publishedPath)" }
    let known = load()
    var wanted: [(key: String, blob: String, file: SourceFile)] = []
    for file in files {
      for version in histories[file.publishedPath]?.versions ?? [] {
        let key = key(version.blob, file)
        if known[key] == nil { wanted.append((key, version.blob, file)) }
      }
    }
    contents.load(Set(wanted.map(\.blob)))
    let read = await concurrentMap(wanted, jobs: reader.jobs) { version -> (isMissing: Bool, facts: VersionFacts?) in
      guard let bytes = contents.content(of: version.blob) else { return (true, nil) }
      return (false, self.access(in: bytes, of: version.file))
    }
    var facts: [String: VersionFacts] = [:]
    var missing: Set<String> = []
    for (version, found) in zip(wanted, read) {
      facts[version.key] = found.facts
      if found.isMissing { missing.insert(version.blob) }
    }
    var kept: [String: VersionFacts] = [:]
    for file in files {
      guard var history = histories[file.publishedPath] else { continue }
      let all = history.versions.map { version in facts[key(version.blob, file)] ?? known[key(version.blob, file)] }
      for (place, version) in history.versions.enumerated() {
        kept[key(version.blob, file)] = all[place]
        history.versions[place].isMissing = missing.contains(version.blob)
        guard place + 1 < all.count, let new = all[place], let old = all[place + 1] else { continue }
        history.versions[place].changes = new.changes(since: old)
      }
      histories[file.publishedPath] = history
    }
    if !wanted.isEmpty { keep(kept) }
    return Chronicle(histories: histories, commits: chronicle.commits, former: chronicle.former)
  }

  /// Reads the frontmatter of a Markdown file, or the whole content of any other file.
  private func access(in bytes: [UInt8], of file: SourceFile) -> VersionFacts? {
    let reading = reader.reader.read(Self.head(of: bytes, in: file), of: file)
    guard case .agent(let agent) = reading.facts else { return nil }
    return VersionFacts(agent)
  }

  private static func head(of bytes: [UInt8], in file: SourceFile) -> [UInt8] {
    guard ["md", "markdown", "mdc"].contains(file.path.fileExtension), bytes.starts(with: "---".utf8) else {
      return bytes
    }
    var start = 3
    while let end = bytes[start...].firstIndex(of: 0x0A) {
      let line = bytes[(end + 1)...].prefix { $0 != 0x0A }
      if line.starts(with: "---".utf8), line.dropFirst(3).allSatisfy({ [0x20, 0x09, 0x0D].contains($0) }) {
        return Array(bytes[..<line.endIndex]) + Array("\n\nx\n".utf8)
      }
      start = end + 1
    }
    return bytes
  }

  // MARK: Keeping

  private func load() -> [String: VersionFacts] {
    guard let cache = reader.cache, let bytes = cache.read(Self.file) else { return [:] }
    var stored = ByteReader(bytes)
    return (try? read(&stored)) ?? [:]
  }

  private func read(_ bytes: inout ByteReader) throws(ByteReader.Failure) -> [String: VersionFacts] {
    guard try Digest(from: &bytes) == reader.recipe else { throw ByteReader.Failure() }
    var facts: [String: VersionFacts] = [:]
    for _ in 0..<(try bytes.readCount()) { facts[try bytes.readText()] = try VersionFacts(from: &bytes) }
    return facts
  }

  private func keep(_ facts: [String: VersionFacts]) {
    guard let cache = reader.cache, cache.isKept else { return }
    var writer = ByteWriter()
    reader.recipe.store(in: &writer)
    writer.write(facts.count)
    for (key, value) in facts.sorted(by: { $0.key < $1.key }) {
      writer.write(key)
      value.store(in: &writer)
    }
    cache.write(writer.bytes, to: Self.file)
  }
}
