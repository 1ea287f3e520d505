import Agents
import Catalogs
import Files
import Foundation
import Pages
import Reviews
import Scanning

/// A state of the sources, read into a catalog.
struct ReviewReading {
  let state: ReviewState
  let texts: Texts
  /// Files that couldn't be read, with reasons.
  let unreadable: [UnreadFile]
  /// The sources, each with its folder in this state.
  private let folders: [(source: ReviewedSource, folder: String)]
  /// The absolute paths of the files, by published path.
  private let places: [String: String]

  /// Reads a committed state.
  ///
  /// - Parameters:
  ///   - sources: The sources, each with the requested commit.
  ///   - folder: The folder for checked-out files, with a numbered folder for each repository.
  ///   - git: Used to read the remotes of repositories.
  ///   - cache: The cache for records, shared with the other state.
  init(
    _ sources: [(source: ReviewedSource, commit: GitRepository.Commit)], into folder: String, _ git: Git,
    _ plan: BuildPlan, cache: CacheFolder?
  ) async throws(CommandFailure) {
    var plan = plan
    plan.sources = []
    var unreadable: [UnreadFile] = []
    var roots: [String] = []
    var folders: [(source: ReviewedSource, folder: String)] = []
    for (source, commit) in sources {
      let number = roots.firstIndex(of: source.repository.root) ?? roots.count
      if number == roots.count { roots.append(source.repository.root) }
      do throws(Disk.Failure) {
        let state = try GitState(
          of: source.path, at: commit, in: source.repository, selection: plan.selection, into: "\(folder)/\(number)")
        unreadable += state.unreadable
        guard let location = state.location else { continue }
        plan.sources.append(source.request.read(at: location, in: state.workTree))
        folders.append((source, location))
      } catch {
        throw .failed(error.description)
      }
    }
    try await self.init(plan, SourceScanner(selection: plan.selection, git: git), folders, unreadable, cache)
  }

  /// Reads the working files, without those that git ignores.
  init(
    working sources: [ReviewedSource], _ git: Git, _ plan: BuildPlan, cache: CacheFolder?
  ) async throws(CommandFailure) {
    var plan = plan
    plan.sources = sources.map(\.request).filter { Disk.kind($0.path) != nil }
    let files = WorkingFiles(git: git)
    let scanner = SourceScanner(
      selection: plan.selection, output: plan.output, git: git, keeping: { files.belongs($0) })
    let folders = sources.filter { Disk.kind($0.request.path) != nil }
      .map { (source: $0, folder: Disk.absolutePath($0.request.path)) }
    try await self.init(plan, scanner, folders, [], cache)
  }

  private init(
    _ plan: BuildPlan, _ scanner: SourceScanner, _ folders: [(source: ReviewedSource, folder: String)],
    _ unreadable: [UnreadFile], _ cache: CacheFolder?
  ) async throws(CommandFailure) {
    self.folders = folders
    let scan: ScanResult
    do throws(ScanError) { scan = try scanner.scan(plan.sources) } catch { throw .failed(error.description) }
    let reading = try await plan.catalog(of: scan, cache: cache)
    await reading.keep()
    let places = scan.absolutePaths
    self.places = places
    let texts = reading.texts
    self.texts = texts
    state = ReviewState(
      catalog: reading.catalog,
      bytes: { (source) throws(Disk.Failure) in
        do throws(SourceChanged) { return try texts.bytes(source) } catch {
          throw Disk.Failure(path: error.path, reason: "it changed while it was read; run the command again")
        }
      },
      isExecutable: { places[$0.publishedPath].map { FileManager.default.isExecutableFile(atPath: $0) } ?? false })
    self.unreadable = unreadable + reading.unreadable
  }

  /// Whether none of the sources has anything to read.
  var isEmpty: Bool { folders.isEmpty }

  /// Returns the contents that files of this state have in another one, by their published paths.
  ///
  /// - Parameters:
  ///   - commit: Returns the other state; nil for the working files.
  ///   - folder: A folder for temporary files.
  func contents(
    of files: [SourceFile], at commit: (ReviewedSource) -> GitRepository.Commit?, in folder: String
  ) throws(Disk.Failure) -> [String: [UInt8]] {
    var contents: [String: [UInt8]] = [:]
    for (source, root) in folders {
      var names: [RelativePath: String] = [:]
      for file in files {
        guard let below = places[file.publishedPath]?.path(below: root),
          let path = RelativePath(source.path.isEmpty ? below : "\(source.path)/\(below)")
        else { continue }
        names[path] = file.publishedPath
      }
      if names.isEmpty { continue }
      let found = try source.repository.contents(at: commit(source), in: folder) { names[$0] != nil }
      for (path, bytes) in found { if let name = names[path] { contents[name] = bytes } }
    }
    return contents
  }
}
