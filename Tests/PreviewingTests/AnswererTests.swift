import Files
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import NIOEmbedded
import Support
import Testing

@testable import Previewing

@Suite("The preview answers")
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

  /// What a browser sees of an answer.
  private struct Seen {
    let status: Int
    let headers: HTTPFields
    let text: String
  }

  /// Keeps what is written to it.
  private struct Sink: ResponseBodyWriter {
    let bytes: Mutable

    final class Mutable: @unchecked Sendable {
      var text = ""
    }

    mutating func write(_ buffer: ByteBuffer) async throws { bytes.text += String(buffer: buffer) }
    consuming func finish(_ trailingHeaders: HTTPFields?) async throws {}
  }

  private func ask(
    _ path: String, method: HTTPRequest.Method = .get, host: String? = "localhost:4040", _ fields: HTTPFields = [:]
  ) async throws -> Seen {
    let request = Request(
      head: HTTPRequest(method: method, scheme: "http", authority: host, path: path, headerFields: fields),
      body: RequestBody(buffer: ByteBuffer()))
    let context = PreviewContext(
      source: ApplicationRequestContextSource(
        channel: NIOAsyncTestingChannel(), logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }))
    let response = await Answerer(site: site).answer(request, context)
    let bytes = Sink.Mutable()
    try await response.body.write(Sink(bytes: bytes))
    return Seen(status: response.status.code, headers: response.headers, text: bytes.text)
  }

  @Test("with pages, which reload when they change")
  func pages() async throws {
    let page = try await ask("/")
    let tag = try #require(site.read("index.html")).tag
    #expect(page.status == 200 && page.headers[.contentType] == "text/html; charset=utf-8")
    #expect(page.headers[.eTag] == tag && page.headers[.cacheControl] == "no-cache")
    #expect(page.headers[.xContentTypeOptions] == "nosniff")
    let script = "<script src=\"/_preview/reload.js\" data-tag=\"\(tag.dropFirst().dropLast())\"></script>"
    #expect(
      page.text == "<html><head><title>All</title>\(script)\n</head><body>Hello</body></html>")
    #expect(page.headers[.contentLength] == "\(page.text.utf8.count)")
    #expect(try await ask("/_preview/reload.js").headers[.contentType] == "text/javascript; charset=utf-8")
    #expect(try await ask("/_preview/overlay.css").text.isEmpty == false)
  }

  @Test("with 304 and no bytes if the browser has the page")
  func unchanged() async throws {
    let tag = try #require(try await ask("/").headers[.eTag])
    let again = try await ask("/", [.ifNoneMatch: tag])
    #expect(again.status == 304 && again.text.isEmpty && again.headers[.eTag] == tag)
    try folder.write("<head></head>new", to: "index.html")
    #expect(try await ask("/", [.ifNoneMatch: tag]).status == 200)
  }

  @Test("with part of a file, by its name with percent signs")
  func parts() async throws {
    let part = try await ask("/%C3%A4%20b.txt", [.range: "bytes=2-4"])
    #expect(part.status == 206 && part.text == "234" && part.headers[.contentRange] == "bytes 2-4/10")
    #expect(part.headers[.contentLength] == "3" && part.headers[.acceptRanges] == "bytes")
    let beyond = try await ask("/%C3%A4%20b.txt", [.range: "bytes=20-"])
    #expect(beyond.status == 416 && beyond.text.isEmpty && beyond.headers[.contentRange] == "bytes */10")
  }

  @Test("a question for the head with the same fields and no bytes")
  func head() async throws {
    for path in ["/", "/gone", "/_preview/reload.js"] {
      let (whole, head) = (try await ask(path), try await ask(path, method: .head))
      #expect(head.status == whole.status && head.headers == whole.headers, "\(path)")
      #expect(head.text.isEmpty && !whole.text.isEmpty, "\(path)")
    }
  }

  @Test("that browsers may keep a file whose name changes with its content, and no other")
  func keeping() async throws {
    #expect(
      try await ask("/style.0123456789.css").headers[.cacheControl] == "max-age=31536000, immutable")
    for path in ["/", "/%C3%A4%20b.txt", "/gone"] {
      #expect(try await ask(path).headers[.cacheControl] == "no-cache", "\(path)")
    }
  }

  @Test("with the site's own page if there is nothing at an address, and in plain words without one")
  func notFound() async throws {
    for path in ["/gone", "/..%2Fsecret", "/%2E%2E/%2E%2E/etc/passwd", "/.roster/manifest", "/%00"] {
      let answer = try await ask(path)
      #expect(answer.status == 404 && answer.text.contains("Page not found"), "\(path)")
    }
    site.update(files: ["agents/index.html"], troubles: [])
    try Disk.removeFile("\(folder.path)/404.html")
    #expect(try await ask("/gone").status == 404)
    #expect(try await ask("/gone").headers[.contentType] == "text/plain; charset=utf-8")
  }

  @Test("with the address of a folder that lacks its slash")
  func redirect() async throws {
    let answer = try await ask("/agents")
    #expect(answer.status == 301 && answer.headers[.location] == "/agents/")
  }

  @Test("nobody who calls it by another name", arguments: ["example.org", "localhost.example.org:4040", "", nil])
  func hosts(host: String?) async throws {
    for path in ["/", "/_preview/reload.js", "/_preview/events"] {
      let answer = try await ask(path, host: host)
      #expect(answer.status == 421 && !answer.text.contains("Hello"), "\(path)")
    }
  }

  @Test("only questions: no other method, no body, no address of another server")
  func refused() async throws {
    for method in [HTTPRequest.Method.post, .put, .delete, .options] {
      let answer = try await ask("/", method: method)
      #expect(answer.status == 405 && answer.headers[.allow] == "GET, HEAD", "\(method)")
    }
    for fields in [HTTPFields([.init(name: .contentLength, value: "5")]), [.transferEncoding: "chunked"]] {
      let answer = try await ask("/", method: .post, fields)
      #expect(answer.status == 413 && answer.headers[.connection] == "close")
    }
    #expect(try await ask("/", [.contentLength: "0"]).status == 200)
    for path in ["http://example.org/", "*", "", "/%FF"] {
      #expect(try await ask(path).status == 400, "\(path)")
    }
  }
}
