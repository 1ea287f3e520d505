import Agents
import Catalogs
import Files
import Text

/// `llms.txt`, an outline for language models as described at https://llmstxt.org. It describes the catalog, and then
/// the items by kind and category.
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
    let counts = site.catalog.kinds.map { $0.kind.counted($0.count) }.joined(separator: ", ")
    let description =
      settings.description.isEmpty
      ? "A catalog for AI agents: \(counts.isEmpty ? "empty" : counts)." : settings.description
    lines += ["> \(Self.line(description))", ""]
    lines.append(
      "Each link leads to the file itself, mostly Markdown with frontmatter. Everything is also in \(base)catalog.json, described by \(base)catalog.schema.json; \(base)catalog.ndjson has one item per line."
    )
    let groups = Dictionary(grouping: site.catalog.entries.indices) { Group(site.catalog.entries[$0]) }
    for (group, items) in groups.sorted(by: { $0.key < $1.key }) {
      lines += ["", "## \(Self.line(group.title(isOnly: groups.count { $0.key.kind == group.kind } == 1)))", ""]
      for index in items {
        let agent = site.catalog.entries[index].agent
        let note = agent.description.summary.isEmpty ? "" : ": \(Self.line(agent.description.summary))"
        lines.append("- [\(Self.label(agent.name))](\(base)\(site.addresses.agentSource(index)))\(note)")
      }
    }
    if !site.catalog.documents.isEmpty {
      lines += ["", "## Optional", ""]
      lines += site.catalog.documents.indices.map { index in
        "- [\(Self.label(site.catalog.documents[index].document.title))](\(base)\(site.addresses.documentSource(index) ?? site.addresses.document(index)))"
      }
    }
    return Array((lines.joined(separator: "\n") + "\n").utf8)
  }

  /// Items of one kind and one category.
  private struct Group: Hashable, Comparable {
    let kind: ItemKind
    let category: String

    init(_ entry: Catalog.Entry) {
      kind = entry.agent.kind
      category = entry.category ?? ""
    }

    /// - Parameter isOnly: Whether the group contains all items of the kind.
    func title(isOnly: Bool) -> String {
      if category.isEmpty { return isOnly ? kind.plural.capitalisedFirst : "Other \(kind.plural)" }
      return kind == .agent ? category : "\(kind.plural.capitalisedFirst): \(category)"
    }

    /// Orders by kind and category. Items without a category come last.
    static func < (left: Group, right: Group) -> Bool {
      if left.kind != right.kind { return left.kind < right.kind }
      return left.category.isEmpty != right.category.isEmpty
        ? right.category.isEmpty : left.category.precedesByBytes(right.category)
    }
  }

  /// Returns a text on one line.
  private static func line(_ text: String) -> String {
    InvisibleText.labelled(text).utf8.split { $0 == 0x20 || (0x09...0x0D).contains($0) }.map { String(Substring($0)) }
      .joined(separator: " ")
  }

  /// Returns a text escaped for square brackets.
  private static func label(_ text: String) -> String {
    var label: [UInt8] = []
    for byte in line(text).utf8 {
      if [UInt8(ascii: "\\"), UInt8(ascii: "["), UInt8(ascii: "]")].contains(byte) { label.append(UInt8(ascii: "\\")) }
      label.append(byte)
    }
    return String(decoding: label, as: UTF8.self)
  }
}
