import Files

/// The lifecycle of an item: its status, its replacement, its last day of use and its next review.
public struct Lifecycle: Sendable, Hashable, Encodable {
  /// Whether an item may be used.
  public enum Status: String, Sendable, CaseIterable, Encodable {
    /// It is being written.
    case draft
    /// It may change or be removed.
    case experimental
    /// It may be used.
    case active
    /// It still works but should no longer be used.
    case deprecated
    /// It must not be used.
    case retired

    /// The label for lists, for example `Deprecated`.
    public var title: String { rawValue.prefix(1).uppercased() + rawValue.dropFirst() }
  }

  /// The status; nil if not stated.
  public var status: Status?
  /// The replacement as a name, slug, path or address; nil if not stated.
  public var replacedBy: String?
  /// The last day on which the item may be used, such as `2027-01-31`; nil if not stated.
  public var sunset: String?
  /// The day by which the item must be reviewed, such as `2027-01-31`; nil if not stated.
  public var reviewBy: String?

  /// Creates an empty lifecycle.
  public init() {}

  /// Whether no property is set.
  public var isEmpty: Bool { self == Lifecycle() }
  /// Whether the item is deprecated or retired.
  public var isOver: Bool { status == .deprecated || status == .retired }

  /// Returns a copy in which the values of another lifecycle, where set, replace its own.
  public func overlaid(by other: Lifecycle) -> Lifecycle {
    var result = self
    result.status = other.status ?? status
    result.replacedBy = other.replacedBy ?? replacedBy
    result.sunset = other.sunset ?? sunset
    result.reviewBy = other.reviewBy ?? reviewBy
    return result
  }

  /// Returns whether a text has the form of a date such as `2027-01-31`.
  public static func isDay(_ text: String) -> Bool {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.map(\.utf8.count) == [4, 2, 2], parts.allSatisfy({ $0.utf8.allSatisfy { 0x30...0x39 ~= $0 } }),
      let month = Int(parts[1]), let day = Int(parts[2])
    else { return false }
    return 1...12 ~= month && 1...31 ~= day
  }
}

extension Agent {
  /// The accepted spellings of the date fields.
  static let dayFields = (
    sunset: ["sunset", "sunset-on"], reviewBy: ["review-by", "review_by", "reviewBy"]
  )

  /// The lifecycle stated in the file. Invalid dates are ignored.
  public var lifecycle: Lifecycle {
    func text(_ keys: [String]) -> String? { fields.value(keys)?.scalar.map { Bounds.word($0) } }
    var lifecycle = Lifecycle()
    lifecycle.status = text(["status"]).flatMap { Lifecycle.Status(rawValue: $0.lowercased()) }
    lifecycle.replacedBy = text(["replaced-by", "replaced_by", "replacedBy"])
    lifecycle.sunset = text(Self.dayFields.sunset).flatMap { Lifecycle.isDay($0) ? $0 : nil }
    lifecycle.reviewBy = text(Self.dayFields.reviewBy).flatMap { Lifecycle.isDay($0) ? $0 : nil }
    return lifecycle
  }

  /// The invalid values of date fields, with the keys of the fields.
  var wrongDays: [(field: String, value: String)] {
    (Self.dayFields.sunset + Self.dayFields.reviewBy).compactMap { key in
      guard let value = fields.value([key])?.scalar, !Lifecycle.isDay(value) else { return nil }
      return (key, value)
    }
  }
}
