import Agents
import Approvals
import Catalogs
import Files
import Scanning

/// The approvals stored next to the found files.
public struct ApprovalShelf: Sendable {
  /// The contents of approval files, by their published paths.
  private let records: [String: [UInt8]]
  /// The absolute paths of the folders that contain approvals.
  public let folders: [String]

  /// Finds the approvals of files.
  public init(of files: [FoundFile]) {
    var hasApprovals: [Substring: Bool] = [:]
    // The approval of an item in a file has the name of the file and the item.
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

  /// Adds the approvals to a digest. If the digest and the agents are equal, so are the approvals.
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

  /// Returns the approvals of agents, by the keys of their sources.
  ///
  /// - Parameters:
  ///   - files: The records of all files.
  ///   - texts: The contents of the files.
  ///   - jobs: The number of concurrent tasks.
  /// - Throws: ``SourceChanged`` if a file has changed since it was read.
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
