import Files
import Foundation

/// A review exported from the browser: `roster-review.json`.
///
/// Anybody may have written the file, so reading is strict: unknown keys, wrong types and values out of bounds are
/// rejected. `roster-review.schema.json` describes the format.
public struct ExportedReview: Sendable, Equatable {
  /// A reviewed item, settings file or document.
  public struct Item: Sendable, Equatable {
    /// The published path, followed by `#` and the item's name if the file holds several items.
    public let path: String
    /// The item's name.
    public let name: String?
    /// The kind of item, or one of ``ExportedReview/otherKinds``.
    public let kind: String?
    /// The digest of the reviewed content; see ``ApprovalRecord/digest``.
    public let digest: String
    /// Whether the reviewer marked it as viewed.
    public let isViewed: Bool
    /// Whether the file was removed.
    public let isRemoved: Bool
    /// The reviewer's decision.
    public let verdict: Verdict?
    /// The comments, in the order of the file.
    public let comments: [Comment]

    /// Whether an approval of it can be recorded.
    public var canBeApproved: Bool { !isRemoved && !(kind.map(ExportedReview.otherKinds.contains) ?? false) }
  }

  /// A decision about an item.
  public enum Verdict: String, Sendable, CaseIterable {
    /// Approved.
    case approved
    /// Changes are required before approval.
    case changesRequested = "changes-requested"
  }

  /// A comment on a line, on a finding, or on the whole item.
  public struct Comment: Sendable, Equatable {
    /// The file that the comment is about; nil for the item's own file.
    public let file: String?
    /// The line number, counted from 1.
    public let line: Int?
    /// The state of the file that the line number refers to.
    public let side: Side?
    /// The rule of the finding that the comment is about.
    public let rule: String?
    /// The text of the comment.
    public let text: String
  }

  /// A state of a file.
  public enum Side: String, Sendable, CaseIterable {
    /// The file in its new state.
    case after
    /// The file in its old state.
    case before
  }

  /// The reason why a file is not an exported review.
  public struct Failure: Error, Equatable {
    /// The invalid value, for example `items[3].digest`; empty for the file as a whole.
    public let place: String
    /// The problem and how to solve it.
    public let problem: String

    /// The place and the problem.
    public var description: String { place.isEmpty ? problem : "\(place): \(problem)" }
  }

  /// The title of the review or catalog.
  public let title: String?
  /// The reviewed items, in the order of the file.
  public let items: [Item]

  /// The kinds of an ``Item`` that is a settings file or a document, which have no approvals.
  public static let otherKinds: Set<String> = ["settings", "document"]
  /// The maximum size of a file, in bytes.
  public static let sizeLimit = 16 << 20

  private static let version = 1

  /// Reads an exported review.
  ///
  /// - Throws: ``Failure`` if the bytes are not an exported review of a supported version.
  public init(_ bytes: [UInt8]) throws(Failure) {
    guard bytes.count <= Self.sizeLimit else {
      throw Failure(place: "", problem: "the file is larger than \(Self.sizeLimit >> 20) MB")
    }
    // The decoder would also accept other encodings.
    guard !bytes.contains(0), String(validating: bytes, as: UTF8.self) != nil else {
      throw Failure(place: "", problem: "this is not JSON: it is not UTF-8")
    }
    do {
      self = try JSONDecoder().decode(Document.self, from: Data(bytes)).review
    } catch let failure as Failure {
      throw failure
    } catch {
      throw Self.failure(error)
    }
    if let key = JSONKeys.repeated(in: bytes) {
      throw Failure(place: "line \(key.line)", problem: "the key \(key.name) is repeated. Export the review again.")
    }
  }

  fileprivate init(title: String?, items: [Item]) {
    self.title = title
    self.items = items
  }

  /// Converts an error of the JSON decoder.
  private static func failure(_ error: any Error) -> Failure {
    guard case .dataCorrupted(let context) = error as? DecodingError, context.codingPath.isEmpty else {
      return Failure(place: "", problem: "this is not an exported review")
    }
    let reason = (context.underlyingError as NSError?)?.userInfo["NSDebugDescription"] as? String
    return Failure(place: "", problem: "this is not JSON\(reason.map { ": \($0)" } ?? ".")")
  }
}

// MARK: - Reading

extension ExportedReview {
  private struct Document: Decodable {
    let review: ExportedReview

    init(from decoder: any Decoder) throws {
      let object = try JSONObject(decoder)
      guard object.has("roster-review") else {
        throw Failure(place: "", problem: "this is not an exported review: it has no key roster-review")
      }
      let version = try object.number("roster-review", from: 0)
      guard version == ExportedReview.version else {
        throw Failure(
          place: "roster-review",
          problem: "this is version \(version ?? 0) of the format, and this Roster reads version "
            + "\(ExportedReview.version). Use the Roster that made the pages.")
      }
      try object.allow(["roster-review", "title", "base", "head", "items"])
      let title = try object.text("title", upTo: 1000)
      _ = try object.text("base", upTo: 1000)
      _ = try object.text("head", upTo: 1000)
      guard let items = try object.list("items", of: Element<Item>.self)?.map(\.value) else {
        throw object.missing("items")
      }
      // Items of one file can share a name, and then they have the same path.
      var places: [[UInt8]: Int] = [:]
      for (place, item) in items.enumerated() {
        if let first = places.updateValue(place, forKey: Array("\(item.digest) \(item.path)".utf8)) {
          throw Failure(
            place: "items[\(place)]",
            problem: "the path and digest are those of items[\(first)] too. Export the review again.")
        }
      }
      review = ExportedReview(title: title, items: items)
    }
  }

