import Agents
import Catalogs
import Files
import Grants
import Reviews

/// The wording of a review on pages, in Markdown and in the terminal.
public enum ReviewWording {
  /// The number of items of each kind and change, without zeros: `Agents: 2 changed. Skills: 1 added; 12 unchanged.`
  public static func figures(_ review: Review) -> String {
    let words: [(AgentChange.Kind, String)] = [
      (.added, "added"), (.removed, "removed"), (.renamed, "renamed"), (.moved, "moved"),
      (.changed, "changed"), (.formal, "with formatting changes only"), (.affected, "affected by other agents"),
    ]
    let kinds = review.changes.indices.map { review.agent(at: $0)?.kind ?? .agent }
    let parts = ItemKind.allCases.compactMap { item -> String? in
      let counts = words.compactMap { kind, word -> String? in
        let count = zip(review.changes, kinds).count { $0.kind == kind && $1 == item }
        return count == 0 ? nil : "\(Wording.number(count)) \(word)"
      }
      return counts.isEmpty ? nil : "\(item.plural.capitalisedFirst): \(counts.joined(separator: ", "))"
    }
    let rest = "\(Wording.number(review.unchangedCount)) unchanged"
    let known = Set(review.after.catalog.entries.map(\.agent.kind))
    let noun = known.count > 1 ? "items" : (known.first ?? .agent).plural
    let items = parts.isEmpty ? "No \(noun) changed; \(rest)." : "\(parts.joined(separator: ". ")); \(rest)."
    return ([settings(review), items].compactMap(\.self)).joined(separator: " ")
  }

  /// `2 settings files and 1 script`.
  public static func count(_ changes: [SettingsChange]) -> String {
    let scripts = changes.count(where: \.isScript)
    let counts = [(changes.count - scripts, "settings file"), (scripts, "script")].filter { $0.0 > 0 }
    return counts.map { Wording.count($0.0, $0.1) }.joined(before: "and")
  }

  /// Returns how many settings files changed, and how many of them allow more; nil if none changed.
  private static func settings(_ review: Review) -> String? {
    guard !review.settings.isEmpty else { return nil }
    let wider = review.settings.count { !$0.gains.isEmpty }
    let count = count(review.settings)
    return wider == 0
      ? "\(count) changed; none allows more." : "\(count) changed; \(Wording.number(wider)) may allow more than before."
  }

  // MARK: Points

  /// The heading of a rank.
  public static func title(_ rank: ReviewPoint.Rank) -> String {
    switch rank {
    case .hiddenText: "Hidden text"
    case .networkToShell: "Network piped into a shell"
    case .promptsOff: "Permission prompts off"
    case .access: "Wider access"
    case .newAccess: "New, with access"
    case .unusable: "Will not work"
    case .mayNotLoad: "May not load"
    case .model: "Model"
    case .findings: "New findings"
    case .mentions: "New commands and URLs"
    case .losses: "Less access"
    case .others: "Other changes"
    case .formatting: "Formatting only"
    }
  }

  /// Returns a sentence about what to look at first, with numbers of files; nil if nothing needs attention.
  public static func first(_ queue: ReviewQueue) -> String? {
    let parts = queue.sections.filter { $0.rank <= .mayNotLoad }.map { section in
      let count = Set(section.blocks.flatMap(\.subjects)).count
      return "\(title(section.rank).lowercased()) (\(Wording.number(count)))"
    }
    return parts.isEmpty ? nil : "Look first at: \(parts.joined(separator: ", "))."
  }

  /// Returns the number of subjects, with a noun that fits all: `25 agents`, `3 settings files`.
  public static func count(_ subjects: [ReviewPoint.Subject], _ review: Review) -> String {
    let nouns = Set(
      subjects.map { subject in
        switch subject {
        case .item(let place): review.agent(at: place)?.kind.noun ?? "item"
        case .settings(let place): review.settings[place].isScript ? "script" : "settings file"
        }
      })
    return Wording.count(subjects.count, nouns.count == 1 ? nouns.first ?? "item" : "file")
  }

  /// Returns the note beside the name of a subject: `added` or `removed`; nil if it is in both states.
  public static func note(_ subject: ReviewPoint.Subject, _ review: Review) -> String? {
    review.isNew(subject).map { $0 ? "added" : "removed" }
  }

  /// The maximum length of a quoted text. Longer texts are cut.
  private static let quotedLength = 240

