import Agents
import Approvals
import Catalogs
import Files
import Scanning

/// The approvals that stand beside files that were found.
public struct ApprovalShelf: Sendable {
  /// What is in the approval of each file that has one, by their published paths.
  private let records: [String: [UInt8]]
  /// The folders that approvals stand in, or may come to stand in, by their absolute paths.
  public let folders: [String]

  /// Looks for the approvals of files.
  public init(of files: [FoundFile]) {
    var hasApprovals: [Substring: Bool] = [:]
    var records: [String: [UInt8]] = [:]
    for file in files {
      guard let slash = file.absolutePath.lastSlash else { continue }
      let folder = file.absolutePath[..<slash]
      let isThere = hasApprovals[folder] ?? (Disk.kind("\(folder)/\(ApprovalRecord.folder)") == .folder)
      hasApprovals[folder] = isThere
      guard isThere, case .success(let bytes) = Disk.read(ApprovalRecord.path(of: file.absolutePath)) else { continue }
      records[file.source.publishedPath] = bytes
    }
    self.records = records
    folders = hasApprovals.filter(\.value).keys.map { "\($0)/\(ApprovalRecord.folder)" }.sorted()
  }

  /// Agents are approved alike where this digest is the same, and the agents are.
  public func add(to digester: inout Digester) {
    digester.add(records.count)
    for (path, bytes) in records.sorted(by: { $0.key < $1.key }) {
      digester.add(path)
      digester.add(bytes)
    }
  }

  /// The approvals of agents, by their published paths.
  ///
  /// - Parameters:
  ///   - files: the records of all files.
  ///   - texts: where their bytes come from.
  ///   - jobs: how many tasks work at the same time.
  /// - Throws: ``SourceChanged`` where a file is not any more what it was.
  public func approvals(
    of files: [Record], texts: Texts, jobs: Int
  ) async throws(SourceChanged) -> [String: Approval] {
    if records.isEmpty { return [:] }
    let agents = files.compactMap { record -> Agent? in
      guard case .agent(let record) = record, records[record.agent.source.publishedPath] != nil else { return nil }
      return record.agent
    }
    let found = await concurrentMap(agents, jobs: jobs) { agent -> Result<Approval, SourceChanged> in
      guard let bytes = records[agent.source.publishedPath], let record = ApprovalRecord(bytes) else {
        return .success(Approval(approvers: [], changes: ["the file of its approval, which cannot be read"]))
      }
      do throws(SourceChanged) {
        return .success(record.approval(of: agent, try texts.bytes(agent.source)))
      } catch {
        return .failure(error)
      }
    }
    var approvals: [String: Approval] = [:]
    for (agent, result) in zip(agents, found) { approvals[agent.source.publishedPath] = try result.get() }
    return approvals
  }
}
