import Files
import Testing

@Suite("Servers of repositories")
struct ForgeTests {
  private let main = Forge.Revision(.branch("main"), commit: "0123abcd")
  private let file = ["a b", "x#1.md"]

  @Test(
    "Files have an https address on the server of the remote",
    arguments: [
      ("https://github.com/acme/tools.git", "https://github.com/acme/tools/blob/main/a%20b/x%231.md#L3"),
      ("git@github.com:acme/tools.git", "https://github.com/acme/tools/blob/main/a%20b/x%231.md#L3"),
      ("ssh://git@ssh.github.com:443/acme/tools", "https://github.com/acme/tools/blob/main/a%20b/x%231.md#L3"),
      (
        "https://ada:secret@github.acme.com/acme/tools",
        "https://github.acme.com/acme/tools/blob/main/a%20b/x%231.md#L3"
      ),
      (
        "https://secret@GitLab.com/acme/sub/tools.git/",
        "https://gitlab.com/acme/sub/tools/-/blob/main/a%20b/x%231.md#L3"
      ),
      (
        "https://git:p@ss@gitlab.acme.com:8443/a/b?token=secret",
        "https://gitlab.acme.com:8443/a/b/-/blob/main/a%20b/x%231.md#L3"
      ),
      ("ssh://git@gitlab.acme.com:2222/a/b.git", "https://gitlab.acme.com/a/b/-/blob/main/a%20b/x%231.md#L3"),
      ("git@codeberg.org:acme/tools", "https://codeberg.org/acme/tools/src/branch/main/a%20b/x%231.md#L3"),
      ("https://gitea.acme.com/acme/tools", "https://gitea.acme.com/acme/tools/src/branch/main/a%20b/x%231.md#L3"),
      ("git@bitbucket.org:acme/tools.git", "https://bitbucket.org/acme/tools/src/main/a%20b/x%231.md#lines-3"),
      (
        "ssh://git@bitbucket.acme.com:7999/proj/tools.git",
        "https://bitbucket.acme.com/projects/proj/repos/tools/browse/a%20b/x%231.md?at=refs%2Fheads%2Fmain#3"
      ),
      (
        "https://bitbucket.acme.com/scm/~ada/tools.git",
        "https://bitbucket.acme.com/users/ada/repos/tools/browse/a%20b/x%231.md?at=refs%2Fheads%2Fmain#3"
      ),
    ])
  func files(remote: String, address: String) throws {
    let forge = try #require(Forge(remote: remote))
    #expect(forge.url(of: file, at: main, line: 3) == address)
  }

  @Test(
    "Unknown servers, abbreviated hosts and other forms have no addresses",
    arguments: [
      "", "/srv/git/tools.git", "../tools", "file:///github.com/acme/tools", "http://github.com/acme/tools",
      "git://github.com/acme/tools", "https://git.example.com/acme/tools", "git@github-work:acme/tools.git",
      "git@github.com-work:acme/tools.git", "https://github.com/acme", "https://github.com/acme/tools/more",
      "https://github.com/acme/tools.wiki.git", "git@gitlab.com:acme/tools.wiki",
      "https://gist.github.com/ada/0123abcd.git", "https://github.com/../tools", "https://github.com/acme/%2e%2e",
      "https://github.com/acme/<img>",
      "https://user:to/ken@github.com/acme/tools", "https://github.com\"onclick=/acme/tools",
      "https://10.0.0.1/a/github",
      "javascript://github.com/acme/tools", "ext::sh -c github.com/a/b", "https://github.com /acme/tools",
    ])
  func unknown(remote: String) {
    #expect(Forge(remote: remote) == nil)
  }

  @Test("Tags and commits have the address of their state, and only branches can be edited")
  func revisions() throws {
    let (tag, commit) = (Forge.Revision(.tag("v1/2"), commit: "0123abcd"), Forge.Revision(commit: "0123abcd"))
    func addresses(_ remote: String) throws -> [String?] {
      let forge = try #require(Forge(remote: remote))
      return [
        forge.url(of: ["x.md"], at: tag), forge.url(of: ["x.md"], at: commit), forge.editURL(of: ["x.md"], at: main),
      ]
    }
    #expect(
      try addresses("https://github.com/a/b") == [
        "https://github.com/a/b/blob/v1/2/x.md", "https://github.com/a/b/blob/0123abcd/x.md",
        "https://github.com/a/b/edit/main/x.md",
      ])
    #expect(
      try addresses("https://codeberg.org/a/b") == [
        "https://codeberg.org/a/b/src/tag/v1/2/x.md", "https://codeberg.org/a/b/src/commit/0123abcd/x.md",
        "https://codeberg.org/a/b/_edit/main/x.md",
      ])
    // On Bitbucket, a slash would end the name of the tag.
    #expect(
      try addresses("https://bitbucket.org/a/b") == [
        "https://bitbucket.org/a/b/src/0123abcd/x.md", "https://bitbucket.org/a/b/src/0123abcd/x.md", nil,
      ])
    #expect(try #require(Forge(remote: "https://github.com/a/b")).editURL(of: ["x.md"], at: tag) == nil)
  }

  @Test(
    "A name with an @ is a user, a group or a team of the server",
    arguments: [
      ("https://github.com/a/b", "@ada", "https://github.com/ada"),
      ("https://github.com/a/b", "@acme/payments", "https://github.com/orgs/acme/teams/payments"),
      ("https://gitlab.com/a/b", "@acme/web/ui", "https://gitlab.com/acme/web/ui"),
      ("https://codeberg.org/a/b", "@acme/web", "https://codeberg.org/org/acme/teams/web"),
    ])
  func owners(remote: String, name: String, address: String) throws {
    #expect(try #require(Forge(remote: remote)).url(ofOwner: name) == address)
  }

  @Test(
    "Other names are no addresses",
    arguments: [
      "ada", "@", "@@maintainer", "@a/b/c", "@../x", "@a/..", "@a?b", "@a b", "@a/", "@a/<b>", "ada@acme.example",
    ])
  func otherNames(name: String) throws {
    #expect(try #require(Forge(remote: "https://github.com/a/b")).url(ofOwner: name) == nil)
    #expect(try #require(Forge(remote: "https://bitbucket.org/a/b")).url(ofOwner: "@ada") == nil)
  }

  @Test(
    "Pages of GitLab that cannot be users or groups are no owners", arguments: ["@users/sign_out", "@Admin", "@s/x"])
  func pages(name: String) throws {
    #expect(try #require(Forge(remote: "https://gitlab.com/a/b")).url(ofOwner: name) == nil)
  }
}

