import Agents
import Catalogs
import Files
import Templates

/// What a page is about, as JSON-LD with the words of https://schema.org, for search engines. It is data: browsers do
/// not run it.
struct StructuredData {
  /// The data, fit to stand in a `script` element.
  let html: HTML

  /// The catalog as a whole.
  init(_ settings: CatalogSettings, count: Int) {
    self.init { json in
      json.member("@type", "CollectionPage")
      json.member("name", settings.title)
      if !settings.description.isEmpty { json.member("description", settings.description) }
      json.member("inLanguage", settings.language)
      if let base = settings.baseURL { json.member("url", base) }
      json.key("mainEntity")
      json.object { json in
        json.member("@type", "ItemList")
        json.member("numberOfItems", count)
      }
    }
  }

  /// An agent, by its own file, its place among the others, and the settings.
  init(_ agent: Agent, _ place: AgentPlace, source: String?, _ settings: CatalogSettings) {
    self.init { json in
      json.member("@type", "SoftwareSourceCode")
      json.member("name", agent.name)
      if !agent.description.summary.isEmpty { json.member("description", agent.description.summary) }
      if let base = settings.baseURL { json.member("url", base + place.address.description) }
      if let source { json.member("codeRepository", source) }
      json.member("programmingLanguage", "Markdown")
      json.member("runtimePlatform", agent.dialect.title)
      if !agent.tags.isEmpty {
        json.key("keywords")
        json.array(agent.tags)
      }
      if !place.owners.isEmpty {
        json.key("maintainer")
        json.array { json in
          for owner in place.owners {
            json.object { json in
              json.member("@type", "Organization")
              json.member("name", owner.title)
            }
          }
        }
      }
      if let history = place.history {
        if let created = history.created { json.member("dateCreated", DateText.iso(created.localTime)) }
        json.member("dateModified", DateText.iso(history.changed.localTime))
      }
      json.key("isPartOf")
      json.object { json in
        json.member("@type", "CollectionPage")
        json.member("name", settings.title)
        if let base = settings.baseURL { json.member("url", base) }
      }
    }
  }

  private init(_ members: (inout JSONWriter) -> Void) {
    var json = JSONWriter(invisible: .labelled)
    json.object { json in
      json.member("@context", "https://schema.org")
      members(&json)
    }
    html = HTML(Self.harmless(json.bytes))
  }

  /// JSON in which nothing can end the element that it stands in: `<` as an escape means the same.
  private static func harmless(_ json: [UInt8]) -> [UInt8] {
    guard json.contains(UInt8(ascii: "<")) else { return json }
    return json.flatMap { $0 == UInt8(ascii: "<") ? Array("\\u003c".utf8) : [$0] }
  }
}
