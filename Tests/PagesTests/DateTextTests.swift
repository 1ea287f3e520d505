import Testing

@testable import Pages

@Suite("Dates")
struct DateTextTests {
  @Test(
    "Dates are formatted in UTC and English",
    arguments: [
      (0, "1 Jan 1970", "1970-01-01", "1970-01-01T00:00:00Z"),
      (1_777_816_509, "3 May 2026", "2026-05-03", "2026-05-03T13:55:09Z"),
      (951_782_399, "28 Feb 2000", "2000-02-28", "2000-02-28T23:59:59Z"),
      (951_782_400, "29 Feb 2000", "2000-02-29", "2000-02-29T00:00:00Z"),
      (-1, "31 Dec 1969", "1969-12-31", "1969-12-31T23:59:59Z"),
      (1_789_344_000, "14 Sep 2026", "2026-09-14", "2026-09-14T00:00:00Z"),
    ])
  func texts(time: Int, day: String, iso: String, moment: String) {
    #expect(DateText.day(time) == day)
    #expect(DateText.iso(time) == iso)
    #expect(DateText.moment(time) == moment)
    #expect(DateText.day(iso: iso) == day)
  }

  @Test("Invalid dates give nil", arguments: ["", "2026-13-01", "yesterday", "2026-05"])
  func none(text: String) {
    #expect(DateText.day(iso: text) == nil)
  }
}
