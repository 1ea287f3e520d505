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
    for (source, commit) in sources {
      let number = roots.firstIndex(of: source.repository.root) ?? roots.count
      if number == roots.count { roots.append(source.repository.root) }
      do throws(Disk.Failure) {
        let state = try GitState(
          of: source.path, at: commit, in: source.repository, selection: plan.selection, into: "\(folder)/\(number)")
        unreadable += state.unreadable
        guard let location = state.location else { continue }
        plan.sources.append(source.request.read(at: location, in: state.workTree))
      } catch {
        throw .failed(error.description)
      }
    }
    try await self.init(plan, SourceScanner(selection: plan.selection, git: git), unreadable, cache)
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
    try await self.init(plan, scanner, [], cache)
  }

  private init(
    _ plan: BuildPlan, _ scanner: SourceScanner, _ unreadable: [UnreadFile], _ cache: CacheFolder?
  ) async throws(CommandFailure) {
    let scan: ScanResult
    do throws(ScanError) { scan = try scanner.scan(plan.sources) } catch { throw .failed(error.description) }
    let reading = try await plan.catalog(of: scan, cache: cache)
    await reading.keep()
    let places = scan.absolutePaths
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
}
