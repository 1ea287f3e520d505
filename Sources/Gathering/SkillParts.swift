import Agents
import Files
import Scanning

/// The files that belong to each skill of a scan, within the limits of a bundle.
struct SkillParts {
  /// The files of one skill.
  struct Skill {
    var parts: [FoundPart] = []
    /// How many more there are than a bundle holds.
    var omitted = 0
    /// What the scan skipped below the folder, without what is in skipped folders.
    var skipped: [String] = []
    fileprivate var size = 0

    /// All that is known of files that are not read.
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

  /// The skills, by the numbers of the files that describe them. Each of those has an entry.
  private(set) var skills: [Int: Skill] = [:]
  /// The numbers of files that are a part of a skill and no item.
  private(set) var numbers: Set<Int> = []

  /// Sorts the parts of a scan.
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

  /// Whether a file in a skill that holds other items is one of those: a runtime finds it in a place of its own.
  private static func isItem(_ source: SourceFile, by runtimes: Runtimes) -> Bool {
    source.skill?.isWhole ?? false && runtimes.place(of: source)?.kind != nil
  }

  /// How many skipped paths a skill lists.
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
