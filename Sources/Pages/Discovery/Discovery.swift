import Agents
import Catalogs
import Files

/// Files by which programs find their way: browsers to the search, models to the agents.
extension Site {
  /// `opensearch.xml`, by which a browser offers the catalog as a place to search (https://github.com/dewitt/opensearch). It needs absolute addresses.
  func openSearch() -> [UInt8] {
    let base = catalog.settings.baseURL ?? ""
    let page = hasSearch ? "search.html?q=" : "index.html?filter="
    // A name has sixteen characters at most.
    let name = String(catalog.settings.title.prefix(16))
    let words = "Search the agents of \(catalog.settings.title)"
    let lines = [
      #"<?xml version="1.0" encoding="UTF-8"?>"#,
      #"<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">"#,
      "<ShortName>\(HTMLText.escaped(name))</ShortName>",
      "<Description>\(HTMLText.escaped(String(words.prefix(1024))))</Description>",
      "<InputEncoding>UTF-8</InputEncoding>",
      "<Url type=\"text/html\" template=\"\(HTMLText.escaped(base + page)){searchTerms}\"/>",
      "<Url type=\"application/opensearchdescription+xml\" rel=\"self\" template=\"\(HTMLText.escaped(base))opensearch.xml\"/>",
      "</OpenSearchDescription>",
    ]
    return Array((lines.joined(separator: "\n") + "\n").utf8)
  }

  /// `llms.txt`, an outline for models after https://llmstxt.org: what the catalog is, then the agents with what each is for, by category.
  func outlineForModels() -> [UInt8] {
    let settings = catalog.settings
    let base = settings.baseURL ?? ""
    var lines = ["# \(Self.line(settings.title))", ""]
    let count = Wording.count(catalog.entries.count, "agent")
    let description = settings.description.isEmpty ? "A catalog of AI agents: \(count)." : settings.description
    lines += ["> \(Self.line(description))", ""]
    lines.append(
      "Each link leads to the agent's own file, as Markdown with frontmatter. Everything is also in \(base)catalog.json, described by \(base)catalog.schema.json; \(base)catalog.ndjson has an agent a line."
    )
    let groups = Dictionary(grouping: catalog.entries.indices) { catalog.entries[$0].category ?? "" }
    for (title, agents) in groups.sorted(by: { Self.isBefore($0.key, $1.key) }) {
      lines += ["", "## \(title.isEmpty ? (groups.count == 1 ? "Agents" : "Other agents") : Self.line(title))", ""]
      for index in agents {
        let agent = catalog.entries[index].agent
        let note = agent.description.summary.isEmpty ? "" : ": \(Self.line(agent.description.summary))"
        lines.append("- [\(Self.label(agent.name))](\(base)\(addresses.agentSource(index)))\(note)")
      }
    }
    if !catalog.documents.isEmpty {
      lines += ["", "## Optional", ""]
      lines += catalog.documents.indices.map { index in
        "- [\(Self.label(catalog.documents[index].document.title))](\(base)\(addresses.documentSource(index)))"
      }
    }
    return Array((lines.joined(separator: "\n") + "\n").utf8)
  }

  /// Those without a category come last.
  private static func isBefore(_ left: String, _ right: String) -> Bool {
    left.isEmpty != right.isEmpty ? right.isEmpty : left.precedesByBytes(right)
  }

  /// A text on one line.
  private static func line(_ text: String) -> String {
    InvisibleText.labelled(text).utf8.split { $0 == 0x20 || (0x09...0x0D).contains($0) }.map { String(Substring($0)) }
      .joined(separator: " ")
  }

  /// A text between brackets.
  private static func label(_ text: String) -> String {
    var label: [UInt8] = []
    for byte in line(text).utf8 {
      if [UInt8(ascii: "\\"), UInt8(ascii: "["), UInt8(ascii: "]")].contains(byte) { label.append(UInt8(ascii: "\\")) }
      label.append(byte)
    }
    return String(decoding: label, as: UTF8.self)
  }
}
