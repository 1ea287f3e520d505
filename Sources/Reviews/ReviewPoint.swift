import Agents
import Catalogs
import Files
import Grants
import Likenesses

/// A single fact about a change that a reviewer should know.
public struct ReviewPoint: Sendable {
  /// The urgency of a point, most dangerous first.
  public enum Rank: Int, Sendable, Comparable, CaseIterable {
    /// Text that is invisible to people but read by the model.
    case hiddenText
    /// Code from the network that runs in a shell.
    case networkToShell
    /// Permission prompts that are turned off.
    case promptsOff
    /// An existing item or a settings file with more access than before.
    case access
    /// A new item with access.
    case newAccess
    /// A file that does not load or cannot run, and is new or worked before.
    case unusable
    /// A file that is new or worked before, and may or may not load.
    case mayNotLoad
    /// A changed model.
    case model
    /// New findings.
    case findings
    /// New commands and addresses in a prompt.
    case mentions
    /// Less access than before.
    case losses
    /// Everything else.
    case others
    /// Only the formatting changed.
    case formatting

    /// Orders by danger, most dangerous first.
    public static func < (left: Rank, right: Rank) -> Bool { left.rawValue < right.rawValue }
  }

  /// The subject of a point.
  public enum Subject: Sendable, Hashable {
    /// A changed item, as an index into ``Review/changes``.
    case item(Int)
    /// A changed settings file, as an index into ``Review/settings``.
    case settings(Int)
  }

  /// The content of a point. Equal contents can be shown once for several subjects.
  public enum Content: Sendable, Hashable {
    /// A change of access, as a sentence.
    case sentence(Sentence)
    /// A new finding.
    case finding(rule: String, Finding.Severity, message: String)
    /// A new command in a prompt.
    case command(String)
    /// New addresses in a prompt.
    case addresses([String])
    /// The load outcomes before and after, and the reason.
    case loading(LoadVerdict.Outcome?, LoadVerdict.Outcome?, reason: String?)
    /// A field before and after, on one line each; nil if it is absent.
    case field(key: String, before: String?, after: String?)
    /// The numbers of removed and added words in the prompt.
    case prompt(removed: Int, added: Int)
    /// The number of words in the prompt of a new item.
    case words(Int)
    /// The kind of change of the item, with its former name and path if they differ.
    case kind(AgentChange.Kind, name: String?, path: String?)
    /// A file of a skill, with a description of its change.
    case file(path: String, words: String)
    /// An item with an identical or similar prompt whose prompts were not similar before.
    case alike(SimilarItem)
    /// A change in formatting, or a remark, in words.
    case form(String)
    /// The approval states before and after.
    case approval(Approval.State, Approval.State)
  }

  /// Another item with a similar prompt.
  public struct SimilarItem: Sendable, Hashable {
    /// How similar the prompts are.
    public enum Degree: Sendable, Hashable {
      /// The prompts are equal.
      case identical
      /// The prompts differ little.
      case nearlySame
      /// The prompts have this share of their text in common, in percent.
      case similar(Int)
    }

    /// The name.
    public let name: String
    /// The path, because names repeat.
    public let path: String
    /// How similar the prompts are.
    public let degree: Degree

    init(_ agent: Agent, _ likeness: Likeness) {
      name = agent.name
      path = agent.source.publishedLabel
      degree =
        likeness.isIdentical
        ? .identical : Likeness.isNearlySame(percent: likeness.percent) ? .nearlySame : .similar(likeness.percent)
    }
  }

  /// The urgency.
  public let rank: Rank
  /// The subject.
  public let subject: Subject
  /// The content.
  public let content: Content
  /// The line number, counted from 1, if there is one.
  public let line: Int?
  /// The file of a skill that the line is in, relative to the skill's folder; nil for the item's own file.
  public let file: String?
  /// Whether it only shows how another point is written in the file, before and after.
  let isDetail: Bool

  init(
    _ rank: Rank, _ subject: Subject, _ content: Content, line: Int? = nil, file: String? = nil, isDetail: Bool = false
  ) {
    self.rank = rank
    self.subject = subject
    self.content = content
    self.line = line
    self.file = file
    self.isDetail = isDetail
  }
}

// MARK: Items

extension ReviewPoint {
  /// The rules about text that is invisible to people.
  private static let ofHiddenText: Set<String> = ["text-invisible", "comment-hidden", "text-distant"]

  /// The rules whose findings are reported at any severity.
  private static let alwaysTold = ofHiddenText.union(["injection-phrase", "remote-code"])

