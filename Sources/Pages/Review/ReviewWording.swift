import Agents
import Catalogs
import Files
import Reviews

/// A review in words, which pages, Markdown and the terminal have in common.
public enum ReviewWording {
  /// How many agents were added, removed, renamed and changed, as a sentence; what there is none of is left out.
  public static func figures(_ review: Review) -> String {
    let words: [(AgentChange.Kind, String)] = [
      (.added, "added"), (.removed, "removed"), (.renamed, "renamed"), (.moved, "moved"),
      (.changed, "changed"), (.formal, "changed in form only"), (.affected, "affected by the others"),
    ]
    let parts = words.compactMap { kind, word in
      let count = review.count(kind)
      return count == 0 ? nil : "\(Wording.number(count)) \(word)"
    }
    let rest =
      "\(Wording.count(review.unchangedCount, "agent")) \(review.unchangedCount == 1 ? "stays" : "stay") as \(review.unchangedCount == 1 ? "it is" : "they are")"
    if parts.isEmpty { return "No agent changed: \(rest)." }
    return "Agents: \(parts.joined(separator: ", ")); \(rest)."
  }

  /// What became of an agent, in a word or two.
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

  /// What is to be looked at, in a word or two; nil for prose, which every change may have.
  public static func title(_ concern: AgentChange.Concern) -> String? {
    switch concern {
    case .access: "wider access"
    case .model: "model"
    case .mentions: "commands, addresses"
    case .alike: "near-duplicate"
    case .loading: "loading"
    case .findings: "findings"
    case .prose: nil
    }
  }

  /// How much of a prompt is otherwise: `12 %, +40 −12 words`.
  public static func text(_ change: AgentChange.TextChange) -> String {
    let words = "+\(Wording.number(change.added)) −\(Wording.number(change.removed)) words"
    if change.removed == 0, change.same == 0 { return "\(Wording.count(change.added, "word"))" }
    if change.added == 0, change.same == 0 { return "\(Wording.count(change.removed, "word")) gone" }
    return "\(percent(change.share)), \(words)"
  }

  /// A share that is not none and not all, as such.
  private static func percent(_ share: Double) -> String {
    if share > 0, share < 0.005 { return "under 1 %" }
    return Wording.percent(share)
  }

  /// What its runtime made of a file, and what it makes of it.
  public static func loading(_ change: AgentChange) -> String? {
    guard let loading = change.loading, let after = loading.after else { return nil }
    guard let before = loading.before else { return after.title }
    return "\(before.title) → \(after.title)"
  }

  /// Where an agent stood among those that are approved, and where it stands, with what is to be approved again; nil where that is the same.
  public static func approval(_ change: AgentChange, _ review: Review) -> String? {
    guard let approval = change.approval else { return nil }
    let sentence = Wording.approval(change.after.flatMap { review.after.catalog.entries[$0].approval })
    return "\(Wording.title(approval.before).capitalisedFirst) → \(Wording.title(approval.after)). \(sentence)"
  }

  /// The line of a finding that came, or went: `error: …`.
  public static func finding(_ finding: Finding) -> String { "\(finding.severity.rawValue): \(finding.message)" }
}
