import Catalogs
import Files
import Foundation
import Gathering
import Reports

/// The baseline of a check, named on the command line or found in the current folder.
struct CheckBaseline {
  /// The path of the baseline.
  let path: String
  let baseline: Baseline

  /// Reads the baseline of a check; nil if there is none.
  init?(_ command: CheckCommand) throws(CommandFailure) {
    if command.noBaseline || command.writeBaseline != nil { return nil }
    path = command.baseline ?? Baseline.usualPath
    if command.baseline == nil, Disk.kind(path) == nil {
      if command.pruneBaseline { throw .usage("no baseline to prune at \(path)") }
      return nil
    }
    let bytes: [UInt8]
    do throws(Disk.Failure) {
      bytes = try Disk.read(path).get()
    } catch {
      throw command.baseline == nil ? .failed(error.description) : .usage(error.description)
    }
    do throws(Baseline.Failure) {
      baseline = try Baseline(bytes)
    } catch {
      throw .failed("\(path): \(error.reason)")
    }
  }

  /// Writes a baseline, but never through a link.
  static func write(_ baseline: Baseline, to path: String) throws(CommandFailure) {
    do throws(Disk.Failure) {
      if Disk.kind(path, followsLinks: false) == .other, !path.hasPrefix("/dev/") {
        throw Disk.Failure(path: path, reason: "it is a symbolic link, and Roster does not write through links")
      }
      try Disk.save(baseline.bytes, to: path)
    } catch {
      throw .failed(error.description)
    }
  }

  /// Returns the published paths of all files that a check covers, including the files of skills.
  static func checked(in catalog: Catalog) -> [String] {
    catalog.entries.flatMap { entry in
      let source = entry.agent.source
      return [source.publishedPath] + (entry.agent.bundle?.files ?? []).map { source.part($0.path).publishedPath }
    } + catalog.documents.map(\.document.source.publishedPath)
  }
}
