import Files
import Text

/// Collects the files of a skill while they are read one by one.
public struct BundleReading: Sendable {
  private var files: [BundleFile] = []
  private(set) var findings: [Finding] = []
  private let omitted: Int
  private let skipped: [String]

  /// Creates an empty collection.
  ///
  /// - Parameters:
  ///   - omitted: The number of files beyond the limit of a bundle.
  ///   - skipped: The paths that the scan skipped in the folder.
  public init(omitted: Int = 0, skipped: [String] = []) {
    self.omitted = omitted
    self.skipped = skipped
  }

  /// The files read so far.
  var bundle: SkillBundle { SkillBundle(files: files.sorted { $0.path < $1.path }, omitted: omitted, skipped: skipped) }

  fileprivate mutating func add(_ file: BundleFile, _ findings: [Finding]) {
    files.append(file)
    self.findings += findings.map { $0.placed(in: file.path.description) }
  }
}

extension AgentReader {
  /// Reads a file of a skill.
  ///
  /// - Parameters:
  ///   - summary: The content of the file.
  ///   - path: The path relative to the skill's folder.
  ///   - skill: The file that describes the skill.
  ///   - reading: The collection to add the file to.
  public func read(
    _ summary: ContentSummary, at path: RelativePath, of skill: SourceFile, into reading: inout BundleReading
  ) {
    let type = FileType(of: path, summary.start)
    let isText = ![.image, .other].contains(type.kind) && FileType.isText(summary.start)
    var (calls, links, findings) = ([ScriptCall](), [String](), [Finding]())
    if isText {
      if summary.size > BundleFile.readLimit {
        findings = [Self.tooLarge(summary.size)]
      } else if type.kind == .markdown {
        if case .document(let document) = read(summary.start, of: skill.part(path)).facts {
          (links, findings) = (document.relativeLinks, document.findings)
        }
      } else {
        (calls, findings) = check(summary.start, type)
      }
    }
    let file = BundleFile(
      path: path, size: summary.size, type: type, digest: summary.digest, isExecutable: summary.isExecutable,
      isText: isText, calls: calls, relativeLinks: links)
    reading.add(file, findings)
  }

  private static func tooLarge(_ size: Int) -> Finding {
    Finding(
      rule: FileLarge.rule.id, severity: FileLarge.rule.severity,
      message: "the file has \(size) bytes, more than \(BundleFile.readLimit): it is neither checked nor shown",
      help: "Split it, or leave it out.")
  }

  /// Checks a text other than Markdown for invisible characters and secrets, and a script for its calls.
  private func check(_ bytes: [UInt8], _ type: FileType) -> (calls: [ScriptCall], findings: [Finding]) {
    let text = SourceText(bytes)
    var findings = FindingList(bytes: text.bytes, text: text)
    findings.checkBundleText()
    guard type.kind == .script else { return ([], findings.listed) }
    let script = ScriptText(text.utf8, type)
    let remote = RemoteCode.check(script, &findings).map { line, match in
      ScriptCall(.remoteCode, Bounds.cut(match.phrase, to: 120), line: line)
    }
    return (remote + script.calls, findings.listed)
  }

  /// Reads the file that describes a skill, and adds the other files of its folder.
  public func read(_ bytes: [UInt8], of source: SourceFile, with bundle: BundleReading?) -> Reading {
    let reading = read(bytes, of: source)
    guard let bundle, case .agent(let agent) = reading.facts, agent.kind == .skill else { return reading }
    let whole = agent.with(bundle.bundle)
    let missing = ReferenceMissing.findings(of: whole, in: bytes)
    let findings = missing.isEmpty ? whole.findings : (whole.findings + missing).sorted(by: Finding.isBefore)
    return Reading(facts: .agent(whole.with(findings + bundle.findings)), rendering: reading.rendering)
  }
}
