import Files
import Foundation
import Hummingbird
import Logging
import NIOCore
import ServiceLifecycle

/// Shows a site to the person at this machine, and to nobody else unless asked.
public struct PreviewServer: Sendable {
  private let site: PreviewSite

  /// Where a server listens.
  public struct Address: Sendable, Equatable {
    /// The address that it is bound to, or the name of one.
    public let host: String
    /// The port.
    public let port: Int

    /// Makes an address.
    public init(host: String, port: Int) {
      self.host = host
      self.port = port
    }

    /// As a browser wants it.
    public var url: String { "http://\(host.contains(":") ? "[\(host)]" : host):\(port)/" }
  }

  /// Why nothing can be shown.
  public enum Failure: Error, Equatable {
    /// Somebody else listens there.
    case portInUse(Address)
    /// The operating system refuses.
    case refused(Address, reason: String)
  }

  /// Makes a server.
  public init(_ site: PreviewSite) { self.site = site }

  /// How long a connection may say nothing, and how many there may be; no person has more.
  private static let (patience, connections): (TimeAmount, Int) = (.seconds(20), 256)
  /// How large the head of a request may be, in bytes.
  private static let headLimit = 16 << 10

  /// Serves until the program is asked to end (Ctrl-C), then ends what is open.
  ///
  /// - Parameter onStart: called when requests are answered.
  public func run(at address: Address, onStart: @escaping @Sendable () async -> Void) async throws(Failure) {
    var quiet = Logger(label: "roster") { _ in SwiftLogNoOpLogHandler() }
    quiet.logLevel = .critical
    let answerer = Answerer(site: site)
    let application = Application(
      responder: CallbackResponder { (request: Request, context: PreviewContext) in
        await answerer.answer(request, context)
      },
      server: .http1(
        configuration: .init(
          idleTimeout: Self.patience,
          httpDecoderConfiguration: .init(
            maxHeaderFieldSize: Self.headLimit, maxHeaderListSize: Self.headLimit, maxHeaderFieldCount: 100))),
      configuration: .init(
        address: .hostname(address.host, port: address.port),
        availableConnectionsDelegate: .maximum(Self.connections, logger: quiet)),
      onServerRunning: { _ in await onStart() },
      logger: quiet)
    // The last is ended first: the server waits for what is still being sent.
    let group = ServiceGroup(
      configuration: .init(
        services: [application, Ending(site: site)], gracefulShutdownSignals: [.sigint, .sigterm], logger: quiet))
    do {
      try await group.run()
    } catch let error as IOError where error.errnoCode == EADDRINUSE {
      throw .portInUse(address)
    } catch let error as IOError {
      throw .refused(address, reason: String(cString: strerror(error.errnoCode)))
    } catch {
      throw .refused(address, reason: "\(error)")
    }
  }

  /// Ends the streams of events, which would else hold the server back from ending.
  private struct Ending: Service {
    let site: PreviewSite

    func run() async throws {
      // Throws where the server could not begin, and then nothing ends.
      try await gracefulShutdown()
      site.end()
    }
  }
}

/// What is known of a request besides itself.
struct PreviewContext: RequestContext {
  var coreContext: CoreRequestContextStorage
  /// The connection.
  let channel: any Channel

  init(source: ApplicationRequestContextSource) {
    coreContext = CoreRequestContextStorage(source: source)
    channel = source.channel
  }
}
