import Files
import Testing

@testable import Agents

/// Files with several items. Each item is read on its own, with its own locations.
@Suite("Items in shared files")
struct ItemTests {
  private func readings(_ text: String, at path: String = ".roomodes") throws -> (file: PlainDocument, items: [Agent]) {
    let source = SourceFile(path: try #require(RelativePath(path)), collection: 0)
    let readings = AgentReader().readAll(Array(text.utf8), of: source)
    guard case .document(let file) = try #require(readings.first).facts else { throw NoAgent() }
    return (file, readings.dropFirst().compactMap { if case .agent(let agent) = $0.facts { agent } else { nil } })
  }

  /// The prompt as pages and comparisons read it: from the excerpt of the item alone.
  private func prompt(of agent: Agent, in text: String) -> String {
    String(decoding: agent.prompt(in: agent.source.excerpt(of: Array(text.utf8))).text, as: UTF8.self)
  }

  private static let modes = """
    # Modes of the port.
    customModes:
      - slug: harbour-pilot
        name: Harbour Pilot
        roleDefinition: |-
          You guide ships.

            - slowly
        groups:
          - read
          - - edit
            - fileRegex: \\.md$
              description: charts only
        colour: blue
      # The other one.
      - slug: baker
        name: Baker
        roleDefinition: "You \\"bake\\"
          bread."
        groups: [read]
    """

  @Test("Items have their names, fields and lines in the file")
  func modes() throws {
    let (file, items) = try readings(Self.modes)
    #expect(items.map(\.name) == ["harbour-pilot", "baker"])
    #expect(items.map(\.source.item?.path) == ["customModes/harbour-pilot", "customModes/baker"])
    #expect(items.map(\.source.item?.location.line) == [3, 16])
    #expect(items.map(\.kind) == [.agent, .agent] && items.map(\.format) == [.yaml, .yaml])
    #expect(items[0].fields.map { "\($0.key) \($0.location.line)" } == ["slug 3", "name 4", "groups 9", "colour 14"])
    #expect(file.held?.count == 2 && file.findings.isEmpty)
    let unknown = try #require(items[0].findings.first { $0.message.contains("colour") })
    #expect(unknown.location?.line == 14)
    #expect(!items[1].findings.contains { $0.message.contains("colour") })
  }

  @Test("The excerpt of an item has only its own lines")
  func excerpts() throws {
    let items = try readings(Self.modes).items.map {
      String(decoding: $0.source.excerpt(of: Array(Self.modes.utf8)), as: UTF8.self)
    }
    #expect(items[0].hasPrefix("  - slug: harbour-pilot\n") && items[0].hasSuffix("    colour: blue\n"))
    #expect(items[1].hasPrefix("  - slug: baker\n") && !items[0].contains("The other one"))
  }

  @Test("The prompt is the value of the scalar, without its indentation and escapes")
  func prompts() throws {
    let items = try readings(Self.modes).items
    #expect(prompt(of: items[0], in: Self.modes) == "You guide ships.\n\n  - slowly")
    #expect(prompt(of: items[1], in: Self.modes) == "You \"bake\" bread.")
  }

  @Test(
    "Prompts are read from every style of scalar",
    arguments: [
      "roleDefinition: It's here # and on",
      "roleDefinition: 'It''s here # and on'",
      "roleDefinition: \"It's\\u0020here \\\n      # and on\"",
      "roleDefinition: >-\n      It's here\n      # and on",
      "roleDefinition: |-\n      It's here # and on",
      "roleDefinition:\n      It's here # and on",
      "roleDefinition: &a It's here # and on",
      "\"roleDefinition\": !!str \"It's here # and on\"",
    ])
  func scalars(_ field: String) throws {
    let text = "customModes:\n  - slug: a\n    \(field)\n    name: A\n    groups: [read]\n"
    let item = try #require(try readings(text).items.first)
    let isPlain = !field.contains("'It") && !field.contains("\"It") && !field.contains("-\n")
    #expect(prompt(of: item, in: text) == (isPlain ? "It's here" : "It's here # and on"))
    #expect(item.loading.outcome == .loads, "\(item.loading.reasons)")
  }

  @Test("JSON items may have comments around them, and different kinds")
  func json() throws {
    let text = """
      {
        // Agents of the port.
        "agent": {
          "review": {"description": "Reads.", "prompt": "Read \\"it\\".\\n\\n# Well",}, // one
          "docs/writer": {"description": "Writes.", "tools": {"write": true, "bash": false}}
        },
        "command": {"hail": {"template": "Hail $ARGUMENTS."}},
      }
      """
    let (file, items) = try readings(text, at: "opencode.jsonc")
    #expect(items.map(\.name) == ["review", "docs/writer", "hail"])
    #expect(items.map(\.kind) == [.agent, .agent, .command])
    #expect(prompt(of: items[0], in: text) == "Read \"it\".\n\n# Well")
    #expect(items[0].outline.map(\.text) == ["Well"])
    #expect(
      items.map(\.source.item?.location) == [
        .init(line: 4, column: 15), .init(line: 5, column: 20), .init(line: 7, column: 23),
      ])
    #expect(items.allSatisfy { $0.loading.outcome == .loads } && file.findings.isEmpty)
    #expect(items[1].tools.denied.map(\.name) == ["bash"])
  }