@Suite("Places of files in repositories")
struct SourceWebTests {
  private func path(_ text: String) throws -> RelativePath { try #require(RelativePath(text)) }

  private func place(_ name: String, _ path: String) throws -> SourceWeb.Place {
    SourceWeb.Place(
      forge: try #require(Forge(remote: "https://github.com/acme/\(name)")), revision: .init(commit: "0123"), path: path
    )
  }

  @Test("Files that are not in the catalog are where their neighbors suggest")
  func neighbors() throws {
    var web = SourceWeb()
    web.add(try path("agents/a.md"), at: try place("one", ".claude/agents/a.md"))
    #expect(web.place(of: try path("docs/b.md")) == (try place("one", ".claude/docs/b.md")))
  }

  @Test("A repository inside of another has its own places", arguments: [false, true])
  func nested(innerFirst: Bool) throws {
    var web = SourceWeb()
    let files = [
      ("a.md", try place("outer", "a.md")), ("b/c.md", try place("outer", "b/c.md")),
      ("vendor/tools/agents/a.md", try place("inner", "agents/a.md")),
    ]
    for (file, place) in innerFirst ? files.reversed() : files { web.add(try path(file), at: place) }
    for (file, place) in files { #expect(web.place(of: try path(file)) == place) }
    #expect(web.place(of: try path("vendor/tools/README.md")) == (try place("inner", "README.md")))
    #expect(web.place(of: try path("vendor/README.md")) == (try place("outer", "vendor/README.md")))
  }

  @Test("A folder beside a link to a folder elsewhere has its own place")
  func linkedFolder() throws {
    let files = [
      (".claude/agents/a.md", "shared/agents/a.md"), (".claude/commands/c.md", ".claude/commands/c.md"),
      (".claude/skills/s/SKILL.md", ".claude/skills/s/SKILL.md"), ("docs/d.md", "docs/d.md"),
    ]
    var web = SourceWeb()
    for (file, real) in files { web.add(try path(file), at: try place("one", real)) }
    for (file, real) in files { #expect(web.place(of: try path(file)) == (try place("one", real))) }
  }

  @Test("Every file has its own place, whatever the places of the others", arguments: 0..<300)
  func anyTrees(seed: Int) throws {
    var state = UInt64(seed)
    func random(below limit: UInt64) -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return (state >> 33) % limit
    }
    func anyFolder() -> String {
      (0..<random(below: 4)).map { _ in ["a/", "b/", "c/"][Int(random(below: 3))] }.joined()
    }
    var files: [String: SourceWeb.Place?] = [:]
    var web = SourceWeb()
    for _ in 0..<12 {
      let (folder, name) = (anyFolder(), ["x.md", "y.md"][Int(random(below: 2))])
      let file = folder + name
      if files[file] != nil { continue }
      let real =
        switch random(below: 4) {
        case 0: anyFolder() + name
        case 1: anyFolder() + folder + name
        default: file
        }
      let place = random(below: 8) == 0 ? nil : try place("r\(random(below: 2))", real)
      files[file] = .some(place)
      web.add(try path(file), at: place)
    }
    for (file, place) in files { #expect(web.place(of: try path(file)) == place) }
  }

  @Test("A link to a file elsewhere says nothing about its neighbors")
  func links() throws {
    var web = SourceWeb()
    web.add(try path("agents/a.md"), at: try place("one", "agents/a.md"))
    web.add(try path("agents/b.md"), at: try place("one", "shared/b.md"))
    web.add(try path("agents/c.md"), at: nil)
    #expect(web.place(of: try path("agents/b.md")) == (try place("one", "shared/b.md")))
    #expect(web.place(of: try path("agents/c.md")) == nil)
    #expect(web.place(of: try path("agents/d.md")) == (try place("one", "agents/d.md")))
  }

  @Test("The path of a file follows the URL, if it has no place for it")
  func patterns() {
    let pattern = "https://code.example.com/blob/main/{path}?plain=1"
    #expect(SourceURL.pattern(pattern).pattern == pattern)
    #expect(SourceURL.pattern("https://x.example/a").pattern == "https://x.example/a/{path}")
    #expect(SourceURL.pattern("https://x.example/a/").pattern == "https://x.example/a/{path}")
    #expect(SourceURL.off.pattern == nil)
  }
}
