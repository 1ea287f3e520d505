import Agents
import Approvals
import Catalogs
import Files
import Foundation
import Reports

/// Writes and removes approvals of items.
struct Approving {
  /// The approver.
  let approver: Approval.Approver
  let note: String?
  /// The contents of the items.
  let texts: Texts

  /// Approves an item. Returns the message to print after its path.
  func run(on entry: Catalog.Entry, _ path: String) throws(Disk.Failure) -> String {
    try write(record(of: entry), of: entry, path)
  }

  /// Creates the approval of an item in its current state.
  func record(of entry: Catalog.Entry) throws(Disk.Failure) -> ApprovalRecord {
    let source = entry.agent.source
    if let omitted = entry.agent.bundle?.omitted, omitted > 0 {
      let files = "\(CountText.of(omitted, "file")) that Roster does not read"
      throw Disk.Failure(
        path: source.displayLabel,
        reason: "its folder has \(files), so an approval could not cover \(omitted == 1 ? "it" : "them")")
    }
    do throws(SourceChanged) {
      return ApprovalRecord(of: entry.agent, try texts.bytes(source), by: approver, note: note)
    } catch {
      throw Disk.Failure(path: error.path, reason: "it changed while it was read; run the command again")
    }
  }

  /// Writes an approval. Returns the message to print after the item's path.
  func write(_ record: ApprovalRecord, of entry: Catalog.Entry, _ path: String) throws(Disk.Failure) -> String {
    let file = ApprovalRecord.path(of: path, entry.agent.source.item)
    let past = (try? Disk.read(file).get()).flatMap { ApprovalRecord($0) }
    try write(past?.approved(by: record) ?? record, to: file)
    return words(for: entry)
  }

  /// Returns the message to print after the path of an approved item.
  func words(for entry: Catalog.Entry) -> String {
    let errors = entry.findings.count { $0.severity == .error && !$0.rule.hasPrefix("approval-") }
    let warning = errors == 0 ? "" : ", with \(CountText.of(errors, "error")): see roster check"
    return "approved by \(approver.name) on \(approver.day)\(warning)\(Self.uncovered(entry.agent.bundle))"
  }

  /// Removes the approval of an item. Returns the message to print after its path.
  static func withdraw(of entry: Catalog.Entry, _ path: String) throws(Disk.Failure) -> String {
    let file = ApprovalRecord.path(of: path, entry.agent.source.item)
    guard Disk.kind(file, followsLinks: false) != nil else { return "it had no approval" }
    try Disk.removeFile(file)
    if let slash = file.lastSlash { Disk.removeFolderIfEmpty(String(file[..<slash])) }
    return "its approval was withdrawn"
  }

  /// The maximum number of paths in a message.
  private static let pathLimit = 5

  /// Returns a note about the files in a skill's folder that were skipped and are not covered by the approval.
  private static func uncovered(_ bundle: SkillBundle?) -> String {
    guard let skipped = bundle?.skipped, !skipped.isEmpty else { return "" }
    let more = skipped.count > pathLimit ? " and \(skipped.count - pathLimit) more" : ""
    return "; it does not cover what Roster skips: \(skipped.prefix(pathLimit).joined(separator: ", "))\(more)"
  }

  private func write(_ record: ApprovalRecord, to file: String) throws(Disk.Failure) {
    if let slash = file.lastSlash {
      let folder = String(file[..<slash])
      if Disk.kind(folder, followsLinks: false) == .other {
        throw Disk.Failure(path: folder, reason: "this is a symbolic link, and Roster does not write through links")
      }
      try Disk.makeFolder(folder)
    }
    guard let bytes = try? record.bytes() else {
      throw Disk.Failure(path: file, reason: "it cannot be written as JSON")
    }
    try Disk.save(bytes, to: file)
  }

  /// Returns the text if it is a valid date on the command line, or nil.
  static func day(_ text: String) -> String? {
    guard let match = text.wholeMatch(of: /(\d{4})-(\d{2})-(\d{2})/), let month = Int(match.2), let day = Int(match.3)
    else {
      return nil
    }
    return (1...12).contains(month) && (1...31).contains(day) ? text : nil
  }

  /// Returns today's date in the local time zone.
  static func today() -> String {
    let parts = Calendar(identifier: .gregorian).dateComponents([.year, .month, .day], from: Date())
    func two(_ number: Int?) -> String { (number ?? 0) < 10 ? "0\(number ?? 0)" : "\(number ?? 0)" }
    return "\(parts.year ?? 0)-\(two(parts.month))-\(two(parts.day))"
  }
}
