import NIOCore
import NIOHTTP1
import Synchronization

/// A connection of a browser: reads requests and writes what is answered, one after the other.
struct PreviewConnection: Sendable {
  typealias Channel = NIOAsyncChannel<HTTPServerRequestPart, HTTPPart<HTTPResponseHead, ByteBuffer>>

  let channel: Channel
  let answerer: Answerer

  /// How long a connection may say nothing.
  private static let patience = TimeAmount.seconds(20)
  /// How large the head of a request may be, in bytes, and how many fields it may have.
  private static let (headLimit, fieldLimit) = (16 << 10, 100)

  /// Makes the handlers of a connection that was accepted.
  static func prepare(_ channel: any NIOCore.Channel) -> EventLoopFuture<Channel> {
    channel.eventLoop.makeCompletedFuture {
      var limits = NIOHTTPDecoderLimitConfiguration()
      limits.maxHeaderFieldSize = headLimit
      limits.maxHeaderListSize = headLimit
      limits.maxHeaderFieldCount = fieldLimit
      // Requests are answered one after the other below. What is no request gets status 400, and the connection ends.
      try channel.pipeline.syncOperations.configureHTTPServerPipeline(
        withPipeliningAssistance: false, withErrorHandling: true, withEncoderConfiguration: .init(),
        withDecoderLimitConfiguration: limits)
      try channel.pipeline.syncOperations.addHandlers(IdleStateHandler(readTimeout: patience), IdleEnding())
      return try Channel(wrappingChannelSynchronously: channel)
    }
  }

  /// Answers until the browser ends the connection, or the program is to end.
  func run(among open: OpenChannels) async {
    open.add(channel.channel)
    // A connection that broke off is no concern of anybody's.
    try? await channel.executeThenClose { inbound, outbound in
      var parts = inbound.makeAsyncIterator()
      while case .head(let head)? = try await parts.next() {
        let answer = await answerer.answer(head)
        let isLast = answer.isLast || !head.isKeepAlive
        try await write(answer, to: head, isLast: isLast, outbound)
        if isLast { return }
        // A body has been refused already, and nobody reads what may stand at its end.
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

/// Ends a connection that has said nothing for a while, unless it waits for an answer. Hands answers on in the type that
/// the encoder knows.
private final class IdleEnding: ChannelDuplexHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias InboundOut = HTTPServerRequestPart
  typealias OutboundIn = HTTPPart<HTTPResponseHead, ByteBuffer>
  typealias OutboundOut = HTTPServerResponsePart

  /// Requests of which the end was not read, and answers of which the end was not written.
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

/// The connections that are open, to end them when the program is to end.
final class OpenChannels: Sendable {
  private let state = Mutex(State())

  private struct State {
    var isOver = false
    var channels: [ObjectIdentifier: any NIOCore.Channel] = [:]
  }

  /// Adds one. When the program is to end, it gets no further request.
  func add(_ channel: any NIOCore.Channel) {
    let isOver = state.withLock { state in
      state.channels[ObjectIdentifier(channel)] = channel
      return state.isOver
    }
    if isOver { channel.close(mode: .input, promise: nil) }
  }

  /// Removes one that has ended.
  func remove(_ channel: any NIOCore.Channel) {
    state.withLock { $0.channels[ObjectIdentifier(channel)] = nil }
  }

  /// Lets none get a further request, so that each ends after what it is being sent.
  func finish() {
    let channels = state.withLock { state in
      state.isOver = true
      return state.channels.values.map { $0 }
    }
    for channel in channels { channel.close(mode: .input, promise: nil) }
  }

  /// Ends all at once.
  func close() {
    for channel in state.withLock({ $0.channels.values.map { $0 } }) { channel.close(promise: nil) }
  }
}
