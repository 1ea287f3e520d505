import Agents
import Catalogs

/// The number of items for each combination of abilities, for queries about permissions. The answer is a number, even
/// if it is 0, with a link to the list.
struct SearchPermissions {
  /// The abilities as phrases, with the values of the filter.
  private let phrases: [(phrase: String, slug: String)]
  /// The number of items with each exact combination, encoded as bits in the order of the phrases.
  private let counts: [Int: Int]

  init(_ catalog: Catalog) {
    let taxonomy = catalog.taxonomy(.reach)
    let all = Reach.allPhrases
    phrases = all.map { ($0, taxonomy?.slug(of: $0) ?? Slug.fold($0)) }
    var counts: [Int: Int] = [:]
    for entry in catalog.entries {
      let own = Set(entry.reach.phrases)
      let bits = all.indices.reduce(0) { own.contains(all[$1]) ? $0 | 1 << $1 : $0 }
      counts[bits, default: 0] += 1
    }
    self.counts = counts
  }

  func write(to json: inout JSONWriter) {
    json.key("permissions")
    json.array { json in for (phrase, slug) in phrases { json.array([phrase, slug]) } }
    json.key("permissionCounts")
    json.array { json in
      for (bits, count) in counts.sorted(by: { $0.key < $1.key }) {
        json.array { json in
          json.value(bits)
          json.value(count)
        }
      }
    }
  }
}
