import Agents
import Catalogs
import Files

/// The catalog as data: `catalog.json`, described by `catalog.schema.json`.
struct CatalogData {
  private let catalog: Catalog
  private let addresses: Addresses
  private let portabilities: PortabilityCache
  /// For each agent, the digest of everything that its line is made from.
  private let digests: [Digest]
  /// The agents, each ended by a line feed, in parts that both files are made of.
  private let lineParts: SharedParts<SiteFile.Pieces.Made>

  init(_ catalog: Catalog, _ addresses: Addresses, _ portabilities: PortabilityCache, digests: [Digest]) {
    self.catalog = catalog
    self.addresses = addresses
    self.portabilities = portabilities
    self.digests = digests
    lineParts = SharedParts(count: Self.groups(catalog.entries.count).count, users: 2)
  }

  /// How many agents are made together.
  private static let groupLength = 128

  /// The agents in groups.
  private static func groups(_ count: Int) -> [Range<Int>] {
    stride(from: 0, to: count, by: groupLength).map { $0..<min($0 + groupLength, count) }
  }

  /// `catalog.json`: what stands before the agents, each agent, and what stands behind them.
  var whole: SiteFile.Content {
    let count = catalog.entries.count
    // The first agent has no comma in front, so it is made every time, as is what stands before and behind the agents.
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

  /// `catalog.ndjson`: the agents of `catalog.json`, each on a line of its own.
  var lines: SiteFile.Content {
    .pieces(.init(fingerprints: digests, groups: Self.groups(catalog.entries.count), make: lines))
  }

  private static func single(_ bytes: [UInt8]) -> SiteFile.Pieces.Made { .init(bytes: bytes, ends: [bytes.count]) }

  /// Agents as JSON, each ended by a line feed. Whole groups are shared by the files.
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

  /// Adds everything that the line of an agent is made from, and that is not in the digest of its ``AgentInputs``.
  static func add(_ index: Int, of catalog: Catalog, to digester: inout Digester) {
    let entry = catalog.entries[index]
    digester.add(entry.slug)
    digester.add(entry.owners)
    digester.add(encoding: entry.lifecycle)
    digester.add(entry.replacement.map { catalog.entries[$0].slug })
    digester.add(min(entry.alike.count, similarLength))
    for alike in entry.alike.prefix(similarLength) {
      digester.add(catalog.entries[alike.agent].slug)
      digester.add(alike.likeness.similarity)
      digester.add(alike.likeness.isIdentical)
    }
    digester.add(entry.peers.count)
    for peer in entry.peers {
      digester.add(catalog.entries[peer.place].slug)
      digester.add(peer.score)
    }
  }

  /// Lines as the items of an array: a comma and a line feed in front of each, but for the very first, which has no
  /// comma.
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

  /// What stands before the first agent.
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

  /// What stands behind the last agent.
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
        json.member(severity.rawValue, catalog.findingCounts[severity] ?? 0)
      }
    }
  }

  private func agent(_ index: Int, _ json: inout JSONWriter) {
    let entry = catalog.entries[index]
    let agent = entry.agent
    json.object { json in
      json.member("id", entry.slug)
      json.member("kind", agent.kind.rawValue)
      json.member("format", agent.format.rawValue)
      json.member("name", agent.name)
      json.member("url", addresses.agent(index).description)
      json.member("raw", addresses.agentSource(index).description)
      json.member("summary", agent.description.summary)
      json.member("description", agent.description.text)
      json.member("whenToUse", agent.description.whenToUse)
      json.member("dialect", agent.dialect.key)
      json.member("model", agent.model)
      json.member("color", agent.color)
      json.member("permissionMode", agent.permissionMode)
      json.key("tools")
      json.array(agent.tools.allowed.map(\.text))
      json.key("deniedTools")
      json.array(agent.tools.denied.map(\.text))
      json.key("inheritsTools")
      json.value(agent.tools.statement != .listed)
      json.key("reach")
      json.array(entry.reach.abilities.map(\.word))
      json.key("automaticCommands")
      json.array(entry.reach.automaticCommands)
      json.key("loads")
      json.object { json in
        json.key(agent.dialect.key)
        json.object { self.verdict(agent.loading, &$0) }
      }
      json.key("portability")
      json.value(json: portabilities.of(entry.record).json)
      json.key("owners")
      json.array(entry.owners)
      if !entry.lifecycle.isEmpty {
        json.key("lifecycle")
        json.object { json in
          json.member("status", entry.lifecycle.status?.rawValue)
          json.member("replacedBy", entry.replacement.map { catalog.entries[$0].slug } ?? entry.lifecycle.replacedBy)
          json.member("sunset", entry.lifecycle.sunset)
          json.member("reviewBy", entry.lifecycle.reviewBy)
        }
      }
      json.key("tags")
      json.array(agent.tags)
      json.key("topics")
      json.array(entry.topics)
      json.member("category", entry.category)
      json.member("collection", catalog.collections[agent.source.collection].name)
      json.key("source")
      json.object { json in
        json.member("path", agent.source.path.description)
        if let item = agent.source.item {
          json.member("item", item.path)
          json.member("line", item.location.line)
        }
        if let history = entry.history {
          if let created = history.created { json.member("created", DateText.iso(created.time)) }
          json.member("updated", DateText.iso(history.changed.time))
          json.member("revision", history.changed.id)
          json.member("author", history.changed.author)
          json.member("changes", history.changes)
        }
      }
      if let approval = entry.approval {
        json.key("approval")
        json.object { self.approval(approval, &$0) }
      }
      json.member("words", agent.promptMeasure.words)
      json.member("tokens", agent.promptMeasure.tokens)
      json.member("descriptionTokens", agent.descriptionMeasure.tokens)
      json.key("examples")
      json.array { json in for example in agent.description.examples { self.example(example, &json) } }
      json.key("outline")
      json.array { json in
        for heading in agent.outline {
          json.object { json in
            json.member("level", heading.level)
            json.member("text", heading.text)
            json.member("id", heading.id)
          }
        }
      }
      json.key("similar")
      json.array { self.similar(entry, &$0) }
      json.key("peers")
      json.array { self.peers(entry, &$0) }
      json.key("findings")
      json.array { json in for finding in entry.findings { self.finding(finding, &json) } }
      if let bundle = agent.bundle {
        json.key("files")
        json.array { json in
          for (place, file) in bundle.files.enumerated() {
            json.object { self.file(file, addresses.bundle(index)?.files[place], &$0) }
          }
        }
        json.member("filesOmitted", bundle.omitted)
      }
      json.key("fields")
      json.object { json in
        var seen: Set<String> = []
        for field in agent.fields where seen.insert(field.key).inserted {
          json.key(field.key)
          value(field.value, &json)
        }
      }
    }
  }

  private func file(_ file: BundleFile, _ address: BundleAddresses.File?, _ json: inout JSONWriter) {
    json.member("path", file.path.description)
    json.member("size", file.size)
    json.member("type", file.type.kind.rawValue)
    if !file.type.name.isEmpty { json.member("format", file.type.name) }
    json.member("digest", "sha256:\(file.digest)")
    json.key("executable")
    json.value(file.isExecutable)
    if let page = address?.page { json.member("url", page.description) }
    if let copy = address?.copy { json.member("raw", copy.description) }
    json.key("calls")
    json.array { json in
      for call in file.calls {
        json.object { json in
          json.member("effect", call.effect.rawValue)
          json.member("name", call.name)
          json.member("line", call.line)
        }
      }
    }
  }

  private func approval(_ approval: Approval, _ json: inout JSONWriter) {
    json.key("by")
    json.array { json in
      for approver in approval.approvers {
        json.object { json in
          json.member("name", approver.name)
          json.member("on", approver.day)
        }
      }
    }
    json.key("current")
    json.value(approval.isCurrent)
    json.key("changed")
    json.array(approval.changes)
    if !approval.note.isEmpty { json.member("note", approval.note) }
  }

  /// How many agents like it are listed for each.
  private static let similarLength = 20

  private func similar(_ entry: Catalog.Entry, _ json: inout JSONWriter) {
    for alike in entry.alike.prefix(Self.similarLength) {
      json.object { json in
        json.member("id", catalog.entries[alike.agent].slug)
        json.key("score")
        json.value(thousandths: alike.likeness.similarity)
        json.key("identical")
        json.value(alike.likeness.isIdentical)
      }
    }
  }

  private func peers(_ entry: Catalog.Entry, _ json: inout JSONWriter) {
    for peer in entry.peers {
      json.object { json in
        json.member("id", catalog.entries[peer.place].slug)
        json.key("score")
        json.value(thousandths: min(1, peer.score))
      }
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

  private func verdict(_ verdict: LoadVerdict, _ json: inout JSONWriter) {
    json.member("verdict", verdict.outcome.rawValue)
    json.member("reason", verdict.reasons.first?.message)
    json.key("reasons")
    json.array { json in
      for reason in verdict.reasons {
        json.object { json in
          json.member("verdict", reason.outcome.rawValue)
          json.member("message", reason.message)
          if !reason.why.isEmpty { json.member("why", reason.why) }
          json.member("fix", reason.fix)
          if let line = reason.line { json.member("line", line) }
          if let versions = reason.versions { json.member("versions", versions) }
          json.key("evidence")
          json.array { json in
            for evidence in reason.evidence {
              json.object { json in
                json.member("known", evidence.kind.rawValue)
                json.member("source", evidence.source)
              }
            }
          }
        }
      }
    }
  }

  private func example(_ example: Description.Example, _ json: inout JSONWriter) {
    json.object { json in
      json.member("context", example.context)
      json.key("turns")
      json.array { json in
        for turn in example.turns {
          json.object { json in
            json.member("role", turn.role.rawValue)
            json.member("text", turn.text)
          }
        }
      }
      json.member("commentary", example.commentary)
    }
  }

  private func finding(_ finding: Finding, _ json: inout JSONWriter) {
    json.object { json in
      json.member("rule", finding.rule)
      json.member("severity", finding.severity.rawValue)
      json.member("message", finding.message)
      json.member("help", finding.help)
      if let file = finding.file { json.member("file", file) }
      if let location = finding.location {
        json.member("line", location.line)
        json.member("column", location.column)
      }
    }
  }

  private func value(_ value: FieldValue, _ json: inout JSONWriter) {
    switch value {
    case .null: json.null()
    case .bool(let flag): json.value(flag)
    case .number(let text):
      if let number = JSONNumber.text(of: text) { json.value(json: Array(number.utf8)) } else { json.value(text) }
    case .text(let text): json.value(text)
    case .list(let items): json.array { json in for item in items { self.value(item, &json) } }
    case .map(let entries):
      json.object { json in
        for entry in entries {
          json.key(entry.key)
          self.value(entry.value, &json)
        }
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
}
