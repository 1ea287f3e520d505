import Agents

/// What a reviewer should look at, the most dangerous first, with like changes told once.
///
/// ```swift
/// for section in ReviewQueue(review).sections { print(section.rank, section.blocks.map(\.subjects.count)) }
/// ```
public struct ReviewQueue: Sendable {
  /// The points of one rank.
  public struct Section: Sendable {
    /// How urgent they are.
    public let rank: ReviewPoint.Rank
    /// The points: first those that several subjects share.
    public let blocks: [Block]
  }

  /// The same points about one subject or several.
  public struct Block: Sendable {
    /// What they are about.
    public let subjects: [ReviewPoint.Subject]
    /// The points. Where there are several subjects, they are those of the first one.
    public let points: [ReviewPoint]

    /// The line in the subject's own file; nil where there is none, where the points have several, and where there are
    /// several subjects.
    public var line: Int? {
      guard subjects.count == 1 else { return nil }
      let lines = Set(points.filter { $0.file == nil && !$0.isDetail }.map(\.line))
      return lines.count == 1 ? lines.first ?? nil : nil
    }
  }

  /// The sections that have points, the most dangerous first.
  public let sections: [Section]

  /// From how many subjects on equal points are told once.
  private static let least = 3

  /// Orders and groups what a review found.
  public init(_ review: Review) {
    var points: [ReviewPoint] = []
    for (place, change) in review.settings.enumerated() { points += ReviewPoint.all(of: change, at: place) }
    for (place, change) in review.changes.enumerated() {
      points += ReviewPoint.all(of: change, at: place, review.before, review.after)
    }
    let ranked = Dictionary(grouping: points, by: \.rank)
    sections = ReviewPoint.Rank.allCases.compactMap { rank in
      ranked[rank].map { Section(rank: rank, blocks: Self.blocks($0)) }
    }
  }

  /// The section of a rank.
  public subscript(rank: ReviewPoint.Rank) -> Section? { sections.first { $0.rank == rank } }

  private static func blocks(_ points: [ReviewPoint]) -> [Block] {
    let alike = Dictionary(grouping: points, by: \.content).filter { _, points in
      Set(points.map(\.subject)).count >= least
    }
    // What the same subjects share is told together.
    var shared: [[ReviewPoint.Subject]: [ReviewPoint]] = [:]
    var order: [[ReviewPoint.Subject]] = []
    var single: [ReviewPoint.Subject: [ReviewPoint]] = [:]
    var singles: [ReviewPoint.Subject] = []
    var told: Set<ReviewPoint.Content> = []
    for point in points {
      if let others = alike[point.content] {
        guard told.insert(point.content).inserted else { continue }
        var seen: Set<ReviewPoint.Subject> = []
        let subjects = others.map(\.subject).filter { seen.insert($0).inserted }
        if shared[subjects] == nil { order.append(subjects) }
        shared[subjects, default: []].append(point)
      } else {
        if single[point.subject] == nil { singles.append(point.subject) }
        single[point.subject, default: []].append(point)
      }
    }
    return order.compactMap { subjects in shared[subjects].map { Block(subjects: subjects, points: $0) } }
      + singles.compactMap { subject in
        // How the fields of one of many were written is on its page.
        guard let points = single[subject], points.contains(where: { !$0.isDetail }) else { return nil }
        return Block(subjects: [subject], points: points)
      }
  }
}

// MARK: Subjects

extension Review {
  /// The name of what a point is about; of a settings file, what kind of file it is.
  public func name(of subject: ReviewPoint.Subject) -> String {
    switch subject {
    case .item(let place): agent(at: place)?.name ?? ""
    case .settings(let place): settings[place].title
    }
  }

  /// What a point is about, in a list of several: the name of an item, the path of a settings file.
  public func label(of subject: ReviewPoint.Subject) -> String {
    if case .settings = subject { path(of: subject) } else { name(of: subject) }
  }

  /// The path of what a point is about.
  public func path(of subject: ReviewPoint.Subject) -> String {
    switch subject {
    case .item(let place): agent(at: place)?.source.publishedLabel ?? ""
    case .settings(let place): settings[place].path.description
    }
  }

  /// Whether what a point is about is new, or gone; nil if it is in both states.
  public func isNew(_ subject: ReviewPoint.Subject) -> Bool? {
    switch subject {
    case .item(let place): changes[place].before == nil ? true : changes[place].after == nil ? false : nil
    case .settings(let place):
      switch settings[place].kind {
      case .added: true
      case .removed: false
      case .changed: nil
      }
    }
  }

  /// The item of a change as it is, or as it was.
  public func agent(at place: Int) -> Agent? {
    changes[place].after.map { after[$0] } ?? changes[place].before.map { before[$0] }
  }
}
