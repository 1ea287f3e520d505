import Testing

@testable import Pages

@Suite("JSON numbers")
struct JSONNumberTests {
  @Test(
    "YAML numbers keep their value and, if valid in JSON, their spelling",
    arguments: [
      ("0", "0"), ("1", "1"), ("-1", "-1"), ("+1", "1"), ("0.7", "0.7"), ("1.0", "1.0"), ("-0.5", "-0.5"),
      ("1e3", "1e3"),
      ("1E+3", "1E+3"), ("2.5e-3", "2.5e-3"), (".5", "0.5"), ("-.5", "-0.5"), ("+.5", "0.5"), ("1.", "1.0"),
      ("1.e3", "1.0e3"), ("12345678901234567890123", "12345678901234567890123"), ("0.10", "0.10"),
    ])
  func numbers(yaml: String, json: String) { #expect(JSONNumber.text(of: yaml) == json) }

  @Test(
    "Numbers that JSON lacks or parsers disagree on stay text",
    arguments: [
      "0x10", "0o7", "012", "-007", "00.5", "1e999", "1.0.3", ".inf", "-.inf", ".nan", ".", "+", "", "1e", "1_000", "٣",
    ])
  func texts(yaml: String) { #expect(JSONNumber.text(of: yaml) == nil) }
}
