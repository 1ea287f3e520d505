import Files
import Foundation
import Gathering
import Pages
import Scanning

/// How a plan's sources are read, by every command.
extension BuildPlan {
  /// Finds the files of all sources.
  func scan() throws(CommandFailure) -> ScanResult {
    do throws(ScanError) {
      let git = Git.find(in: ProcessInfo.processInfo.environment["PATH"])
      var scan = try SourceScanner(selection: selection, output: output, git: git).scan(sources + copies.requests)
      scan.unreadable += copies.missing
      if let scanTime { scan.time = scanTime }
      return scan
    } catch {
      throw .usage(error.description)
    }
  }

  /// What reads files into a catalog.
  ///
  /// - Parameters:
  ///   - cache: where records are kept.
  ///   - git: what reads the history of files; nil if no history is wanted.
  ///   - memoryLimit: see ``CatalogReader``.
  func reader(cache: CacheFolder?, git: Git? = nil, memoryLimit: Int = 0) -> CatalogReader {
    CatalogReader(
      settings: settings, selection: selection, git: git, cache: cache, program: Recipe.program, jobs: jobs,
      memoryLimit: memoryLimit)
  }

  /// Reads a catalog that is not published. Records of the last build are used, and nothing is written.
  func catalog() async throws(CommandFailure) -> CatalogSnapshot { try await catalog(of: scan()) }

  /// Reads a catalog of files that were found.
  func catalog(of scan: ScanResult) async throws(CommandFailure) -> CatalogSnapshot {
    try await catalog(of: scan, cache: cache.openForReading())
  }

  /// Reads a catalog of files that were found, with a cache.
  func catalog(of scan: ScanResult, cache: CacheFolder?) async throws(CommandFailure) -> CatalogSnapshot {
    do throws(SourceChanged) {
      return try await reader(cache: cache).read(scan).catalog()
    } catch {
      throw .failed("\(error.path): it changed while it was read")
    }
  }
}
