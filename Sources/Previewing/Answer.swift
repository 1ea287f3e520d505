import NIOCore
import NIOHTTP1

/// What is said to a request.
struct Answer: Sendable {
  var status: HTTPResponseStatus
  var fields: HTTPHeaders
  var body = Body.bytes([])
  /// Whether the connection is closed after it.
  var isLast = false

  enum Body: Sendable {
    case bytes([UInt8])
    /// Texts that come one by one, until the connection is closed, which the future tells.
    case texts(@Sendable (_ closed: EventLoopFuture<Void>) -> AsyncStream<String>)
  }
}
