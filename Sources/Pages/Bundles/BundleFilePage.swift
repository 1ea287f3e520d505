import Agents
import Catalogs
import Files
import GFM
import Templates

/// The page of a skill's file that can be read as text.
struct BundleFilePage: PageKind {
  let site: SiteIndex
  /// The skill, as an index into the catalog.
  let index: Int
  /// The index of the file in the bundle.
  let place: Int
  let path: SitePath

  static let isInSitemap = false
  static let views: [any TemplateView.Type] = [BundleFileView.self, ScriptCallView.self]

  static func all(in site: SiteIndex) -> [any PageKind] {
    files(in: site) { index, place, file in
      file.page.map { BundleFilePage(site: site, index: index, place: place, path: $0) }
    }
  }

  /// Returns the result of a closure for each file of each skill.
  fileprivate static func files(
    in site: SiteIndex, _ make: (Int, Int, BundleAddresses.File) -> (any PageKind)?
  ) -> [any PageKind] {
    site.catalog.entries.indices.flatMap { index in
      (site.addresses.bundle(index)?.files ?? []).enumerated().compactMap { place, file in make(index, place, file) }
    }
  }

  func inputs() -> BundleFileInputs {
    let agent = site.catalog.entries[index].agent
    let file = (agent.bundle?.files ?? [])[place]
    let source = agent.source.part(file.path)
    return BundleFileInputs(
      source: SourceInput(source, site.texts), web: site.addresses.sourceLinks.links(of: source), facts: file,
      kind: agent.kind,
      skill: agent.name,
      skillPage: site.addresses.agent(index), copy: site.addresses.bundle(index)?.files[place].copy,
      findings: agent.findings.filter { $0.file == file.path.description },
      links: LinkTargets(file.relativeLinks, of: source, at: path, site.addresses))
  }
}

/// A file of a skill, byte for byte: plain text or an image.
struct BundleFileCopy: PageKind {
  let site: SiteIndex
  let source: SourceFile
  let path: SitePath

  static let isInSitemap = false

  static func all(in site: SiteIndex) -> [any PageKind] {
    BundleFilePage.files(in: site) { index, place, file in
      let agent = site.catalog.entries[index].agent
      return file.copy.flatMap { path in
        agent.bundle.map {
          BundleFileCopy(site: site, source: agent.source.part($0.files[place].path), path: path)
        }
      }
    }
  }

  func inputs() -> SourceCopy { SourceCopy(source, site.texts) }
}

/// All inputs of the page of a skill's file.
struct BundleFileInputs: PageInputs {
  let source: SourceInput
  /// The links to the server of the file.
  let web: FileLinks
  @Stored var facts: BundleFile
  let kind: ItemKind
  /// The name of the skill.
  let skill: String
  let skillPage: SitePath
  /// The address of the published file.
  let copy: SitePath?
  @Stored var findings: [Finding]
  let links: LinkTargets

  /// The maximum number of lines and bytes of a text on a page.
  private static let limit = (lines: 5000, bytes: 256 << 10)

  func page(at path: SitePath, _ renderer: PageRenderer) throws(SourceChanged) -> PageView {
    let isMarkdown = facts.type.kind == .markdown
    let listing =
      isMarkdown
      ? nil
      : CodeListing(
        of: try source.bytes(), language: facts.type.language, lineLimit: Self.limit.lines,
        byteLimit: Self.limit.bytes)
    let body: HTML
    if let listing { body = HTML(listing.html) } else { body = HTML(try source.rendering().body.html { links[$0] }) }
    return PageView(
      template: "file", kind: "file", title: "\(facts.path) · \(skill)",
      description: "A file of the \(kind.noun) \(skill).",
      content: BundleFileView(
        path: facts.path.description, skill: skill, skillHref: path.link(to: skillPage, fragment: "page:files"),
        kind: kind.noun, facts: Self.facts(of: facts), isExecutable: facts.isExecutable, digest: facts.digest,
        rawHref: copy.map { path.link(to: $0) },
        sourceHref: web.source,
        calls: ScriptCallView.all(facts, at: nil),
        findings: FindingView.all(FindingMarks(of: findings), of: nil, at: path, linesAreShown: !isMarkdown),
        cut: listing.flatMap { listing in
          listing.isCut
            ? "The first \(Wording.number(listing.shownLines)) of \(Wording.count(listing.lineCount, "line")) are shown."
            : nil
        }, isMarkdown: isMarkdown, body: body))
  }

  /// Returns the type and the size in words: `Python script, 1.2 kB`.
  static func facts(of file: BundleFile) -> String { "\(file.type.title.capitalisedFirst), \(Wording.size(file.size))" }
}

/// The page of a skill's file.
struct BundleFileView: TemplateView {
  let path: String
  let skill: String
  let skillHref: String
  let kind: String
  let facts: String
  let isExecutable: Bool
  let digest: String
  let rawHref: String?
  let sourceHref: String?
  let calls: [ScriptCallView]
  let findings: [FindingView]
  let cut: String?
  let isMarkdown: Bool
  let body: HTML

  static let members: Members<BundleFileView> = [
    "path": Member { Identifier($0.path) },
    "skill": Member { Identifier($0.skill) },
    "skillHref": Member { $0.skillHref },
    "kind": Member { $0.kind },
    "facts": Member { $0.facts },
    "isExecutable": Member { $0.isExecutable },
    "digest": Member { $0.digest },
    "rawHref": Member { $0.rawHref },
    "sourceHref": Member { $0.sourceHref },
    "hasCalls": Member { !$0.calls.isEmpty },
    "calls": Member { $0.calls },
    "hasFindings": Member { !$0.findings.isEmpty },
    "findings": Member { $0.findings },
    "cut": Member { $0.cut },
    "isMarkdown": Member { $0.isMarkdown },
    "body": Member { $0.body },
  ]
}
