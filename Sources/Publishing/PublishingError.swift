import Files
import Pages

/// The reason why a site could not be written.
public enum PublishingError: Error, Equatable, CustomStringConvertible {
  /// The operating system reported an error.
  case disk(Disk.Failure)
  /// The folder contains files at the paths of pages that Roster did not write.
  case foreignFiles(folder: String, files: [String])
  /// A source file changed after the build began.
  case sourceChanged(SourceChanged)

  /// Runs an operation, and converts its errors to publishing errors.
  static func asking<Result>(_ operation: () throws(Disk.Failure) -> Result) throws(PublishingError) -> Result {
    do throws(Disk.Failure) { return try operation() } catch { throw .disk(error) }
  }

  /// The error as one or two sentences, with advice.
  public var description: String {
    switch self {
    case .disk(let failure): return failure.description
    case .sourceChanged(let change): return change.description
    case .foreignFiles(let folder, let files):
      let named = files.prefix(3).joined(separator: ", ") + (files.count > 3 ? " and \(files.count - 3) more" : "")
      return
        "\(folder) contains files that Roster did not write and would overwrite: \(named). Choose another --output, or move the files."
    }
  }
}
