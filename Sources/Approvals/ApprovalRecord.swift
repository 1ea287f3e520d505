import Agents
import Catalogs
import Differences
import Files
import Foundation

/// The file that says that somebody approved an agent: who, when, and the digests of what was approved, so that any
/// later change shows, and where it is.
///
/// It stands beside the agent's own file, in a folder of its own, so that whoever keeps the repository can say who may
/// write there, and two approvals on two branches never touch the same lines. Digests are SHA-256 (FIPS 180-4), since
/// whoever writes an agent might look for two texts of one digest.
public struct ApprovalRecord: Codable, Sendable, Equatable {
  /// Somebody who approved it.
  public struct Approver: Codable, Sendable, Equatable {
    /// The name.
    public let by: String
    /// The day, as ISO 8601 has it.
    public let on: String
  }

  /// A section of the prompt.
  public struct Section: Codable, Sendable, Equatable {
    /// The heading; empty of what stands in front of the first one.
    public let heading: String
    /// The digest of its lines, less blank ones at its end.
    public let digest: String
  }

  /// Another file of a skill.
  public struct File: Codable, Sendable, Equatable {
    /// Where it is, below the folder of the skill.
    public let path: String
    /// The digest of its bytes.
    public let digest: String
    /// Whether it may be run as a program.
    public let executable: Bool
  }

  /// The version of this form.
  public let version: Int
  /// Who approved it, in the order in which they did.
  public private(set) var approved: [Approver]
  /// What they had to say.
  public private(set) var note: String?
  /// The digest of each field, by its key.
  public let fields: [String: String]
  /// The sections of the prompt, in order.
  public let sections: [Section]
  /// The other files of a skill, by path; nil where there is no skill, and in records that cover its own file only.
  public let files: [File]?

  /// The folder beside agents that holds the approvals.
  public static let folder = FolderNames.approvals
  private static let current = 1

  /// The path of the approval of a file, or of an item in it.
  ///
  /// An item has a record of its own: `.approvals/.roomodes#customModes-architect.json`.
  public static func path(of file: String, _ item: SourceItem? = nil) -> String {
    let file = item.map { "\(file)#\(name(of: $0))" } ?? file
    guard let slash = file.lastSlash else { return "\(folder)/\(file).json" }
    return "\(file[..<slash])/\(folder)\(file[slash...]).json"
  }

  /// An item's name as part of a file's name: letters, digits, hyphens and underscores stay. Of other names the digest
  /// tells one from another.
  private static func name(of item: SourceItem) -> String {
    func isPlain(_ byte: UInt8) -> Bool {
      (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20) || "-_".utf8.contains(byte)
    }
    let plain = String(decoding: item.name.utf8.prefix(80).map { isPlain($0) ? $0 : UInt8(ascii: "-") }, as: UTF8.self)
    let isSame = plain == item.name
    return "\(item.holder)-\(plain)" + (isSame ? "" : "-\(digest(of: item.path).prefix(12))")
  }

  /// Approves an agent.
  ///
  /// - Parameters:
  ///   - agent: the agent.
  ///   - bytes: what is in its file.
  ///   - approver: who does, and when.
  ///   - note: what they have to say, or nil.
  public init(of agent: Agent, _ bytes: [UInt8], by approver: Approval.Approver, note: String? = nil) {
    version = Self.current
    approved = [Approver(by: approver.name, on: approver.day)]
    self.note = note
    fields = Self.digests(of: agent)
    sections = Self.digests(of: agent.sections(of: bytes))
    files = agent.bundle.map { Self.fileDigests($0) }
  }

  /// Reads a record, or returns nil where the bytes are none.
  public init?(_ bytes: [UInt8]) {
    guard let record = try? JSONDecoder().decode(ApprovalRecord.self, from: Data(bytes)),
      record.version == Self.current, !record.approved.isEmpty
    else { return nil }
    self = record
  }

