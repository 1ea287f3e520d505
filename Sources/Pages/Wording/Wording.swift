import Agents
import Catalogs
import Files
import Histories
import Templates

/// Numbers and words as pages write them.
enum Wording {
  /// A whole number with commas: `12,345`.
  static func number(_ value: Int) -> String {
    let digits = String(value)
    guard digits.utf8.count > 3 else { return digits }
    var result = ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index).isMultiple(of: 3) { result.append(",") }
      result.append(digit)
    }
    return result
  }

  /// A number to the nearest hundred: `1.2k`; small ones as they are.
  static func short(_ value: Int) -> String {
    guard value >= 1000 else { return String(value) }
    let tenths = (value + 50) / 100
    return tenths >= 1000 ? "\((tenths + 5) / 10)k" : "\(tenths / 10).\(tenths % 10)k"
  }

  /// `1 agent`, `2 agents`.
  static func count(_ value: Int, _ word: String) -> String { "\(number(value)) \(word)\(value == 1 ? "" : "s")" }

  /// `3 agents, 2 skills and 1 command`.
  static func count(of kinds: [(kind: ItemKind, count: Int)]) -> String {
    kinds.isEmpty ? "no agents" : kinds.map { count($1, $0.noun) }.joined(before: "and")
  }

  /// A number of bytes: `820 bytes`, `1.2 kB`, `3.4 MB`.
  static func size(_ bytes: Int) -> String {
    if bytes < 1000 { return count(bytes, "byte") }
    let (unit, divisor) = bytes < 999_950 ? ("kB", 1000.0) : ("MB", 1_000_000.0)
    let tenths = Int((Double(bytes) / divisor * 10).rounded())
    return tenths >= 1000 || tenths.isMultiple(of: 10)
      ? "\(number((tenths + 5) / 10)) \(unit)" : "\(tenths / 10).\(tenths % 10) \(unit)"
  }

  /// The number of findings of each severity: `1 error, 2 notes`.
  static func counts(_ findings: [Finding]) -> String {
    let counts = Finding.Severity.allCases.compactMap { severity -> String? in
      let count = findings.count { $0.severity == severity }
      return count > 0 ? self.count(count, severity.rawValue) : nil
    }
    return counts.isEmpty ? "none" : counts.joined(separator: ", ")
  }

  /// A day, in UTC: `3 May 2026`.
  static func day(_ time: Int) -> String { DateText.day(time) }

  /// When a file came and was last changed, and by whom.
  ///
  /// - Parameter address: where a commit can be looked at.
  static func history(_ history: FileHistory, address: (String) -> String?) -> HTML {
    func said(_ commit: FileHistory.Commit) -> HTML {
      let day: HTML = "\(day(commit.time))"
      let linked: HTML = address(commit.id).map { "<a href=\"\($0)\">\(day)</a>" } ?? day
      return "\(linked) by \(commit.author)"
    }
    guard let created = history.created else {
      return
        "Last changed \(said(history.changed)). The clone that this was made from does not reach back to where it came from."
    }
    if created == history.changed { return "Added \(said(created)), and not changed since." }
    return
      "Added \(said(created)). Last changed \(said(history.changed)). \(count(history.changes, "commit"))."
  }

  /// Where an agent stands among those that are approved, as a badge says it.
  static func title(_ state: Approval.State) -> String {
    switch state {
    case .approved: "approved"
    case .stale: "changed since approval"
    case .missing: "not approved"
    }
  }

  /// Who has approved an agent, and what was changed since.
  static func approval(_ approval: Approval?) -> String {
    guard let approval else { return "Nobody has approved it." }
    let people = approval.approvers.map { "by \($0.name) on \(DateText.day(iso: $0.day) ?? $0.day)" }.joined(
      before: "and")
    if approval.isCurrent { return "Approved \(people)." }
    let who = people.isEmpty ? "Approved" : "Approved \(people)"
    return "\(who), since changed: \(approval.changes.joined(separator: ", "))."
  }

  /// A share of one as `68%`; never 100 unless it is all.
  static func percent(_ share: Double) -> String {
    let rounded = Int((share * 100).rounded())
    return "\(share < 1 ? min(rounded, 99) : rounded)%"
  }

  /// A part of a number as a percentage: `68%`, `<1%`.
  static func share(_ count: Int, of all: Int) -> String {
    guard all > 0, count > 0 else { return "0%" }
    let share = Double(count) / Double(all)
    return share < 0.005 ? "<1%" : percent(min(1, share))
  }
}

extension String {
  /// The text with its first letter as a capital, unless it begins with a name that has others, such as
  /// `permissionMode`.
  var capitalisedFirst: String {
    let beginsWithName = prefix(while: \.isLetter).dropFirst().contains(where: \.isUppercase)
    return beginsWithName ? self : prefix(1).uppercased() + dropFirst()
  }
}
