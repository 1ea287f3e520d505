import Agents
import Catalogs
import Files
import Templates

/// Structured data for search engines, as JSON-LD with the vocabulary of https://schema.org. Browsers don't run it.
struct StructuredData {
  /// The data, escaped for a `script` element.
  let html: HTML

  /// Describes the catalog as a whole.
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

  /// Describes an agent.
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

  /// Returns JSON without `<`, so that nothing can end the element that contains it.
  private static func harmless(_ json: [UInt8]) -> [UInt8] {
    guard json.contains(UInt8(ascii: "<")) else { return json }
    return json.flatMap { $0 == UInt8(ascii: "<") ? Array("\\u003c".utf8) : [$0] }
  }
}
