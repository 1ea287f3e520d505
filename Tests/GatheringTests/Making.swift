import Agents
import Approvals
import Catalogs
import Files
import GFM
import Scanning
import Support

@testable import Gathering

/// The text of an agent file.
func file(_ name: String, _ description: String = "Does a thing.", body: String = "Body.") -> String {
  "---\nname: \(name)\ndescription: \(description)\n---\n\n\(body)\n"
}

/// A folder of agents with a cache next to it.
struct Place {
  let folder: TemporaryFolder

  init(_ files: [String: String]) throws {
    folder = try TemporaryFolder()
    for (name, text) in files { try write(text, to: name) }
  }

  var cachePath: String { "\(folder.path)/cache" }

  func write(_ text: String, to name: String) throws { try folder.write(text, to: "team/\(name)") }

  func remove(_ name: String) throws { try Disk.removeFile("\(folder.path)/team/\(name)") }

  func path(_ name: String) -> String { "\(folder.path)/team/\(name)" }

  /// Scans the folder.
  ///
  /// - Parameter isSettled: whether the scan time is long after the newest file, instead of just after it.
  func scan(isSettled: Bool = true) throws -> ScanResult {
    var scan = try SourceScanner().scan([SourceRequest(path: "\(folder.path)/team")])
    let newest = scan.files.map { max($0.identity.changed, $0.identity.modified) }.max() ?? 0
    scan.time = isSettled ? newest + 3_600_000_000_000 : newest + 1
    return scan
  }

  func reader(
    cache: CacheFolder? = nil, program: [UInt8] = [1], settings: CatalogSettings = CatalogSettings(),
    memoryLimit: Int = 0
  ) -> CatalogReader {
    CatalogReader(settings: settings, cache: cache, program: program, jobs: 2, memoryLimit: memoryLimit)
  }

  /// Reads a catalog with the cache, and updates the cache.
  func readAndKeep(_ scan: ScanResult? = nil, program: [UInt8] = [1]) async throws -> CatalogSnapshot {
    let snapshot = try await reader(cache: .open(cachePath), program: program).read(scan ?? self.scan()).catalog()
    await snapshot.keep()
    return snapshot
  }

  /// Scans the folder for the files of all runtimes.
  private func scanAll() throws -> ScanResult {
    let known = Runtimes.builtIn
    let selection = FileSelection(
      hiddenFolders: known.searchedFolders, pluginManifests: known.pluginManifests,
      placed: known.dataPlaces.map { FileSelection.Placed(pattern: $0.pattern, manifest: $0.manifest) },
      outside: known.outsidePatterns.map { FileSelection.Placed(pattern: $0) },
      including: known.inclusions.map { FileSelection.Including(place: $0.place, pattern: $0.pattern) })
    var scan = try SourceScanner(selection: selection).scan([SourceRequest(path: "\(folder.path)/team")])
    scan.time = (scan.files.map { max($0.identity.changed, $0.identity.modified) }.max() ?? 0) + 3_600_000_000_000
    return scan
  }

  /// Reads the files of all runtimes without any cache.
  func readAll() async throws -> CatalogSnapshot { try await reader().read(scanAll()).catalog() }

  /// Reads the files of all runtimes with the cache, and updates the cache.
  func readAllAndKeep() async throws -> CatalogSnapshot { try await readAndKeep(scanAll()) }

  /// Reads a catalog without any cache.
  func readFresh() async throws -> CatalogSnapshot { try await reader().read(scan()).catalog() }

  /// Approves the current state of an agent.
  func approve(_ name: String) async throws {
    let snapshot = try await readFresh()
    for entry in snapshot.catalog.entries where entry.agent.source.path.description == name {
      let record = ApprovalRecord(
        of: entry.agent, try snapshot.texts.bytes(entry.agent.source), by: .init(name: "Ada", day: "2026-05-03"))
      try write(String(decoding: record.bytes(), as: UTF8.self), to: ApprovalRecord.path(of: name))
    }
  }
}

/// Everything that readers of the pages would notice.
func facts(_ snapshot: CatalogSnapshot) throws -> [String] {
  let catalog = snapshot.catalog
  return try catalog.entries.map { entry in
    let agent = entry.agent
    return "\(entry.slug) \(agent.name) \(agent.description.text) \(agent.source) \(entry.findings) "
      + "\(entry.alike) \(entry.topics) \(String(decoding: try snapshot.texts.bytes(agent.source), as: UTF8.self)) "
      + (try html(of: agent.source, in: snapshot))
  }
    + catalog.documents.map { "\($0.slug) \($0.document.source) \($0.document.findings)" }
    + catalog.pairs.map { "\($0)" } + snapshot.unreadable.map { "\($0)" }
}

/// The HTML of a prompt.
func html(of source: SourceFile, in snapshot: CatalogSnapshot) throws -> String {
  let body: Markup = try snapshot.texts.rendering(source).body
  return String(decoding: body.html { $0 }, as: UTF8.self)
}

/// The descriptions of all agents.
func descriptions(_ snapshot: CatalogSnapshot) -> [String] {
  snapshot.catalog.entries.map(\.agent.description.text)
}
