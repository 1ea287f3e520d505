import Agents
import Approvals
import Catalogs
import Files
import Scanning

/// The approvals that stand beside files that were found.
public struct ApprovalShelf: Sendable {
  /// What is in the approval of each file or item that has one, by the paths that the approvals are published under.
  private let records: [String: [UInt8]]
  /// The folders that approvals stand in, or may come to stand in, by their absolute paths.
  public let folders: [String]

  /// Looks for the approvals of files.
  public init(of files: [FoundFile]) {
    var hasApprovals: [Substring: Bool] = [:]
    // Approvals of the items of a file are called after the file and the item.
    var ofItems: [Substring: [String]] = [:]
    var records: [String: [UInt8]] = [:]
    for file in files {
      guard let slash = file.absolutePath.lastSlash else { continue }
      let folder = file.absolutePath[..<slash]
      let isThere = hasApprovals[folder] ?? (Disk.kind("\(folder)/\(ApprovalRecord.folder)") == .folder)
      hasApprovals[folder] = isThere
      guard isThere else { continue }
      if case .success(let bytes) = Disk.read(ApprovalRecord.path(of: file.absolutePath)) {
        records[ApprovalRecord.path(of: file.source.publishedPath)] = bytes
      }
      let place = "\(folder)/\(ApprovalRecord.folder)"
      let names = ofItems[folder] ?? Disk.names(in: place).filter { $0.contains("#") }
      ofItems[folder] = names
      let published = ApprovalRecord.path(of: file.source.publishedPath)
      for name in names where name.hasPrefix("\(file.absolutePath[slash...].dropFirst())#") {
        guard case .success(let bytes) = Disk.read("\(place)/\(name)"), let end = published.lastSlash else { continue }
        records["\(published[...end])\(name)"] = bytes
      }
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

  private func record(of agent: Agent) -> [UInt8]? {
    records[ApprovalRecord.path(of: agent.source.publishedPath, agent.source.item)]
  }

  /// The approvals of agents, by the keys of their sources.
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
      guard case .agent(let record) = record, self.record(of: record.agent) != nil else { return nil }
      return record.agent
    }
    let found = await concurrentMap(agents, jobs: jobs) { agent -> Result<Approval, SourceChanged> in
      guard let bytes = self.record(of: agent), let record = ApprovalRecord(bytes) else {
        return .success(Approval(approvers: [], changes: ["the file of its approval, which cannot be read"]))
      }
      do throws(SourceChanged) {
        return .success(record.approval(of: agent, try texts.bytes(agent.source)))
      } catch {
        return .failure(error)
      }
    }
    var approvals: [String: Approval] = [:]
    for (agent, result) in zip(agents, found) { approvals[agent.source.key] = try result.get() }
    return approvals
  }
}
