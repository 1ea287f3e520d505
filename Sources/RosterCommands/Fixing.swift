import Agents
import Files
import Reports
import Scanning
import Text

/// Runs `roster check --fix`: makes certain fixes, file by file.
struct Fixing {
  let isDryRun: Bool
  /// The facts about runtimes. Some read values that are invalid YAML.
  let runtimes: Runtimes

  /// The result of fixing files.
  struct Outcome {
    var mended = 0
    /// Files that couldn't be written, with reasons.
    var failed: [(path: String, reason: String)] = []
  }

  func run(on files: [FoundFile]) -> Outcome {
    var outcome = Outcome()
    for file in files {
      // The check reports unreadable files.
      guard case .success(let bytes) = Disk.read(file.absolutePath),
        let mended = Mending.mended(bytes, path: file.source.publishedPath, runtimes: runtimes)
      else {
        continue
      }
      let path = file.source.displayPath
      if isDryRun {
        Terminal.output(Self.diff(path, bytes, mended), terminator: "")
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

  /// Returns a readable diff of a fix. In changed lines, labels replace invisible characters and special spaces.
  private static func diff(_ path: String, _ old: [UInt8], _ new: [UInt8]) -> String {
    let encoding = TextEncoding(of: old)
    let diff = UnifiedDiff.text(path, encoding.decoded(old).text, new) { sign, line in
      TerminalText.printable(sign == " " ? line : InvisibleText.labelledSpaces(in: line))
    }
    guard encoding != .utf8 else { return diff }
    let title = "--- a/\(path)\n+++ b/\(path)\n"
    return title + "\\ \(encoding.title) becomes UTF-8\n" + diff.dropFirst(diff.hasPrefix(title) ? title.count : 0)
  }
}
