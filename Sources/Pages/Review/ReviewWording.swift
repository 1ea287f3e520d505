import Grants
import Agents
import Catalogs
import Files
import Reviews

/// The words for a review on pages, in Markdown and in the terminal.
public enum ReviewWording {
  /// The number of agents of each kind of change, as a sentence without zeros.
  public static func figures(_ review: Review) -> String {
    let words: [(AgentChange.Kind, String)] = [
      (.added, "added"), (.removed, "removed"), (.renamed, "renamed"), (.moved, "moved"),
      (.changed, "changed"), (.formal, "with formatting changes only"), (.affected, "affected by other agents"),
    ]
    let parts = words.compactMap { kind, word in
      let count = review.count(kind)
      return count == 0 ? nil : "\(Wording.number(count)) \(word)"
    }
    let rest = "\(Wording.number(review.unchangedCount)) unchanged"
    let agents = parts.isEmpty ? "No agents changed; \(rest)." : "Agents: \(parts.joined(separator: ", ")); \(rest)."
    return ([settings(review), agents].compactMap(\.self)).joined(separator: " ")
  }

  /// How many settings files changed, and how many of them allow more; nil if none did.
  private static func settings(_ review: Review) -> String? {
    guard !review.settings.isEmpty else { return nil }
    let wider = review.settings.count { !$0.gains.isEmpty }
    let count = Wording.count(review.settings.count, "settings file")
    return wider == 0
      ? "\(count) changed; none allows more." : "\(count) changed; \(Wording.number(wider)) may allow more than before."
  }

  /// A difference in what is granted, as text: what the file says in quotation marks.
  public static func text(_ change: GrantChange) -> String {
    let sentence = change.sentence.parts.map { part in
      switch part {
      case .words(let words): words
      case .quoted(let text): "“\(text)”"
      }
    }.joined()
    let line = change.after?.line ?? change.before?.line
    return sentence + (line.map { " (\(change.key), line \($0))" } ?? " (\(change.key))")
  }

  /// The label of a kind of change.
  public static func title(_ kind: AgentChange.Kind) -> String {
    switch kind {
    case .added: "added"
    case .removed: "removed"
    case .renamed: "renamed"
    case .moved: "moved"
    case .changed: "changed"
    case .formal: "formatting only"
    case .affected: "affected"
    }
  }

  /// The label of a concern; nil for prose, which every change may have.
  public static func title(_ concern: AgentChange.Concern) -> String? {
    switch concern {
    case .access: "wider access"
    case .model: "model"
    case .mentions: "commands, URLs"
    case .alike: "near-duplicate"
    case .loading: "loading"
    case .findings: "findings"
    case .prose: nil
    }
  }

  /// How much of a prompt changed: `12 %, +40 −12 words`.
  public static func text(_ change: AgentChange.TextChange) -> String {
    let words = "+\(Wording.number(change.added)) −\(Wording.number(change.removed)) words"
    if change.removed == 0, change.same == 0 { return "\(Wording.count(change.added, "word"))" }
    if change.added == 0, change.same == 0 { return "\(Wording.count(change.removed, "word")) removed" }
    return "\(percent(change.share)), \(words)"
  }

  /// How many files of a skill changed: `3 files`; nil where none did.
  public static func files(_ change: AgentChange) -> String? {
    change.files.isEmpty ? nil : Wording.count(change.files.count, "file")
  }

  /// A share, never rounded to nothing.
  private static func percent(_ share: Double) -> String {
    if share > 0, share < 0.005 { return "under 1 %" }
    return Wording.percent(share)
  }

  /// The load verdicts before and after.
  public static func loading(_ change: AgentChange) -> String? {
    guard let loading = change.loading, let after = loading.after else { return nil }
    guard let before = loading.before else { return after.title }
    return "\(before.title) → \(after.title)"
  }

  /// The approval before and after, with what needs approval again; nil if it is the same.
  public static func approval(_ change: AgentChange, _ review: Review) -> String? {
    guard let approval = change.approval else { return nil }
    let sentence = Wording.approval(change.after.flatMap { review.after.catalog.entries[$0].approval })
    return "\(Wording.title(approval.before).capitalisedFirst) → \(Wording.title(approval.after)). \(sentence)"
  }

  /// The line of a finding: `error: …`.
  public static func finding(_ finding: Finding) -> String { "\(finding.severity.rawValue): \(finding.message)" }
}
