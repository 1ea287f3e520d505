import Catalogs
import Files

/// What files of the site are made from, as a digest: where a later run has the same, the file need not be made to know what is in it.
///
/// Two builds are compared only if program, settings, theme and search are the same. So everything else counts here that a page shows.
extension Site {
  /// The digest of all that a file of the plan is made from, or nil for those that are made every time.
  public func fingerprint(_ plan: Plan) throws(SourceChanged) -> Digest? {
    var digester = Digester(key: key)
    // The header lists what the catalog has.
    digester.add(chromeDigest)
    switch plan {
    case .agent(let index): digester.add(fingerprints[index])
    case .agentSource(let index): digester.add(texts.digest(catalog.entries[index].agent.source))
    case .document(let index):
      let document = catalog.documents[index].document
      let path = addresses.document(index)
      digester.add(texts.digest(document.source))
      digester.add(document.source.publishedPath)
      digester.add(path.description)
      for (destination, address) in links(of: document, at: path).sorted(by: { $0.key < $1.key }) {
        digester.add([destination, address])
      }
    case .documentSource(let index): digester.add(texts.digest(catalog.documents[index].document.source))
    case .comparison(let index): add(comparison: index, to: &digester)
    case .pair(let index):
      let pair = catalog.pairs[index]
      digester.add(pair.id)
      add(pair.comparison, to: &digester)
    case .variants(let index, let page):
      digester.add(page)
      add(comparison: index, to: &digester)
    case .index, .term:
      // Around the rows there is little, so that is rendered; each row is its agent's.
      digester.add(try list(plan, rows: ""))
      for agent in listed(plan) { digester.add(fingerprints[agent]) }
    case .filterAgents(let part): add(filterAgents: part, to: &digester)
    case .descriptions(let part): add(agents: filtered(part, FilterData.agentsLength), to: &digester)
    case .filterRows(let part): add(agents: filtered(part, FilterData.rowsLength), to: &digester)
    case .choiceData(let part):
      digester.add(choices.count)
      for agent in choices[part] { digester.add(fingerprints[agent]) }
    case .answers:
      for entry in catalog.entries {
        digester.add([entry.slug, entry.agent.name, entry.qualifier ?? "", entry.agent.description.text])
      }
      for pair in catalog.pairs { digester.add(pair.id) }
    case .asset(let index): digester.add(theme.assets[index].path.description)
    default: return nil
    }
    return digester.digest
  }

  /// What the page, the row and the column of an agent are made from.
  func fingerprint(agent index: Int) -> Digest {
    var digester = Digester(key: key)
    let source = catalog.entries[index].agent.source
    digester.add(texts.digest(source))
    digester.add(source.path.description)
    digester.add(source.publishedPath)
    place(index).add(to: &digester)
    return digester.digest
  }

  private func add(filterAgents part: Int, to digester: inout Digester) {
    let range = filtered(part, FilterData.agentsLength)
    add(agents: range, to: &digester)
    // What values are called, and which ones agents have, follows from the whole catalog.
    let (groups, numbers) = FilterData.values(range, facets)
    for (facet, values) in zip(facets.facets, groups) {
      digester.add([facet.id, facet.title])
      for value in values { digester.add([value.slug, value.title]) }
    }
    for index in range {
      for value in facets.values(of: index) { digester.add(numbers[value] ?? 0) }
    }
  }

  private func add(agents: Range<Int>, to digester: inout Digester) {
    digester.add(agents.lowerBound)
    for agent in agents { digester.add(fingerprints[agent]) }
  }

  private func add(comparison index: Int, to digester: inout Digester) {
    add(catalog.comparisons[index], to: &digester)
  }

  private func add(_ comparison: Comparison, to digester: inout Digester) {
    digester.add(comparison.id)
    digester.add(comparison.title)
    digester.add(comparison.kind.rawValue)
    digester.add(comparison.agents.count)
    for agent in comparison.agents { digester.add(fingerprints[agent]) }
    for decided in catalog.decisions(about: comparison) {
      digester.add(decided.agents.map { catalog.entries[$0].slug })
      digester.add(decided.kept.map { catalog.entries[$0].slug })
    }
    // Its tables link to the pages of pairs that there are.
    let shown = comparison.agents.prefix(Comparison.pairLimit)
    for (place, agent) in shown.enumerated() {
      for other in comparison.agents.dropFirst(place + 1) {
        digester.add(catalog.pair(agent, other).map { catalog.pairs[$0].id })
      }
    }
    // Of a group in which not every two are held against each other, the picture shows those that are.
    guard comparison.similarities.isEmpty else { return }
    for agent in comparison.agents {
      for alike in catalog.entries[agent].alike {
        digester.add([catalog.entries[alike.agent].slug, "\(alike.likeness.similarity)"])
      }
    }
  }
}
