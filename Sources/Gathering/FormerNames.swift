import Agents
import Catalogs
import Files
import Histories
import Scanning

/// Reads the former names of items from the earlier states of their files. The names of unchanged files are cached.
struct FormerNames {
  private let reader: CatalogReader
  private static let file = "names"
  /// The format of the cache.
  private static let format = "roster names 2"

  init(_ reader: CatalogReader) { self.reader = reader }

  /// A file with the item that it consists of, and its earlier states.
  private struct Past {
    let agent: Agent
    let states: [FileState]
    let digest: String
  }

  /// The names found in a file.
  private struct Found {
    /// The digest of the states.
    let digest: String
    let names: [FormerName]
  }

  /// Returns the former names of items, in the order of the items.
  ///
  /// - Parameter items: The items that are files of their own.
  func names(of items: [Agent], in chronicle: Chronicle, from history: GitHistory) async -> [FormerName] {
    let files = items.compactMap { agent -> Past? in
      guard let states = chronicle.states[agent.source.publishedPath] else { return nil }
      return Past(agent: agent, states: states, digest: digest(of: states, agent))
    }
    if files.isEmpty { return [] }
    var known = load()
    let wanted = files.filter { known[$0.agent.source.publishedPath]?.digest != $0.digest }
    if !wanted.isEmpty {
      let contents = history.contents(of: wanted.map { $0.states.map(\.blob) })
      let read = await concurrentMap(wanted, jobs: reader.jobs) { file in
        names(of: file, contents: contents.contents(of: file.states.map(\.blob)))
      }
      for (file, found) in zip(wanted, read) { known[file.agent.source.publishedPath] = found }
      let kept = files.compactMap { file in
        known[file.agent.source.publishedPath].map { (file.agent.source.publishedPath, $0) }
      }
      keep(kept.filter { !$0.1.digest.isEmpty })
    }
    return files.flatMap { known[$0.agent.source.publishedPath]?.names ?? [] }
  }

  /// Returns the names in the earlier states of a file. They are not cached if a content is missing.
  private func names(of file: Past, contents: [[UInt8]?]) -> Found {
    var names: [FormerName] = []
    var known: Set<FormerName> = []
    var read: [[UInt8]: Agent?] = [:]
    for (state, bytes) in zip(file.states, contents) {
      guard let bytes else { continue }
      let head = VersionAccess.head(of: bytes, in: file.agent.source)
      // Most changes leave the name as it is, so few heads have to be parsed.
      let lines = Self.nameLines(of: head, in: file.agent)
      let agent = read[lines] ?? self.agent(head, file.agent.source)
      read[lines] = .some(agent)
      guard let agent, agent.kind == file.agent.kind else { continue }
      // A name that the file does not state comes from its path at that time.
      let text = agent.statesName ? agent.name : state.path.map(ItemName.ofFile) ?? agent.name
      if text == file.agent.name, state.path == nil { continue }
      if !Secrets.find(in: Array(text.utf8)).isEmpty { continue }
      let name = FormerName(name: text, path: state.path, today: file.agent.source.publishedPath, end: state.end)
      if known.insert(FormerName(name: name.name, path: name.path, today: name.today, end: 0)).inserted {
        names.append(name)
      }
    }
    return Found(digest: contents.contains { $0 == nil } ? "" : file.digest, names: names)
  }

  private func agent(_ head: [UInt8], _ source: SourceFile) -> Agent? {
    guard case .agent(let agent) = reader.reader.read(head, of: source).facts else { return nil }
    return agent
  }

  /// Returns the part of a Markdown file that its name and its kind depend on: the lines of its frontmatter that may
  /// contain the name, and the keys of the others. Of other files, and of frontmatter in another layout than `key: value`
  /// lines, it is everything.
  private static func nameLines(of head: [UInt8], in agent: Agent) -> [UInt8] {
    guard agent.format == .markdown, head.starts(with: "---".utf8) else { return head }
    let lines = head.split(separator: 0x0A)
    var kept: [ArraySlice<UInt8>] = []
    var isName: Bool?
    for line in lines.dropFirst() where !line.allSatisfy({ [0x20, 0x09, 0x0D].contains($0) }) {
      if line.first == 0x20 || line.first == 0x09 {
        // A value can continue in indented lines.
        guard let isName else { return head }
        if isName { kept.append(line) }
        continue
      }
      guard let first = line.first, isPlain(first) else { return head }
      let states = ["name", "id", "title"].contains { line.starts(with: $0.utf8) }
      kept.append(states ? line : line.prefix { $0 != 0x3A })
      if first != UInt8(ascii: "#") { isName = states }
    }
    return Array(kept.joined(separator: [0x0A]))
  }

  /// Returns whether a line with this first byte has a plain key, an item of a list, a comment or a mark.
  private static func isPlain(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"),
      UInt8(ascii: "-"), UInt8(ascii: "#"):
      true
    default: false
    }
  }

  // MARK: Keeping

  private func digest(of states: [FileState], _ agent: Agent) -> String {
    var digester = Digester(key: reader.key)
    agent.source.add(to: &digester)
    digester.add([agent.source.path.description, agent.name, agent.kind.rawValue])
    for state in states {
      digester.add(state.path)
      digester.add([state.blob, "\(state.end)"])
    }
    return digester.digest.digits
  }

  private func load() -> [String: Found] {
    guard let cache = reader.cache, let bytes = cache.read(Self.file) else { return [:] }
    var stored = ByteReader(bytes)
    return (try? read(&stored)) ?? [:]
  }

  private func read(_ bytes: inout ByteReader) throws(ByteReader.Failure) -> [String: Found] {
    guard try bytes.readText() == Self.format, try Digest(from: &bytes) == reader.recipe else {
      throw ByteReader.Failure()
    }
    var known: [String: Found] = [:]
    for _ in 0..<(try bytes.readCount()) {
      known[try bytes.readText()] = Found(digest: try bytes.readText(), names: try [FormerName](from: &bytes))
    }
    return known
  }

  private func keep(_ files: [(path: String, found: Found)]) {
    guard let cache = reader.cache, cache.isKept else { return }
    var writer = ByteWriter()
    writer.write(Self.format)
    reader.recipe.store(in: &writer)
    writer.write(files.count)
    for (path, found) in files {
      writer.write(path)
      writer.write(found.digest)
      found.names.store(in: &writer)
    }
    cache.write(writer.bytes, to: Self.file)
  }
}
