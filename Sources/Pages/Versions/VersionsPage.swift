import Agents
import Catalogs
import Files
import Histories
import Templates
import Text

/// The page that compares two versions of an item. The address contains their commits, and a script loads their
/// contents.
struct VersionsPage: PageKind {
  let site: SiteIndex

  static let isInSitemap = true
  static let views: [any TemplateView.Type] = [VersionsView.self]

  static func all(in site: SiteIndex) -> [any PageKind] {
    site.catalog.entries.contains(where: \.hasVersions) ? [VersionsPage(site: site)] : []
  }

  static let path = SitePath("versions.html")

  var path: SitePath { Self.path }

  func inputs() -> PageView {
    PageView(
      template: "versions", kind: "versions", title: "Versions", description: "Compare two versions of an item.",
      content: VersionsView())
  }
}

/// The view of the version comparison.
struct VersionsView: TemplateView {
  static let members: Members<VersionsView> = [:]
}

/// A script with the versions of an item, loaded by the version comparison page.
struct VersionsPart: PageKind {
  let site: SiteIndex
  /// The index of the item in the catalog.
  let index: Int

  static let isInSitemap = false

  static func all(in site: SiteIndex) -> [any PageKind] {
    site.catalog.entries.indices.filter { site.catalog.entries[$0].hasVersions }
      .map { VersionsPart(site: site, index: $0) }
  }

  var path: SitePath { SitePath(site.catalog.entries[index].address.stem + ".versions.js") }

  func inputs() -> Inputs {
    let entry = site.catalog.entries[index]
    return Inputs(
      id: entry.address.stem, name: entry.agent.name, file: entry.agent.source.publishedPath,
      history: entry.history, web: site.addresses.sourceLinks.links(of: entry.agent.source),
      texts: .init(content: site.texts.versions))
  }

  struct Inputs: EncodedInputs {
    let id: String
    let name: String
    let file: String
    @Stored var history: FileHistory?
    let web: FileLinks
    let texts: Contents

    /// The source of the contents. The history contains their hashes, so nothing else needs to be encoded.
    struct Contents: Sendable, Encodable {
      let content: @Sendable ([String]) -> [[UInt8]?]

      func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode("")
      }
    }

    func content(at path: SitePath, _ renderer: PageRenderer) -> SiteFile.Content {
      let blobs = history?.publishedBlobs ?? []
      let contents = Dictionary(zip(blobs, texts.content(blobs)), uniquingKeysWith: { first, _ in first })
      var json = JSONWriter(invisible: .labelled)
      json.object { json in
        json.member("id", id)
        json.member("name", name)
        json.member("file", file)
        json.key("versions")
        json.array { json in
          for version in history?.versions ?? [] {
            json.breakLine()
            json.object { json in
              json.member("id", version.commit.id)
              json.member("day", DateText.day(version.commit.localTime))
              json.member("author", version.commit.author)
              json.member("title", version.title)
              json.member("href", web.commit(version.commit.id))
              json.key("changes")
              json.array(version.changes)
              if version.isWithheld {
                json.key("isWithheld")
                json.value(true)
              }
              json.key("text")
              if version.isPublished, case .some(.some(let bytes)) = contents[version.blob] {
                json.value(exactly: SourceText(bytes).bytes[...])
              } else {
                json.null()
              }
            }
          }
        }
      }
      return .bytes(Array("rosterVersions(".utf8) + json.bytes + Array(");\n".utf8))
    }
  }
}

extension SitePath {
  /// Returns the link from this page to the comparison of two versions of an item.
  func comparing(_ older: FileHistory.Version, _ newer: FileHistory.Version, of id: String) -> String {
    func short(_ version: FileHistory.Version) -> Substring { version.commit.id.prefix(12) }
    return link(to: VersionsPage.path) + "?item=\(id)&from=\(short(older))&to=\(short(newer))"
  }
}

/// A version in the list on an item's page.
struct VersionView: TemplateView {
  let day: String
  let iso: String
  let author: String
  let title: String
  let changes: [String]
  let commitHref: String?
  /// Whether the text contains a suspected secret and is not published.
  let isWithheld: Bool
  /// The link to the comparison with the previous version; nil for the oldest, and for a version that is not published.
  let href: String?

  static let members: Members<VersionView> = [
    "day": Member { $0.day },
    "iso": Member { $0.iso },
    "author": Member { $0.author },
    "title": Member { $0.title },
    "changes": Member { $0.changes },
    "hasChanges": Member { !$0.changes.isEmpty },
    "commitHref": Member { $0.commitHref },
    "isWithheld": Member { $0.isWithheld },
    "href": Member { $0.href },
  ]
}

extension VersionView {
  /// Returns the versions of an item; empty if there is only one.
  static func all(_ place: AgentPlace) -> [VersionView] {
    guard place.hasVersions, let history = place.history else { return [] }
    let versions = history.versions
    return versions.enumerated().map { number, version in
      VersionView(
        day: DateText.day(version.commit.localTime), iso: DateText.iso(version.commit.localTime),
        author: version.commit.author,
        title: version.title, changes: version.changes, commitHref: place.web.commit(version.commit.id),
        isWithheld: version.isWithheld,
        href: number + 1 < versions.count && !version.isWithheld
          ? place.address.comparing(versions[number + 1], version, of: place.id) : nil)
    }
  }
}