  /// Returns the points about a changed item, in no particular order.
  static func all(of change: AgentChange, at place: Int, _ before: ReviewState, _ after: ReviewState) -> [ReviewPoint] {
    let subject = Subject.item(place)
    let (old, new) = (change.before.map { before[$0] }, change.after.map { after[$0] })
    var points: [ReviewPoint] = []
    func add(_ rank: Rank, _ content: Content, line: Int? = nil, file: String? = nil, isDetail: Bool = false) {
      points.append(ReviewPoint(rank, subject, content, line: line, file: file, isDetail: isDetail))
    }
    for finding in change.newFindings where finding.severity < .note || alwaysTold.contains(finding.rule) {
      let rank: Rank =
        ofHiddenText.contains(finding.rule) ? .hiddenText : finding.rule == "remote-code" ? .networkToShell : .findings
      add(
        rank, .finding(rule: finding.rule, finding.severity, message: finding.message), line: finding.location?.line,
        file: finding.file)
    }
    // A finding in a script reports the same, with its line.
    let isFound = points.contains { $0.rank == .networkToShell && $0.file != nil }
    for gain in change.access.gains where !(isFound && gain.danger == .networkToShell) {
      add(rank(of: gain.danger, isNew: old == nil), .sentence(gain.sentence))
    }
    for loss in change.access.losses { add(.losses, .sentence(loss)) }
    if let loading = change.loading {
      // A file still loads if parts of it are ignored.
      let isWorse = loading.after.map { max(loading.before ?? .loads, .partial) < $0 } ?? false
      let reason = new?.loading.reasons.first { $0.outcome == loading.after }
      add(
        !isWorse ? .others : loading.after == .unknown ? .mayNotLoad : .unusable,
        .loading(loading.before, loading.after, reason: reason?.message),
        line: reason?.line)
    }
    if change.changesModel { add(.model, .field(key: "model", before: old?.model, after: new?.model)) }
    for command in change.mentioned.commands {
      if RemoteCode.match(in: command) != nil {
        add(.networkToShell, .command(command))
      } else if old != nil {
        add(.mentions, .command(command))
      }
    }
    if old != nil, !change.mentioned.addresses.isEmpty { add(.mentions, .addresses(change.mentioned.addresses)) }
    points += details(of: change, subject, points.map(\.rank).min(), old, new)
    for alike in change.alike { add(.others, .alike(SimilarItem(after[alike.agent], alike.likeness))) }
    if let approval = change.approval { add(.others, .approval(approval.before, approval.after)) }
    return points
  }

  private static func rank(of danger: Danger, isNew: Bool) -> Rank {
    switch danger {
    case .networkToShell: .networkToShell
    case .promptsOff: .promptsOff
    default: isNew ? .newAccess : .access
    }
  }

  /// Returns the points about changes in the file: names, paths, fields, words and formatting.
  private static func details(
    of change: AgentChange, _ subject: Subject, _ first: Rank?, _ old: Agent?, _ new: Agent?
  ) -> [ReviewPoint] {
    let rank: Rank = change.kind == .formal ? .formatting : .others
    var points: [ReviewPoint] = []
    func add(_ content: Content, at rank: Rank, isDetail: Bool = false) {
      points.append(ReviewPoint(rank, subject, content, isDetail: isDetail))
    }
    guard let old, let new else {
      if change.kind == .removed { add(.kind(.removed, name: nil, path: nil), at: .others) }
      if change.kind == .added, first == nil, let text = change.text { add(.words(text.added), at: .others) }
      for form in change.form { add(.form(form), at: .others) }
      return points
    }
    if change.kind == .renamed || change.kind == .moved {
      let (was, now) = (old.source.publishedLabel, new.source.publishedLabel)
      add(.kind(change.kind, name: old.name == new.name ? nil : old.name, path: was == now ? nil : was), at: rank)
    }
    let gained = Set(change.access.gains.map { self.rank(of: $0.danger, isNew: false) })
    func place(of key: String) -> Rank? {
      let key = key.lowercased()
      guard ofAccess.contains(where: key.contains) else { return nil }
      if key.contains("permission"), gained.contains(.promptsOff) { return .promptsOff }
      return gained.contains(.access) ? .access : gained.min() ?? (change.access.losses.isEmpty ? nil : .losses)
    }
    for field in change.fields where !(change.changesModel && field.key.lowercased() == "model") {
      let content = Content.field(key: field.key, before: field.before?.line, after: field.after?.line)
      if let place = place(of: field.key) {
        add(content, at: place, isDetail: true)
      } else {
        add(content, at: rank)
      }
    }
    if let text = change.text { add(.prompt(removed: text.removed, added: text.added), at: rank) }
    // All files of an added or removed skill are new or gone.
    if change.before != nil, change.after != nil {
      for file in change.files { add(.file(path: file.path, words: file.words), at: rank) }
    }
    for form in change.form { add(.form(form), at: rank) }
    if points.isEmpty, first == nil { add(.kind(change.kind, name: nil, path: nil), at: rank) }
    return points
  }

  /// Substrings in the keys of fields that grant access.
  private static let ofAccess = ["tool", "permission", "hook", "mcp", "memory", "skills"]
}

// MARK: Settings

extension ReviewPoint {
  /// Returns the points about a changed settings file, in no particular order.
  static func all(of change: SettingsChange, at place: Int) -> [ReviewPoint] {
    let subject = Subject.settings(place)
    let remarks = change.sourceRemark.map { [ReviewPoint(.others, subject, .form($0))] } ?? []
    if change.comparison.changes.isEmpty {
      return [ReviewPoint(.others, subject, .form("\(change.kind.rawValue); no change in access"))] + remarks
    }
    let points = change.comparison.changes.map { grant in
      let line = grant.after?.line ?? grant.before?.line
      let broken: Rank? =
        grant.isAboutWholeFile ? change.breakage.map { $0 == .isIgnored ? .unusable : .mayNotLoad } : nil
      return ReviewPoint(broken ?? rank(of: grant), subject, .sentence(grant.sentence), line: line)
    }
    return points + remarks
  }

  private static func rank(of grant: GrantChange) -> Rank {
    switch grant.effect {
    case .narrows: .losses
    case .same: .others
    case .widens, .unknown: rank(of: grant.danger, isNew: false)
    }
  }
}
