import Agents
import Catalogs
import Files
import Text

/// `llms.txt`, an outline for models after https://llmstxt.org: what the catalog is, then the agents with what each is
/// for, by category.
struct ModelsOutline: PageKind {
  let site: SiteIndex

  static let isInSitemap = false

  static func all(in site: SiteIndex) -> [any PageKind] { [ModelsOutline(site: site)] }

  var path: SitePath { SitePath("llms.txt") }
  func inputs() -> MadeEveryTime { MadeEveryTime { bytes } }

  private var bytes: [UInt8] {
    let settings = site.catalog.settings
    let base = settings.baseURL ?? ""
    var lines = ["# \(Self.line(settings.title))", ""]
    let count = Wording.count(site.catalog.entries.count, "agent")
    let description = settings.description.isEmpty ? "A catalog of AI agents: \(count)." : settings.description
    lines += ["> \(Self.line(description))", ""]
    lines.append(
      "Each link leads to the agent's own file, as Markdown with frontmatter. Everything is also in \(base)catalog.json, described by \(base)catalog.schema.json; \(base)catalog.ndjson has an agent a line."
    )
    let groups = Dictionary(grouping: site.catalog.entries.indices) { site.catalog.entries[$0].category ?? "" }
    for (title, agents) in groups.sorted(by: { Self.isBefore($0.key, $1.key) }) {
      lines += ["", "## \(title.isEmpty ? (groups.count == 1 ? "Agents" : "Other agents") : Self.line(title))", ""]
      for index in agents {
        let agent = site.catalog.entries[index].agent
        let note = agent.description.summary.isEmpty ? "" : ": \(Self.line(agent.description.summary))"
        lines.append("- [\(Self.label(agent.name))](\(base)\(site.addresses.agentSource(index)))\(note)")
      }
    }
    if !site.catalog.documents.isEmpty {
      lines += ["", "## Optional", ""]
      lines += site.catalog.documents.indices.map { index in
        "- [\(Self.label(site.catalog.documents[index].document.title))](\(base)\(site.addresses.documentSource(index)))"
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
