import Agents
import Files
import Testing

@testable import Pages

@Suite("Addresses of skill files")
struct BundleAddressesTests {
  private let page = SitePath("agents", "deploy.html")

  private func file(_ path: String, _ type: FileType = FileType(.text, "")) throws -> BundleFile {
    BundleFile(path: try #require(RelativePath(path)), size: 1, type: type, digest: "", isText: type.kind != .image)
  }

  private func addresses(_ paths: String...) throws -> [String] {
    let bundle = SkillBundle(files: try paths.sorted { $0.precedesByBytes($1) }.map { try file($0) })
    return BundleAddresses(of: bundle, at: page).files.compactMap { $0.page?.description }
  }

  @Test("Addresses are file paths with unsafe characters escaped")
  func escaped() throws {
    let expected = [
      "scripts/run.sh": "scripts/run.sh", "a b.txt": "a~20b.txt", "é.md": "~C3~A9.md", "a~20b": "a~7E20b",
      ".env": "~2Eenv", "_x/y": "~5Fx/y", "con.txt": "~63on.txt", "a.html/b": "a.html~/b",
      "x?#%\"<>": "x~3F~23~25~22~3C~3E",
      "a.": "a~2E",
    ]
    for (path, name) in expected {
      #expect(BundleAddresses.name(of: try #require(RelativePath(path))) == name)
      #expect(try addresses(path) == ["agents/deploy.files/\(name).html"])
    }
  }

  @Test("Addresses never collide, even if case is ignored")
  func unique() throws {
    let all = try addresses("A.md", "a.md", "a", "a.html", "a.html/b", "a.txt", "a~2Emd", "a b", "a~20b", "~~a")
    #expect(Set(all.map { $0.lowercased() }).count == all.count)
    // No file has the address of a folder.
    let folders = Set(
      all.flatMap { path in path.pathComponents.indices.map { path.pathComponents[..<$0].joined(separator: "/") } })
    #expect(all.allSatisfy { !folders.contains($0) })
  }

  @Test("Long names become digests")
  func long() throws {
    let long = String(repeating: "é", count: 100)
    let all = try addresses("\(long)1", "\(long)2", String(repeating: "ab/", count: 200) + "c")
    #expect(Set(all).count == 3)
    #expect(all.allSatisfy { $0.utf8.count < 80 && $0.contains("/~~") })
  }

  @Test("Images are served as images, text and markup as text, and binary files not at all")
  func types() throws {
    let files = [
      try file("a.gif", FileType(.image, "GIF")), try file("b.html", FileType(.data, "HTML")),
      BundleFile(
        path: try #require(RelativePath("c.bin")), size: 1, type: FileType(.other, "bin"), digest: "", isText: false),
      try file("d.svg", FileType(.data, "SVG")),
    ]
    let found = BundleAddresses(of: SkillBundle(files: files), at: page).files
    #expect(
      found.map { $0.copy?.description } == [
        "agents/deploy.files/a.gif.gif", "agents/deploy.files/b.html.txt", nil, "agents/deploy.files/d.svg.txt",
      ])
    #expect(found.map { $0.address?.description.hasSuffix(".html") } == [false, true, nil, true])
  }

  @Test("Relative links are correct at any depth")
  func links() {
    let (deep, beside) = (SitePath(of: page, file: "a/b/c.html"), SitePath(of: page, file: "a/d.html"))
    #expect(deep.link(to: beside) == "../d.html")
    #expect(beside.link(to: deep, fragment: "L3") == "b/c.html#L3")
    #expect(deep.link(to: page) == "../../../deploy.html")
    #expect(page.link(to: deep) == "deploy.files/a/b/c.html")
    #expect(deep.link(to: SitePath("index.html")) == "../../../../index.html")
    #expect(SitePath("index.html").link(to: deep) == "agents/deploy.files/a/b/c.html")
    #expect(SitePath("ab", "c.html").link(to: SitePath("abc", "d.html")) == "../abc/d.html")
    #expect((page.root, deep.root, SitePath("index.html").root) == ("../", "../../../../", ""))
  }
}
