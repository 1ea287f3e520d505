import Files
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

/// Answers requests: with files of the site, or with what happens to it.
struct Answerer: Sendable {
  let site: PreviewSite
  private let hosts = HostCheck()

  init(site: PreviewSite) { self.site = site }

  func answer(_ request: Request, _ context: PreviewContext) async -> Response {
    guard let host = request.head.authority, hosts.allows(host) else {
      return message(.misdirectedRequest, "This preview answers to localhost and to addresses in digits only.\n")
    }
    if Self.hasBody(request) { return refusal(of: context) }
    guard request.method == .get || request.method == .head else {
      var response = message(.methodNotAllowed, "Only GET and HEAD are answered.\n")
      response.headers[.allow] = "GET, HEAD"
      return response
    }
    // Browsers ask proxies for whole addresses, and servers for paths.
    guard request.head.path?.first == "/", let path = request.uri.path.removingPercentEncoding else {
      return message(.badRequest, "This is no path.\n")
    }
    let isHead = request.method == .head
    let wish = FileAnswer.Wish(
      ifNoneMatch: request.headers[.ifNoneMatch], range: request.headers[.range], ifRange: request.headers[.ifRange])
    if path == "/_preview/events", !isHead {
      return events(for: request.uri.queryParameters["page"]?.removingPercentEncoding ?? "/")
    }
    if let (bytes, tag) = Self.own[path] { return answer(bytes, tag, MediaTypes.type(of: path), wish, isHead: isHead) }
    switch site.find(path) {
    case .file(let file): return self.file(file, wish, isHead: isHead) ?? notFound(isHead: isHead)
    case .redirect(let place):
      var response = message(.movedPermanently, "")
      response.headers[.location] = place.addingPercentEncoding(withAllowedCharacters: .urlPathAllowed)
      return response
    case .nothing: return notFound(isHead: isHead)
    }
  }

  /// The files of the preview itself, with their entity tags.
  private static let own = [
    "/_preview/reload.js": (bytes: PackageResources.reload_js, tag: "\"\(FNV.digits(PackageResources.reload_js))\""),
    "/_preview/overlay.css": (PackageResources.overlay_css, "\"\(FNV.digits(PackageResources.overlay_css))\""),
  ]

  private static func hasBody(_ request: Request) -> Bool {
    request.headers[.transferEncoding] != nil || request.headers[.contentLength].map { $0 != "0" } ?? false
  }

  /// Nothing here wants a body. The connection is closed, for the next request stands behind whatever the body may be.
  private func refusal(of context: PreviewContext) -> Response {
    let channel = context.channel
    var response = message(.contentTooLarge, "")
    response.headers[.connection] = "close"
    response.body = ResponseBody(contentLength: 0) { writer in
      try await writer.finish(nil)
      channel.close(promise: nil)
    }
    return response
  }

  // MARK: Files

  private func file(_ name: String, _ wish: FileAnswer.Wish, isHead: Bool) -> Response? {
    guard let (bytes, tag) = site.read(name) else { return nil }
    let content = name.hasSuffix(".html") ? Self.withScript(bytes, tag) : bytes
    var response = answer(content, tag, MediaTypes.type(of: name), wish, isHead: isHead)
    if Self.changesItsName(name) { response.headers[.cacheControl] = "max-age=31536000, immutable" }
    return response
  }

  /// Whether a file is one of those that pages load, whose names change with their content: `style.1a2b3c4d5e.css`.
  private static func changesItsName(_ name: String) -> Bool {
    name.firstMatch(of: /\.[0-9a-f]{10}\.(css|js|svg|woff2)$/) != nil
  }

  private func answer(
    _ content: [UInt8], _ tag: String, _ type: String, _ wish: FileAnswer.Wish, isHead: Bool
  ) -> Response {
    let answer = FileAnswer(wish, size: content.count, tag: tag)
    var response = Response(status: .init(code: answer.status.rawValue), headers: Self.headers(type))
    response.headers[.eTag] = tag
    response.headers[.acceptRanges] = "bytes"
    if let range = answer.contentRange { response.headers[.contentRange] = range }
    if answer.status != .unchanged {
      response.headers[.contentLength] = "\(answer.bytes.count)"
      if !isHead {
        response.body = ResponseBody(byteBuffer: ByteBuffer(bytes: content[answer.bytes]))
      }
    }
    return response
  }

  private func notFound(isHead: Bool) -> Response {
    guard var response = file(PreviewSite.notFound, .init(), isHead: isHead) else {
      return message(.notFound, "Nothing stands here.\n")
    }
    response.status = .notFound
    return response
  }

  /// A page with the script that reloads it, at the end of its head, where that can be found.
  static func withScript(_ page: [UInt8], _ tag: String) -> [UInt8] {
    let end = Array("</head>".utf8)
    guard let place = page.indices.first(where: { page[$0] == end[0] && page[$0...].starts(with: end) }) else {
      return page
    }
    let script = "<script src=\"/_preview/reload.js\" data-tag=\"\(tag.filter { $0 != "\"" })\"></script>\n"
    return page[..<place] + Array(script.utf8) + page[place...]
  }

  // MARK: Events

  /// How often something is said where nothing happens, so that a browser that has gone is noticed.
  private static let pulse = Duration.seconds(15)

  /// What happens, as server-sent events (https://html.spec.whatwg.org/multipage/server-sent-events.html).
  private func events(for page: String) -> Response {
    let site = site
    return Response(
      status: .ok, headers: Self.headers("text/event-stream"),
      body: ResponseBody { writer in
        try await writer.write(ByteBuffer(string: "retry: 500\n\n"))
        let texts = AsyncStream<String> { continuation in
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
        }
        for await text in texts { try await writer.write(ByteBuffer(string: text)) }
        try await writer.finish(nil)
      })
  }

  // MARK: Messages

  private func message(_ status: HTTPResponse.Status, _ text: String) -> Response {
    var response = Response(
      status: status, headers: Self.headers("text/plain; charset=utf-8"),
      body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    response.headers[.contentLength] = "\(text.utf8.count)"
    return response
  }

  private static func headers(_ type: String) -> HTTPFields {
    var fields = HTTPFields()
    fields[.contentType] = type
    // A preview is never out of date: a browser asks every time, and is told when nothing has changed.
    fields[.cacheControl] = "no-cache"
    fields[.xContentTypeOptions] = "nosniff"
    if let policy = HTTPField.Name("Cross-Origin-Resource-Policy") { fields[policy] = "same-origin" }
    return fields
  }
}

extension PreviewSite.Event {
  /// The event as lines of a stream.
  fileprivate var text: String {
    switch self {
    case .changed(let tag): "event: changed\ndata: \(tag)\n\n"
    case .troubles(let troubles):
      "event: troubles\ndata: \(String(decoding: (try? JSONEncoder().encode(troubles)) ?? Data("[]".utf8), as: UTF8.self))\n\n"
    }
  }
}
