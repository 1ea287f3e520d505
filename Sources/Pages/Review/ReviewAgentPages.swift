import Agents
import Catalogs
import Differences
import Files
import Reviews
import Templates

/// The page of a changed agent.
struct ReviewAgentPage: ReviewKind {
  let review: ReviewIndex
  /// The index of the change.
  let place: Int

  static func all(in review: ReviewIndex) -> [ReviewAgentPage] {
    review.review.changes.indices.map { ReviewAgentPage(review: review, place: $0) }
  }

  static let views: [any TemplateView.Type] = [
    ReviewAgentView.self, ReviewFoldView.self, ReviewStepView.self, ReviewTieView.self, FieldChangeView.self,
    ReviewFileView.self, ReviewDiffView.self,
  ]

  var path: SitePath { review.agentPath(place) }
  func bytes() throws(SourceChanged) -> [UInt8] { try review.agentPage(place) }
}

/// The unmodified file of an agent.
struct ReviewAgentSource: ReviewKind {
  let source: SourceFile
  let texts: Texts
  let path: SitePath

  static func all(in review: ReviewIndex) -> [ReviewAgentSource] {
    review.review.changes.enumerated().compactMap { place, change in
      change.after.map {
        ReviewAgentSource(
          source: review.review.after[$0].source, texts: review.texts.after, path: review.agentSourcePath(place))
      }
    }
  }

  func bytes() throws(SourceChanged) -> [UInt8] { try texts.bytes(source) }
}

/// The page of a changed document.
struct ReviewDocumentPage: ReviewKind {
  let review: ReviewIndex
  /// The index of the change.
  let place: Int

  static func all(in review: ReviewIndex) -> [ReviewDocumentPage] {
    review.documents.indices.map { ReviewDocumentPage(review: review, place: $0) }
  }

  static let views: [any TemplateView.Type] = [ReviewDocumentView.self]

  var path: SitePath { review.documentPath(place) }
  func bytes() -> [UInt8] { review.documentPage(place) }
}

/// The page of a changed settings file.
struct ReviewSettingsPage: ReviewKind {
  let review: ReviewIndex
  /// The index of the change.
  let place: Int

  static func all(in review: ReviewIndex) -> [ReviewSettingsPage] {
    review.review.settings.indices.map { ReviewSettingsPage(review: review, place: $0) }
  }

  var path: SitePath { review.settingsPath(place) }
  func bytes() -> [UInt8] { review.settingsPage(place) }
}

extension ReviewIndex {
  fileprivate func agentPage(_ place: Int) throws(SourceChanged) -> [UInt8] {
    let change = review.changes[place]
    let path = agentPath(place)
    let old = change.before.map { review.before.catalog.entries[$0] }
    let new = change.after.map { review.after.catalog.entries[$0] }
    let (name, spine) = named(place)
    let isSameReach = old?.reach.drawing == new?.reach.drawing
    let staying = (new?.findingCount ?? 0) - change.newFindings.count
    let view = ReviewAgentView(
      name: name, spine: spine, kind: ReviewWording.title(change.kind), kindClass: change.kind.rawValue,
      wasName: old.flatMap { old in new.flatMap { $0.agent.name == old.agent.name ? nil : old.agent.name } },
      path: (new ?? old)?.agent.source.publishedLabel ?? "",
      wasPath: old.flatMap { old in
        new.flatMap {
          $0.agent.source.publishedLabel == old.agent.source.publishedLabel ? nil : old.agent.source.publishedLabel
        }
      },
      summary: (new ?? old)?.agent.description.summary ?? "", form: change.form,
      step: step(.item(place), at: path), rawHref: new == nil ? nil : path.link(to: agentSourcePath(place)),
      gains: Fold.list(change.access.gains, by: \.sentence, and: \.danger).map { .init($0, text: \.sentence.text) },
      losses: Fold.list(change.access.losses, by: { $0 }, and: { _ in 0 }).map { .init($0, text: \.text) },
      reachBefore: isSameReach ? nil : reach(old), reachAfter: reach(new),
      sentenceBefore: isSameReach ? nil : old.map { $0.reach.sentence.capitalisedFirst + "." },
      sentenceAfter: new.map { $0.reach.sentence.capitalisedFirst + "." },
      modelBefore: change.changesModel ? old?.agent.model ?? "not stated" : nil,
      modelAfter: change.changesModel ? new?.agent.model ?? "not stated" : nil,
      commands: change.mentioned.commands, addresses: change.mentioned.addresses,
      alike: change.alike.map { alike in
        let other = review.after[alike.agent]
        return ReviewTieView(
          name: other.name, path: other.source.publishedLabel, href: href(ofAfter: alike.agent, at: path),
          share: alike.likeness.isIdentical ? "the same prompt" : "\(alike.likeness.percent)% similar")
      },
      origins: change.origins.map { tie in
        let other = review.before[tie.agent]
        return ReviewTieView(
          name: other.name, path: other.source.publishedLabel, href: href(ofBefore: tie.agent, at: path),
          share: "\(Wording.percent(tie.share)) of the lines")
      },
      heirs: change.heirs.map { tie in
        let other = review.after[tie.agent]
        return ReviewTieView(
          name: other.name, path: other.source.publishedLabel, href: href(ofAfter: tie.agent, at: path),
          share: "\(Wording.percent(tie.share)) of the lines")
      },
      approvalChange: ReviewWording.approval(change, review), loading: ReviewWording.loading(change),
      loadingOutcome: change.loading?.after?.rawValue ?? "",
      loadingReasons: change.loading == nil ? [] : new?.agent.loading.reasons.map(\.message.capitalisedFirst) ?? [],
      newFindings: change.newFindings.map { findingView($0, change: nil, of: new?.agent, at: path) },
      goneFindings: change.goneFindings.map { findingView($0, change: nil, at: path) },
      staying: staying, fields: change.fields.map(Self.view),
      files: change.files.enumerated().map { Self.view($1, number: $0 + 1, of: (new ?? old)?.agent) },
      isWhole: old == nil || new == nil, changes: try diff(old, new),
      text: change.text.map(ReviewWording.text),
      body: try body(new ?? old, isOld: new == nil),
      promptLanguage: (new ?? old)?.agent.promptMeasure.language)
    return render(view, "reviewAgent", at: path, title: name, description: "Changes of \(name).")
  }

