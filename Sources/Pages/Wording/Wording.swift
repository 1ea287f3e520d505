import Agents
import Catalogs
import Files
import Histories
import Templates
import Text

/// Numbers and phrases for pages.
enum Wording {
  /// A whole number with commas: `12,345`.
  static func number(_ value: Int) -> String { NumberText.grouped(value) }

  /// Returns a number rounded to hundreds: `1.2k`; small numbers are unchanged.
  static func short(_ value: Int) -> String {
    guard value >= 1000 else { return String(value) }
    let tenths = (value + 50) / 100
    return tenths >= 1000 ? "\((tenths + 5) / 10)k" : "\(tenths / 10).\(tenths % 10)k"
  }

  /// Returns a number with its noun: `1 agent`, `2 agents`.
  static func count(_ value: Int, _ word: String) -> String { "\(number(value)) \(word)\(value == 1 ? "" : "s")" }

  /// Returns the number of items of each kind: `3 agents, 2 skills and 1 command`.
  static func count(of kinds: [(kind: ItemKind, count: Int)]) -> String {
    kinds.isEmpty ? "no agents" : kinds.map { count($1, $0.noun) }.joined(before: "and")
  }

  /// Returns a size: `820 bytes`, `1.2 kB`, `3.4 MB`.
  static func size(_ bytes: Int) -> String {
    if bytes < 1000 { return count(bytes, "byte") }
    let (unit, divisor) = bytes < 999_950 ? ("kB", 1000.0) : ("MB", 1_000_000.0)
    let tenths = Int((Double(bytes) / divisor * 10).rounded())
    return tenths >= 1000 || tenths.isMultiple(of: 10)
      ? "\(number((tenths + 5) / 10)) \(unit)" : "\(tenths / 10).\(tenths % 10) \(unit)"
  }

  /// Returns the number of findings of each severity: `1 error, 2 notes`, or `none`.
  static func counts(_ findings: [Finding]) -> String { counts(SeverityCounts(findings)).ifAny ?? "none" }

  /// Returns the number of findings of each severity: `1 error, 2 notes`; empty if there are none.
  static func counts(_ counts: SeverityCounts) -> String {
    counts.occurring.map { count($1, $0.rawValue) }.joined(separator: ", ")
  }

  /// Returns a day in UTC: `3 May 2026`.
  static func day(_ time: Int) -> String { DateText.day(time) }

  /// Returns a sentence about when a file was added and last changed, and by whom.
  ///
  /// - Parameter address: Returns the URL of a commit.
  static func history(_ history: FileHistory, address: (String) -> String?) -> HTML {
    func said(_ commit: FileHistory.Commit) -> HTML {
      let day: HTML = "\(day(commit.localTime))"
      let linked: HTML = address(commit.id).map { "<a href=\"\($0)\">\(day)</a>" } ?? day
      return "\(linked) by \(commit.author)"
    }
    guard let created = history.created else {
      return
        "Last changed \(said(history.changed)). The clone does not contain its earlier history."
    }
    let origin: HTML = history.copiedFrom.map { " as a copy of <code>\($0)</code>" } ?? ""
    if created == history.changed { return "Added \(said(created))\(origin), unchanged since." }
    return
      "Added \(said(created))\(origin). Last changed \(said(history.changed)). \(count(history.changes, "commit"))."
  }

  /// Returns the badge text for an approval state.
  static func title(_ state: Approval.State) -> String {
    switch state {
    case .approved: "approved"
    case .stale: "changed since approval"
    case .missing: "not approved"
    }
  }

  /// Returns a sentence about the approvers and the changes since.
  static func approval(_ approval: Approval?) -> String {
    guard let approval else { return "Not approved." }
    let people = approval.approvers.map { "by \($0.name) on \(DateText.day(iso: $0.day) ?? $0.day)" }.joined(
      before: "and")
    if approval.isCurrent { return "Approved \(people)." }
    let who = people.isEmpty ? "Approved" : "Approved \(people)"
    return "\(who), since changed: \(approval.changes.joined(separator: ", "))."
  }

  /// Returns a share of 1 as `68%`; 100% only for the whole.
  static func percent(_ share: Double) -> String { NumberText.percent(share) }

  /// Returns a part of a number as a percentage: `68%`, `<1%`.
  static func share(_ count: Int, of all: Int) -> String { NumberText.share(count, of: all) }
}

extension String {
  /// The text with a capital first letter, unless it starts with a name that contains other capitals, such as
  /// `permissionMode`.
  var capitalisedFirst: String {
    let beginsWithName = prefix(while: \.isLetter).dropFirst().contains(where: \.isUppercase)
    return beginsWithName ? self : prefix(1).uppercased() + dropFirst()
  }
}
