import Agents
import Catalogs
import Files
import Templates

/// Everything that the page, the row and the column of an agent are made from: its file, and its place among the
/// others.
struct AgentInputs: Sendable, Encodable {
  let file: AgentFile
  let place: AgentPlace

  var agent: Agent { file.record.agent }
  var findings: [Finding] { place.findings(of: agent) }
}

/// The file of an agent, with everything that is known from the file alone.
struct AgentFile: Sendable, Encodable {
  let record: AgentRecord
  private let source: SourceInput

  init(_ record: AgentRecord, _ texts: Texts) {
    self.record = record
    source = SourceInput(record.agent.source, texts)
  }

  /// The Markdown as HTML.
  func rendering() throws(SourceChanged) -> Rendering { try source.rendering() }
  /// The file, byte for byte.
  func bytes() throws(SourceChanged) -> [UInt8] { try source.bytes() }

  /// The record follows from the file, so the digest of the file stands for it.
  func encode(to encoder: any Encoder) throws { try source.encode(to: encoder) }
}

/// The inputs of an agent, collected when a page is made from them. Until then their digest stands for them.
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
  /// The row of an agent, or of several copies, on a page in a folder.
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
