import Approvals
import Catalogs
import Files
import Scanning
import Support
import Testing

@testable import Gathering

@Suite("Approval files")
struct ApprovalShelfTests {
  private func approvals(_ snapshot: CatalogSnapshot) -> [String: Approval] {
    Dictionary(
      snapshot.catalog.entries.compactMap { entry in
        entry.approval.map { (entry.agent.source.path.description, $0) }
      }, uniquingKeysWith: { first, _ in first })
  }

  @Test("An approval applies only to the agent it is named after")
  func named() async throws {
    let place = try Place(["a.md": file("a"), "b.md": file("b"), "sub/a.md": file("a"), "notes.md": "Only notes."])
    try await place.approve("a.md")
    try place.write("{}", to: ".approvals/notes.md.json")
    try place.write("{}", to: ".approvals/gone.md.json")
    let found = approvals(try await place.readFresh())
    #expect(found == ["a.md": Approval(approvers: [.init(name: "Ada", day: "2026-05-03")], changes: [])])
  }

  @Test("Changes since an approval are listed, with and without cached records")
  func stale() async throws {
    let place = try Place(["a.md": file("a")])
    try await place.approve("a.md")
    #expect(approvals(try await place.readAndKeep())["a.md"]?.isCurrent == true)
    try place.write(file("a", "Does another thing."), to: "a.md")
    for _ in 1...2 {
      #expect(approvals(try await place.readAndKeep())["a.md"]?.changes == ["description"])
    }
    try await place.approve("a.md")
    #expect(approvals(try await place.readAndKeep())["a.md"]?.isCurrent == true)
    try Disk.removeFile(place.path(".approvals/a.md.json"))
    #expect(approvals(try await place.readAndKeep()).isEmpty)
  }

  @Test("An unreadable approval approves nothing", arguments: ["", "{", "[]", #"{"version": 1, "approved": []}"#])
  func broken(text: String) async throws {
    let place = try Place(["a.md": file("a")])
    try place.write(text, to: ".approvals/a.md.json")
    let approval = try #require(approvals(try await place.readFresh())["a.md"])
    #expect(approval.approvers == [] && !approval.isCurrent)
    #expect(approval.changes == ["the file of its approval, which cannot be read"])
  }

  @Test("The build stops if an approved file changed after it was read")
  func changing() async throws {
    let place = try Place(["a.md": file("a")])
    try await place.approve("a.md")
    let sources = await place.reader().read(try place.scan())
    try place.write(file("a", body: "Else."), to: "a.md")
    await #expect(throws: SourceChanged(path: place.path("a.md"))) { try await sources.catalog() }
  }

  @Test("Folders with approvals are watched")
  func folders() throws {
    let place = try Place(["a.md": file("a"), "sub/b.md": file("b"), "sub/.approvals/b.md.json": "{}"])
    #expect(ApprovalShelf(of: try place.scan().files).folders == [place.path("sub/.approvals")])
  }

  @Test("A new approval changes the digest of the sources")
  func digest() async throws {
    let place = try Place(["a.md": file("a")])
    let key = DigestKey.random()
    func digest() async throws -> Digest {
      var digester = Digester(key: key)
      await place.reader(cache: try .open(place.cachePath)).read(try place.scan()).add(to: &digester)
      return digester.digest
    }
    let before = try await digest()
    #expect(try await digest() == before)
    try await place.approve("a.md")
    let approved = try await digest()
    #expect(approved != before)
    try place.write(file("a", "Does another thing."), to: "a.md")
    #expect(try await digest() != approved)
  }
}