  /// Returns a point as a sentence.
  public static func sentence(_ content: ReviewPoint.Content) -> Sentence {
    switch content {
    case .sentence(let sentence): return sentence.cut(to: quotedLength)
    case .finding(let rule, let severity, let message):
      return "\(words: severity.rawValue): \(quoting(message)) (\(words: rule))"
    case .command(let command):
      return ("New command in the prompt: \(quoted: command)" as Sentence).cut(to: quotedLength)
    case .addresses(let addresses):
      let noun = addresses.count == 1 ? "URL" : "URLs"
      return "New \(words: noun): \(Sentence.quoted(addresses))"
    case .loading(let before, let after, let reason):
      let past = before.map { "\($0.title) → " } ?? ""
      return "\(words: past)\(words: after?.title ?? "")\(words: reason.map { ": \($0)" } ?? "")"
    case .field(let key, let before, let after):
      let (past, present) = (value(before), value(after))
      return ("\(words: key.ifAny ?? "before the first field"): \(past) → \(present)" as Sentence).cut(to: 120)
    case .prompt(let removed, let added):
      // Lines that only moved have the same words.
      if added == 0, removed == 0 { return "prompt: \(words: sameWords)" }
      return "prompt: \(words: "+\(Wording.number(added)) −\(Wording.number(removed)) words")"
    case .words(let count): return "prompt: \(words: Wording.count(count, "word"))"
    case .kind(let kind, let name, let path):
      let froms = [name, path].compactMap { $0.map { "\(quoted: $0)" as Sentence } }
      return froms.isEmpty
        ? "\(words: title(kind))" : "\(words: title(kind)) from \(Sentence.list(froms, before: "at"))"
    case .file(let path, let words): return "\(quoted: path): \(words: words)"
    case .alike(let other): return sentence(other)
    case .form(let words): return "\(words: words)"
    case .approval(let before, let after):
      return "approval: \(words: Wording.title(before)) → \(words: Wording.title(after))"
    }
  }

  /// The number of folded points: `99 more like this`.
  public static func others(_ count: Int) -> String { "\(Wording.number(count)) more like this" }

  /// Returns the number and the names of folded points; nil if there are none.
  public static func rest(of fold: Fold<ReviewPoint>) -> Sentence? {
    fold.others.isEmpty ? nil : "And \(words: others(fold.others.count)): \(fold.names)"
  }

  private static func sentence(_ other: ReviewPoint.SimilarItem) -> Sentence {
    let place: Sentence = "\(quoted: other.name) in \(quoted: other.path)"
    return switch other.degree {
    case .identical: "the same prompt as \(place)"
    case .nearlySame: "nearly the same prompt as \(place)"
    case .similar(let percent): "prompt \(words: String(percent))% similar to that of \(place)"
    }
  }

  /// Returns the message of a finding as a sentence. Text in quotation marks comes from the file.
  private static func quoting(_ message: String) -> Sentence {
    var sentence: Sentence = ""
    var rest = message[...]
    while let open = rest.firstIndex(of: "“"), let close = rest[open...].firstIndex(of: "”") {
      let text = String(rest[rest.index(after: open)..<close])
      sentence = "\(sentence)\(words: String(rest[..<open]))\(quoted: text)"
      rest = rest[rest.index(after: close)...]
    }
    return "\(sentence)\(words: String(rest))"
  }

  private static func value(_ text: String?) -> Sentence {
    guard let text else { return "not stated" }
    return text.isEmpty ? "empty" : "\(quoted: text)"
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

  /// The label of a concern; nil for prose, which is not labeled.
  public static func title(_ concern: AgentChange.Concern) -> String? {
    switch concern {
    case .access: "wider access"
    case .model: "model"
    case .mentions: "commands, URLs"
    case .alike: "similar prompt"
    case .loading: "loading"
    case .findings: "findings"
    case .prose: nil
    }
  }

  /// The amount of change in a prompt that has the same words.
  private static let sameWords = "only line breaks, punctuation or the order of sections changed"

  /// The amount of change in a prompt: `12%, +40 −12 words`.
  public static func text(_ change: AgentChange.TextChange) -> String {
    if change.share == 0 { return sameWords }
    let words = "+\(Wording.number(change.added)) −\(Wording.number(change.removed)) words"
    if change.removed == 0, change.same == 0 { return "\(Wording.count(change.added, "word"))" }
    if change.added == 0, change.same == 0 { return "\(Wording.count(change.removed, "word")) removed" }
    return "\(change.share > 0 && change.share < 0.005 ? "<1%" : Wording.percent(change.share)), \(words)"
  }

  /// The number of changed files of a skill: `3 files`; nil if none changed.
  public static func files(_ change: AgentChange) -> String? {
    change.files.isEmpty ? nil : Wording.count(change.files.count, "file")
  }

  /// The load verdicts before and after.
  public static func loading(_ change: AgentChange) -> String? {
    guard let loading = change.loading, let after = loading.after else { return nil }
    guard let before = loading.before else { return after.title }
    return "\(before.title) → \(after.title)"
  }

  /// The approval before and after, with the parts that need approval again; nil if unchanged.
  public static func approval(_ change: AgentChange, _ review: Review) -> String? {
    guard let approval = change.approval else { return nil }
    let sentence = Wording.approval(change.after.flatMap { review.after.catalog.entries[$0].approval })
    return "\(Wording.title(approval.before).capitalisedFirst) → \(Wording.title(approval.after)). \(sentence)"
  }
}