  /// The record as a file holds it: a line a value, so that changes of it can be read.
  ///
  /// - Throws: what the encoder throws.
  public func bytes() throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return try Array(encoder.encode(self)) + [0x0A]
  }

  /// The same with one more person who approved the same; with another note, if there is one. Somebody who had done so
  /// before does it anew.
  public func approved(by other: ApprovalRecord) -> ApprovalRecord {
    guard fields == other.fields, sections == other.sections, files ?? [] == other.files ?? [] else { return other }
    var result = self
    let names = Set(other.approved.map(\.by))
    result.approved = approved.filter { !names.contains($0.by) } + other.approved
    result.note = other.note ?? note
    return result
  }

  /// One digest for everything that an approval covers: fields, sections and other files. It is the `digest` of
  /// `roster-review.json`: two versions of an item have the same one if an approval of either covers both.
  public var digest: String {
    var lines = fields.sorted { $0.key.precedesByBytes($1.key) }.map {
      "field\t\(Self.digest(of: $0.key))\t\($0.value)"
    }
    lines += sections.map { "section\t\(Self.digest(of: $0.heading))\t\($0.digest)" }
    lines += (files ?? []).map { "file\t\(Self.digest(of: $0.path))\t\($0.digest)\t\($0.executable)" }
    return Self.digest(of: lines.joined(separator: "\n"))
  }

  /// The approval, and what was changed since.
  ///
  /// - Parameters:
  ///   - agent: the agent as it is.
  ///   - bytes: what is in its file.
  public func approval(of agent: Agent, _ bytes: [UInt8]) -> Approval {
    Approval(
      approvers: approved.map { .init(name: $0.by, day: $0.on) }, note: note ?? "",
      changes: changes(Self.digests(of: agent), Self.digests(of: agent.sections(of: bytes)), of: agent)
        + fileChanges(agent.bundle))
  }

  private func changes(_ now: [String: String], _ sections: [Section], of agent: Agent) -> [String] {
    var changes: [String] = []
    var seen: Set<String> = []
    // In the order of the file, then those that have gone.
    for key in agent.fields.map(\.key) + fields.keys.sorted() where seen.insert(key).inserted {
      if now[key] != fields[key] { changes.append(key.isEmpty ? "the first lines" : key) }
    }
    if sections == self.sections { return changes }
    func missing(_ all: [Section], in others: [Section]) -> [String] {
      var free = others
      return all.compactMap { section in
        if let place = free.firstIndex(of: section) {
          free.remove(at: place)
          return nil
        }
        return section.heading
      }
    }
    var told: Set<String> = []
    let headings = missing(sections, in: self.sections) + missing(self.sections, in: sections)
    for heading in headings where told.insert(heading).inserted {
      changes.append(heading.isEmpty ? "what stands before the first heading" : "section \(heading)")
    }
    if headings.isEmpty { changes.append("the order of sections") }
    return changes
  }

  /// How many files are named.
  private static let fileLimit = 10

  private func fileChanges(_ bundle: SkillBundle?) -> [String] {
    let now = bundle.map { Self.fileDigests($0) } ?? []
    guard let files else {
      return now.isEmpty ? [] : ["the other files of the folder, which the approval does not cover"]
    }
    let (old, new) = (
      Dictionary(files.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first }),
      Dictionary(now.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
    )
    let changes = Set(old.keys).union(new.keys).sorted(by: { $0.precedesByBytes($1) }).compactMap { path -> String? in
      switch (old[path], new[path]) {
      case (nil, _?): return "\(path) (new)"
      case (_?, nil): return "\(path) (removed)"
      case (let before?, let after?) where before.digest != after.digest: return path
      case (let before?, let after?) where before.executable != after.executable:
        return "\(path) (\(after.executable ? "now" : "no longer") executable)"
      default: return nil
      }
    }
    let rest = changes.count - Self.fileLimit
    let omitted = bundle?.omitted ?? 0 > 0 ? ["files that are too many or too large to be read"] : []
    return changes.prefix(Self.fileLimit) + (rest > 0 ? ["\(rest) more files"] : []) + omitted
  }

  // MARK: Digests

  private static func fileDigests(_ bundle: SkillBundle) -> [File] {
    bundle.files.map { File(path: $0.path.description, digest: $0.digest, executable: $0.isExecutable) }
  }

  private static func digests(of agent: Agent) -> [String: String] {
    // A key that stands there twice counts twice.
    Dictionary(grouping: agent.fields.filter { !$0.value.isEmpty }, by: \.key).mapValues { fields in
      digest(of: fields.map { canonical($0.value) }.joined(separator: ","))
    }
  }

  private static func digests(of sections: [Differences.Section]) -> [Section] {
    sections.map { section in
      // Blank lines at its end are gone where it comes to stand last, and say nothing.
      var lines = section.lines[...]
      while lines.last?.allSatisfy(\.isWhitespace) ?? false { lines.removeLast() }
      return Section(heading: section.title, digest: digest(of: lines.joined(separator: "\n")))
    }
  }

  private static func digest(of text: String) -> String { ContentSummary.digest(of: Array(text.utf8)) }

  /// A value in a form in which no two values are the same.
  private static func canonical(_ value: FieldValue) -> String {
    func quoted(_ text: String) -> String { "\(text.utf8.count):\(text)" }
    return switch value {
    case .null: "n"
    case .bool(let value): value ? "t" : "f"
    case .number(let text): "d" + quoted(text)
    case .text(let text): "s" + quoted(text)
    case .list(let items): "[" + items.map(canonical).joined(separator: ",") + "]"
    case .map(let entries): "{" + entries.map { quoted($0.key) + canonical($0.value) }.joined(separator: ",") + "}"
    }
  }
}
