import Agents
import Catalogs
import Files
import Templates

/// All inputs of an agent's page, row and column: its file, and its place in the catalog.
struct AgentInputs: Sendable, Encodable {
  let file: AgentFile
  let place: AgentPlace

  var agent: Agent { file.record.agent }
  var findings: [Finding] { place.findings(of: agent) }
}

/// The file of an agent, with the facts derived from it alone.
struct AgentFile: Sendable, Encodable {
  let record: AgentRecord
  private let source: SourceInput

  init(_ record: AgentRecord, _ texts: Texts) {
    self.record = record
    source = SourceInput(record.agent.source, texts)
  }

  /// Returns the Markdown as HTML.
  func rendering() throws(SourceChanged) -> Rendering { try source.rendering() }
  /// Returns the bytes of the file.
  func bytes() throws(SourceChanged) -> [UInt8] { try source.bytes() }

  /// Encodes only the digest of the file, because the record is derived from it.
  func encode(to encoder: any Encoder) throws { try source.encode(to: encoder) }
}

/// A reference to the inputs of an agent. They are collected only when a page is rendered; until then, their digest is
/// enough.
struct AgentReference: Sendable, Encodable {
  private let index: Int
  private let site: SiteIndex

  init(_ index: Int, in site: SiteIndex) {
    self.index = index
    self.site = site
  }

  /// The digest of the inputs.
  var digest: Digest { site.agentDigests[index] }
  /// The inputs.
  var inputs: AgentInputs { site.agentInputs(index) }
  /// Returns the row of an agent, or of several copies, for a page in a folder.
  static func row(of group: [AgentReference]) -> HTML {
    let site = group[0].site
    return site.rows.row(group.map(\.index)) { site.renderer.row(group.map(\.inputs)) }
  }

  func encode(to encoder: any Encoder) throws { try EncodedDigest(digest: digest).encode(to: encoder) }
}

extension AgentReference: PageInputs {
  func page(at path: SitePath, _ renderer: PageRenderer) throws(SourceChanged) -> PageView {
    try inputs.page(renderer)
  }
}