  /// An element of a list.
  private struct Element<Value: ReadableFromJSON>: Decodable {
    let value: Value

    init(from decoder: any Decoder) throws { value = try Value(JSONObject(decoder)) }
  }
}

/// A value that is read from a JSON object.
private protocol ReadableFromJSON {
  init(_ object: JSONObject) throws
}

extension ExportedReview.Item: ReadableFromJSON {
  fileprivate init(_ object: JSONObject) throws {
    try object.allow(["path", "name", "kind", "digest", "viewed", "removed", "verdict", "comments"])
    path = try object.required(object.text("path", from: 1, upTo: 4096), "path")
    name = try object.text("name", upTo: 1000)
    kind = try object.text("kind", upTo: 100)
    digest = try object.required(object.text("digest", upTo: 64), "digest")
    guard digest.utf8.count == 64, digest.utf8.allSatisfy({ (0x30...0x39).contains($0) || (0x61...0x66).contains($0) })
    else { throw object.failure("digest", "a digest has 64 hexadecimal digits in lower case") }
    isViewed = try object.flag("viewed") ?? false
    isRemoved = try object.flag("removed") ?? false
    verdict = try object.choice("verdict")
    comments = try object.list("comments", of: ExportedReview.Element<ExportedReview.Comment>.self)?.map(\.value) ?? []
  }
}

extension ExportedReview.Comment: ReadableFromJSON {
  fileprivate init(_ object: JSONObject) throws {
    try object.allow(["file", "line", "side", "rule", "text"])
    file = try object.text("file", from: 1, upTo: 4096)
    line = try object.number("line", from: 1)
    side = try object.choice("side")
    rule = try object.text("rule", upTo: 100)
    text = try object.required(object.text("text", from: 1, upTo: 65536), "text")
  }
}

/// An object of a JSON document, read strictly. Every failure contains the place of the value.
private struct JSONObject {
  private struct Key: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }

    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  private let values: KeyedDecodingContainer<Key>
  private let path: [any CodingKey]

  init(_ decoder: any Decoder) throws {
    path = decoder.codingPath
    do { values = try decoder.container(keyedBy: Key.self) } catch {
      throw ExportedReview.Failure(place: Self.place(path), problem: "this must be an object")
    }
  }

  func has(_ key: String) -> Bool { values.contains(Key(stringValue: key)) }

  func allow(_ keys: Set<String>) throws {
    if let key = values.allKeys.map(\.stringValue).filter({ !keys.contains($0) }).min() {
      throw failure(String(key.prefix(100)), "this key is not part of the format")
    }
  }

  func text(_ key: String, from least: Int = 0, upTo limit: Int) throws -> String? {
    guard let text = try value(key, of: String.self, "a text") else { return nil }
    if text.unicodeScalars.count < least { throw failure(key, "this must not be empty") }
    // No text has more characters than bytes, so counting is rarely necessary.
    if text.utf8.count > limit, text.unicodeScalars.count > limit {
      throw failure(key, "this is longer than \(limit) characters. Shorten it.")
    }
    return text
  }

  func number(_ key: String, from least: Int) throws -> Int? {
    guard let number = try value(key, of: Int.self, "a whole number") else { return nil }
    if number < least { throw failure(key, "this must be \(least) or more") }
    return number
  }

  func flag(_ key: String) throws -> Bool? { try value(key, of: Bool.self, "true or false") }

  func choice<Choice: RawRepresentable & CaseIterable>(_ key: String) throws -> Choice?
  where Choice.RawValue == String {
    let words = Choice.allCases.map(\.rawValue).joined(separator: " or ")
    guard let text = try value(key, of: String.self, words) else { return nil }
    guard let choice = Choice(rawValue: text) else { throw failure(key, "this must be \(words)") }
    return choice
  }

  func list<Value: Decodable>(_ key: String, of type: Value.Type) throws -> [Value]? {
    try value(key, of: [Value].self, "a list")
  }

  func required<Value>(_ value: Value?, _ key: String) throws -> Value {
    guard let value else { throw missing(key) }
    return value
  }

  func missing(_ key: String) -> ExportedReview.Failure {
    ExportedReview.Failure(place: Self.place(path), problem: "the key \(key) is missing")
  }

  func failure(_ key: String, _ problem: String) -> ExportedReview.Failure {
    ExportedReview.Failure(place: Self.place(path + [Key(stringValue: key)]), problem: problem)
  }

  private func value<Value: Decodable>(_ key: String, of type: Value.Type, _ words: String) throws -> Value? {
    guard has(key) else { return nil }
    do { return try values.decode(type, forKey: Key(stringValue: key)) } catch let failure as ExportedReview.Failure {
      throw failure
    } catch {
      throw failure(key, "this must be \(words)")
    }
  }

  /// Returns a place in JavaScript notation: `items[3].digest`.
  private static func place(_ path: [any CodingKey]) -> String {
    path.reduce("") { place, key in
      key.intValue.map { "\(place)[\($0)]" } ?? (place.isEmpty ? key.stringValue : "\(place).\(key.stringValue)")
    }
  }
}
