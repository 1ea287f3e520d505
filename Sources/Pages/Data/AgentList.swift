import Agents
import Catalogs
import Files

/// The agents of a catalog with a few facts each, for other programs.
public enum AgentList {
  /// Returns the agents as a JSON array.
  public static func json(_ catalog: Catalog) -> [UInt8] {
    var json = JSONWriter()
    json.array { json in
      for entry in catalog.entries {
        json.breakLine()
        json.object { agent(entry, in: catalog, &$0) }
      }
    }
    json.endLine()
    return json.bytes
  }

  /// Returns the agents as CSV (RFC 4180) with a header. Multiple values in a cell are separated by spaces.
  public static func csv(_ catalog: Catalog) -> [UInt8] {
    let head =
      """
      id,kind,name,summary,collection,category,runtime,loads,model,reach,tools,tags,tokens,descriptionTokens,errors,warnings,notes,path\r\n
      """
    var text = head
    for entry in catalog.entries {
      let agent = entry.agent
      let findings = SeverityCounts(entry.findings)
      let cells = [
        entry.slug, agent.kind.rawValue, agent.name, agent.description.summary,
        catalog.collections[agent.source.collection].name,
        entry.category ?? "", agent.dialect.key, agent.loading.outcome.rawValue, agent.model ?? "",
        entry.reach.abilities.map(\.word).joined(separator: " "), tools(agent).joined(separator: " "),
        agent.tags.joined(separator: " "), String(agent.promptMeasure.tokens), String(agent.descriptionMeasure.tokens),
        String(findings[.error]), String(findings[.warning]), String(findings[.note]), agent.source.publishedLabel,
      ]
      text += cells.map(CSV.cell).joined(separator: ",") + "\r\n"
    }
    return Array(text.utf8)
  }

  private static func agent(_ entry: Catalog.Entry, in catalog: Catalog, _ json: inout JSONWriter) {
    let agent = entry.agent
    json.member("id", entry.slug)
    json.member("kind", agent.kind.rawValue)
    json.member("format", agent.format.rawValue)
    json.member("name", agent.name)
    json.member("summary", agent.description.summary)
    json.member("collection", catalog.collections[agent.source.collection].name)
    json.member("category", entry.category)
    json.member("runtime", agent.dialect.key)
    json.member("loads", agent.loading.outcome.rawValue)
    json.member("model", agent.model)
    json.key("reach")
    json.array(entry.reach.abilities.map(\.word))
    json.key("inheritsTools")
    json.value(entry.reach.isInherited)
    json.key("bypassesPermissions")
    json.value(entry.reach.bypassesPermissions)
    json.key("tools")
    json.array(tools(agent))
    json.key("tags")
    json.array(agent.tags)
    json.member("tokens", agent.promptMeasure.tokens)
    json.member("descriptionTokens", agent.descriptionMeasure.tokens)
    json.key("findings")
    let findings = SeverityCounts(entry.findings)
    json.object { json in
      for severity in Finding.Severity.allCases { json.member(severity.rawValue, findings[severity]) }
    }
    json.member("path", agent.source.publishedPath)
    if let item = agent.source.item { json.member("item", item.path) }
  }

  private static func tools(_ agent: Agent) -> [String] { agent.tools.allowed.map(\.text) }
}
