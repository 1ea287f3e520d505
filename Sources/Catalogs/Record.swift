import Agents
import Files

/// A file, or an item in one, with all that can be known of it without the other files; made for each by itself, and
/// kept between runs.
public enum Record: Sendable {
  /// An agent.
  case agent(AgentRecord)
  /// A file without frontmatter.
  case document(PlainDocument)

  /// Derives what the settings ask for.
  ///
  /// - Parameter digest: the digest of what an approval of the item covers; empty if nobody asks for it.
  public init(_ facts: Reading.Facts, settings catalog: CatalogSettings, digest: String = "") {
    let settings = catalog.forRecords
    switch facts {
    case .agent(let agent): self = .agent(AgentRecord(agent, settings: settings, digest: digest))
    case .document(let document):
      let findings = settings.policy.applied(to: document.findings, of: document.source.path)
      self = .document(document.with(findings))
    }
  }

  /// Says where the file stands among the others, for a record that was made when it stood elsewhere.
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

/// An agent with what is derived from it alone. It never changes, and stands behind a reference since it is large and
/// handed around a lot.
public final class AgentRecord: Sendable {
  /// The agent.
  public let agent: Agent
  /// The name with the spelling folded: agents with equal ones share their name.
  public let nameKey: String
  /// Its category as written, else its folder, or nil.
  public let category: String?
  /// Whether the category is that of the folder.
  public let categoryIsFolder: Bool
  /// The titles of its topics.
  public let topics: [String]
  /// What its tools let it do.
  public let reach: Reach
  /// The digest of what an approval of it covers; empty if nobody asked for it.
  public let digest: String

  /// The same agent in another place.
  fileprivate init(_ record: AgentRecord, at source: SourceFile) {
    agent = record.agent.placed(at: source)
    nameKey = record.nameKey
    category = record.category
    categoryIsFolder = record.categoryIsFolder
    topics = record.topics
    reach = record.reach
    digest = record.digest
  }

  /// Reads what ``store(in:)`` wrote.
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
    // What is wrong in a file of a skill is decided by the path of that file.
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
  /// Writes every part of it, in order.
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

  /// Reads what ``store(in:)`` wrote.
  public init(from bytes: inout ByteReader) throws(ByteReader.Failure) {
    switch try bytes.readNumber() {
    case 0: self = .agent(try AgentRecord(from: &bytes))
    case 1: self = .document(try PlainDocument(from: &bytes))
    default: throw ByteReader.Failure()
    }
  }
}

extension AgentRecord {
  /// Writes every part of it, in order.
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
