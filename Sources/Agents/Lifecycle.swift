import Files

/// The lifecycle of an item: its status, its replacement, and the dates of its last use and its next review.
public struct Lifecycle: Sendable, Hashable, Encodable {
  /// Whether an item may be used.
  public enum Status: String, Sendable, CaseIterable, Encodable {
    /// It is being written.
    case draft
    /// It may change or go.
    case experimental
    /// It may be used.
    case active
    /// It still works and should no longer be used.
    case deprecated
    /// It is not to be used.
    case retired

    /// The word for lists: `Deprecated`.
    public var title: String { rawValue.prefix(1).uppercased() + rawValue.dropFirst() }
  }

  /// Whether it may be used; nil if nobody says.
  public var status: Status?
  /// What takes its place: a name, a slug, a path or an address; nil if nobody says.
  public var replacedBy: String?
  /// The last day on which it may be used, as `2027-01-31`; nil if nobody says.
  public var sunset: String?
  /// The day by which somebody reads it again, as `2027-01-31`; nil if nobody says.
  public var reviewBy: String?

  /// Makes one of which nothing is known.
  public init() {}

  /// Whether nothing is known.
  public var isEmpty: Bool { self == Lifecycle() }
  /// Whether it should no longer be used.
  public var isOver: Bool { status == .deprecated || status == .retired }

  /// The same, with what another one says in place of its own.
  public func overlaid(by other: Lifecycle) -> Lifecycle {
    var result = self
    result.status = other.status ?? status
    result.replacedBy = other.replacedBy ?? replacedBy
    result.sunset = other.sunset ?? sunset
    result.reviewBy = other.reviewBy ?? reviewBy
    return result
  }

  /// Whether a text is a day, as `2027-01-31`.
  public static func isDay(_ text: String) -> Bool {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.map(\.utf8.count) == [4, 2, 2], parts.allSatisfy({ $0.utf8.allSatisfy { 0x30...0x39 ~= $0 } }),
      let month = Int(parts[1]), let day = Int(parts[2])
    else { return false }
    return 1...12 ~= month && 1...31 ~= day
  }
}

extension Agent {
  /// The fields of a lifecycle that are days, in the spellings that are read.
  static let dayFields = (
    sunset: ["sunset", "sunset-on"], reviewBy: ["review-by", "review_by", "reviewBy"]
  )

  /// What the file says of its own lifecycle. Days that are none are left out.
  public var lifecycle: Lifecycle {
    func text(_ keys: [String]) -> String? { fields.value(keys)?.scalar.map { Bounds.word($0) } }
    var lifecycle = Lifecycle()
    lifecycle.status = text(["status"]).flatMap { Lifecycle.Status(rawValue: $0.lowercased()) }
    lifecycle.replacedBy = text(["replaced-by", "replaced_by", "replacedBy"])
    lifecycle.sunset = text(Self.dayFields.sunset).flatMap { Lifecycle.isDay($0) ? $0 : nil }
    lifecycle.reviewBy = text(Self.dayFields.reviewBy).flatMap { Lifecycle.isDay($0) ? $0 : nil }
    return lifecycle
  }

  /// The values of fields that should be days and are none, with the names of the fields.
  var wrongDays: [(field: String, value: String)] {
    (Self.dayFields.sunset + Self.dayFields.reviewBy).compactMap { key in
      guard let value = fields.value([key])?.scalar, !Lifecycle.isDay(value) else { return nil }
      return (key, value)
    }
  }
}
