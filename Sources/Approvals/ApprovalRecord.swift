import Agents
import Catalogs
import Differences
import Files
import Foundation

/// The file that records an approval of an agent: who approved it and when, with digests of the approved content. The
/// digests reveal later changes and their places.
///
/// Each agent has its own record, in a folder beside the agent's file. So write access to records can be restricted,
/// and approvals of two agents on two branches never change the same lines. Digests are SHA-256 (FIPS 180-4), because
/// an author could construct two texts that share a weaker digest.
public struct ApprovalRecord: Codable, Sendable, Equatable {
  /// A person who approved the agent.
  public struct Approver: Codable, Sendable, Equatable {
    /// The name.
    public let by: String
    /// The date in ISO 8601 format.
    public let on: String
  }

  /// A section of the prompt.
  public struct Section: Codable, Sendable, Equatable {
    /// The heading; empty for the text before the first heading.
    public let heading: String
    /// The digest of the lines, without blank lines at the end.
    public let digest: String
  }

  /// Another file of a skill.
  public struct File: Codable, Sendable, Equatable {
    /// The path relative to the skill's folder.
    public let path: String
    /// The digest of the file's bytes.
    public let digest: String
    /// Whether the file is executable.
    public let executable: Bool
  }

  /// The version of the format.
  public let version: Int
  /// The approvers, in the order of their approvals.
  public private(set) var approved: [Approver]
  /// The note of the approvers.
  public private(set) var note: String?
  /// The digests of the fields, by key.
  public let fields: [String: String]
  /// The sections of the prompt, in order.
  public let sections: [Section]
  /// The other files of a skill, by path. Nil if the agent is not a skill, or if the record covers only the main file.
  public let files: [File]?

  /// The name of the folder beside agents that contains their approvals.
  public static let folder = FolderNames.approvals
  private static let current = 1

  /// Returns the path of the approval of a file, or of an item in the file.
  ///
  /// Each item has its own record: `.approvals/.roomodes#customModes-architect.json`.
  public static func path(of file: String, _ item: SourceItem? = nil) -> String {
    let file = item.map { "\(file)#\(name(of: $0))" } ?? file
    guard let slash = file.lastSlash else { return "\(folder)/\(file).json" }
    return "\(file[..<slash])/\(folder)\(file[slash...]).json"
  }

  /// Returns an item's name for use in a file name. Letters, digits, hyphens and underscores are kept. If a name has
  /// other characters, a digest keeps it distinct.
  private static func name(of item: SourceItem) -> String {
    func isPlain(_ byte: UInt8) -> Bool {
      (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20) || "-_".utf8.contains(byte)
    }
    let plain = String(decoding: item.name.utf8.prefix(80).map { isPlain($0) ? $0 : UInt8(ascii: "-") }, as: UTF8.self)
    let isSame = plain == item.name
    return "\(item.holder)-\(plain)" + (isSame ? "" : "-\(digest(of: item.path).prefix(12))")
  }

  /// Records the approval of an agent.
  ///
  /// - Parameters:
  ///   - agent: The agent.
  ///   - bytes: The content of its file.
  ///   - approver: The approver and the date.
  ///   - note: A note of the approver, or nil.
  public init(of agent: Agent, _ bytes: [UInt8], by approver: Approval.Approver, note: String? = nil) {
    version = Self.current
    approved = [Approver(by: approver.name, on: approver.day)]
    self.note = note
    fields = Self.digests(of: agent)
    sections = Self.digests(of: agent.sections(of: bytes))
    files = agent.bundle.map { Self.fileDigests($0) }
  }

  /// Reads a record. Returns nil if the bytes are not a valid record.
  public init?(_ bytes: [UInt8]) {
    guard let record = try? JSONDecoder().decode(ApprovalRecord.self, from: Data(bytes)),
      record.version == Self.current, !record.approved.isEmpty
    else { return nil }
    self = record
  }

