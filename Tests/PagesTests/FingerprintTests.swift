import Agents
import Catalogs
import Files
import Histories
import Likenesses
import Testing

@testable import Pages

/// Files of two sites with the same fingerprint must have the same content.
@Suite("Fingerprints")
struct FingerprintTests {
  /// A generated file of a site.
  private struct Made: Sendable {
    let fingerprint: Digest?
    let bytes: [UInt8]

    /// The file, or the pieces of a large file, by name.
    static func all(of file: SiteFile) throws -> [String: Made] {
      let draft = file.draft()
      switch try draft.content() {
      case .bytes(let bytes): return [file.path.description: Made(fingerprint: draft.fingerprint, bytes: bytes)]
      case .pieces(let pieces):
        var made: [String: Made] = [:]
        for (number, fingerprint) in pieces.fingerprints.enumerated() {
          let piece = pieces.make(number..<number + 1)
          #expect(piece.ends == [piece.bytes.count])
          // Pieces have no names, so pieces with the same fingerprint are compared at any position.
          let name = fingerprint.map { "\(file.path) \($0.digits)" } ?? "\(file.path) \(number)"
          made[name] = Made(fingerprint: fingerprint, bytes: piece.bytes)
        }
        return made
      }
    }
  }

  /// A catalog of files, with plugins, history, approvals and a server.
  private struct State {
    var name: String
    var files: [String: String]
    var manifested: Set<String> = []
    var chronicle = Chronicle()
    var approvals: [String: Approval] = [:]
    /// The URL of the repository.
    var remote: String?
  }

  private static let key = DigestKey.random()

  private static func agent(_ name: String, _ lines: String = "", body: String = "Body.") -> String {
    "---\nname: \(name)\ndescription: Does the \(name). See [it](other.md).\n\(lines)\n---\n\n# Title\n\n\(body)\n"
  }

  private func made(_ state: State) async throws -> [String: Made] {
    var bytes: [String: [UInt8]] = [:]
    var sources: [SourceFile] = []
    for (path, text) in state.files.sorted(by: { $0.key < $1.key }) {
      bytes[path] = Array(text.utf8)
      sources.append(
        SourceFile(
          path: try #require(RelativePath(path)), collection: 0,
          plugin: state.manifested.contains(path)
            ? PluginPlace(manifests: [".claude-plugin/plugin.json"], path: path) : nil,
          number: sources.count))
    }
    var settings = CatalogSettings()
    settings.baseURL = "https://example.org/"
    let (held, key) = (bytes, Self.key)
    @Sendable func content(_ source: SourceFile) -> [UInt8] { held[source.path.description] ?? [] }
    let records = sources.map { Record(AgentReader().read(content($0), of: $0).facts, settings: settings) }
    var collection = SourceCollection(name: "all", folder: "all")
    if let forge = state.remote.flatMap(Forge.init(remote:)), let file = sources.first {
      collection.web.add(
        file.path, at: SourceWeb.Place(forge: forge, revision: .init(commit: "0123"), path: file.path.description))
    }
    let assembly = Assembly(records, collections: [collection], settings: settings)
    let related = await assembly.related { tasks in
      tasks.map { Likeness.pairs($0.pairs, of: $0.files.map { AgentReader.prompt(in: content($0)) }) }
    }
    let texts = Texts(
      rendering: { AgentReader().read(content($0), of: $0).rendering }, bytes: { content($0) },
      digest: { key.digest(content($0)) })
    let site = await Site(
      await Catalog(related, chronicle: state.chronicle, approvals: state.approvals), theme: try SiteTheme(),
      texts: texts, key: key, hasSearch: true, jobs: 2)
    var made: [String: Made] = [:]
    for file in site.plan {
      made.merge(try Made.all(of: file)) { $1 }
    }
    return made
  }

  private static func many(_ count: Int) -> [String: String] {
    Dictionary(uniqueKeysWithValues: (0..<count).map { ("many/m\($0).md", agent("m\($0)", "model: opus")) })
  }

