import NIOCore
import NIOHTTP1

/// The response to a request.
struct Answer: Sendable {
  var status: HTTPResponseStatus
  var fields: HTTPHeaders
  var body = Body.bytes([])
  /// Whether the connection is closed after the response.
  var isLast = false

  enum Body: Sendable {
    case bytes([UInt8])
    /// A stream of texts. The future completes when the connection is closed.
    case texts(@Sendable (_ closed: EventLoopFuture<Void>) -> AsyncStream<String>)
  }
}
