import Agents
import Catalogs
import Files

/// The catalog as data: `catalog.json`, described by `catalog.schema.json`.
struct CatalogData {
  let catalog: Catalog
  let addresses: Addresses
  let portabilities: PortabilityCache
  /// For each agent, the digest of the inputs of its line.
  private let digests: [Digest]
  /// The lines of the agents, each with a line feed, in parts that both files share.
  private let lineParts: SharedParts<SiteFile.Pieces.Made>

  init(_ catalog: Catalog, _ addresses: Addresses, _ portabilities: PortabilityCache, digests: [Digest]) {
    self.catalog = catalog
    self.addresses = addresses
    self.portabilities = portabilities
    self.digests = digests
    lineParts = SharedParts(count: Self.groups(catalog.entries.count).count, users: 2)
  }

  /// The number of agents that are rendered together.
  private static let groupLength = 128

  /// Returns the groups of agents.
  private static func groups(_ count: Int) -> [Range<Int>] {
    stride(from: 0, to: count, by: groupLength).map { $0..<min($0 + groupLength, count) }
  }

  /// `catalog.json`: the head, the agents, and the tail.
  var whole: SiteFile.Content {
    let count = catalog.entries.count
    // The first agent has no leading comma, so it is always rendered. So are the head and the tail.
    let fingerprints = [nil] + digests.indices.map { $0 == 0 ? nil : digests[$0] } + [nil]
    let agents = Self.groups(count).map { $0.lowerBound + 1..<$0.upperBound + 1 }
    return .pieces(
      .init(fingerprints: fingerprints, groups: [0..<1] + agents + [count + 1..<count + 2]) { pieces in
        if pieces.lowerBound == 0 { return Self.single(head) }
        if pieces.lowerBound == count + 1 { return Self.single(tail) }
        let agents = pieces.lowerBound - 1..<pieces.upperBound - 1
        return Self.separated(lines(agents), isFirst: agents.lowerBound == 0)
      })
  }

  /// `catalog.ndjson`: the agents of `catalog.json`, one per line.
  var lines: SiteFile.Content {
    .pieces(.init(fingerprints: digests, groups: Self.groups(catalog.entries.count), make: lines))
  }

  private static func single(_ bytes: [UInt8]) -> SiteFile.Pieces.Made { .init(bytes: bytes, ends: [bytes.count]) }

  /// Returns agents as JSON, each with a line feed. Complete groups are shared by both files.
  private func lines(_ agents: Range<Int>) -> SiteFile.Pieces.Made {
    let group = agents.lowerBound / Self.groupLength
    let isWhole = agents == Self.group(group, of: catalog.entries.count)
    return isWhole
      ? lineParts.part(group) { make(Self.group($0, of: catalog.entries.count)) } : make(agents)
  }

  private static func group(_ number: Int, of count: Int) -> Range<Int> {
    number * groupLength..<min((number + 1) * groupLength, count)
  }

  private func make(_ agents: Range<Int>) -> SiteFile.Pieces.Made {
    var json = JSONWriter(capacity: agents.count * 3000)
    var ends: [Int] = []
    ends.reserveCapacity(agents.count)
    for index in agents {
      agent(index, &json)
      json.endLine()
      ends.append(json.bytes.count)
    }
    return .init(bytes: json.bytes, ends: ends)
  }

  /// Converts lines to the items of an array, each with a leading comma and line feed. The first item has no comma.
  private static func separated(_ lines: SiteFile.Pieces.Made, isFirst: Bool) -> SiteFile.Pieces.Made {
    var items = SiteFile.Pieces.Made(bytes: [], ends: [])
    items.bytes.reserveCapacity(lines.bytes.count + lines.ends.count + 1)
    items.ends.reserveCapacity(lines.ends.count)
    var start = 0
    for end in lines.ends {
      if !isFirst || start > 0 { items.bytes.append(UInt8(ascii: ",")) }
      items.bytes.append(0x0A)
      items.bytes.append(contentsOf: lines.bytes[start..<end - 1])
      items.ends.append(items.bytes.count)
      start = end
    }
    return items
  }

  /// The part before the first agent.
  private var head: [UInt8] {
    var json = JSONWriter()
    json.object { json in
      json.member("$schema", "catalog.schema.json")
      json.key("generator")
      json.object { json in
        json.member("name", Site.generator.name)
        json.member("version", Site.generator.version)
      }
      json.member("title", catalog.settings.title)
      json.member("description", catalog.settings.description)
      json.key("counts")
      json.object(counts)
    }
    return json.bytes.dropLast() + Array(",\"agents\":[".utf8)
  }

