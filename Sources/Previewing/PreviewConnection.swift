import NIOCore
import NIOHTTP1
import Synchronization

/// A browser connection. It answers requests one at a time.
struct PreviewConnection: Sendable {
  typealias Channel = NIOAsyncChannel<HTTPServerRequestPart, HTTPPart<HTTPResponseHead, ByteBuffer>>

  let channel: Channel
  let answerer: Answerer

  /// The idle timeout of a connection.
  private static let patience = TimeAmount.seconds(20)
  /// The maximum size of a request's head in bytes, and its maximum number of fields.
  private static let (headLimit, fieldLimit) = (16 << 10, 100)

  /// Adds the handlers to an accepted connection.
  static func prepare(_ channel: any NIOCore.Channel) -> EventLoopFuture<Channel> {
    channel.eventLoop.makeCompletedFuture {
      var limits = NIOHTTPDecoderLimitConfiguration()
      limits.maxHeaderFieldSize = headLimit
      limits.maxHeaderListSize = headLimit
      limits.maxHeaderFieldCount = fieldLimit
      // Requests are answered one at a time below. An invalid request gets status 400 and ends the connection.
      try channel.pipeline.syncOperations.configureHTTPServerPipeline(
        withPipeliningAssistance: false, withErrorHandling: true, withEncoderConfiguration: .init(),
        withDecoderLimitConfiguration: limits)
      try channel.pipeline.syncOperations.addHandlers(IdleStateHandler(readTimeout: patience), IdleEnding())
      return try Channel(wrappingChannelSynchronously: channel)
    }
  }

  /// Answers requests until the browser closes the connection or the server stops.
  func run(among open: OpenChannels) async {
    open.add(channel.channel)
    // Broken connections can be ignored.
    try? await channel.executeThenClose { inbound, outbound in
      var parts = inbound.makeAsyncIterator()
      while case .head(let head)? = try await parts.next() {
        let answer = await answerer.answer(head)
        let isLast = answer.isLast || !head.isKeepAlive
        try await write(answer, to: head, isLast: isLast, outbound)
        if isLast { return }
        // Bodies have been rejected already, so skip to the end of the request.
        while let part = try await parts.next() { if case .end = part { break } }
      }
    }
    open.remove(channel.channel)
  }

  private func write(
    _ answer: Answer, to request: HTTPRequestHead, isLast: Bool,
    _ outbound: NIOAsyncChannelOutboundWriter<HTTPPart<HTTPResponseHead, ByteBuffer>>
  ) async throws {
    var head = HTTPResponseHead(version: request.version, status: answer.status, headers: answer.fields)
    if isLast { head.headers.replaceOrAdd(name: "connection", value: "close") }
    switch answer.body {
    case .bytes(let bytes):
      var parts: [HTTPPart<HTTPResponseHead, ByteBuffer>] = [.head(head)]
      if !bytes.isEmpty { parts.append(.body(ByteBuffer(bytes: bytes))) }
      try await outbound.write(contentsOf: parts + [.end(nil)])
    case .texts(let texts):
      try await outbound.write(.head(head))
      let texts = texts(channel.channel.closeFuture)
      for await text in texts { try await outbound.write(.body(ByteBuffer(string: text))) }
      try await outbound.write(.end(nil))
    }
  }
}

/// Closes an idle connection, unless it is waiting for a response. Converts response parts to the encoder's type.
private final class IdleEnding: ChannelDuplexHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias InboundOut = HTTPServerRequestPart
  typealias OutboundIn = HTTPPart<HTTPResponseHead, ByteBuffer>
  typealias OutboundOut = HTTPServerResponsePart

  /// The number of incomplete requests, and the number of incomplete responses.
  private var (requests, answers) = (0, 0)

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch unwrapInboundIn(data) {
    case .head: (requests, answers) = (requests + 1, answers + 1)
    case .body: break
    case .end: requests -= 1
    }
    context.fireChannelRead(data)
  }

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    let part: HTTPServerResponsePart
    switch unwrapOutboundIn(data) {
    case .head(let head): part = .head(head)
    case .body(let bytes): part = .body(.byteBuffer(bytes))
    case .end(let fields):
      part = .end(fields)
      answers -= 1
    }
    context.write(wrapOutboundOut(part), promise: promise)
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if event is IdleStateHandler.IdleStateEvent {
      if requests > 0 || answers == 0 { context.close(promise: nil) }
    } else {
      context.fireUserInboundEventTriggered(event)
    }
  }
}

/// The open connections, to be closed when the server stops.
final class OpenChannels: Sendable {
  private let state = Mutex(State())

  private struct State {
    var isOver = false
    var channels: [ObjectIdentifier: any NIOCore.Channel] = [:]
  }

  /// Adds a connection. If the server is stopping, the connection gets no further request.
  func add(_ channel: any NIOCore.Channel) {
    let isOver = state.withLock { state in
      state.channels[ObjectIdentifier(channel)] = channel
      return state.isOver
    }
    if isOver { channel.close(mode: .input, promise: nil) }
  }

  /// Removes a closed connection.
  func remove(_ channel: any NIOCore.Channel) {
    state.withLock { $0.channels[ObjectIdentifier(channel)] = nil }
  }

  /// Stops further requests on all connections, so that each ends after its current response.
  func finish() {
    let channels = state.withLock { state in
      state.isOver = true
      return state.channels.values.map { $0 }
    }
    for channel in channels { channel.close(mode: .input, promise: nil) }
  }

  /// Closes all connections immediately.
  func close() {
    for channel in state.withLock({ $0.channels.values.map { $0 } }) { channel.close(promise: nil) }
  }
}
