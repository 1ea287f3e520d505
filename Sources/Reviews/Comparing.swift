import Agents
import Catalogs
import Differences
import Files
import Likenesses

/// Computes the changes of individual agents.
struct Comparing {
  /// An agent in either state or in both.
  enum Item: Sendable {
    case both(Pairing.Pair)
    case added(Int)
    case removed(Int)
  }

  private let before: ReviewState
  private let after: ReviewState
  /// The index of each agent in the later state, by its index in the earlier state.
  private let heirs: [Int: Int]
  /// The pairs that were near-duplicates in the earlier state, by indices of the later state.
  private let wereAlike: Set<Candidates.Pair>

  init(_ before: ReviewState, _ after: ReviewState, _ pairing: Pairing) {
    self.before = before
    self.after = after
    let heirs = Dictionary(pairing.pairs.map { ($0.before, $0.after) }, uniquingKeysWith: { first, _ in first })
    self.heirs = heirs
    var alike: Set<Candidates.Pair> = []
    for (index, entry) in before.catalog.entries.enumerated() {
      guard let one = heirs[index] else { continue }
      for other in entry.alike {
        if let second = heirs[other.agent] { alike.insert(Self.pair(one, second)) }
      }
    }
    wereAlike = alike
  }

  /// Returns the change of an agent, or nil if nothing changed.
  func change(_ item: Item) throws(Disk.Failure) -> AgentChange? {
    switch item {
    case .both(let pair): try changed(pair)
    case .added(let index): try added(index)
    case .removed(let index): try removed(index)
    }
  }

  private func side(_ index: Int, of state: ReviewState) -> AccessChange.Side {
    let entry = state.catalog.entries[index]
    return .init(
      agent: entry.agent, reach: entry.reach, runtime: state.catalog.settings.runtimes[entry.agent])
  }

  // MARK: Both

  private func changed(_ pair: Pairing.Pair) throws(Disk.Failure) -> AgentChange? {
    let (old, new) = (before.catalog.entries[pair.before], after.catalog.entries[pair.after])
    let findings = try findings(pair)
    let alike = newLikenesses(of: pair.after)
    let loading =
      old.agent.loading.outcome == new.agent.loading.outcome
      ? nil
      : (
        before: old.agent.loading.outcome as LoadVerdict.Outcome?,
        after: new.agent.loading.outcome as LoadVerdict.Outcome?
      )
    let states = (before: old.approval.state, after: new.approval.state)
    let approval = states.before == states.after ? nil : states
    let content = try content(pair)
    let access = AccessChange(side(pair.before, of: before), side(pair.after, of: after)).adding(content.files)
    // A change of access or of loading is more than formatting.
    let isReadDifferently = loading != nil || !access.isEmpty
    let isAffected =
      isReadDifferently || !findings.new.isEmpty || !findings.gone.isEmpty || !alike.isEmpty || approval != nil
    guard
      let kind = Self.kind(old.agent, new.agent, content, isReadDifferently: isReadDifferently, isAffected: isAffected)
    else {
      return nil
    }
    return AgentChange(
      kind: kind, before: pair.before, after: pair.after, fields: content.fields, text: content.text, access: access,
      mentioned: content.mentioned, newFindings: findings.new, goneFindings: findings.gone, alike: alike, origins: [],
      heirs: [],
      form: content.form, changesModel: old.agent.model != new.agent.model, loading: loading, approval: approval,
      files: content.files)
  }

  private static func kind(
    _ old: Agent, _ new: Agent, _ content: Content, isReadDifferently: Bool, isAffected: Bool
  ) -> AgentChange.Kind? {
    if old.name != new.name { return .renamed }
    if old.source.key != new.source.key { return .moved }
    if !content.fields.isEmpty || content.text != nil || !content.files.isEmpty { return .changed }
    if !content.form.isEmpty { return isReadDifferently ? .changed : .formal }
    return isAffected ? .affected : nil
  }

  /// The changes within a file.
  private struct Content {
    var fields: [AgentChange.FieldChange] = []
    var text: AgentChange.TextChange?
    var mentioned: (commands: [String], addresses: [String]) = ([], [])
    var form: [String] = []
    var files: [BundleFileChange] = []
  }

  private func content(_ pair: Pairing.Pair) throws(Disk.Failure) -> Content {
    var content = Content()
    let (old, new) = (before[pair.before], after[pair.after])
    if before.isExecutable(old.source) != after.isExecutable(new.source) {
      content.form.append(
        after.isExecutable(new.source) ? "the file is now executable" : "the file is no longer executable")
    }
    content.files = try BundleFileChange.all((old, before), (new, after))
    content.mentioned.addresses = Self.unique(content.files.flatMap(\.addresses))
    if pair.isSame { return content }
    let (bytes, others) = (try before.bytes(of: pair.before), try after.bytes(of: pair.after))
    let runtimes = [before.catalog.settings.runtimes[old], after.catalog.settings.runtimes[new]]
    let different = FieldDifference(old, new).keys.map { key in
      AgentChange.FieldChange(key: key, before: old.value(key), after: new.value(key))
    }
    content.fields = different.filter { field in
      guard let first = field.before, let second = field.after else { return true }
      return !runtimes.allSatisfy { $0.isSame(field.key, first, second) }
    }
    let sections = (old.sections(of: bytes), new.sections(of: others))
    if sections.0.flatMap(\.lines) != sections.1.flatMap(\.lines) {
      content.text = Self.text(SectionDiff(sections.0, sections.1))
      let mentioned = Self.mentioned(old.prompt(in: bytes), new.prompt(in: others))
      content.mentioned = (
        mentioned.commands, Self.unique(mentioned.addresses + content.mentioned.addresses)
      )
    }
    let formatting = Formatting(.init(agent: old, bytes: bytes), .init(agent: new, bytes: others))
    content.form +=
      content.fields.isEmpty && content.text == nil && content.files.isEmpty
      ? formatting.all : formatting.fields(but: content.fields.map(\.key))
    return content
  }

