import Files
import Foundation
import Gathering
import Pages
import Scanning

/// Reads the sources of a plan, for every command.
extension BuildPlan {
  /// Finds the files of all sources.
  ///
  /// - Parameter withWebs: Whether to find the web pages of the files, for a site.
  func scan(withWebs: Bool = false) throws(CommandFailure) -> ScanResult {
    do throws(ScanError) {
      let git = Git.find(in: ProcessInfo.processInfo.environment["PATH"])
      var scan = try SourceScanner(selection: selection, output: output, git: git).scan(sources + copies.requests)
      scan.unreadable += copies.missing
      if withWebs { scan.addWebs(git: git) }
      if let scanTime { scan.time = scanTime }
      return scan
    } catch {
      throw .usage(error.description)
    }
  }

  /// Returns a reader of catalogs.
  ///
  /// - Parameters:
  ///   - cache: The cache for records.
  ///   - git: Used to read the history of files; nil to skip it.
  ///   - memoryLimit: See ``CatalogReader``.
  func reader(cache: CacheFolder?, git: Git? = nil, memoryLimit: Int = 0) -> CatalogReader {
    CatalogReader(
      settings: settings, selection: selection, git: git, cache: cache, program: Recipe.program, jobs: jobs,
      memoryLimit: memoryLimit)
  }

  /// Reads a catalog without publishing it. Uses the records of the last build, and writes nothing.
  func catalog() async throws(CommandFailure) -> CatalogSnapshot { try await catalog(of: scan()) }

  /// Reads a catalog of scanned files.
  func catalog(of scan: ScanResult) async throws(CommandFailure) -> CatalogSnapshot {
    try await catalog(of: scan, cache: cache.openForReading())
  }

  /// Reads a catalog of scanned files, with a cache.
  func catalog(of scan: ScanResult, cache: CacheFolder?) async throws(CommandFailure) -> CatalogSnapshot {
    do throws(SourceChanged) {
      return try await reader(cache: cache).read(scan).catalog()
    } catch {
      throw .failed("\(error.path): it changed while it was read")
    }
  }
}
