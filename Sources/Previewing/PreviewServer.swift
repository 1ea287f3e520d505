import Dispatch
import Files
import Foundation
import NIOCore
import NIOHTTP1
import NIOPosix

/// An HTTP server that shows a site, by default only on this machine.
public struct PreviewServer: Sendable {
  private let site: PreviewSite

  /// The address that a server listens on.
  public struct Address: Sendable, Equatable {
    /// The IP address or host name.
    public let host: String
    /// The port.
    public let port: Int

    /// Creates an address.
    public init(host: String, port: Int) {
      self.host = host
      self.port = port
    }

    /// The URL for browsers.
    public var url: String { "http://\(host.contains(":") ? "[\(host)]" : host):\(port)/" }
  }

  /// The reason why a server cannot start.
  public enum Failure: Error, Equatable {
    /// Another program uses the port.
    case portInUse(Address)
    /// The operating system refuses the address.
    case refused(Address, reason: String)
  }

  /// Creates a server.
  public init(_ site: PreviewSite) { self.site = site }

  /// The maximum number of concurrent connections, more than one person needs. Further ones wait.
  private static let connections = 256
  /// The time for responses to finish after the server is asked to stop.
  private static let grace = Duration.seconds(3)

  /// Serves until the program is interrupted (Ctrl-C), then closes all connections.
  ///
  /// - Parameter onStart: Called once the server accepts requests.
  public func run(at address: Address, onStart: @escaping @Sendable () async -> Void) async throws(Failure) {
    do {
      let server = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
        .serverChannelOption(.backlog, value: 256)
        .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
        .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
        .bind(host: address.host, port: address.port) { PreviewConnection.prepare($0) }
      try await serve(server, onStart)
    } catch let error as IOError where error.errnoCode == EADDRINUSE {
      throw .portInUse(address)
    } catch let error as IOError {
      throw .refused(address, reason: String(cString: strerror(error.errnoCode)))
    } catch {
      throw .refused(address, reason: "\(error)")
    }
  }

  private func serve(
    _ server: NIOAsyncChannel<PreviewConnection.Channel, Never>, _ onStart: @escaping @Sendable () async -> Void
  ) async throws {
    let (signals, continuation) = AsyncStream<Void>.makeStream()
    let sources = [SIGINT, SIGTERM].map { Self.source(of: $0, continuation) }
    defer { for source in sources { source.cancel() } }
    let open = OpenChannels()
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask {
        for await _ in signals { break }
        server.channel.close(promise: nil)
        site.end()
        open.finish()
        try? await Task.sleep(for: Self.grace)
        open.close()
      }
      await onStart()
      let answerer = Answerer(site: site)
      try await withThrowingTaskGroup(of: Void.self) { connections in
        // At the limit, each new connection waits until another one has ended.
        var begun = 0
        try await server.executeThenClose { inbound in
          for try await channel in inbound {
            if begun == Self.connections { try await connections.next() } else { begun += 1 }
            connections.addTask { await PreviewConnection(channel: channel, answerer: answerer).run(among: open) }
          }
        }
      }
      group.cancelAll()
    }
  }

  /// Returns a dispatch source for a signal, whose default action is disabled.
  private static func source(
    of number: Int32, _ continuation: AsyncStream<Void>.Continuation
  ) -> any DispatchSourceSignal {
    #if canImport(Darwin)
      signal(number, SIG_IGN)
    #endif
    let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
    source.setEventHandler { continuation.yield() }
    source.activate()
    return source
  }
}
