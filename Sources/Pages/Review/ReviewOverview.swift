import Agents
import Catalogs
import Files
import Reviews
import Templates

/// The overview page of a review.
struct ReviewOverview: ReviewKind {
  let review: ReviewIndex

  static func all(in review: ReviewIndex) -> [ReviewOverview] { [ReviewOverview(review: review)] }

  static let views: [any TemplateView.Type] = [
    ReviewView.self, ReviewGroupView.self, ReviewRowView.self, ReviewEvidenceView.self, ReviewBlockView.self,
    ReviewSubjectView.self, ConcernView.self, ReviewFindingView.self, ReviewDocumentLinkView.self,
  ]

  static let path = SitePath("index.html")

  var path: SitePath { Self.path }
  func bytes() -> [UInt8] { review.overviewPage() }
}

extension ReviewIndex {
  /// The maximum numbers of shared changes, names per shared change, findings, and points per row.
  private static let (sharedLength, namesLength, findingsLength, evidenceLength) = (20, 40, 40, 4)

  fileprivate func overviewPage() -> [UInt8] {
    let path = ReviewOverview.path
    let fresh = review.newFindings.filter { $0.finding.severity < .note }
    let evidence = evidence()
    let listed = items.filter { if case .document = $0.subject { false } else { true } }
    func rows(_ items: some Sequence<ReviewItem>) -> [ReviewRowView] {
      items.map { row($0.subject, evidence[$0.subject] ?? [], at: path) }
    }
    let urgent = Dictionary(grouping: listed.filter(\.rank.needsAttention), by: \.rank)
    var groups = urgent.sorted { $0.key < $1.key }.map { rank, items in
      ReviewGroupView(title: ReviewWording.title(rank), needsAttention: true, rows: rows(items))
    }
    let others = listed.filter { !$0.rank.needsAttention && $0.rank != .formatting }
    if !others.isEmpty {
      groups.append(
        ReviewGroupView(
          title: groups.isEmpty ? "Changes" : ReviewWording.title(.others), needsAttention: false, rows: rows(others)))
    }
    let formal = listed.filter { $0.rank == .formatting }
    let shared = queue.sections.flatMap(\.blocks).filter { $0.subjects.count > 1 }
    let view = ReviewView(
      lead: ReviewWording.figures(review), before: sides.before, after: sides.after, notes: sides.notes,
      first: ReviewWording.first(queue), groups: groups, formal: rows(formal),
      formalTitle: "\(Wording.count(formal.count, "file")) with formatting changes only",
      shared: shared.prefix(Self.sharedLength).map { self.view($0, at: path) },
      sharedRest: shared.count - Self.sharedLength,
      findings: fresh.prefix(Self.findingsLength).map { findingView($0.finding, change: $0.change, at: path) },
      findingsRest: fresh.count - Self.findingsLength, findingFigures: findingFigures(),
      documents: documents.enumerated().map { place, change in
        ReviewDocumentLinkView(
          item: self.place(of: .document(place)), title: change.path, href: path.link(to: documentPath(place)),
          kind: change.kind.rawValue)
      })
    return render(
      view, "review", at: path, title: "Review", description: ReviewWording.figures(review))
  }

  /// Returns the points of each item, most urgent first. Minor changes are left out, because the table has columns
  /// for them.
  private func evidence() -> [ReviewItem.Subject: [ReviewEvidenceView]] {
    var evidence: [ReviewItem.Subject: [ReviewEvidenceView]] = [:]
    for section in queue.sections where section.rank < .others {
      for block in section.blocks {
        let points = block.folds.map { fold in
          ReviewEvidenceView(
            label: section.rank.needsAttention ? ReviewWording.title(section.rank) : nil, text: Self.text(fold))
        }
        for subject in block.subjects.map({ ReviewItem.Subject($0) }) {
          // The heading above the row already has this label.
          let isTold = items[place(of: subject)].rank == section.rank
          evidence[subject, default: []] += points.map { isTold ? ReviewEvidenceView(label: nil, text: $0.text) : $0 }
        }
      }
    }
    return evidence
  }

  private func view(_ block: ReviewQueue.Block, at path: SitePath) -> ReviewBlockView {
    ReviewBlockView(
      count: ReviewWording.count(block.subjects, review),
      subjects: block.subjects.prefix(Self.namesLength).map { subject in
        let page = items[place(of: ReviewItem.Subject(subject))].page
        return ReviewSubjectView(name: review.label(of: subject), href: path.link(to: page))
      }, more: block.subjects.count - Self.namesLength,
      points: block.folds.map { fold in
        ReviewWording.sentence(fold.first.content).text + (ReviewWording.rest(of: fold).map { " \($0.text)" } ?? "")
      })
  }

