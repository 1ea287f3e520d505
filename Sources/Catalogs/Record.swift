import Agents
import Files

/// A file, or an item in it, with all facts that don't depend on other files. Records are made independently and cached
/// between runs.
public enum Record: Sendable {
  /// An agent.
  case agent(AgentRecord)
  /// A file without frontmatter.
  case document(PlainDocument)

  /// Derives the facts that the settings ask for.
  ///
  /// - Parameter digest: The digest of everything that an approval of the item covers; empty if it is not needed.
  public init(_ facts: Reading.Facts, settings catalog: CatalogSettings, digest: String = "") {
    let settings = catalog.forRecords
    switch facts {
    case .agent(let agent): self = .agent(AgentRecord(agent, settings: settings, digest: digest))
    case .document(let document):
      let findings = settings.policy.applied(to: document.findings, of: document.source.path)
      self = .document(document.with(findings))
    }
  }

  /// Updates the position of the file among the sources, for a record that was made when it was different.
  public mutating func place(at file: SourceFile) {
    let source = source.item.map { file.holding($0) } ?? file
    switch self {
    case .agent(let record):
      if record.agent.source != source { self = .agent(AgentRecord(record, at: source)) }
    case .document(var document):
      document.source = source
      self = .document(document)
    }
  }

  /// The file.
  public var source: SourceFile {
    switch self {
    case .agent(let record): record.agent.source
    case .document(let document): document.source
    }
  }
}

/// An agent with the facts derived from it alone.
///
/// It is immutable, and a class because it is large and passed around a lot.
public final class AgentRecord: Sendable {
  /// The agent.
  public let agent: Agent
  /// The normalized name. Agents with equal keys share their name.
  public let nameKey: String
  /// The category as written, or else the folder, or nil.
  public let category: String?
  /// Whether the category comes from the folder.
  public let categoryIsFolder: Bool
  /// The titles of its topics.
  public let topics: [String]
  /// The abilities that its tools give it.
  public let reach: Reach
  /// The digest of what an approval of it covers; empty if nobody asked for it.
  public let digest: String

  /// Creates a copy for another position.
  fileprivate init(_ record: AgentRecord, at source: SourceFile) {
    agent = record.agent.placed(at: source)
    nameKey = record.nameKey
    category = record.category
    categoryIsFolder = record.categoryIsFolder
    topics = record.topics
    reach = record.reach
    digest = record.digest
  }

  /// Reads the output of ``store(in:)``.
  fileprivate init(from bytes: inout ByteReader) throws(ByteReader.Failure) {
    agent = try Agent(from: &bytes)
    nameKey = try String(from: &bytes)
    category = try String?(from: &bytes)
    categoryIsFolder = try Bool(from: &bytes)
    topics = try [String](from: &bytes)
    reach = try Reach(from: &bytes)
    digest = try String(from: &bytes)
  }

  fileprivate init(_ agent: Agent, settings: CatalogSettings.ForRecords, digest: String) {
    self.digest = digest
    // Rule settings for a finding in a file of a skill depend on the path of that file.
    let own = settings.policy.applied(to: agent.ownFindings, of: agent.source.path)
    let others = agent.findings.filter { $0.file != nil }.flatMap { finding in
      settings.policy.applied(to: [finding], of: agent.source(of: finding).path)
    }
    self.agent = agent.with(own + others)
    nameKey = Slug.fold(agent.name)
    let runtime = settings.runtimes[agent]
    if let stated = agent.category {
      category = stated
      categoryIsFolder = false
    } else {
      var folders = agent.source.path.folders
      if runtime.facts.unnamed == .folder { _ = folders.popLast() }
      category = folders.last { !FolderNames.areStructure($0) }.map(FolderNames.withoutNumber)
      categoryIsFolder = category != nil
    }
    topics = settings.lexicon.map { lexicon in lexicon.topics(of: agent).map { lexicon.topics[$0].title } } ?? []
    reach = Reach(of: agent, by: runtime)
  }
}

extension Record: Storable {
  /// Writes all parts, in order.
  public func store(in bytes: inout ByteWriter) {
    switch self {
    case .agent(let record):
      bytes.write(0)
      record.store(in: &bytes)
    case .document(let document):
      bytes.write(1)
      document.store(in: &bytes)
    }
  }

  /// Reads the output of ``store(in:)``.
  public init(from bytes: inout ByteReader) throws(ByteReader.Failure) {
    switch try bytes.readNumber() {
    case 0: self = .agent(try AgentRecord(from: &bytes))
    case 1: self = .document(try PlainDocument(from: &bytes))
    default: throw ByteReader.Failure()
    }
  }
}

extension AgentRecord {
  /// Writes all parts, in order.
  fileprivate func store(in bytes: inout ByteWriter) {
    agent.store(in: &bytes)
    nameKey.store(in: &bytes)
    category.store(in: &bytes)
    categoryIsFolder.store(in: &bytes)
    topics.store(in: &bytes)
    reach.store(in: &bytes)
    digest.store(in: &bytes)
  }

}
