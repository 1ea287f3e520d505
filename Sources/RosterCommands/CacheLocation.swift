import Files
import Foundation

/// Where the cache of an output is: a folder of the user, never one that a checkout could choose.
struct CacheLocation: Sendable {
  /// The folder; nil if the user has none.
  let path: String?
  /// The folder for copies of repositories, which all outputs share; nil if the user has none.
  let copies: String?
  private let output: String

  /// Finds the place.
  ///
  /// - Parameters:
  ///   - output: the folder that the site goes to. Each has a cache of its own.
  ///   - base: the folder for caches that was named on the command line.
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
      // A relative path would depend on the folder in which the program is started.
      value(name).flatMap { $0.hasPrefix("/") ? "\($0)/\(folder)" : nil }
    }
    let named = (base ?? value("ROSTER_CACHE")).map { Disk.absolutePath($0) }
    return named ?? own("XDG_CACHE_HOME", "roster") ?? own("HOME", ".cache/roster")
  }

  /// Opens the cache. If that fails, a folder for temporary files takes its place.
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

  /// What the cache of an output is called.
  static func name(of output: some Sequence<UInt8>) -> String { FNV.digits(output) }

  /// Removes the caches of outputs that are gone. A cache younger than a day stays, because its output may still be
  /// in the making. Whatever else is in the folder stays: only a cache has the name that follows from its output.
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

  /// Opens the cache to read from it; nil if there is none.
  func openForReading() -> CacheFolder? { path.flatMap { CacheFolder.openForReading($0) } }
}

/// A cache that is in use.
struct OpenCache: Sendable {
  let folder: CacheFolder?
  /// Why nothing can be kept; nil if it can.
  private let problem: String?

  init(folder: CacheFolder?, problem: String?) {
    self.folder = folder
    self.problem = problem
  }

  /// Why the next build will find less than it could, in a sentence; nil if it will find everything.
  var note: String? {
    (problem ?? folder?.failure.map { "the cache cannot be written: \($0)" }).map {
      "\($0); the next build takes longer"
    }
  }

  /// Removes what was there for this run only.
  func close() {
    if let folder, !folder.isKept { folder.removeAll() }
  }
}
