import Agents
import Files
import GFM
import Templates

/// The list of a skill's files on its page.
struct BundleView: TemplateView {
  let summary: String
  let folders: [BundleFolderView]
  /// The scripts with notable calls.
  let scripts: [BundleScriptView]
  let notes: [String]
  /// Whether the list is long enough to be collapsed.
  let isFolded: Bool

  static let members: Members<BundleView> = [
    "summary": Member { $0.summary },
    "folders": Member { $0.folders },
    "hasScripts": Member { !$0.scripts.isEmpty },
    "scripts": Member { $0.scripts },
    "notes": Member { $0.notes },
    "isFolded": Member { $0.isFolded },
  ]

  /// The minimum number of files for collapsing the list.
  private static let foldLength = 40

  /// - Parameters:
  ///   - agent: The skill.
  ///   - addresses: The addresses of its files; nil if it has none.
  ///   - path: The page of the skill.
  init(_ bundle: SkillBundle, of agent: Agent, _ addresses: BundleAddresses?, at path: SitePath) {
    let count = bundle.files.count + 1
    let bytes = bundle.size + agent.size
    summary = "\(Wording.count(count, "file")), \(Wording.size(bytes)) in total."
    let own = BundleRowView(
      name: agent.source.path.lastComponent, href: "#page:prompt", type: "Markdown",
      size: Wording.size(agent.size), isExecutable: false, digest: nil, findingCount: 0)
    let rows = bundle.files.enumerated().map { place, file in
      BundleRowView(file, addresses?.files[place], of: agent, at: path)
    }
    let groups = Dictionary(grouping: bundle.files.indices) { bundle.files[$0].path.folders.joined(separator: "/") }
    let folders = Set(groups.keys).union([""]).sorted(by: Self.isBefore)
    self.folders = folders.map { folder in
      BundleFolderView(name: folder, files: (folder.isEmpty ? [own] : []) + (groups[folder] ?? []).map { rows[$0] })
    }
    scripts = bundle.files.enumerated().compactMap { place, file in
      let address = addresses?.files[place].page.map { path.link(to: $0) }
      let calls = ScriptCallView.all(file, at: address)
      return calls.isEmpty ? nil : BundleScriptView(path: file.path.description, href: address, calls: calls)
    }
    notes = Self.notes(bundle)
    isFolded = count > Self.foldLength
  }

  /// Orders the folders of the specification first (https://agentskills.io/specification), then the others.
  private static func isBefore(_ left: String, _ right: String) -> Bool {
    func rank(_ folder: String) -> Int {
      if folder.isEmpty { return 0 }
      return ["references", "scripts", "assets"].firstIndex(of: folder.pathComponents.first ?? "").map { $0 + 1 } ?? 4
    }
    let ranks = (rank(left), rank(right))
    return ranks.0 == ranks.1 ? left.precedesByBytes(right) : ranks.0 < ranks.1
  }

  private static func notes(_ bundle: SkillBundle) -> [String] {
    var notes: [String] = []
    if bundle.omitted > 0 {
      notes.append(
        "\(Wording.count(bundle.omitted, "more file")) \(bundle.omitted == 1 ? "is" : "are") not listed or checked: "
          + "Roster reads \(Wording.number(SkillBundle.fileLimit)) files and \(Wording.size(SkillBundle.byteLimit)) of a skill."
      )
    }
    if !bundle.skipped.isEmpty {
      let names = bundle.skipped.prefix(5).joined(separator: ", ")
      let rest = bundle.skipped.count > 5 ? " and \(bundle.skipped.count - 5) more" : ""
      notes.append("Skipped, as in every folder: \(names)\(rest).")
    }
    let large = bundle.files.filter { $0.isText && !$0.isShown }
    if !large.isEmpty {
      notes.append(
        "\(Wording.count(large.count, "file")) of more than \(Wording.size(BundleFile.readLimit)) "
          + "\(large.count == 1 ? "is" : "are") neither checked nor shown.")
    }
    return notes
  }
}

/// A folder of a skill with its files.
struct BundleFolderView: TemplateView {
  /// The path, relative to the skill's folder; empty for that folder itself.
  let name: String
  let files: [BundleRowView]

  static let members: Members<BundleFolderView> = [
    "name": Member { $0.name.isEmpty ? nil : Identifier($0.name) },
    "files": Member { $0.files },
  ]
}

/// A file in the list of a skill's files.
struct BundleRowView: TemplateView {
  let name: String
  let href: String?
  let type: String
  let size: String
  let isExecutable: Bool
  /// The digest of a file that can't be viewed on the site.
  let digest: String?
  let findingCount: Int

  static let members: Members<BundleRowView> = [
    "name": Member { Identifier($0.name) },
    "href": Member { $0.href },
    "type": Member { $0.type },
    "size": Member { $0.size },
    "isExecutable": Member { $0.isExecutable },
    "digest": Member { $0.digest },
    "digestStart": Member { $0.digest.map { String($0.prefix(12)) } },
    "findings": Member { $0.findingCount > 0 ? Wording.count($0.findingCount, "finding") : nil },
  ]

  init(
    name: String, href: String?, type: String, size: String, isExecutable: Bool, digest: String?, findingCount: Int
  ) {
    self.name = name
    self.href = href
    self.type = type
    self.size = size
    self.isExecutable = isExecutable
    self.digest = digest
    self.findingCount = findingCount
  }

  init(_ file: BundleFile, _ address: BundleAddresses.File?, of agent: Agent, at path: SitePath) {
    let target = address?.address
    self.init(
      name: file.path.lastComponent, href: target.map { path.link(to: $0) }, type: file.type.title.capitalisedFirst,
      size: Wording.size(file.size), isExecutable: file.isExecutable,
      digest: target == nil ? file.digest : nil,
      findingCount: agent.findings.count { $0.file == file.path.description })
  }
}

/// A script of a skill with notable calls.
struct BundleScriptView: TemplateView {
  let path: String
  let href: String?
  let calls: [ScriptCallView]

  static let members: Members<BundleScriptView> = [
    "path": Member { Identifier($0.path) },
    "href": Member { $0.href },
    "calls": Member { $0.calls },
  ]
}

/// A call in a script.
struct ScriptCallView: TemplateView {
  let name: String
  let effect: String
  /// Whether it runs code from the network.
  let isRisky: Bool
  let line: Int
  let href: String

  static let members: Members<ScriptCallView> = [
    "name": Member { Identifier($0.name) },
    "effect": Member { $0.effect },
    "isRisky": Member { $0.isRisky },
    "line": Member { $0.line },
    "href": Member { $0.href },
  ]

  /// - Parameter address: The link to the page of the script; nil on that page itself.
  static func all(_ file: BundleFile, at address: String?) -> [ScriptCallView] {
    file.calls.map { call in
      ScriptCallView(
        name: call.name, effect: call.effect.word, isRisky: call.effect == .remoteCode, line: call.line,
        href: (address ?? "") + "#" + CodeLine.id(call.line))
    }
  }
}