  /// Returns the content of the record's file, with one value per line for readable diffs.
  ///
  /// - Throws: The error of the encoder.
  public func bytes() throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return try Array(encoder.encode(self)) + [0x0A]
  }

  /// Returns the record with the approvers of another record added. If a person approved before, the new approval
  /// replaces the old one. A new note replaces the old note. If the records cover different content, the other record
  /// is returned.
  public func approved(by other: ApprovalRecord) -> ApprovalRecord {
    guard fields == other.fields, sections == other.sections, files ?? [] == other.files ?? [] else { return other }
    var result = self
    let names = Set(other.approved.map(\.by))
    result.approved = approved.filter { !names.contains($0.by) } + other.approved
    result.note = other.note ?? note
    return result
  }

  /// A single digest of everything that an approval covers: fields, sections and other files. It is the `digest` in
  /// `roster-review.json`. Two versions of an item have the same digest if an approval of either covers both.
  public var digest: String {
    var lines = fields.sorted { $0.key.precedesByBytes($1.key) }.map {
      "field\t\(Self.digest(of: $0.key))\t\($0.value)"
    }
    lines += sections.map { "section\t\(Self.digest(of: $0.heading))\t\($0.digest)" }
    lines += (files ?? []).map { "file\t\(Self.digest(of: $0.path))\t\($0.digest)\t\($0.executable)" }
    return Self.digest(of: lines.joined(separator: "\n"))
  }

  /// Returns the approval, with the changes since.
  ///
  /// - Parameters:
  ///   - agent: The agent in its current state.
  ///   - bytes: The current content of its file.
  public func approval(of agent: Agent, _ bytes: [UInt8]) -> Approval {
    Approval(
      approvers: approved.map { .init(name: $0.by, day: $0.on) }, note: note ?? "",
      changes: changes(Self.digests(of: agent), Self.digests(of: agent.sections(of: bytes)), of: agent)
        + fileChanges(agent.bundle))
  }

  private func changes(_ now: [String: String], _ sections: [Section], of agent: Agent) -> [String] {
    var changes: [String] = []
    var seen: Set<String> = []
    // In the order of the file, followed by the removed fields.
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
      changes.append(heading.isEmpty ? "the text before the first heading" : "section \(heading)")
    }
    if headings.isEmpty { changes.append("the order of sections") }
    return changes
  }

  /// The maximum number of files listed as changes.
  private static let fileLimit = 10

  private func fileChanges(_ bundle: SkillBundle?) -> [String] {
    let now = bundle.map { Self.fileDigests($0) } ?? []
    guard let files else {
      return now.isEmpty ? [] : ["other files in the folder, which the approval does not cover"]
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
    let omitted = bundle?.omitted ?? 0 > 0 ? ["files too many or too large to read"] : []
    return changes.prefix(Self.fileLimit) + (rest > 0 ? ["\(rest) more files"] : []) + omitted
  }

  // MARK: Digests

  private static func fileDigests(_ bundle: SkillBundle) -> [File] {
    bundle.files.map { File(path: $0.path.description, digest: $0.digest, executable: $0.isExecutable) }
  }

  private static func digests(of agent: Agent) -> [String: String] {
    // A repeated key contributes all its values. Empty values count: `tools: []` allows no tool, and without the field
    // many runtimes allow all of them.
    Dictionary(grouping: agent.fields, by: \.key).mapValues { fields in
      digest(of: fields.map { canonical($0.value) }.joined(separator: ","))
    }
  }

  private static func digests(of sections: [Differences.Section]) -> [Section] {
    sections.map { section in
      // Blank lines at the end of a section carry no meaning, and disappear when the section becomes the last one.
      var lines = section.lines[...]
      while lines.last?.allSatisfy(\.isWhitespace) ?? false { lines.removeLast() }
      var text: [UInt8] = []
      text.reserveCapacity(lines.reduce(0) { $0 + $1.utf8.count + 1 })
      for (place, line) in lines.enumerated() {
        if place > 0 { text.append(0x0A) }
        text.append(contentsOf: line.utf8)
      }
      return Section(heading: section.title, digest: ContentSummary.digest(of: text))
    }
  }

  private static func digest(of text: String) -> String { ContentSummary.digest(of: Array(text.utf8)) }

  /// Returns an unambiguous text form: different values have different forms.
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
