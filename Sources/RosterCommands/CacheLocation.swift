import Files
import Foundation

/// The location of an output's cache: a folder of the user, never one that a checkout can choose.
struct CacheLocation: Sendable {
  /// The folder; nil if there is no place for caches.
  let path: String?
  /// The folder for copies of repositories, shared by all outputs; nil if there is no place for caches.
  let copies: String?
  private let output: String

  /// Finds the location.
  ///
  /// - Parameters:
  ///   - output: The output folder of the site. Each has its own cache.
  ///   - base: The cache folder from the command line.
  init(of output: String, in base: String?, environment: [String: String] = ProcessInfo.processInfo.environment) {
    let folder = Self.folder(base, environment)
    let place = Disk.absolutePath(output)
    self.output = place
    path = folder.map { "\($0)/\(Self.name(of: place.utf8))" }
    copies = folder.map { "\($0)/sources" }
  }

  private static func folder(_ base: String?, _ environment: [String: String]) -> String? {
    func value(_ name: String) -> String? { EnvironmentSettings.value(name, in: environment) }
    func own(_ name: String, _ folder: String) -> String? {
      // A relative path would depend on the current folder.
      value(name).flatMap { $0.hasPrefix("/") ? "\($0)/\(folder)" : nil }
    }
    let named = (base ?? value("ROSTER_CACHE")).map { Disk.absolutePath($0) }
    return named ?? own("XDG_CACHE_HOME", "roster") ?? own("HOME", ".cache/roster")
  }

  /// Opens the cache, or a temporary folder if that fails.
  func open() -> OpenCache {
    guard let path else {
      return OpenCache(folder: try? .temporary(), problem: "no folder for the cache: set HOME, or use --cache")
    }
    let isNew = Disk.kind(path) == nil
    do throws(Disk.Failure) {
      let folder = try CacheFolder.open(path)
      if isNew, folder.replace(Self.outputFile, by: Array(output.utf8)) { Self.removeOrphans(beside: path) }
      return OpenCache(folder: folder, problem: nil)
    } catch {
      return OpenCache(folder: try? .temporary(), problem: "no cache: \(error)")
    }
  }

  private static let outputFile = "output"

  /// Returns the name of an output's cache.
  static func name(of output: some Sequence<UInt8>) -> String { FNV.digits(output) }

  /// Removes the caches of deleted outputs.
  ///
  /// Caches younger than a day stay, because their output may not be written yet. Other folders stay too: only the
  /// names of caches are derived from their outputs.
  static func removeOrphans(beside path: String, before limit: Int = Disk.time - 86_400_000_000_000) {
    guard let slash = path.lastSlash else { return }
    for name in Disk.names(in: String(path[..<slash])) {
      let folder = "\(path[..<slash])/\(name)"
      let file = "\(folder)/\(outputFile)"
      guard folder != path, let identity = Disk.identity(file), identity.changed < limit,
        case .success(let output) = Disk.read(file), name == Self.name(of: output),
        Disk.kind(String(decoding: output, as: UTF8.self)) == nil, (try? Disk.requirePrivate(folder)) != nil
      else { continue }
      Disk.removeTree(folder)
    }
  }

  /// Opens the cache for reading; nil if it doesn't exist.
  func openForReading() -> CacheFolder? { path.flatMap { CacheFolder.openForReading($0) } }
}

/// A cache in use.
struct OpenCache: Sendable {
  let folder: CacheFolder?
  /// Why nothing can be cached; nil if there is no problem.
  private let problem: String?

  init(folder: CacheFolder?, problem: String?) {
    self.folder = folder
    self.problem = problem
  }

  /// A sentence about why the next build takes longer; nil if it doesn't.
  var note: String? {
    (problem ?? folder?.failure.map { "the cache cannot be written: \($0)" }).map {
      "\($0); the next build takes longer"
    }
  }

  /// Removes a temporary folder.
  func close() {
    if let folder, !folder.isKept { folder.removeAll() }
  }
}
