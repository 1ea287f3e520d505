import Foundation

/// Dates for pages and data, in UTC and independent of the machine's language.
enum DateText {
  private static let utc = TimeZone(secondsFromGMT: 0) ?? .gmt
  private static let day = Date.VerbatimFormatStyle(
    format: "\(day: .defaultDigits) \(month: .abbreviated) \(year: .defaultDigits)",
    locale: Locale(identifier: "en_US_POSIX"), timeZone: utc, calendar: Calendar(identifier: .gregorian))

  /// Returns a day for people: `3 May 2026`.
  ///
  /// - Parameter time: Seconds since 1970.
  static func day(_ time: Int) -> String { day.format(date(time)) }

  /// Returns the same for an ISO 8601 day; nil if it is invalid.
  static func day(iso: String) -> String? {
    (try? Date(iso, strategy: .iso8601.year().month().day())).map(day.format)
  }

  /// Returns a day in ISO 8601: `2026-05-03`.
  static func iso(_ time: Int) -> String { date(time).formatted(.iso8601.year().month().day()) }

  /// Returns a time in RFC 3339: `2026-05-03T14:05:09Z`.
  static func moment(_ time: Int) -> String { date(time).formatted(.iso8601) }

  private static func date(_ time: Int) -> Date { Date(timeIntervalSince1970: TimeInterval(time)) }
}
