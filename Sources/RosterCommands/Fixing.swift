import Agents
import Files
import Reports
import Scanning

/// `roster check --fix`: puts right what is certain, file by file.
struct Fixing {
  let isDryRun: Bool

  /// What came of it.
  struct Outcome {
    var mended = 0
    /// Files that could not be written, each with the reason.
    var failed: [(path: String, reason: String)] = []
  }

  func run(on files: [FoundFile]) -> Outcome {
    var outcome = Outcome()
    for file in files {
      // What cannot be read is said by the check.
      guard case .success(let bytes) = Disk.read(file.absolutePath), let mended = Mending.mended(bytes) else {
        continue
      }
      let path = file.source.displayPath
      if isDryRun {
        Terminal.output(UnifiedDiff.text(path, bytes, mended), terminator: "")
        outcome.mended += 1
        continue
      }
      do throws(Disk.Failure) {
        try Disk.save(mended, to: file.absolutePath)
        outcome.mended += 1
      } catch {
        outcome.failed.append((path, error.reason))
      }
    }
    return outcome
  }
}
