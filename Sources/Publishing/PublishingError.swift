import Files
import Pages

/// Why a site could not be written.
public enum PublishingError: Error, Equatable, CustomStringConvertible {
  /// The operating system refused something.
  case disk(Disk.Failure)
  /// Files stand where pages would go, and Roster did not write them.
  case foreignFiles(folder: String, files: [String])
  /// A file is not any more what it was when the build began.
  case sourceChanged(SourceChanged)

  /// What an operation throws, with the operating system's refusals as errors of publishing.
  static func asking<Result>(_ operation: () throws(Disk.Failure) -> Result) throws(PublishingError) -> Result {
    do throws(Disk.Failure) { return try operation() } catch { throw .disk(error) }
  }

  /// The error as a sentence or two, with what to do.
  public var description: String {
    switch self {
    case .disk(let failure): return failure.description
    case .sourceChanged(let change): return change.description
    case .foreignFiles(let folder, let files):
      let named = files.prefix(3).joined(separator: ", ") + (files.count > 3 ? " and \(files.count - 3) more" : "")
      return
        "\(folder) holds files that Roster did not write and would have to replace: \(named). Choose another --output, or move them away."
    }
  }
}
