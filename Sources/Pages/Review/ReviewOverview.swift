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
    ReviewView.self, SettingsChangeView.self, WiderView.self, ReviewRowView.self, ConcernView.self,
    ReviewFindingView.self,
  ]

  static let path = SitePath("index.html")

  var path: SitePath { Self.path }
  func bytes() -> [UInt8] { review.overviewPage() }
}

extension ReviewIndex {
  /// How many agents with wider access, and how many findings, stand in front of the table.
  private static let (firstLength, findingsLength) = (40, 40)

  fileprivate func overviewPage() -> [UInt8] {
    let path = ReviewOverview.path
    let wider = review.changes.indices.filter { !review.changes[$0].access.gains.isEmpty }
    let fresh = review.newFindings.filter { $0.finding.severity < .note }
    let view = ReviewView(
      lead: ReviewWording.figures(review), before: sides.before, after: sides.after, notes: sides.notes,
      settings: review.settings.map { change in
        SettingsChangeView(
          path: change.path.description, title: change.title, kind: change.kind.rawValue,
          gains: change.gains.map(ReviewWording.text), losses: change.losses.map(ReviewWording.text),
          remarks: change.remarks.map(ReviewWording.text))
      },
      wider: wider.prefix(Self.firstLength).map { place in
        let (name, spine) = named(place)
        return WiderView(
          name: name, href: path.link(to: agentPath(place)), spine: spine,
          kind: ReviewWording.title(review.changes[place].kind), gains: review.changes[place].access.gains)
      },
      widerRest: wider.count - Self.firstLength,
      rows: review.changes.indices.map { row($0, at: path) },
      findings: fresh.prefix(Self.findingsLength).map { findingView($0.finding, change: $0.change, at: path) },
      findingsRest: fresh.count - Self.findingsLength,
      findingFigures: findingFigures(),
      documents: documents.indices.map { place in
        LinkView(
          title: documents[place].path, href: path.link(to: documentPath(place)),
          number: documents[place].kind.rawValue)
      })
    return render(
      view, "review", at: path, title: "Review", description: ReviewWording.figures(review))
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
