import Agents
import Catalogs
import Files
import GFM

/// The data that the browser needs to compare selected agents. They are scripts, because a page opened from disk can
/// load only scripts.
///
/// A hash of its address assigns each agent to a part. A page for a few agents therefore loads only a few parts, and an
/// address that is missing from its part does not exist. Short names are assigned to parts in the same way, so that
/// addresses with short names also work.
enum ChoiceData {
  /// The approximate number of agents in a part.
  private static let length = 8

  /// Returns the number of parts. It is a power of two, so adding or removing an agent rarely moves others to different
  /// parts.
  static func parts(_ count: Int) -> Int {
    var parts = 1
    while parts * length < count { parts *= 2 }
    return parts
  }

  /// Returns the part of an agent, by its address without the extension, or of a short name. The hash is 32-bit FNV-1a
  /// of the UTF-8 bytes. `choice.js` has the same rules.
  static func part(of id: String, among parts: Int) -> Int {
    var hash: UInt32 = 0x811C_9DC5
    for byte in id.utf8 { hash = (hash ^ UInt32(byte)) &* 0x0100_0193 }
    return Int((hash ^ hash >> 15) & UInt32(parts - 1))
  }
}

/// One part of the data that the browser needs to compare selected agents.
struct ChoicePart: PageKind {
  let site: SiteIndex
  /// The number of the part, counted from 0.
  let part: Int

  static let isInSitemap = false

  static func all(in site: SiteIndex) -> [any PageKind] {
    site.catalog.entries.isEmpty ? [] : site.choices.indices.map { ChoicePart(site: site, part: $0) }
  }

  var path: SitePath { SitePath("compare", "agents.\(part).js") }

  func inputs() -> Inputs {
    Inputs(
      part: part, agents: site.choices[part].map { ComparedAgent($0, at: path, in: site) }, names: site.shortNames[part]
    )
  }

  struct Inputs: EncodedInputs {
    let part: Int
    let agents: [ComparedAgent]
    /// The short names, each with the address of the agent.
    let names: [[String]]

    func content(at path: SitePath, _ renderer: PageRenderer) throws(SourceChanged) -> SiteFile.Content {
      .bytes(try ChoiceData.script(part, agents, names, renderer))
    }
  }
}

extension ChoiceData {
  fileprivate static func script(
    _ part: Int, _ agents: [ComparedAgent], _ names: [[String]], _ renderer: PageRenderer
  ) throws(SourceChanged) -> [UInt8] {
    var failure: SourceChanged?
    var json = JSONWriter(invisible: .labelled)
    json.array { json in
      for agent in agents where failure == nil {
        json.breakLine()
        do throws(SourceChanged) {
          try write(agent, renderer, to: &json)
        } catch {
          failure = error
        }
      }
    }
    if let failure { throw failure }
    var short = JSONWriter()
    short.array { json in for name in names { json.array(name) } }
    return Array("rosterChoice.part(\(part),".utf8) + json.bytes + Array(",".utf8) + short.bytes + Array(");\n".utf8)
  }

  private static func write(
    _ compared: ComparedAgent, _ renderer: PageRenderer, to json: inout JSONWriter
  ) throws(SourceChanged) {
    let inputs = compared.agent.inputs
    let (agent, reach) = (inputs.agent, inputs.file.record.reach)
    let column = try ComparisonColumn(inputs, compared.links, renderer)
    let prompt = agent.prompt(in: try inputs.file.bytes())
    json.object { json in
      json.member("id", inputs.place.id)
      json.member("name", agent.name)
      json.member("qualifier", inputs.place.qualifier)
      if agent.kind != .agent { json.member("kind", agent.kind.noun) }
      json.member("spine", Spine.name(agent.color))
      if let model = agent.model { json.member("model", model) }
      if agent.tools.statement == .listed {
        json.key("tools")
        json.array(agent.tools.allowed.map(\.text))
      }
      if !agent.tools.denied.isEmpty {
        json.key("denied")
        json.array(agent.tools.denied.map(\.text))
      }
      if agent.source.item == nil {
        json.member("installs", renderer.installPath(of: agent))
      } else {
        json.member("merges", agent.source.publishedPath)
      }
      if agent.format != .markdown { json.member("ending", agent.format.fileEnding) }
      json.member("tokens", agent.descriptionMeasure.tokens)
      json.key("reach")
      json.array { json in for grant in reach.grants { json.value(grant.rawValue) } }
      json.key("bypasses")
      json.value(reach.bypassesPermissions)
      json.member("unnamedTool", String(decoding: column.unnamedTool.bytes, as: UTF8.self))
      json.key("groups")
      json.array { json in
        for group in column.groups {
          json.array { json in
            for cell in group {
              json.array { json in
                json.value(cell.title)
                if let value = cell.value {
                  json.value(String(decoding: value.bytes, as: UTF8.self))
                } else {
                  json.null()
                }
              }
            }
          }
        }
      }
      json.key("fields")
      json.array { json in
        for field in agent.fields where !field.value.isEmpty {
          json.array([field.key, String(FNV.digits(ValueHTML.html(field.value).bytes).prefix(10))])
        }
      }
      json.key("headings")
      let lines = prompt.text.lines
      json.array { json in
        for heading in agent.outline {
          let line = max(0, heading.line - prompt.first)
          let text = lines.indices.contains(line) ? lines[line] : []
          Self.write(heading, line: line, of: text, to: &json)
        }
      }
      if agent.format == .markdown {
        json.key("head")
        json.value(exactly: prompt.head)
      }
      json.key("prompt")
      json.value(exactly: prompt.text)
    }
  }

  /// Writes a heading: its line, counted from 0, its level, its text, its key, and its fragment if that differs from
  /// the key. For plain headings, the browser derives the last three from the line.
  private static func write(
    _ heading: Document.Heading, line: Int, of text: ArraySlice<UInt8>, to json: inout JSONWriter
  ) {
    let key = Comparison.key(of: heading.text)
    json.array { json in
      json.value(line)
      json.value(heading.level)
      if heading.id == key, isPlain(heading, key, in: text) { return }
      json.value(heading.text)
      json.value(key)
      if heading.id != key { json.value(heading.id) }
    }
  }

  /// Returns whether a line consists of number signs, a space and the text of the heading, and the key follows from the
  /// ASCII letters and digits. `choice.js` has the same rules.
  private static func isPlain(_ heading: Document.Heading, _ key: String, in line: ArraySlice<UInt8>) -> Bool {
    let mark = Array(repeating: UInt8(ascii: "#"), count: heading.level) + [UInt8(ascii: " ")]
    guard line.starts(with: mark), line.dropFirst(mark.count).elementsEqual(heading.text.utf8) else { return false }
    let hyphen = UInt8(ascii: "-")
    var plain: [UInt8] = []
    for byte in heading.text.utf8 {
      switch byte {
      case 0x61...0x7A: plain.append(byte)
      case 0x41...0x5A: plain.append(byte | 0x20)
      case 0x30...0x39: if !plain.isEmpty { plain.append(byte) }
      case 0x20...0x7E: if let last = plain.last, last != hyphen { plain.append(hyphen) }
      default: return false
      }
    }
    if plain.last == hyphen { plain.removeLast() }
    return plain.elementsEqual(key.utf8)
  }
}
