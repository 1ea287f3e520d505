import Files
import NIOHTTP1
import Support
import Testing

@testable import Previewing

@Suite("Preview responses")
struct AnswererTests {
  private let folder: TemporaryFolder
  private let site: PreviewSite

  init() throws {
    folder = try TemporaryFolder()
    for (name, text) in [
      ("index.html", "<html><head><title>All</title></head><body>Hello</body></html>"), ("agents/index.html", "Agents"),
      ("404.html", "<head></head>Page not found"), ("style.0123456789.css", "body {}"), ("ä b.txt", "0123456789"),
    ] { try folder.write(text, to: name) }
    site = PreviewSite(folder: folder.path)
    site.update(
      files: ["index.html", "agents/index.html", "404.html", "style.0123456789.css", "ä b.txt"], troubles: [])
  }

  /// A response, as a browser sees it.
  private struct Seen {
    let status: UInt
    let headers: HTTPHeaders
    let text: String
    let isLast: Bool

    /// The value of a field that occurs exactly once.
    subscript(name: String) -> String? { headers[name].count == 1 ? headers[name][0] : nil }
  }

  private func ask(
    _ path: String, method: HTTPMethod = .GET, host: String? = "localhost:4040", _ fields: [(String, String)] = []
  ) async throws -> Seen {
    let request = HTTPRequestHead(
      version: .http1_1, method: method, uri: path, headers: HTTPHeaders((host.map { [("Host", $0)] } ?? []) + fields))
    let answer = await Answerer(site: site).answer(request)
    let text = if case .bytes(let bytes) = answer.body { String(decoding: bytes, as: UTF8.self) } else { "" }
    return Seen(status: answer.status.code, headers: answer.fields, text: text, isLast: answer.isLast)
  }

  @Test("Pages include the reload script, and browsers must revalidate them")
  func pages() async throws {
    let page = try await ask("/")
    let tag = try #require(site.read("index.html")).tag
    #expect(page.status == 200 && page["content-type"] == "text/html; charset=utf-8")
    #expect(page["etag"] == tag && page["cache-control"] == "no-cache")
    #expect(page["x-content-type-options"] == "nosniff")
    let script = "<script src=\"/_preview/reload.js\" data-tag=\"\(tag.dropFirst().dropLast())\"></script>"
    #expect(
      page.text == "<html><head><title>All</title>\(script)\n</head><body>Hello</body></html>")
    #expect(page["content-length"] == "\(page.text.utf8.count)")
    #expect(try await ask("/_preview/reload.js")["content-type"] == "text/javascript; charset=utf-8")
    #expect(try await ask("/_preview/overlay.css").text.isEmpty == false)
  }

  @Test("An unchanged page gets 304 and no bytes")
  func unchanged() async throws {
    let tag = try #require(try await ask("/")["etag"])
    let again = try await ask("/", [("If-None-Match", tag)])
    #expect(again.status == 304 && again.text.isEmpty && again["etag"] == tag)
    try folder.write("<head></head>new", to: "index.html")
    #expect(try await ask("/", [("If-None-Match", tag)]).status == 200)
  }

  @Test("A range request gets part of a file with a percent-encoded name")
  func parts() async throws {
    let part = try await ask("/%C3%A4%20b.txt", [("Range", "bytes=2-4")])
    #expect(part.status == 206 && part.text == "234" && part["content-range"] == "bytes 2-4/10")
    #expect(part["content-length"] == "3" && part["accept-ranges"] == "bytes")
    let beyond = try await ask("/%C3%A4%20b.txt", [("Range", "bytes=20-")])
    #expect(beyond.status == 416 && beyond.text.isEmpty && beyond["content-range"] == "bytes */10")
  }

  @Test("HEAD gets the same fields as GET and no bytes")
  func head() async throws {
    for path in ["/", "/gone", "/_preview/reload.js"] {
      let (whole, head) = (try await ask(path), try await ask(path, method: .HEAD))
      #expect(head.status == whole.status && head.headers == whole.headers, "\(path)")
      #expect(head.text.isEmpty && !whole.text.isEmpty, "\(path)")
    }
  }

  @Test("Only files with a digest in their name may be kept by browsers")
  func keeping() async throws {
    #expect(
      try await ask("/style.0123456789.css")["cache-control"] == "max-age=31536000, immutable")
    for path in ["/", "/%C3%A4%20b.txt", "/gone"] {
      #expect(try await ask(path)["cache-control"] == "no-cache", "\(path)")
    }
  }

  @Test("A missing page gets the site's own 404 page, or plain text without one")
  func notFound() async throws {
    for path in ["/gone", "/..%2Fsecret", "/%2E%2E/%2E%2E/etc/passwd", "/.roster/manifest", "/%00"] {
      let answer = try await ask(path)
      #expect(answer.status == 404 && answer.text.contains("Page not found"), "\(path)")
    }
    site.update(files: ["agents/index.html"], troubles: [])
    try Disk.removeFile("\(folder.path)/404.html")
    #expect(try await ask("/gone").status == 404)
    #expect(try await ask("/gone")["content-type"] == "text/plain; charset=utf-8")
  }

  @Test("A folder without its slash is redirected")
  func redirect() async throws {
    let answer = try await ask("/agents")
    #expect(answer.status == 301 && answer["location"] == "/agents/")
  }

  @Test("Foreign or missing hosts are rejected", arguments: ["example.org", "localhost.example.org:4040", "", nil])
  func hosts(host: String?) async throws {
    for path in ["/", "/_preview/reload.js", "/_preview/events"] {
      let answer = try await ask(path, host: host)
      #expect(answer.status == 421 && !answer.text.contains("Hello"), "\(path)")
    }
  }

  @Test("A request with two hosts is rejected")
  func twoHosts() async throws {
    #expect(try await ask("/", [("Host", "example.org")]).status == 421)
  }

  @Test("Other methods, request bodies and invalid addresses are rejected")
  func refused() async throws {
    for method in [HTTPMethod.POST, .PUT, .DELETE, .OPTIONS] {
      let answer = try await ask("/", method: method)
      #expect(answer.status == 405 && answer["allow"] == "GET, HEAD", "\(method)")
    }
    for fields in [("Content-Length", "5"), ("Transfer-Encoding", "chunked")] {
      let answer = try await ask("/", method: .POST, [fields])
      #expect(answer.status == 413 && answer.isLast)
    }
    #expect(try await ask("/", [("Content-Length", "0")]).status == 200)
    for path in ["http://example.org/", "*", "", "/%FF"] {
      #expect(try await ask(path).status == 400, "\(path)")
    }
  }
}
