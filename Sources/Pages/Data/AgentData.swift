import Agents
import Catalogs
import Files

/// Agents as JSON.
extension CatalogData {
  /// Adds the inputs of an agent's line that aren't in the digest of its ``AgentInputs``.
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

  /// Writes an agent.
  func agent(_ index: Int, _ json: inout JSONWriter) {
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
          if let created = history.created { json.member("created", DateText.iso(created.localTime)) }
          json.member("updated", DateText.iso(history.changed.localTime))
          json.member("revision", history.changed.id)
          json.member("author", history.changed.author)
          json.member("changes", history.changes)
          if let origin = history.copiedFrom { json.member("copiedFrom", origin) }
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

  /// The maximum number of near-duplicates listed for an agent.
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

  func finding(_ finding: Finding, _ json: inout JSONWriter) {
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
}