  private static func text(_ fold: Fold<ReviewPoint>) -> String {
    let rest = fold.others.isEmpty ? "" : " And \(ReviewWording.others(fold.others.count))."
    return text(fold.first) + rest
  }

  private static func text(_ point: ReviewPoint) -> String {
    let line = point.line.map { "\($0)" }
    let place = point.file.map { $0 + (line.map { ":\($0)" } ?? "") } ?? line.map { "line \($0)" }
    return (place.map { "\($0): " } ?? "") + ReviewWording.sentence(point.content).text
  }

  /// Returns the numbers of new and fixed findings.
  private func findingFigures() -> String {
    "New: \(Wording.counts(review.newFindings.map(\.finding))). Gone: \(Wording.counts(review.goneFindings.map(\.finding)))."
  }

  /// Returns the name and color of an agent, in its later state if it still exists.
  func named(_ place: Int) -> (name: String, spine: String) {
    let agent = agent(place)
    return (agent?.name ?? "", Spine.name(agent?.color))
  }

  private func agent(_ place: Int) -> Agent? {
    let change = review.changes[place]
    return change.after.map { review.after[$0] } ?? change.before.map { review.before[$0] }
  }

  private func row(
    _ subject: ReviewItem.Subject, _ evidence: [ReviewEvidenceView], at path: SitePath
  ) -> ReviewRowView {
    switch subject {
    case .item(let place): row(of: place, evidence, at: path)
    case .settings(let place), .document(let place): row(ofSettings: place, evidence, at: path)
    }
  }

  private func row(ofSettings place: Int, _ evidence: [ReviewEvidenceView], at path: SitePath) -> ReviewRowView {
    let change = review.settings[place]
    return ReviewRowView(
      item: self.place(of: .settings(place)), name: change.path.description, href: path.link(to: settingsPath(place)),
      spine: "", path: change.title, was: nil, kind: change.kind.rawValue, kindTitle: change.kind.rawValue,
      concerns: [], reachBefore: nil, reachAfter: nil, fields: [], text: nil, bar: "w0", form: [], newCount: 0,
      goneCount: 0, severity: "", evidence: Array(evidence.prefix(Self.evidenceLength)),
      more: evidence.count - Self.evidenceLength)
  }

  private func row(of place: Int, _ evidence: [ReviewEvidenceView], at path: SitePath) -> ReviewRowView {
    let change = review.changes[place]
    let old = change.before.map { review.before.catalog.entries[$0] }
    let new = change.after.map { review.after.catalog.entries[$0] }
    let (name, spine) = named(place)
    let file = (new ?? old)?.agent.source.publishedLabel ?? ""
    var was: [String] = []
    if let old, let new {
      if old.agent.name != new.agent.name { was.append(old.agent.name) }
      if old.agent.source.publishedLabel != new.agent.source.publishedLabel {
        was.append(old.agent.source.publishedLabel)
      }
    }
    let isSameReach = old?.reach.drawing == new?.reach.drawing
    return ReviewRowView(
      item: self.place(of: .item(place)), name: name, href: path.link(to: agentPath(place)), spine: spine, path: file,
      was: was.isEmpty ? nil : was.joined(separator: ", "), kind: change.kind.rawValue,
      kindTitle: ReviewWording.title(change.kind),
      concerns: change.concerns.compactMap { concern in
        ReviewWording.title(concern).map { ConcernView(kind: "\(concern)", title: $0) }
      },
      reachBefore: isSameReach ? nil : reach(old), reachAfter: reach(new),
      fields: change.kind == .added || change.kind == .removed
        ? [] : change.fields.map(\.key) + [ReviewWording.files(change)].compactMap(\.self),
      text: change.text.map(ReviewWording.text),
      bar: change.text.map { "w\(min(20, Int(($0.share * 20).rounded(.up))))" } ?? "w0", form: change.form,
      newCount: change.newFindings.count, goneCount: change.goneFindings.count,
      severity: change.newFindings.map(\.severity).min()?.rawValue ?? "",
      evidence: Array(evidence.prefix(Self.evidenceLength)), more: evidence.count - Self.evidenceLength)
  }

  /// Returns the view of a finding.
  ///
  /// - Parameter agent: The agent; nil if the page is about that agent.
  func findingView(
    _ finding: Finding, change: Int?, of agent: Agent? = nil, at path: SitePath
  ) -> ReviewFindingView {
    ReviewFindingView(
      severity: finding.severity.rawValue.capitalisedFirst, message: finding.message.capitalisedFirst + ".",
      help: finding.help, rule: finding.rule, line: finding.location?.line, file: finding.file,
      place: finding.file == nil ? nil : agent?.source(of: finding).publishedPath,
      name: change.map { named($0).name }, href: change.map { path.link(to: agentPath($0)) })
  }
}
