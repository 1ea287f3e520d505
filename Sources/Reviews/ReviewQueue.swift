import Agents

/// The points that a reviewer should look at, most dangerous first. Points that several subjects share are grouped.
///
/// ```swift
/// for section in ReviewQueue(review).sections { print(section.rank, section.blocks.map(\.subjects.count)) }
/// ```
public struct ReviewQueue: Sendable {
  /// The points of one rank.
  public struct Section: Sendable {
    /// The urgency of the points.
    public let rank: ReviewPoint.Rank
    /// The points. Points that several subjects share come first.
    public let blocks: [Block]
  }

  /// The points of one subject, or the points that several subjects share.
  public struct Block: Sendable {
    /// The subjects.
    public let subjects: [ReviewPoint.Subject]
    /// The points. For several subjects, these are the points of the first one.
    public let points: [ReviewPoint]

    /// The line in the subject's own file. Nil if there is no line, if the points have different lines, or if there are
    /// several subjects.
    public var line: Int? {
      guard subjects.count == 1 else { return nil }
      let lines = Set(points.filter { $0.file == nil && !$0.isDetail }.map(\.line))
      return lines.count == 1 ? lines.first ?? nil : nil
    }
  }

  /// The sections with points, most dangerous first.
  public let sections: [Section]

  /// The minimum number of subjects for grouping equal points.
  private static let least = 3

  /// Orders and groups the points of a review.
  public init(_ review: Review) {
    // Files of different kinds can have the same sentences, such as the servers of a project and those of a plugin.
    func group(_ point: ReviewPoint) -> Group {
      if case .settings(let place) = point.subject {
        return Group(content: point.content, file: review.settings[place].title)
      }
      return Group(content: point.content, file: nil)
    }
    var points: [ReviewPoint] = []
    for (place, change) in review.settings.enumerated() { points += ReviewPoint.all(of: change, at: place) }
    for (place, change) in review.changes.enumerated() {
      points += ReviewPoint.all(of: change, at: place, review.before, review.after)
    }
    let ranked = Dictionary(grouping: points, by: \.rank)
    sections = ReviewPoint.Rank.allCases.compactMap { rank in
      ranked[rank].map { Section(rank: rank, blocks: Self.blocks($0, by: group)) }
    }
  }

  /// Returns the section of a rank.
  public subscript(rank: ReviewPoint.Rank) -> Section? { sections.first { $0.rank == rank } }

  /// The content of equal points, with the title of their settings files.
  private struct Group: Hashable {
    let content: ReviewPoint.Content
    let file: String?
  }

  private static func blocks(_ points: [ReviewPoint], by group: (ReviewPoint) -> Group) -> [Block] {
    let alike = Dictionary(grouping: points, by: group).filter { _, points in
      Set(points.map(\.subject)).count >= least
    }
    // Points with the same subjects form one block.
    var shared: [[ReviewPoint.Subject]: [ReviewPoint]] = [:]
    var order: [[ReviewPoint.Subject]] = []
    var single: [ReviewPoint.Subject: [ReviewPoint]] = [:]
    var singles: [ReviewPoint.Subject] = []
    var told: Set<Group> = []
    for point in points {
      let group = group(point)
      if let others = alike[group] {
        guard told.insert(group).inserted else { continue }
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
        // Details alone are left out; the item's page shows them.
        guard let points = single[subject], points.contains(where: { !$0.isDetail }) else { return nil }
        return Block(subjects: [subject], points: points)
      }
  }
}

// MARK: Subjects

extension Review {
  /// Returns the name of an item, or the title of a settings file.
  public func name(of subject: ReviewPoint.Subject) -> String {
    switch subject {
    case .item(let place): agent(at: place)?.name ?? ""
    case .settings(let place): settings[place].title
    }
  }

  /// Returns the label of a subject in a list: the name of an item if no other item has it, or a path.
  public func label(of subject: ReviewPoint.Subject) -> String {
    guard case .item = subject else { return path(of: subject) }
    let name = name(of: subject)
    return sharedNames.contains(name) ? path(of: subject) : name
  }

  /// Returns the path of a subject.
  public func path(of subject: ReviewPoint.Subject) -> String {
    switch subject {
    case .item(let place): agent(at: place)?.source.publishedLabel ?? ""
    case .settings(let place): settings[place].path.description
    }
  }

  /// Returns true if a subject was added, false if it was removed, and nil if it is in both states.
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

  /// Returns the later version of a changed item, or the earlier one if it was removed.
  public func agent(at place: Int) -> Agent? {
    changes[place].after.map { after[$0] } ?? changes[place].before.map { before[$0] }
  }
}
