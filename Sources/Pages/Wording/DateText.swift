import Foundation

/// Dates as pages and data write them: in UTC, whatever the machine's clock and language are.
enum DateText {
  private static let utc = TimeZone(secondsFromGMT: 0) ?? .gmt
  private static let day = Date.VerbatimFormatStyle(
    format: "\(day: .defaultDigits) \(month: .abbreviated) \(year: .defaultDigits)",
    locale: Locale(identifier: "en_US_POSIX"), timeZone: utc, calendar: Calendar(identifier: .gregorian))

  /// A day for people: `3 May 2026`.
  ///
  /// - Parameter time: seconds since 1970.
  static func day(_ time: Int) -> String { day.format(date(time)) }

  /// The same for a day as ISO 8601 has it; nil if it is no day.
  static func day(iso: String) -> String? {
    (try? Date(iso, strategy: .iso8601.year().month().day())).map(day.format)
  }

  /// A day as ISO 8601 has it: `2026-05-03`.
  static func iso(_ time: Int) -> String { date(time).formatted(.iso8601.year().month().day()) }

  /// A moment as RFC 3339 has it: `2026-05-03T14:05:09Z`.
  static func moment(_ time: Int) -> String { date(time).formatted(.iso8601) }

  private static func date(_ time: Int) -> Date { Date(timeIntervalSince1970: TimeInterval(time)) }
}
