import Agents
import Files

/// What earlier versions called items in addresses, so that those addresses can lead on.
///
/// All items stood at `agents/SLUG.html`, with the slug that ``Addressing`` still gives them, but for collections that
/// were called otherwise.
struct FormerSlugs: Sendable {
  /// The slug of each item.
  let items: [String]
  /// The slug of each page of a name that several share, by the address of the page.
  let names: [(slug: String, address: ItemAddress)]

  init(_ agents: [AgentRecord], collections: [SourceCollection], _ addressing: Addressing) {
    let isSame = collections.allSatisfy { $0.name == $0.formerName }
    let former = isSame ? addressing : Addressing(agents, collections: collections.map(\.formerName))
    items = former.slugs
    names = former.groups.map { ($0.slug, $0.address) }
  }
}
