import Catalogs
import Files
import Reviews

/// The addresses of a review's pages.
struct ReviewAddresses: Sendable {
  private let agentSlugs: [String]
  private let documentSlugs: [String]
  private let settingsSlugs: [String]

  init(_ review: Review, _ documents: [DocumentChange]) {
    var used: Set<String> = []
    agentSlugs = review.changes.map { change in
      if let after = change.after { return Self.unique(review.after.catalog.entries[after].slug, &used) }
      let slug = change.before.map { review.before.catalog.entries[$0].slug } ?? "agent"
      return Self.unique("\(slug)-removed", &used)
    }
    used = []
    documentSlugs = documents.map { Self.unique(Slug.make($0.path, fallback: "document"), &used) }
    used = []
    settingsSlugs = review.settings.map { Self.unique(Slug.make($0.path.description, fallback: "settings"), &used) }
  }

  private static func unique(_ base: String, _ used: inout Set<String>) -> String {
    var slug = base
    var number = 2
    while !used.insert(slug).inserted {
      slug = "\(base)-\(number)"
      number += 1
    }
    return slug
  }

  func agent(_ place: Int, ending: String = "html") -> SitePath { SitePath("agents", "\(agentSlugs[place]).\(ending)") }
  func document(_ place: Int) -> SitePath { SitePath("documents", documentSlugs[place] + ".html") }
  func settings(_ place: Int) -> SitePath { SitePath("settings", settingsSlugs[place] + ".html") }
}
