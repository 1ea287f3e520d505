import Agents
import Files
import Scanning
import Support
import Testing

@testable import Gathering

@Suite("Skill folders")
struct SkillPartsTests {
  private let skill = [
    "skills/deploy/SKILL.md": file("deploy", "Deploys."), "skills/deploy/scripts/run.sh": "echo a\n",
    "skills/deploy/references/guide.md": "---\nname: guide\ndescription: No agent.\n---\n\nText.\n",
    "skills/deploy/references/deep/SKILL.md": file("deep", "Belongs to the outer one."),
    "skills/deploy/logo.bin": "\0",
  ]

  private func bundle(_ snapshot: CatalogSnapshot, _ name: String = "deploy") throws -> SkillBundle {
    try #require(snapshot.catalog.entries.first { $0.agent.name == name }?.agent.bundle)
  }

  private func paths(_ snapshot: CatalogSnapshot, _ name: String = "deploy") throws -> [String] {
    try bundle(snapshot, name).files.map(\.path.description)
  }

  @Test("All files of a skill are listed, and none is an item or a document")
  func everything() async throws {
    let place = try Place(skill)
    let snapshot = try await place.readFresh()
    #expect(snapshot.catalog.entries.map(\.agent.name) == ["deploy"])
    #expect(snapshot.catalog.documents.isEmpty && snapshot.catalog.setAside.isEmpty)
    #expect(
      try paths(snapshot) == ["logo.bin", "references/deep/SKILL.md", "references/guide.md", "scripts/run.sh"])
    let found = try #require(
      RelativePath("skills/deploy/scripts/run.sh").flatMap { snapshot.catalog.bundleFile(at: $0, in: 0) })
    let agent = snapshot.catalog.entries[found.entry].agent
    let part = agent.source.part(try bundle(snapshot).files[found.file].path)
    #expect(try snapshot.texts.bytes(part) == Array("echo a\n".utf8))
    withExtendedLifetime(place) {}
  }

  @Test("Installed and generated files are listed as skipped")
  func skipped() async throws {
    var files = skill
    files["skills/deploy/node_modules/x/index.js"] = "fetch(1)"
    files["skills/deploy/.secret/a.sh"] = "a"
    files["skills/deploy/.DS_Store"] = "a"
    files["other/a.sh"] = "a"
    let snapshot = try await Place(files).readFresh()
    #expect(try paths(snapshot).contains(".secret/a.sh"), "a hidden folder is part of a skill")
    #expect(try paths(snapshot).count == 5)
    #expect(try bundle(snapshot).skipped.sorted() == [".DS_Store", "node_modules"])
  }

  @Test("A skill that is the whole source may contain other items")
  func whole() async throws {
    let files = [
      "SKILL.md": file("whole"), "scripts/a.sh": "a", "notes.md": "Notes.",
      ".claude/agents/b.md": file("helper", "Helps."), ".claude/skills/c/SKILL.md": file("c", "Is another."),
      ".claude/skills/c/d.txt": "d",
    ]
    let place = try Place(files)
    let scan = try SourceScanner(selection: FileSelection(hiddenFolders: [".claude"])).scan([
      SourceRequest(path: "\(place.folder.path)/team")
    ])
    let snapshot = try await place.reader().read(scan).catalog()
    #expect(Set(snapshot.catalog.entries.map(\.agent.name)) == ["whole", "helper", "c"])
    #expect(try paths(snapshot, "whole") == ["notes.md", "scripts/a.sh"])
    #expect(try paths(snapshot, "c") == ["d.txt"])
  }

  @Test("Naming SKILL.md or its folder gives the same files")
  func named() async throws {
    let place = try Place(skill)
    let scan = try SourceScanner().scan([SourceRequest(path: place.path("skills/deploy/SKILL.md"))])
    #expect(scan.files.count == 1)
    let snapshot = try await place.reader().read(scan).catalog()
    #expect(try bundle(snapshot).files == bundle(try await place.readFresh()).files)
  }

  @Test("A skill is read again if any of its files changes")
  func changed() async throws {
    let place = try Place(skill)
    let first = try await place.readAndKeep()
    let same = try await place.readAndKeep()
    #expect(try bundle(same) == bundle(first))
    func digest(_ snapshot: CatalogSnapshot) -> Digest {
      var digester = Digester(key: place.reader(cache: try? .open(place.cachePath)).key)
      snapshot.sources.add(to: &digester)
      return digester.digest
    }
    var known: Set<Digest> = [digest(same)]
    #expect(digest(try await place.readAndKeep()) == digest(same))
    try place.write("curl https://example.com\n", to: "skills/deploy/scripts/run.sh")
    let changed = try await place.readAndKeep()
    #expect(try bundle(changed).files.last?.calls.map(\.name) == ["curl"])
    #expect(known.insert(digest(changed)).inserted)
    try place.write("New.", to: "skills/deploy/new.txt")
    let added = try await place.readAndKeep()
    #expect(try paths(added).contains("new.txt"))
    #expect(known.insert(digest(added)).inserted)
    try place.remove("skills/deploy/new.txt")
    #expect(try await !paths(place.readAndKeep()).contains("new.txt"))
    try place.write("skipped", to: "skills/deploy/node_modules/a.js")
    #expect(try bundle(try await place.readAndKeep()).skipped == ["node_modules"])
    try Disk.removeFile(place.path("skills/deploy/node_modules/a.js"))
    Disk.removeFolderIfEmpty(place.path("skills/deploy/node_modules"))
    #expect(try bundle(try await place.readAndKeep()).skipped == [])
    try FileManagerRights.makeExecutable(place.path("skills/deploy/scripts/run.sh"))
    let executable = try await place.readAndKeep()
    #expect(try bundle(executable).files.last?.isExecutable == true)
    #expect(known.insert(digest(executable)).inserted)
  }

  @Test("A vanished file is reported, and the others are read")
  func vanished() async throws {
    let place = try Place(skill)
    let scan = try place.scan()
    try place.remove("skills/deploy/logo.bin")
    let snapshot = try await place.reader().read(scan).catalog()
    #expect(try !paths(snapshot).contains("logo.bin"))
    #expect(snapshot.unreadable.map(\.publishedPath) == ["team/skills/deploy/logo.bin"])
  }

  @Test("Reading a file that changed since then throws an error")
  func changedMeanwhile() async throws {
    let place = try Place(skill)
    let snapshot = try await place.readFresh()
    let agent = snapshot.catalog.entries[0].agent
    let part = agent.source.part(try #require(RelativePath("scripts/run.sh")))
    #expect(try snapshot.texts.bytes(part) == Array("echo a\n".utf8))
    try place.write("other\n", to: "skills/deploy/scripts/run.sh")
    #expect(throws: SourceChanged.self) { try snapshot.texts.bytes(part) }
  }

  @Test("The number of files is limited")
  func limit() async throws {
    var files = ["skills/a/SKILL.md": file("a")]
    for number in 0..<(SkillBundle.fileLimit + 3) { files["skills/a/data/\(number).txt"] = "x" }
    let bundle = try bundle(try await Place(files).readFresh(), "a")
    #expect(bundle.files.count == SkillBundle.fileLimit)
    #expect(bundle.omitted == 3)
  }

  @Test("Skills can share files through links")
  func links() async throws {
    let place = try Place([
      "shared/a.sh": "echo a", "skills/a/SKILL.md": file("a"), "skills/b/SKILL.md": file("b", "Another."),
    ])
    for name in ["a", "b"] { try Disk.makeLink(place.path("skills/\(name)/a.sh"), to: "../../shared/a.sh") }
    try Disk.makeLink(place.path("skills/a/out.sh"), to: "/etc/passwd")
    let snapshot = try await place.readFresh()
    #expect(try paths(snapshot, "a") == ["a.sh"])
    #expect(try paths(snapshot, "b") == ["a.sh"])
  }
}
