/// Days of the Gregorian calendar, without the clock and the place of the machine.
enum Calendar {
  /// The months, short.
  static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

  /// The day of a time in seconds since 1970, in UTC (after Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms",
  /// https://howardhinnant.github.io/date_algorithms.html#civil_from_days).
  static func date(_ time: Int) -> (year: Int, month: Int, day: Int) {
    let days = Int((Double(time) / 86400).rounded(.down)) + 719_468
    let era = (days >= 0 ? days : days - 146_096) / 146_097
    let dayOfEra = days - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let part = (5 * dayOfYear + 2) / 153
    let month = part < 10 ? part + 3 : part - 9
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * part + 2) / 5 + 1)
  }

  /// A moment as RFC 3339 has it: `2026-05-03T14:05:09Z`.
  static func moment(_ time: Int) -> String {
    let seconds = ((time % 86_400) + 86_400) % 86_400
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return "\(iso(time))T\(two(seconds / 3600)):\(two(seconds / 60 % 60)):\(two(seconds % 60))Z"
  }

  /// A day for people, of one as ISO 8601 has it; nil where it is none.
  static func day(iso: String) -> String? {
    let parts = iso.split(separator: "-").map { Int($0) }
    guard parts.count == 3, let year = parts[0], let month = parts[1], let day = parts[2], (1...12).contains(month)
    else {
      return nil
    }
    return "\(day) \(months[month - 1]) \(year)"
  }

  /// The same as ISO 8601 has it: `2026-05-03`.
  static func iso(_ time: Int) -> String {
    let (year, month, day) = date(time)
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return "\(year)-\(two(month))-\(two(day))"
  }
}
