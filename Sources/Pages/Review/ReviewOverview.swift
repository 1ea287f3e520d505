import Agents
import Catalogs
import Files
import Reviews
import Templates

/// The overview of a review.
struct ReviewOverview: ReviewKind {
  let review: ReviewIndex

  static func all(in review: ReviewIndex) -> [ReviewOverview] { [ReviewOverview(review: review)] }

  static let views: [any TemplateView.Type] = [
    ReviewView.self, ReviewSectionView.self, ReviewBlockView.self, ReviewSubjectView.self, ReviewRowView.self,
    ConcernView.self, ReviewFindingView.self,
  ]

  static let path = SitePath("index.html")

  var path: SitePath { Self.path }
  func bytes() -> [UInt8] { review.overviewPage() }
}

extension ReviewIndex {
  /// How many groups of a section, names of a group, and findings are listed.
  private static let (blocksLength, namesLength, findingsLength) = (40, 25, 40)

  fileprivate func overviewPage() -> [UInt8] {
    let path = ReviewOverview.path
    let queue = ReviewQueue(review)
    let fresh = review.newFindings.filter { $0.finding.severity < .note }
    let view = ReviewView(
      lead: ReviewWording.figures(review), before: sides.before, after: sides.after, notes: sides.notes,
      first: ReviewWording.first(queue),
      sections: queue.sections.filter { isShown($0.rank) }.map { self.section($0, at: path) },
      rows: review.changes.indices.map { row($0, at: path) },
      findings: fresh.prefix(Self.findingsLength).map { findingView($0.finding, change: $0.change, at: path) },
      findingsRest: fresh.count - Self.findingsLength,
      findingFigures: findingFigures(),
      documents: documents.indices.map { place in
        LinkView(
          title: documents[place].path, href: path.link(to: documentPath(place)),
          number: documents[place].kind.rawValue)
      },
      settings: review.settings.indices.map { place in
        let change = review.settings[place]
        return LinkView(
          title: change.path.description, href: path.link(to: settingsPath(place)),
          number: "\(change.title), \(change.kind.rawValue)")
      })
    return render(
      view, "review", at: path, title: "Review", description: ReviewWording.figures(review))
  }

  /// Whether a section is shown in front of the table. Findings have their own list, and the table has the rest.
  private func isShown(_ rank: ReviewPoint.Rank) -> Bool { rank < .others && rank != .findings }

  private func section(_ section: ReviewQueue.Section, at path: SitePath) -> ReviewSectionView {
    let rest = section.blocks.dropFirst(Self.blocksLength).reduce(0) { $0 + $1.subjects.count }
    return ReviewSectionView(
      id: "\(section.rank)".lowercased(), title: ReviewWording.title(section.rank),
      blocks: section.blocks.prefix(Self.blocksLength).map { block in
        let isGroup = block.subjects.count > 1
        return ReviewBlockView(
          count: isGroup ? ReviewWording.count(block.subjects, review) : nil,
          spine: isGroup ? "" : block.subjects.first.map(spine) ?? "",
          subjects: block.subjects.prefix(Self.namesLength).map { view($0, line: block.line, at: path) },
          more: block.subjects.count - Self.namesLength,
          points: block.points.map { Self.text($0, isPlaced: !isGroup && block.line == nil) })
      }, rest: rest)
  }

  private func spine(_ subject: ReviewPoint.Subject) -> String {
    if case .item(let index) = subject { named(index).spine } else { "" }
  }

  private func view(_ subject: ReviewPoint.Subject, line: Int?, at path: SitePath) -> ReviewSubjectView {
    let place = review.path(of: subject) + (line.map { ":\($0)" } ?? "")
    let note = ReviewWording.note(subject, review)
    switch subject {
    case .item(let index):
      return ReviewSubjectView(
        name: review.name(of: subject), href: path.link(to: agentPath(index)), path: place,
        note: note)
    case .settings(let index):
      return ReviewSubjectView(
        name: place, href: path.link(to: settingsPath(index)), path: review.name(of: subject), note: note)
    }
  }

  /// - Parameter isPlaced: whether the line belongs to the point.
  private static func text(_ point: ReviewPoint, isPlaced: Bool) -> String {
    let line = point.line.map { "\($0)" }
    let place = point.file.map { $0 + (line.map { ":\($0)" } ?? "") } ?? (isPlaced ? line.map { "line \($0)" } : nil)
    return (place.map { "\($0): " } ?? "") + ReviewWording.sentence(point.content).text
  }

  /// How many findings came and went, in a sentence.
  private func findingFigures() -> String {
    func figures(_ findings: [(change: Int, finding: Finding)]) -> String {
      let counts = Finding.Severity.allCases.compactMap { severity in
        let count = findings.count { $0.finding.severity == severity }
        return count == 0 ? nil : Wording.count(count, severity.rawValue)
      }
      return counts.isEmpty ? "none" : counts.joined(separator: ", ")
    }
    return "New: \(figures(review.newFindings)). Gone: \(figures(review.goneFindings))."
  }

  /// The name and the colour of an agent, as it is, or as it was.
  func named(_ place: Int) -> (name: String, spine: String) {
    let agent = agent(place)
    return (agent?.name ?? "", Spine.name(agent?.color))
  }

  private func agent(_ place: Int) -> Agent? {
    let change = review.changes[place]
    return change.after.map { review.after[$0] } ?? change.before.map { review.before[$0] }
  }

  private func row(_ place: Int, at path: SitePath) -> ReviewRowView {
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
      name: name, href: path.link(to: agentPath(place)), spine: spine, path: file,
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
      severity: change.newFindings.map(\.severity).min()?.rawValue ?? "")
  }

  /// A finding with the agent that it is about.
  func findingView(_ finding: Finding, change: Int?, at path: SitePath) -> ReviewFindingView {
    ReviewFindingView(
      severity: finding.severity.rawValue.capitalisedFirst, message: finding.message.capitalisedFirst + ".",
      help: finding.help, rule: finding.rule, line: finding.location?.line, file: finding.file,
      name: change.map { named($0).name }, href: change.map { path.link(to: agentPath($0)) })
  }
}
