import Files
import Support
import Testing

@testable import Previewing

@Suite("Previewed sites")
struct PreviewSiteTests {
  private let folder: TemporaryFolder
  private let site: PreviewSite

  init() throws {
    folder = try TemporaryFolder()
    for name in ["index.html", "agents/index.html", "agents/a.html", "404.html", "secret.txt", ".roster/manifest"] {
      try folder.write(name, to: name)
    }
    site = PreviewSite(folder: folder.path)
    site.update(files: ["index.html", "agents/index.html", "agents/a.html", "404.html"], troubles: [])
  }

  private func tag(_ file: String) throws -> String { try #require(site.read(file)).tag }

  @Test("Files are found by path, and the index of a folder with a trailing slash")
  func find() {
    #expect(site.find("/") == .file("index.html"))
    #expect(site.find("/agents/a.html") == .file("agents/a.html"))
    #expect(site.find("/agents/") == .file("agents/index.html"))
    #expect(site.find("/agents") == .redirect("/agents/"), "links of a page are relative to its folder")
  }

  @Test(
    "Paths to anything but the site's files find nothing",
    arguments: [
      "", "index.html", "/secret.txt", "/.roster/manifest", "/../secret.txt", "/agents/../index.html", "//index.html",
      "/./index.html", "/agents/a.html/", "/Index.html", "/gone/", "/agents/a", "/index.html\u{0}",
    ])
  func nothing(path: String) { #expect(site.find(path) == .nothing) }

  @Test("The tag of a file depends on its bytes alone")
  func tags() throws {
    let before = try tag("index.html")
    #expect(before.hasPrefix("\"") && before.hasSuffix("\""))
    #expect(try tag("index.html") == before)
    #expect(try tag("agents/a.html") != before)
    try folder.write("other", to: "index.html")
    #expect(try tag("index.html") != before)
    try folder.write("index.html", to: "index.html")
    #expect(try tag("index.html") == before)
    #expect(site.read("gone.html") == nil)
  }

  @Test("A page gets the problems and its tag first, then each change", .timeLimit(.minutes(1)))
  func events() async throws {
    let trouble = PreviewSite.Trouble(message: "Something is wrong")
    site.update(files: nil, troubles: [trouble])
    var events = site.events(for: "/agents/").makeAsyncIterator()
    #expect(await events.next() == .troubles([trouble]))
    #expect(await events.next() == .changed(tag: try tag("agents/index.html")))
    #expect(site.openFiles == ["agents/index.html"])

    try folder.write("new", to: "agents/index.html")
    site.update(files: ["agents/index.html", "404.html"], troubles: [trouble])
    #expect(await events.next() == .changed(tag: try tag("agents/index.html")))
    site.update(files: nil, troubles: [])
    #expect(await events.next() == .troubles([]), "the files are the same, and the problem is fixed")
    // The page is removed, so its address now shows the 404 page.
    site.update(files: ["404.html"], troubles: [])
    #expect(await events.next() == .changed(tag: try tag("404.html")))
    site.end()
    #expect(await events.next() == nil)
    #expect(site.openFiles.isEmpty)
  }

  @Test("A page opened after the end gets an empty stream", .timeLimit(.minutes(1)))
  func late() async throws {
    site.end()
    var events = site.events(for: "/").makeAsyncIterator()
    #expect(await events.next() == nil)
    #expect(site.openFiles.isEmpty)
  }

  @Test("A page can be shown before the rest of the site is ready")
  func bring() async throws {
    try folder.write("new", to: "agents/b.html")
    #expect(site.find("/agents/b.html") == .nothing)
    await site.bring(["agents/b.html"])
    #expect(site.find("/agents/b.html") == .file("agents/b.html") && site.find("/") == .file("index.html"))
  }

  @Test("Addresses are valid URLs, including IPv6")
  func address() {
    #expect(PreviewServer.Address(host: "127.0.0.1", port: 4040).url == "http://127.0.0.1:4040/")
    #expect(PreviewServer.Address(host: "::1", port: 80).url == "http://[::1]:80/")
  }
}