  private func findings(_ pair: Pairing.Pair) throws(Disk.Failure) -> (new: [Finding], gone: [Finding]) {
    let (old, new) = (before.catalog.entries[pair.before], after.catalog.entries[pair.after])
    let (was, isNow) = (old.findings, new.findings)
    if was.isEmpty || isNow.isEmpty { return (isNow, was) }
    let keepsAlike = new.alike.contains { wereAlike.contains(Self.pair(pair.after, $0.agent)) }
    let difference = FindingDifference(
      .init(
        agent: old.agent, bytes: try before.bytes(of: pair.before), files: try files(of: was, old.agent, before),
        findings: was),
      .init(
        agent: new.agent, bytes: try after.bytes(of: pair.after), files: try files(of: isNow, new.agent, after),
        findings: isNow), keepsAlike: keepsAlike)
    return (difference.new, difference.gone)
  }

  /// Returns the contents of the skill's files that have findings.
  private func files(
    of findings: [Finding], _ agent: Agent, _ state: ReviewState
  ) throws(Disk.Failure) -> [String: [UInt8]] {
    var files: [String: [UInt8]] = [:]
    for name in Set(findings.compactMap(\.file)) {
      guard let path = RelativePath(name), let place = agent.bundle?.place(of: path),
        agent.bundle?.files[place].isShown ?? false
      else { continue }
      files[name] = try state.bytes(agent.source.part(path))
    }
    return files
  }

  private static func unique(_ texts: [String]) -> [String] {
    var seen: Set<String> = []
    return texts.filter { seen.insert($0).inserted }
  }

  private static func text(_ diff: SectionDiff) -> AgentChange.TextChange {
    let counts = diff.counts
    let touched = diff.pairs.filter { $0.isMoved || !$0.diff.isSame }
    return AgentChange.TextChange(
      same: counts.same, removed: counts.removed, added: counts.added,
      sections: touched.map { $0.right?.title ?? $0.title })
  }

  private static func mentioned(
    _ prompt: NumberedPrompt, _ other: NumberedPrompt
  ) -> (commands: [String], addresses: [String]) {
    let (old, new) = (Mentions(in: prompt.lines), Mentions(in: other.lines))
    let known = (Set(old.commands), Set(old.addresses))
    return (new.commands.filter { !known.0.contains($0) }, new.addresses.filter { !known.1.contains($0) })
  }

  private func newLikenesses(of index: Int) -> [AgentChange.NewLikeness] {
    after.catalog.entries[index].alike.compactMap { other in
      let pair = Self.pair(index, other.agent)
      return wereAlike.contains(pair) ? nil : .init(agent: other.agent, likeness: other.likeness)
    }
  }

  private static func pair(_ one: Int, _ other: Int) -> Candidates.Pair {
    Candidates.Pair(left: min(one, other), right: max(one, other))
  }

  // MARK: One

  private func added(_ index: Int) throws(Disk.Failure) -> AgentChange {
    let entry = after.catalog.entries[index]
    let mentions = Mentions(in: try after.prompt(of: index).lines)
    let files = try BundleFileChange.all(nil, (entry.agent, after))
    let path = entry.agent.source.publishedPath
    let was = before.catalog.documents.contains { $0.document.source.publishedPath == path }
    let words = entry.agent.promptMeasure.words
    return AgentChange(
      kind: .added, before: nil, after: index,
      fields: Self.keys(of: entry.agent).map { .init(key: $0, before: nil, after: entry.agent.value($0)) },
      text: .init(same: 0, removed: 0, added: words, sections: entry.agent.outline.map(\.text)),
      access: AccessChange(of: side(index, of: after)),
      mentioned: (mentions.commands, Self.unique(mentions.addresses + files.flatMap(\.addresses))),
      newFindings: entry.findings, goneFindings: [], alike: newLikenesses(of: index), origins: [], heirs: [],
      form: was ? ["it had no frontmatter before"] : [], changesModel: false,
      loading: entry.agent.loading.outcome == .loads ? nil : (nil, entry.agent.loading.outcome),
      approval: entry.approval == nil ? nil : (.missing, entry.approval.state), files: files)
  }

  private func removed(_ index: Int) throws(Disk.Failure) -> AgentChange {
    let entry = before.catalog.entries[index]
    let path = entry.agent.source.publishedPath
    let isNow = after.catalog.documents.contains { $0.document.source.publishedPath == path }
    return AgentChange(
      kind: .removed, before: index, after: nil,
      fields: Self.keys(of: entry.agent).map { .init(key: $0, before: entry.agent.value($0), after: nil) },
      text: .init(same: 0, removed: entry.agent.promptMeasure.words, added: 0, sections: []),
      access: AccessChange(), mentioned: ([], []), newFindings: [], goneFindings: entry.findings, alike: [],
      origins: [],
      heirs: [], form: isNow ? ["it no longer has frontmatter"] : [], changesModel: false,
      loading: nil, approval: nil, files: try BundleFileChange.all((entry.agent, before), nil))
  }

  private static func keys(of agent: Agent) -> [String] {
    var seen: Set<String> = []
    return agent.fields.filter { !$0.value.isEmpty && seen.insert($0.key).inserted }.map(\.key)
  }
}
