import Dispatch
import Files
import Foundation
import NIOCore
import NIOHTTP1
import NIOPosix

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

  /// The most connections that are served at a time; no person has more. Others wait until one ends.
  private static let connections = 256
  /// How long what is being sent may take once the program is asked to end.
  private static let grace = Duration.seconds(3)

  /// Serves until the program is asked to end (Ctrl-C), then ends what is open.
  ///
  /// - Parameter onStart: called when requests are answered.
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
        // Once the most that may be have begun, each that begins waits for one to have ended.
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

  /// What tells of a signal, which does nothing else any more.
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
