import Agents
import Catalogs
import Files
import Reviews

/// An item, settings file or document to review.
struct ReviewItem: Sendable {
  /// The subject, as an index into the changes of its kind.
  enum Subject: Sendable, Hashable {
    case item(Int)
    case settings(Int)
    case document(Int)
  }

  let subject: Subject
  /// The rank of its most urgent point.
  let rank: ReviewPoint.Rank
  /// Its page.
  let page: SitePath
  /// Its entry in the data of the review.
  let data: ReviewData.Item
}

/// The data of a review for the browser. It is a script, because pages opened from disk can load scripts but no data
/// files.
struct ReviewData: Sendable {
  struct Item: Sendable, Encodable {
    let name: String
    /// The published path of the file, as in approvals.
    let path: String
    /// The kind of item, `settings` or `document`.
    let kind: String
    /// The digest of the reviewed content, or of its removal.
    let digest: String
    /// The path of the page, relative to the root of the site.
    let href: String
    let needsAttention: Bool
    let isRemoved: Bool
    let owners: [String]
  }

  /// The path of the script.
  static let path = SitePath("review", "items.js")
  /// The path of the schema of exported reviews.
  static let schemaPath = SitePath("roster-review.schema.json")
  /// The schema of exported reviews.
  static var schema: [UInt8] { EmbeddedFiles.bytes(of: "Sources/Pages/Resources/roster-review.schema.json") }

  /// The title of the catalog.
  let title: String
  /// The earlier state; nil in a review of a whole catalog.
  let base: String?
  /// The reviewed state; nil if it has no name.
  let head: String?
  /// The page with the queue, relative to the root of the site; nil if it is the first page.
  var queue: String?
  let items: [Item]

  /// The content of the script.
  var script: [UInt8] {
    var json = JSONWriter(capacity: items.count * 300, invisible: .labelled)
    json.object { json in
      json.member("title", title)
      if let base { json.member("base", base) }
      if let head { json.member("head", head) }
      if let queue { json.member("queue", queue) }
      json.key("items")
      json.array { json in
        for item in items {
          json.breakLine()
          json.object { Self.write(item, to: &$0) }
        }
      }
    }
    return Array("rosterReview(".utf8) + json.bytes + Array(");\n".utf8)
  }

  private static func write(_ item: Item, to json: inout JSONWriter) {
    json.member("name", item.name)
    json.key("path")
    json.value(exactly: Array(item.path.utf8)[...])
    json.member("kind", item.kind)
    json.member("digest", item.digest)
    json.member("href", item.href)
    if item.needsAttention {
      json.key("attention")
      json.value(true)
    }
    if item.isRemoved {
      json.key("removed")
      json.value(true)
    }
    if !item.owners.isEmpty {
      json.key("owners")
      json.array(item.owners)
    }
  }
}

/// The script with the data of a review.
struct ReviewItemsFile: ReviewKind {
  let review: ReviewIndex

  static func all(in review: ReviewIndex) -> [ReviewItemsFile] { [ReviewItemsFile(review: review)] }

  var path: SitePath { ReviewData.path }
  func bytes() -> [UInt8] { review.data.script }
}

/// The schema of exported reviews.
struct ReviewSchema: ReviewKind {
  static func all(in review: ReviewIndex) -> [ReviewSchema] { [ReviewSchema()] }

  var path: SitePath { ReviewData.schemaPath }
  func bytes() -> [UInt8] { ReviewData.schema }
}

extension ReviewPoint.Rank {
  /// Whether items of this rank need attention.
  var needsAttention: Bool { self <= .mayNotLoad }
}

extension ReviewIndex {
  /// The data for the browser.
  var data: ReviewData {
    ReviewData(title: siteTitle, base: sides.before, head: sides.after, items: items.map(\.data))
  }
}

extension ReviewItem {
  /// Returns everything to review, most urgent first, with documents last.
  static func all(
    _ review: Review, _ documents: [DocumentChange], _ queue: ReviewQueue, _ addresses: ReviewAddresses
  ) -> [ReviewItem] {
    var ranks: [Subject: ReviewPoint.Rank] = [:]
    for section in queue.sections {
      for subject in section.blocks.flatMap(\.subjects) where ranks[Subject(subject)] == nil {
        ranks[Subject(subject)] = section.rank
      }
    }
    func item(_ subject: Subject, _ page: SitePath, _ data: ReviewData.Item) -> ReviewItem {
      ReviewItem(subject: subject, rank: ranks[subject] ?? .others, page: page, data: data)
    }
    /// A removal has a digest of its own, so that a verdict about it never counts for the content.
    func reviewed(_ digest: String, isRemoved: Bool) -> String {
      isRemoved ? ContentSummary.digest(of: Array("removed\n\(digest)".utf8)) : digest
    }
    func needsAttention(_ subject: Subject) -> Bool { ranks[subject]?.needsAttention ?? false }
    var items = review.settings.enumerated().map { place, change in
      let (page, path) = (addresses.settings(place), change.path.description)
      return item(
        .settings(place), page,
        .init(
          name: path, path: path, kind: "settings", digest: reviewed(change.digest, isRemoved: change.kind == .removed),
          href: page.description,
          needsAttention: needsAttention(.settings(place)), isRemoved: change.kind == .removed,
          owners: change.owners))
    }
    items += review.changes.enumerated().compactMap { place, change in
      let entry =
        change.after.map { review.after.catalog.entries[$0] } ?? change.before.map { review.before.catalog.entries[$0] }
      guard let entry else { return nil }
      let page = addresses.agent(place)
      return item(
        .item(place), page,
        .init(
          name: entry.agent.name, path: entry.agent.source.publishedLabel, kind: entry.agent.kind.noun,
          digest: reviewed(entry.record.digest, isRemoved: change.after == nil), href: page.description,
          needsAttention: needsAttention(.item(place)),
          isRemoved: change.after == nil, owners: entry.owners))
    }
    items = items.enumerated().sorted { ($0.element.rank, $0.offset) < ($1.element.rank, $1.offset) }.map(\.element)
    return items
      + documents.enumerated().map { place, change in
        let page = addresses.document(place)
        return item(
          .document(place), page,
          .init(
            name: change.path, path: change.path, kind: "document",
            digest: reviewed(change.digest, isRemoved: change.kind == .removed),
            href: page.description, needsAttention: false, isRemoved: change.kind == .removed, owners: change.owners))
      }
  }
}

extension ReviewItem.Subject {
  /// Converts the subject of a point.
  init(_ subject: ReviewPoint.Subject) {
    switch subject {
    case .item(let place): self = .item(place)
    case .settings(let place): self = .settings(place)
    }
  }
}
