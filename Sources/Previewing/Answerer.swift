import Files
import Foundation
import NIOHTTP1

/// Responds to requests with files of the site, or with a stream of events.
struct Answerer: Sendable {
  let site: PreviewSite
  private let hosts = HostCheck()

  init(site: PreviewSite) { self.site = site }

  func answer(_ request: HTTPRequestHead) async -> Answer {
    var answer = wholeAnswer(to: request)
    if request.method == .HEAD { answer.body = .bytes([]) }
    return answer
  }

  private func wholeAnswer(to request: HTTPRequestHead) -> Answer {
    let names = request.headers["host"]
    guard names.count == 1, hosts.allows(names[0]) else {
      return message(.misdirectedRequest, "This preview accepts only localhost and IP addresses.\n")
    }
    // No request here needs a body. Close the connection, because the next request would follow the unread body.
    if Self.hasBody(request) {
      var answer = message(.payloadTooLarge, "")
      answer.isLast = true
      return answer
    }
    guard request.method == .GET || request.method == .HEAD else {
      var answer = message(.methodNotAllowed, "Only GET and HEAD are answered.\n")
      answer.fields.add(name: "allow", value: "GET, HEAD")
      return answer
    }
    // Browsers send full URLs to proxies, and paths to servers.
    let target = request.uri.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    guard let path = target.first?.removingPercentEncoding, path.first == "/" else {
      return message(.badRequest, "Invalid path.\n")
    }
    let wish = FileAnswer.Wish(
      ifNoneMatch: Self.field("if-none-match", of: request), range: Self.field("range", of: request),
      ifRange: Self.field("if-range", of: request))
    if path == "/_preview/events", request.method == .GET {
      return events(for: Self.page(target.count > 1 ? target[1] : ""))
    }
    if let (bytes, tag) = Self.own[path] { return answer(bytes, tag, MediaTypes.type(of: path), wish) }
    switch site.find(path) {
    case .file(let file): return self.file(file, wish) ?? notFound()
    case .redirect(let place):
      var answer = message(.movedPermanently, "")
      answer.fields.add(
        name: "location", value: place.addingPercentEncoding(withAllowedCharacters: .urlPathAllowed) ?? "/")
      return answer
    case .nothing: return notFound()
    }
  }

  /// Returns a header field, or nil if it is missing. Repeated fields are joined to a list.
  private static func field(_ name: String, of request: HTTPRequestHead) -> String? {
    let values = request.headers[name]
    return values.isEmpty ? nil : values.joined(separator: ", ")
  }

  /// Returns the page named in a query: `page=%2Findex.html`.
  private static func page(_ query: Substring) -> String {
    let value = query.split(separator: "&").first { $0.hasPrefix("page=") }
    return value?.dropFirst(5).removingPercentEncoding ?? "/"
  }

  /// The preview's own files, with their entity tags.
  private static let own = ["reload.js", "overlay.css"].reduce(into: [String: (bytes: [UInt8], tag: String)]()) {
    let bytes = EmbeddedFiles.bytes(of: "Sources/Previewing/Resources/\($1)")
    $0["/_preview/\($1)"] = (bytes, "\"\(FNV.digits(bytes))\"")
  }

  private static func hasBody(_ request: HTTPRequestHead) -> Bool {
    request.headers.contains(name: "transfer-encoding") || request.headers["content-length"].contains { $0 != "0" }
  }

  // MARK: Files

  private func file(_ name: String, _ wish: FileAnswer.Wish) -> Answer? {
    guard let (bytes, tag) = site.read(name) else { return nil }
    let content = name.hasSuffix(".html") ? Self.withScript(bytes, tag) : bytes
    var answer = answer(content, tag, MediaTypes.type(of: name), wish)
    if Self.changesItsName(name) {
      answer.fields.replaceOrAdd(name: "cache-control", value: "max-age=31536000, immutable")
    }
    return answer
  }

  /// Returns whether a file name contains a content fingerprint: `style.1a2b3c4d5e.css`.
  private static func changesItsName(_ name: String) -> Bool {
    name.firstMatch(of: /\.[0-9a-f]{10}\.(css|js|svg|woff2)$/) != nil
  }

  private func answer(_ content: [UInt8], _ tag: String, _ type: String, _ wish: FileAnswer.Wish) -> Answer {
    let file = FileAnswer(wish, size: content.count, tag: tag)
    var answer = Answer(status: .init(statusCode: file.status.rawValue), fields: Self.fields(type))
    answer.fields.add(name: "etag", value: tag)
    answer.fields.add(name: "accept-ranges", value: "bytes")
    if let range = file.contentRange { answer.fields.add(name: "content-range", value: range) }
    if file.status != .unchanged {
      answer.fields.add(name: "content-length", value: "\(file.bytes.count)")
      answer.body = .bytes(Array(content[file.bytes]))
    }
    return answer
  }

  private func notFound() -> Answer {
    guard var answer = file(PreviewSite.notFound, .init()) else {
      return message(.notFound, "Page not found.\n")
    }
    answer.status = .notFound
    return answer
  }

  /// Returns a page with the reload script at the end of its head, if it has one.
  static func withScript(_ page: [UInt8], _ tag: String) -> [UInt8] {
    let end = Array("</head>".utf8)
    guard let place = page.indices.first(where: { page[$0] == end[0] && page[$0...].starts(with: end) }) else {
      return page
    }
    let script = "<script src=\"/_preview/reload.js\" data-tag=\"\(tag.filter { $0 != "\"" })\"></script>\n"
    return page[..<place] + Array(script.utf8) + page[place...]
  }

  // MARK: Events

  /// The interval of keep-alive messages, with which a closed browser is detected.
  private static let pulse = Duration.seconds(15)

  /// Returns a stream of server-sent events (https://html.spec.whatwg.org/multipage/server-sent-events.html).
  private func events(for page: String) -> Answer {
    let site = site
    return Answer(
      status: .ok, fields: Self.fields("text/event-stream"),
      body: .texts { closed in
        AsyncStream<String> { continuation in
          continuation.yield("retry: 500\n\n")
          let said = Task {
            for await event in site.events(for: page) { continuation.yield(event.text) }
            continuation.finish()
          }
          let pulse = Task {
            while !Task.isCancelled {
              try await Task.sleep(for: Self.pulse)
              continuation.yield(":\n\n")
            }
          }
          continuation.onTermination = { _ in
            said.cancel()
            pulse.cancel()
          }
          closed.whenComplete { _ in continuation.finish() }
        }
      })
  }

  // MARK: Messages

  private func message(_ status: HTTPResponseStatus, _ text: String) -> Answer {
    var fields = Self.fields("text/plain; charset=utf-8")
    fields.add(name: "content-length", value: "\(text.utf8.count)")
    return Answer(status: status, fields: fields, body: .bytes(Array(text.utf8)))
  }

  private static func fields(_ type: String) -> HTTPHeaders {
    [
      "content-type": type,
      // Browsers revalidate on every request, so a preview is never outdated. Unchanged files get a short response.
      "cache-control": "no-cache",
      "x-content-type-options": "nosniff",
      "cross-origin-resource-policy": "same-origin",
    ]
  }
}

extension PreviewSite.Event {
  /// The event in the format of the stream.
  fileprivate var text: String {
    switch self {
    case .changed(let tag): "event: changed\ndata: \(tag)\n\n"
    case .troubles(let troubles):
      "event: troubles\ndata: \(String(decoding: (try? JSONEncoder().encode(troubles)) ?? Data("[]".utf8), as: UTF8.self))\n\n"
    }
  }
}
