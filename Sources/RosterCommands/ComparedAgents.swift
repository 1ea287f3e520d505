import Agents
import Catalogs
import Files
import Foundation
import Likenesses
import Scanning

/// The agents of a comparison, each in its current state or in the state of a commit.
struct ComparedAgents {
  let catalog: Catalog
  /// The indices of the agents in the catalog.
  let places: [Int]
  let texts: Texts
  /// The agents as named on the command line; nil if all are in their current state.
  let labels: [String]?
}

/// An agent as named on the command line: `reviewer`, `agents/reviewer.md`, or either with `@` and a commit.
private struct NamedAgent {
  let text: String
  let name: String
  /// The commit; nil for the working files.
  let revision: String?

  /// Returns all ways to split a text at an `@`. Names and commits can contain the character themselves:
  /// `@acme/reviewer`, `HEAD@{1}`.
  static func splits(of text: String) -> [NamedAgent] {
    text.indices.filter { text[$0] == "@" }.compactMap { mark in
      let (name, revision) = (String(text[..<mark]), String(text[text.index(after: mark)...]))
      return name.isEmpty || revision.isEmpty ? nil : NamedAgent(text: text, name: name, revision: revision)
    }
  }
}

/// Reads the agents of a comparison from the working files and from commits.
struct ComparedAgentsReader {
  private let command: CompareCommand
  private let git: Git?
  /// The folder for the extracted states of repositories.
  private let folder: String
  private var fetching: ReviewFetching
  private var states = 0

  init(_ command: CompareCommand, in folder: String) {
    self.command = command
    self.folder = folder
    git = Git.find(in: ProcessInfo.processInfo.environment["PATH"])
    fetching = ReviewFetching(into: command.fetch ? "\(folder)/fetched" : nil)
  }

  mutating func read() async throws(CommandFailure) -> (agents: ComparedAgents, plan: BuildPlan) {
    var named: [NamedAgent] = []
    for text in command.agents { named.append(try await split(text)) }
    let working = named.filter { $0.revision == nil }.map(\.name)
    let (current, plan) = try await workingFiles(working)
    guard named.contains(where: { $0.revision != nil }) else {
      let places = try working.map { (name) throws(CommandFailure) in
        try Self.place(of: name, in: current?.catalog)
      }
      guard let current else { throw .usage("Name at least two agents.") }
      return (ComparedAgents(catalog: current.catalog, places: places, texts: current.texts, labels: nil), plan)
    }
    var joined = JoinedAgents(settings: plan.settings)
    for agent in named {
      guard let revision = agent.revision else {
        joined.add(try Self.place(of: agent.name, in: current?.catalog), of: current, as: agent.text, at: nil)
        continue
      }
      let state = try await self.state(of: agent, at: revision, plan)
      let place: Int
      do throws(CommandFailure) { place = try Self.place(of: agent.name, in: state.catalog) } catch {
        // Errors with another status are about the working files, which are irrelevant here.
        let words = error.status == 2 ? error.message : "no agent named “\(agent.name)”"
        throw .usage("\(agent.text): \(words)")
      }
      joined.add(place, of: state, as: agent.text, at: revision)
    }
    return (await joined.agents(), plan)
  }

  private static func place(of name: String, in catalog: Catalog?) throws(CommandFailure) -> Int {
    guard let catalog else { throw .usage("no agent named “\(name)”") }
    return try AgentLookup.place(of: name, in: catalog)
  }

  // MARK: Working files

  /// A catalog and its texts.
  struct State {
    let catalog: Catalog
    let texts: Texts
    /// The roots of the repositories; empty for the working files.
    var repositories: [String] = []
  }

  private func workingFiles(_ names: [String]) async throws(CommandFailure) -> (State?, BuildPlan) {
    let files = AgentLookup.files(named: names)
    var plan = try BuildPlan(
      naming: files, from: files.count < names.count || names.isEmpty ? command.from : nil, config: command.config)
    try await plan.openRepositories()
    if names.isEmpty { return (nil, plan) }
    let reading = try await plan.catalog(of: try plan.scan())
    return (State(catalog: reading.catalog, texts: reading.texts), plan)
  }

  // MARK: Commits

  /// Splits a text into a name and a commit. If a file with the whole text as its path exists, the text is not split.
  private func split(_ text: String) async throws(CommandFailure) -> NamedAgent {
    let plain = NamedAgent(text: text, name: text, revision: nil)
    let splits = NamedAgent.splits(of: text)
    guard !splits.isEmpty, Disk.kind(text) != .file else { return plain }
    guard let git else { throw .failed("git is not on the PATH, and \(text) names a commit") }
    var failure: CommandFailure?
    for split in splits {
      do throws(CommandFailure) {
        if !(try sources(of: split, git)).isEmpty { return split }
      } catch {
        failure = failure ?? error
      }
    }
    // The name of an agent can also contain `@`.
    if !AgentLookup.files(named: [text]).isEmpty { return plain }
    let plan = try BuildPlan(naming: [], from: command.from, config: command.config)
    if try await plan.catalog().catalog.entries.contains(where: { $0.slug == text || $0.agent.name == text }) {
      return plain
    }
    throw failure ?? .usage("\(text) is not in a git repository")
  }