  /// The part after the last agent.
  private var tail: [UInt8] {
    var json = JSONWriter()
    json.object { json in
      json.key("taxonomies")
      json.array { json in for taxonomy in catalog.taxonomies { self.taxonomy(taxonomy, &json) } }
      json.key("comparisons")
      json.array { json in for index in catalog.comparisons.indices { comparison(index, &json) } }
      json.key("documents")
      json.array { json in for index in catalog.documents.indices { document(index, &json) } }
      json.key("collections")
      json.array { json in for collection in catalog.collections { self.collection(collection, &json) } }
    }
    return Array("],".utf8) + json.bytes.dropFirst() + [0x0A]
  }

  private func collection(_ collection: SourceCollection, _ json: inout JSONWriter) {
    json.object { json in
      json.member("name", collection.name)
      json.member("folder", collection.folder)
      if let description = collection.about.description { json.member("description", description) }
      if let version = collection.about.version { json.member("version", version) }
      if let owner = collection.about.owner { json.member("owner", owner) }
      if let homepage = collection.about.homepage { json.member("homepage", homepage) }
    }
  }

  private func counts(_ json: inout JSONWriter) {
    json.member("items", catalog.entries.count)
    for kind in ItemKind.allCases {
      json.member(kind.plural, catalog.kinds.first { $0.kind == kind }?.count ?? 0)
    }
    json.member("documents", catalog.documents.count)
    json.member("collections", catalog.collections.count)
    json.member("comparisons", catalog.comparisons.count)
    json.key("findings")
    json.object { json in
      for severity in Finding.Severity.allCases {
        json.member(severity.rawValue, catalog.findingCounts[severity])
      }
    }
  }

  private func taxonomy(_ taxonomy: Taxonomy, _ json: inout JSONWriter) {
    json.breakLine()
    json.object { json in
      json.member("id", taxonomy.kind.rawValue)
      json.member("title", taxonomy.title)
      json.member("url", TermsPage.path(taxonomy.kind).description)
      json.key("terms")
      json.array { json in
        for term in taxonomy.terms {
          json.object { json in
            json.member("id", term.slug)
            json.member("title", term.name)
            json.member("url", addresses.term(taxonomy.kind, term).description)
            json.member("count", term.agents.count)
          }
        }
      }
    }
  }

  private func comparison(_ index: Int, _ json: inout JSONWriter) {
    let comparison = catalog.comparisons[index]
    json.breakLine()
    json.object { json in
      json.member("id", comparison.id)
      json.member("title", comparison.title)
      json.member("kind", comparison.kind.rawValue)
      json.member("url", addresses.comparison(index).description)
      json.key("agents")
      json.array(comparison.agents.map { catalog.entries[$0].slug })
      json.key("pairs")
      json.array { json in
        for pair in comparison.similarities {
          json.object { json in
            json.member("left", catalog.entries[comparison.agents[pair.left]].slug)
            json.member("right", catalog.entries[comparison.agents[pair.right]].slug)
            json.key("similarity")
            json.value(thousandths: pair.likeness.similarity)
            json.key("identical")
            json.value(pair.likeness.isIdentical)
          }
        }
      }
      json.key("decisions")
      json.array { json in for decided in catalog.decisions(about: comparison) { decision(decided, &json) } }
    }
  }

  private func document(_ index: Int, _ json: inout JSONWriter) {
    let entry = catalog.documents[index]
    json.breakLine()
    json.object { json in
      json.member("id", entry.slug)
      json.member("title", entry.document.title)
      json.member("url", addresses.document(index).description)
      if let raw = addresses.documentSource(index) { json.member("raw", raw.description) }
      json.member("collection", catalog.collections[entry.document.source.collection].name)
      json.key("source")
      json.object { $0.member("path", entry.document.source.path.description) }
      json.key("findings")
      json.array { json in for finding in entry.document.findings { self.finding(finding, &json) } }
    }
  }

  private func decision(_ decided: Decided, _ json: inout JSONWriter) {
    json.object { json in
      json.member("verdict", decided.decision.verdict.name)
      json.key("agents")
      json.array(decided.agents.map { catalog.entries[$0].slug })
      json.member("kept", decided.kept.map { catalog.entries[$0].slug })
      json.member("note", decided.decision.note)
    }
  }
}
