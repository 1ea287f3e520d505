import Files
import Testing

@testable import Agents

@Suite("Value schemas")
struct ValueSchemaTests {
  private func messages(_ schema: String, _ yaml: String) throws -> [String] {
    let runtimes = try Runtimes.builtIn.overlaid(by: "cursor: {fields: {f: \(schema)}}", file: "r.yml")
    let value = try #require(StrictYAML.fields(of: "f: \(yaml)").first?.value)
    return runtimes[.cursor].field("f")?.schema.problems(with: value).map {
      ($0.path + [$0.message]).joined(separator: ": ")
    } ?? ["no field"]
  }

  @Test(
    "Accepted values have no problem",
    arguments: [
      ("{type: text}", "abc"), ("{type: text}", "\"007\""), ("{type: number}", "0.5"), ("{type: integer}", "3"),
      ("{type: flag}", "true"), ("{type: [text, list]}", "[a]"), ("{type: scalar}", "007"),
      ("{type: text, one-of: [a, b]}", "b"), ("{type: text, pattern: \"[a-z]+\"}", "abc"),
      ("{type: integer, least: 1, most: 5}", "5"), ("{type: map, values: {type: flag}}", "{a: true}"),
      ("{type: list, items: {type: text}}", "[a, b]"), ("{type: text, longest: 3}", "äöü"),
    ])
  func accepted(schema: String, value: String) throws {
    #expect(try messages(schema, value) == [])
  }

  @Test(
    "Rejected values give a message with the requirement",
    arguments: [
      ("{type: text}", "007", "must be text; it is the number 007"),
      ("{type: text}", "[a]", "must be text; it is a list"),
      ("{type: number}", "\"0.5\"", "must be a number; it is text"),
      ("{type: integer}", "1.5", "must be a whole number; it is the number 1.5"),
      ("{type: [text, list]}", "{a: b}", "must be text or a list; it is a map"),
      ("{type: text, one-of: [red, blue]}", "bleu", "must be red or blue; it is “bleu”"),
      ("{type: text, pattern: \"[a-z]+\", says: it has other letters}", "aB", "it has other letters"),
      ("{type: integer, least: 1}", "0", "must be 1 or more; it is 0"),
      ("{type: map, values: {type: flag}}", "{a: yes please}", "a: must be true or false; it is text"),
      ("{type: list, items: {type: text}}", "[a, 2]", "item 2: must be text; it is the number 2"),
      ("{type: map, keys-one-of: [PreToolUse]}", "{PreTool: 1}", "has no “PreTool”"),
      ("{type: text, longest: 3}", "äöüß", "may have 3 characters; it has 4"),
    ])
  func refused(schema: String, value: String, message: String) throws {
    #expect(try messages(schema, value) == [message])
  }
}
