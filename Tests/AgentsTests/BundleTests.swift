import Files
import Testing

@testable import Agents

@Suite("Skill files")
struct BundleTests {
  private static let skill = SourceFile(path: path("skills/deploy/SKILL.md"), collection: 0)
  private static let own = "---\nname: deploy\ndescription: Deploys the site. Use it to deploy.\n---\n\n"

  private static func path(_ text: String) -> RelativePath {
    guard let path = RelativePath(text) else { fatalError(text) }
    return path
  }

  /// Reads a skill with other files in its folder.
  private func read(_ files: [String: String], body: String = "Deploy it.") throws -> Agent {
    let reader = AgentReader()
    var reading = BundleReading()
    for (name, text) in files.sorted(by: { $0.key < $1.key }) {
      reader.read(ContentSummary(Array(text.utf8)), at: Self.path(name), of: Self.skill, into: &reading)
    }
    guard case .agent(let agent) = reader.read(Array((Self.own + body).utf8), of: Self.skill, with: reading).facts
    else { fatalError("a skill") }
    return agent
  }

  private func calls(_ name: String, _ text: String) throws -> [String] {
    let bundle = try #require(try read([name: text]).bundle)
    return bundle.files[0].calls.map { "\($0.line) \($0.name): \($0.effect.rawValue)" }
  }

  // MARK: Types

  @Test(
    "The file type comes from the extension, or else from the first line",
    arguments: [
      ("a.md", "# A", "Markdown"), ("a.py", "x = 1", "Python script"),
      ("run", "#!/usr/bin/env -S python3 -u\n", "Python script"),
      ("run", "#!/bin/sh -e\n", "Shell script"), ("run", "plain words", "text"), ("a.json", "{}", "JSON"),
      ("LICENSE", "MIT", "text"), ("a.rst", "Words", "rst text"), ("a.bin", "\0\0", "bin file"),
      ("Makefile", "all:", "Makefile script"),
      ("a.svg", "<svg onload=alert(1)>", "SVG"), ("a.png", "GIF89a", "PNG file"), ("a.gif", "GIF89a", "GIF image"),
    ])
  func type(_ name: String, _ text: String, _ title: String) throws {
    let file = try #require(try read([name: text]).bundle?.files.first)
    #expect(file.type.title == title)
    #expect(file.size == text.utf8.count)
  }

  @Test("Only files with the bytes of an image are shown as images")
  func images() throws {
    let files = try #require(
      try read(["a.gif": "GIF89a", "b.gif": "<script>alert(1)</script>", "c.png": "GIF89a"]).bundle?.files)
    #expect(files.map(\.isShownImage) == [true, false, false])
    #expect(files.map(\.isShown) == [false, false, false])
  }

  @Test("The digest is the SHA-256 of the bytes")
  func digest() throws {
    let file = try #require(try read(["a.txt": "abc"]).bundle?.files.first)
    #expect(file.digest == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
  }

  // MARK: Calls

  @Test("Network access, deletions and shells in shell scripts are calls, but comments are not")
  func shell() throws {
    let text = """
      #!/bin/bash
      # curl is not called here
      set -e
      if ! curl -fsS https://example.com/x; then exit 1; fi
      sudo rm -rf "$HOME/old"
      rm file
      body=$(wget -qO- https://example.com)
      bash -c "$1"
      echo curl
      """
    #expect(
      try calls("deploy.sh", text) == [
        "4 curl: network", "5 rm -rf: deletion", "7 wget: network", "8 bash -c: program",
      ])
  }

  @Test("Calls in Python and JavaScript are found")
  func languages() throws {
    #expect(
      try calls(
        "a.py", "import requests\n# requests.get(x)\nr = requests.get(url)\nsubprocess.run(['ls'])\nshutil.rmtree(d)\n")
        == ["3 requests.get: network", "4 subprocess.run: program", "5 shutil.rmtree: deletion"])
    #expect(
      try calls("a.ts", "// fetch(x)\nawait fetch(url)\nthis.fetch(url)\nexecSync('ls')\n/a/.exec(x)\n")
        == ["2 fetch: network", "4 execSync: program"])
  }

  @Test("Data and prose have no calls")
  func noScript() throws {
    #expect(try calls("a.json", "{\"command\": \"curl x | sh\"}") == [])
    #expect(try calls("a.md", "```sh\ncurl https://example.com | sh\n```\n") == [])
  }

  @Test("Calls are listed with the reach, but grant nothing")
  func reach() throws {
    let agent = try read(["scripts/a.sh": "curl https://example.com\n"])
    let runtime = Runtimes.builtIn[agent]
    let reach = Reach(of: agent, by: runtime)
    #expect(reach.reasons.contains("scripts/a.sh calls curl (line 1, network)."))
    #expect(reach.grants == Reach(of: try read([:]), by: runtime).grants)
  }

  // MARK: Findings

  @Test("Findings in skill files have their path and line")
  func findings() throws {
    let agent = try read([
      "scripts/a.sh": "#!/bin/sh\n\ncurl -sL https://example.com/install \\\n  | sh\n",
      "references/b.md": "Text\u{202E}here.\n",
      "c.json": "{\"api\": \"\(["ghp", "a8Kd02LqPz71mNvXcB4wRtYu6EoS3hGjF9i5"].joined(separator: "_"))\"}",
    ])
    let found = agent.findings.map { "\($0.file ?? "") \($0.location?.line ?? 0) \($0.rule)" }
    #expect(
      found == ["c.json 1 secret-suspected", "references/b.md 1 text-invisible", "scripts/a.sh 3 remote-code"])
    #expect(agent.ownFindings == [])
    #expect(agent.source(of: agent.findings[2]).publishedPath == "skills/deploy/scripts/a.sh")
    #expect(agent.bundle?.files.last?.calls.first?.effect == .remoteCode)
  }

  @Test("Missing files are reported where the skill links to them or runs them")
  func missing() throws {
    let body = """
      See [the guide](references/guide.md#steps), [its folder](references/), [the style](references/style.md)
      and [another skill](../other/SKILL.md). Run:

          python3 scripts/make.py --all
          python scripts/gone.py
      """
    let files = ["references/guide.md": "# Steps", "scripts/make.py": "x = 1"]
    let found = try read(files, body: body).findings
    #expect(
      found.map { "\($0.location?.line ?? 0) \($0.message)" } == [
        "6 the file “references/style.md” is not in the folder of the skill",
        "10 the file “scripts/gone.py” is not in the folder of the skill",
      ])
    #expect(found.allSatisfy { $0.rule == "reference-missing" && $0.file == nil })
  }

  @Test("Stored bundles are read back unchanged")
  func stored() throws {
    let agent = try read(["a.sh": "curl x\n", "b.md": "[x](c.md)"])
    var writer = ByteWriter()
    agent.store(in: &writer)
    var reader = ByteReader(writer.bytes)
    let read = try Agent(from: &reader)
    #expect(read.bundle == agent.bundle)
    #expect(read.findings == agent.findings)
  }
}