  fileprivate func documentPage(_ place: Int) -> [UInt8] {
    let change = documents[place]
    let path = documentPath(place)
    let view = ReviewDocumentView(
      path: change.path, title: nil, kind: change.kind.rawValue, points: [], step: step(.document(place), at: path),
      changes: ReviewDiffView(change.diff, file: change.path))
    return render(
      view, "reviewDocument", at: path, title: change.path, description: "Changes of \(change.path).")
  }

  fileprivate func settingsPage(_ place: Int) -> [UInt8] {
    let change = review.settings[place]
    let name = change.path.description
    let folds = Fold.list(
      change.comparison.changes, by: \.sentence, and: { [$0.effect.rawValue, $0.danger.rawValue] })
    let points = folds.map { fold in
      ReviewFoldView(fold) { grant in
        let line = (grant.after ?? grant.before).map { "Line \($0.line): " } ?? ""
        return (grant.effect == .widens ? "Wider. " : "") + line + grant.sentence.text
      }
    }
    let view = ReviewDocumentView(
      path: name, title: change.title, kind: change.kind.rawValue, points: points,
      step: step(.settings(place), at: settingsPath(place)), changes: ReviewDiffView(change.diff, file: name))
    return render(
      view, "reviewDocument", at: settingsPath(place), title: name, description: "Changes of \(name).")
  }

  // MARK: Links

  /// Returns the link to the page of an agent in the later state; nil if the agent is unchanged.
  private func href(ofAfter index: Int, at path: SitePath) -> String? {
    review.changes.firstIndex { $0.after == index }.map { path.link(to: agentPath($0)) }
  }

  /// Returns the link to the page of an agent in the earlier state; nil if the agent is unchanged.
  private func href(ofBefore index: Int, at path: SitePath) -> String? {
    review.changes.firstIndex { $0.before == index }.map { path.link(to: agentPath($0)) }
  }

  // MARK: Fields and text

  /// The maximum length of values, in characters, that are not compared line by line.
  private static let shortLength = 60

  private static func view(_ field: AgentChange.FieldChange) -> FieldChangeView {
    let key = field.key.ifAny ?? "before the first field"
    if let list = ListDiff.html(field.key, field.before, field.after) {
      return FieldChangeView(key: key, before: nil, after: nil, list: list, lines: nil)
    }
    if let before = field.before?.scalar, let after = field.after?.scalar, max(before.count, after.count) > shortLength
    {
      let diff = TextDiff(lines(before), lines(after))
      return FieldChangeView(key: key, before: nil, after: nil, list: nil, lines: DiffHTML.lines(of: diff))
    }
    return FieldChangeView(
      key: key, before: field.before.map(ValueHTML.html), after: field.after.map(ValueHTML.html), list: nil,
      lines: nil)
  }

  /// Returns the view of a skill's file: a diff of text, or the size and digest of anything else.
  private static func view(_ file: BundleFileChange, number: Int, of agent: Agent?) -> ReviewFileView {
    let sizes = [file.before, file.after].map { $0.map { BundleFileInputs.facts(of: $0) } }
    let digests = [file.before, file.after].compactMap { $0.map { "sha256 \($0.digest.prefix(12))…" } }
    let facts: [String] = sizes.compactMap(\.self).reduce(into: []) { if $0.last != $1 { $0.append($1) } }
    return ReviewFileView(
      path: file.path, words: file.words,
      facts: facts.joined(separator: " → ") + (file.diff == nil && file.kind != .mode ? ", content not shown" : ""),
      digests: file.diff == nil && file.kind != .mode ? digests.joined(separator: " → ") : nil,
      changes: file.diff.map { diff in
        let path = (file.after ?? file.before).flatMap { agent?.source.part($0.path).publishedPath }
        return ReviewDiffView(diff, file: path ?? file.path, prefix: "F\(number)")
      })
  }

  private static func lines(_ text: String) -> [String] {
    text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }

  /// Returns the diff of an agent's file.
  private func diff(_ old: Catalog.Entry?, _ new: Catalog.Entry?) throws(SourceChanged) -> ReviewDiffView {
    func lines(_ entry: Catalog.Entry?, _ texts: Texts) throws(SourceChanged) -> [String] {
      guard let source = entry?.agent.source else { return [] }
      return DocumentChange.lines(try texts.bytes(source))
    }
    func first(_ entry: Catalog.Entry?) -> Int { entry?.agent.source.item?.location.line ?? 1 }
    return ReviewDiffView(
      TextDiff(try lines(old, texts.before), try lines(new, texts.after)),
      file: (new ?? old)?.agent.source.publishedPath ?? "", first: (first(old), first(new)))
  }

  /// Returns the prompt as rendered on catalog pages.
  private func body(_ entry: Catalog.Entry?, isOld: Bool) throws(SourceChanged) -> HTML {
    guard let source = entry?.agent.source else { return "" }
    let rendering = try isOld ? texts.before.rendering(source) : texts.after.rendering(source)
    return HTML(rendering.body.html { _ in nil })
  }
}
