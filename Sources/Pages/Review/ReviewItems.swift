import Agents
import Catalogs
import Files
import Reviews

/// Something that a reviewer reads and judges: an item, a settings file, a document.
struct ReviewItem: Sendable {
  /// What it is about, by its place among the changes of its kind.
  enum Subject: Sendable, Hashable {
    case item(Int)
    case settings(Int)
    case document(Int)
  }

  let subject: Subject
  /// The most urgent of its points.
  let rank: ReviewPoint.Rank
  /// The page.
  let page: SitePath
  /// Its entry in the data of the review.
  let data: ReviewData.Item
}

/// What the browser must know of everything that is reviewed: as a script, since a page that is opened from disk may
/// load those and no other files.
struct ReviewData: Sendable {
  struct Item: Sendable, Encodable {
    let name: String
    /// The path of the file, as approvals have it.
    let path: String
    /// The kind of item, `settings` or `document`.
    let kind: String
    /// The digest of what is read.
    let digest: String
    /// The page, from the root of the site.
    let href: String
    let needsAttention: Bool
    let isRemoved: Bool
    let owners: [String]
  }

  /// The address of the script.
  static let path = SitePath("review", "items.js")
  /// The address of the schema of what a browser exports.
  static let schemaPath = SitePath("roster-review.schema.json")
  /// The schema of what a browser exports.
  static var schema: [UInt8] { EmbeddedFiles.bytes(of: "Sources/Pages/Resources/roster-review.schema.json") }

  /// The title of the catalog.
  let title: String
  /// The state before; nil in a review of a whole catalog.
  let base: String?
  /// The state that is read; nil if it has no name.
  let head: String?
  /// The page with the queue, from the root of the site; nil if that is the first page.
  var queue: String?
  let items: [Item]

  /// The script.
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

/// The data of a review.
struct ReviewItemsFile: ReviewKind {
  let review: ReviewIndex

  static func all(in review: ReviewIndex) -> [ReviewItemsFile] { [ReviewItemsFile(review: review)] }

  var path: SitePath { ReviewData.path }
  func bytes() -> [UInt8] { review.data.script }
}

/// The schema of what a browser exports.
struct ReviewSchema: ReviewKind {
  static func all(in review: ReviewIndex) -> [ReviewSchema] { [ReviewSchema()] }

  var path: SitePath { ReviewData.schemaPath }
  func bytes() -> [UInt8] { ReviewData.schema }
}

extension ReviewPoint.Rank {
  /// Whether it is looked at first.
  var needsAttention: Bool { self <= .notLoaded }
}

extension ReviewIndex {
  /// The data of the review.
  var data: ReviewData {
    ReviewData(title: siteTitle, base: sides.before, head: sides.after, items: items.map(\.data))
  }
}

extension ReviewItem {
  /// Everything to be reviewed, the most urgent first, documents last.
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
    func needsAttention(_ subject: Subject) -> Bool { ranks[subject]?.needsAttention ?? false }
    var items = review.settings.enumerated().map { place, change in
      let (page, path) = (addresses.settings(place), change.path.description)
      return item(
        .settings(place), page,
        .init(
          name: path, path: path, kind: "settings", digest: change.digest, href: page.description,
          needsAttention: needsAttention(.settings(place)), isRemoved: change.kind == .removed, owners: []))
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
          digest: entry.record.digest, href: page.description, needsAttention: needsAttention(.item(place)),
          isRemoved: change.after == nil, owners: entry.owners))
    }
    items = items.enumerated().sorted { ($0.element.rank, $0.offset) < ($1.element.rank, $1.offset) }.map(\.element)
    return items
      + documents.enumerated().map { place, change in
        let page = addresses.document(place)
        return item(
          .document(place), page,
          .init(
            name: change.path, path: change.path, kind: "document", digest: change.digest, href: page.description,
            needsAttention: false, isRemoved: change.kind == .removed, owners: []))
      }
  }
}

extension ReviewItem.Subject {
  /// What a point is about.
  init(_ subject: ReviewPoint.Subject) {
    switch subject {
    case .item(let place): self = .item(place)
    case .settings(let place): self = .settings(place)
    }
  }
}