  @Test(
    "A broken file has no items and reports the error",
    arguments: [
      (".roomodes", "customModes:\n  - slug: a: b\n", 2), (".roomodes", "customModes:\n\t- slug: a\n", 2),
      (".roomodes", "modes: []\n", 1), ("opencode.json", "{\"agent\": {\"a\": {}}\n", 1),
      (".kilocodemodes", "customModes:\n  - slug: a\n    slug: b\n", 3),
    ])
  func broken(path: String, text: String, line: Int) throws {
    let (file, items) = try readings(text, at: path)
    #expect(items.isEmpty)
    #expect(file.findings.first?.severity == .error && file.findings.first?.location?.line == line)
    #expect((file.held?.loading.outcome ?? .loads) >= .ignored)
  }

  @Test("A rejected item makes the others in its file fail, with the reason")
  func refused() throws {
    let text = Self.modes.replacing("name: Baker\n", with: "model: big\n")
    let items = try readings(text).items
    #expect(items.map(\.loading.outcome) == [.ignored, .ignored])
    #expect(items[0].loading.reasons.first?.message == "“baker” in the same file is refused")
    #expect(!items[0].findings.contains { $0.severity == .error })
    #expect(
      items[1].findings.contains { $0.message.hasPrefix("the field “name” is missing") && $0.location?.line == 16 })
  }

  @Test("Items with the same name have different keys and are reported")
  func repeated() throws {
    let items = try readings(Self.modes.replacing("slug: baker", with: "slug: harbour-pilot")).items
    #expect(Set(items.map(\.source.key)).count == 2)
    #expect(items[1].findings.contains { $0.rule == "field-duplicate" && $0.location?.line == 16 })
    #expect(!items[0].findings.contains { $0.rule == "field-duplicate" })
  }

  @Test("Findings belong to the item that contains them, or else to the file")
  func secrets() throws {
    let key = "ghp_" + "a8Kd02LqPz71mNvXcB4wRtYu6EoS3hGjF9i5"
    let inside = try readings(Self.modes.replacing("- slowly", with: key))
    #expect(inside.items[0].findings.contains { $0.rule == "secret-suspected" && $0.location?.line == 8 })
    #expect(inside.file.findings.isEmpty)
    let outside = try readings(Self.modes.replacing("Modes of the port", with: key))
    #expect(outside.file.findings.map(\.rule) == ["secret-suspected"])
    #expect(outside.items.allSatisfy { item in !item.findings.contains { $0.rule == "secret-suspected" } })
  }

  @Test("The reach includes starting agents, and the reasons name the limits of a tool")
  func reach() throws {
    let item = try readings(Self.modes).items[0]
    let reach = Reach(of: item, by: Runtimes.builtIn[item])
    #expect(reach.reasons.contains("edit: create and change files; only files that match \\.md$."))
    #expect(reach[.edit] == .stated && reach[.run] == .none && reach[.delegate] == .stated)
  }

  @Test("Typographic characters become ASCII only if the runtime does that")
  func ascii() throws {
    let text = "customModes:\n  - slug: a\n    name: “A: B”\n    roleDefinition: You’re here.\n    groups: [read]\n"
    let item = try #require(try readings(text).items.first)
    #expect(item.fields.first { $0.key == "name" }?.value == .text("A: B"))
    #expect(prompt(of: item, in: text) == "You're here.")
    #expect(try readings(text, at: ".kilocodemodes").items.isEmpty)
  }

  @Test("An alias from outside the item is reported and not expanded")
  func aliases() throws {
    let own = "customModes:\n  - slug: a\n    name: &n A\n    roleDefinition: *n\n    groups: [read]\n"
    #expect(prompt(of: try readings(own).items[0], in: own) == "A")
    let other = own + "  - slug: b\n    name: *n\n    roleDefinition: B\n    groups: [read]\n"
    let items = try readings(other).items
    #expect(items.count == 2 && items[0].findings.allSatisfy { $0.rule != "syntax-invalid" })
    #expect(items[1].findings.contains { $0.rule == "syntax-invalid" && $0.location?.line == 7 })
    let whole = "base: &b {slug: c, name: C, roleDefinition: C, groups: []}\ncustomModes: [*b]\n"
    #expect(try readings(whole).file.findings.contains { $0.rule == "syntax-invalid" })
  }

  @Test("Items in flow style end at their bracket")
  func flow() throws {
    let text =
      "customModes: [{slug: a, name: 'A }', roleDefinition: A, groups: []},\n {slug: b, name: B, roleDefinition: B, groups: []}]\n"
    let items = try readings(text).items
    try #require(items.map(\.name) == ["a", "b"])
    #expect(items.allSatisfy { $0.loading.outcome == .loads })
    #expect(String(decoding: items[0].source.excerpt(of: Array(text.utf8)), as: UTF8.self).hasSuffix("groups: []}"))
  }

  @Test("CRLF and a byte order mark do not change locations")
  func returns() throws {
    let text = "\u{FEFF}" + Self.modes.replacing("\n", with: "\r\n")
    let items = try readings(text).items
    #expect(items.map(\.source.item?.location.line) == [3, 16])
    #expect(prompt(of: items[0], in: text) == "You guide ships.\n\n  - slowly")
    #expect(items[0].fields.map(\.location.line) == [3, 4, 9, 14])
  }

  @Test("Settings without items have no findings")
  func settings() throws {
    let (file, items) = try readings("{\"model\": \"a/b\", \"mcp\": {}}", at: "opencode.json")
    #expect(items.isEmpty && file.findings.isEmpty && file.held?.count == 0)
  }

  @Test("Stored items are read back unchanged")
  func stored() throws {
    for agent in try readings(Self.modes).items {
      var writer = ByteWriter()
      agent.store(in: &writer)
      var reader = ByteReader(writer.bytes)
      let read = try Agent(from: &reader)
      #expect(read.source == agent.source && read.source.key == agent.source.key && read.findings == agent.findings)
    }
  }

  @Test("Corrupted files are read without a crash", arguments: [".roomodes", "opencode.json"])
  func noise(path: String) throws {
    let parts = [
      "*n", "&n ", "<<: ", "\n", "  ", "- ", "{", "}", "[", "]", "\"", "'", "\\", ": ", "|\n", ">-\n", "#", "\t", "? ",
      "é", "’", "\r", "!!str ", "agent", ",",
    ]
    let start = Array(
      (path == ".roomodes" ? Self.modes : "{\"agent\": {\"a\": {\"prompt\": \"x\\ny\"}}, \"mode\": {}}").utf8)
    let source = SourceFile(path: try #require(RelativePath(path)), collection: 0)
    var state: UInt64 = 7
    func next(_ limit: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % limit
    }
    for _ in 0..<250 {
      var bytes = start
      for _ in 0...next(4) {
        let place = next(bytes.count)
        switch next(3) {
        case 0: bytes.insert(contentsOf: Array(parts[next(parts.count)].utf8), at: place)
        case 1: bytes.removeSubrange(place..<min(bytes.count, place + 1 + next(5)))
        default: bytes.insert(contentsOf: bytes[place..<min(bytes.count, place + 20)], at: next(bytes.count))
        }
        if bytes.isEmpty { bytes = [0x0A] }
      }
      for case .agent(let agent) in AgentReader().readAll(bytes, of: source).map(\.facts) {
        let excerpt = AgentReader.excerpt(of: bytes, agent.source)
        #expect(agent.promptRange.upperBound <= excerpt.count)
        _ = agent.prompt(in: excerpt)
      }
    }
  }

  @Test(
    "Patterns are reported only if they are certainly broken",
    arguments: [
      ("\\.md$", true), ("(.*\\.(md|ts)$|.*\\.json$)", true), ("[(]+?", true), ("(?:a|b)*?", true), ("a{2}", true),
      ("([", false), ("a)", false), ("*.md", false), ("a\\", false),
    ])
  func patterns(pattern: String, isFine: Bool) { #expect((ScriptPattern.problem(with: pattern) == nil) == isFine) }
}
