import Agents
import Files

/// The slugs of items in the addresses of earlier versions, for redirects.
///
/// The address of every item was `agents/SLUG.html`, with the slug from ``Addressing``. The slug differs only if a
/// collection had another name.
struct FormerSlugs: Sendable {
  /// The slug of each item.
  let items: [String]
  /// The slug of the page of each shared name, with the current address of the page.
  let names: [(slug: String, address: ItemAddress)]

  init(_ agents: [AgentRecord], collections: [SourceCollection], _ addressing: Addressing) {
    let isSame = collections.allSatisfy { $0.name == $0.formerName }
    let former = isSame ? addressing : Addressing(agents, collections: collections.map(\.formerName))
    items = former.slugs
    names = former.groups.map { ($0.slug, $0.address) }
  }
}
