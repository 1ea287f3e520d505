import Agents
import Files
import Scanning

/// The files of each skill in a scan, within the limits of a bundle.
struct SkillParts {
  /// The files of one skill.
  struct Skill {
    var parts: [FoundPart] = []
    /// The number of files beyond the limits of a bundle.
    var omitted = 0
    /// The paths below the folder that the scan skipped, without the contents of skipped folders.
    var skipped: [String] = []
    fileprivate var size = 0

    /// A description of the files that aren't read.
    var leftOut: [String] { [String(omitted)] + skipped }

    fileprivate mutating func add(_ part: FoundPart) {
      guard parts.count < SkillBundle.fileLimit, size + part.file.identity.size <= SkillBundle.byteLimit else {
        omitted += 1
        return
      }
      parts.append(part)
      size += part.file.identity.size
    }
  }

  /// The skills, by the numbers of the files that describe them. Each such file has an entry.
  private(set) var skills: [Int: Skill] = [:]
  /// The numbers of files that are parts of a skill and not items.
  private(set) var numbers: Set<Int> = []

  /// Assigns the parts of a scan to skills.
  init(of scan: ScanResult, by runtimes: Runtimes) {
    for file in scan.files where FolderNames.describesSkill(file.source.publishedPath) {
      skills[file.source.number] = Skill()
    }
    for part in scan.parts where !Self.isItem(part.file.source, by: runtimes) {
      skills[part.skill, default: Skill()].add(part)
      if part.file.source.number != SourceFile.unnumbered { numbers.insert(part.file.source.number) }
    }
    addSkipped(scan)
  }

  /// Returns whether a file in a skill that can contain other items is an item itself, because a runtime looks for it
  /// there.
  private static func isItem(_ source: SourceFile, by runtimes: Runtimes) -> Bool {
    source.skill?.isWhole ?? false && runtimes.place(of: source)?.kind != nil
  }

  /// The maximum number of skipped paths per skill.
  private static let skippedLimit = 100

  private mutating func addSkipped(_ scan: ScanResult) {
    let folders = Dictionary(
      skills.keys.map { number in
        let path = scan.files[number].source.publishedPath
        return (path.lastSlash.map { String(path[..<$0]) } ?? "", number)
      }, uniquingKeysWith: { first, _ in first })
    for path in scan.skipped {
      var folder = path.publishedPath[...]
      while let slash = folder.lastSlash {
        folder = folder[..<slash]
        guard let number = folders[String(folder)] else { continue }
        if skills[number]?.skipped.count ?? 0 < Self.skippedLimit, let below = path.publishedPath.path(below: folder) {
          skills[number]?.skipped.append(below)
        }
      }
    }
  }
}