  /// Returns the sources to search for an agent of a commit.
  private func sources(of agent: NamedAgent, _ git: Git) throws(CommandFailure) -> [ReviewedSource] {
    let range = ReviewRange(at: agent.revision ?? "HEAD")
    if let own = try file(of: agent, range, git) { return [own] }
    let plan = try BuildPlan(naming: [], from: command.from, config: command.config)
    var sources: [ReviewedSource] = []
    var failure: CommandFailure?
    for request in plan.sources {
      do throws(CommandFailure) { sources.append(try ReviewedSource(request, range, git: git)) } catch {
        failure = failure ?? error
      }
    }
    if sources.isEmpty, let failure { throw failure }
    return sources
  }

  /// Returns the file in a commit if the agent's name is its path, or nil.
  private func file(of agent: NamedAgent, _ range: ReviewRange, _ git: Git) throws(CommandFailure) -> ReviewedSource? {
    let parts = [agent.name, agent.name.lastIndex(of: "#").map { String(agent.name[..<$0]) }].compactMap(\.self)
    for path in parts where path.contains("/") || path.contains(".") {
      guard let request = try BuildPlan(naming: [path], from: nil, config: command.config).sources.first,
        let source = try? ReviewedSource(request, range, git: git)
      else { continue }
      do throws(Disk.Failure) {
        if try source.repository.holds(source.path, at: source.before) { return source }
      } catch {
        throw .failed(error.description)
      }
    }
    return nil
  }

  private mutating func state(
    of agent: NamedAgent, at revision: String, _ plan: BuildPlan
  ) async throws(CommandFailure) -> State {
    guard let git else { throw .failed("git is not on the PATH, and \(agent.text) names a commit") }
    var sources: [ReviewedSource] = []
    for source in try self.sources(of: agent, git) { sources.append(try fetching.completed(source)) }
    states += 1
    let reading = try await ReviewReading(
      sources.map { ($0, $0.before) }, into: "\(folder)/state\(states)", git, plan, cache: nil)
    return State(
      catalog: reading.state.catalog, texts: reading.texts, repositories: sources.map(\.repository.root))
  }
}

/// Combines agents of several catalogs into one catalog.
private struct JoinedAgents {
  private let settings: CatalogSettings
  private var records: [Record] = []
  private var collections: [SourceCollection] = []
  /// The agents in the order of the command line: the label, and the published path in the combined catalog.
  private var keys: [(label: String, key: String)] = []
  /// The source of each agent's text, by published path in the combined catalog.
  private var origins: [String: (texts: Texts, source: SourceFile)] = [:]
  /// The published path of each agent in the combined catalog.
  private var added: [Item: String] = [:]

  /// The identity of an agent. Two repositories can have an agent at the same path.
  private struct Item: Hashable {
    let repositories: [String]
    let revision: String?
    let key: String
  }

  init(settings: CatalogSettings) { self.settings = settings }

  /// Adds an agent. The path of an agent from a commit includes the commit: `agents/reviewer.md@v1.2`. A number makes
  /// the path unique: `agents/reviewer.md@v1.2 (2)`.
  mutating func add(_ place: Int, of state: ComparedAgentsReader.State?, as label: String, at revision: String?) {
    guard let state else { return }
    let record = state.catalog.entries[place].record
    let source = record.agent.source
    let item = Item(repositories: state.repositories, revision: revision, key: source.key)
    if let key = added[item] {
      keys.append((label, key))
      return
    }
    let collection = state.catalog.collections[source.collection]
    if !collections.contains(collection) { collections.append(collection) }
    let mark = revision.map { "@\($0)" } ?? ""
    var joined = Record.agent(record)
    var number = 1
    repeat {
      let ending = number == 1 ? mark : "\(mark) (\(number))"
      joined.place(
        at: SourceFile(
          path: source.path, collection: collections.firstIndex(of: collection) ?? 0,
          displayPath: source.displayPath + ending, publishedPath: source.publishedPath + ending,
          plugin: source.plugin, skill: source.skill, isNamed: source.isNamed, number: records.count))
      number += 1
    } while origins[joined.source.key] != nil
    let key = joined.source.key
    keys.append((label, key))
    added[item] = key
    origins[key] = (state.texts, source)
    records.append(joined)
  }

  /// Returns the combined catalog.
  func agents() async -> ComparedAgents {
    let origins = origins
    let texts = Texts(
      rendering: { (source) throws(SourceChanged) in
        guard let origin = origins[source.key] else { throw SourceChanged(path: source.displayPath) }
        return try origin.texts.rendering(origin.source)
      },
      bytes: { (source) throws(SourceChanged) in
        guard let origin = origins[source.key] else { throw SourceChanged(path: source.displayPath) }
        return try origin.texts.bytes(origin.source)
      },
      digest: { source in
        origins[source.key].map { $0.texts.digest($0.source) } ?? DigestKey.random().digest([])
      })
    let reader = AgentReader(runtimes: settings.runtimes)
    let related = await Assembly(records, collections: collections, settings: settings).related { tasks in
      tasks.map { task in
        Likeness.pairs(task.pairs, of: task.files.map { reader.prompt(in: (try? texts.bytes($0)) ?? [], of: $0) })
      }
    }
    let catalog = await Catalog(related)
    let places = Dictionary(
      catalog.entries.indices.map { (catalog.entries[$0].agent.source.key, $0) },
      uniquingKeysWith: { first, _ in first })
    return ComparedAgents(
      catalog: catalog, places: keys.compactMap { places[$0.key] }, texts: texts, labels: keys.map(\.label))
  }
}