  private static var states: [State] {
    let text = String(repeating: "The reviewer reads every line and asks what it is for. ", count: 9)
    let base = [
      "a/x.md": agent("x", "tools: Read", body: text),
      "b/x.md": agent("x", "tools: Bash", body: text + "Then it stops."),
      "c/y.md": agent("y", body: text + "It reports."), "z.md": agent("z", "tags: [one, two]"),
      "notes.md": "# Notes\n\n[z](z.md)\n",
    ]
    let commit = FileHistory.Commit(id: "0123abcd", time: 1_700_000_000, author: "Ann")
    let later = FileHistory.Commit(id: "4567cdef", time: 1_700_000_400, author: "Bob")
    func chronicle(_ commits: [FileHistory.Commit]) -> Chronicle {
      Chronicle(histories: [
        "z.md": FileHistory(
          created: commit, changed: commits[commits.count - 1], changes: commits.count, isOriginal: false)
      ])
    }
    func with(_ files: [String: String]) -> [String: String] { base.merging(files) { $1 } }
    let approval = Approval(approvers: [.init(name: "Ann", day: "2026-05-03")], changes: [])
    var states = [
      State(name: "the base", files: base),
      State(name: "another description", files: with(["z.md": agent("z", "tags: [one, three]")])),
      State(name: "another body", files: with(["b/x.md": agent("x", "tools: Bash", body: text + "Then it goes on.")])),
      State(name: "the same name again", files: with(["d/x.md": agent("x", body: "Another text.")])),
      State(name: "one in front of all", files: with(["0.md": agent("0")])),
      State(name: "a target of a link", files: with(["other.md": agent("other")])),
      State(name: "another family", files: with(["e/y2.md": agent("y2", body: text + "It reports twice.")])),
      State(name: "a plugin", files: base, manifested: ["z.md", "a/x.md"]),
      State(name: "a history", files: base, chronicle: chronicle([commit])),
      State(name: "a longer history", files: base, chronicle: chronicle([commit, later])),
      State(name: "an approval", files: base, approvals: ["z.md": approval]),
      State(
        name: "an approval that is stale", files: base,
        approvals: ["z.md": Approval(approvers: approval.approvers, note: "Good.", changes: ["tools"])]),
      State(name: "a server", files: base, chronicle: chronicle([commit]), remote: "https://github.com/acme/tools"),
      State(
        name: "another server", files: base, chronicle: chronicle([commit]), remote: "https://gitlab.com/acme/tools"),
      State(name: "no documents", files: base.filter { $0.key != "notes.md" }),
    ]
    // Numbers of agents around the sizes of pages and parts.
    for count in [3, 4, 5, 12, 13, 46, 47, 60, 61, 96, 97] {
      states.append(State(name: "\(count) more", files: base.merging(many(count)) { $1 }))
    }
    return states
  }

  @Test("Equal fingerprints mean equal content")
  func soundness() async throws {
    var known: [String: [(state: String, made: Made)]] = [:]
    for state in Self.states {
      for (path, made) in try await made(state) {
        for other in known[path] ?? [] where made.fingerprint != nil && made.fingerprint == other.made.fingerprint {
          let isSame = made.bytes == other.made.bytes
          #expect(isSame, "\(path): \(state.name), \(other.state)")
        }
        known[path, default: []].append((state.name, made))
      }
    }
  }

  @Test("Changes of agents that a page does not show keep its fingerprint")
  func precision() async throws {
    let states = Self.states
    let before = try await made(states[0])
    let after = try await made(states[2])
    for path in ["agents/all/z.html", "agents/all/z.md", "documents/all/notes.html", "tags/one.html"] {
      let fingerprint = try #require(before[path]?.fingerprint)
      #expect(after[path]?.fingerprint == fingerprint, "\(path)")
    }
    #expect(after["agents/all/x--b.html"]?.fingerprint != before["agents/all/x--b.html"]?.fingerprint)
  }
}

/// A value with many kinds of parts, to be encoded.
private struct Parts: Encodable {
  var text = "a"
  var none: String?
  var number = 1
  var list = ["a", "b"]
  var lists: [[String]] = [["a"], []]
  var choice = Choice.one("a")
  var map = ["a": 1]

  enum Choice: Encodable {
    case one(String)
    case two(String)
  }
}

@Suite("Digests of encoded values")
struct DigestEncoderTests {
  private let key = DigestKey.random()

  private func digest(_ change: (inout Parts) -> Void = { _ in }) -> Digest {
    var parts = Parts()
    change(&parts)
    var digester = Digester(key: key)
    digester.add(encoding: parts)
    return digester.digest
  }

  @Test("The digest depends on every part of a value")
  func parts() {
    let digests = [
      digest(), digest { $0.text = "b" }, digest { $0.none = "" }, digest { $0.none = "a" }, digest { $0.number = 2 },
      digest { $0.list = ["a"] }, digest { $0.list = ["ab"] }, digest { $0.list = ["a", "b", ""] },
      digest { $0.lists = [["a", ""]] }, digest { $0.lists = [[], ["a"]] }, digest { $0.lists = [["a"], [], []] },
      digest { $0.choice = .one("b") }, digest { $0.choice = .two("a") }, digest { $0.map = ["b": 1] },
      digest { $0.map = [:] },
    ]
    #expect(Set(digests).count == digests.count)
    #expect(digest() == digest())
  }
}
