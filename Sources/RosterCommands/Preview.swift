import Files
import Foundation
import Previewing
import Publishing

/// Runs `roster serve`: builds the site, serves it, and rebuilds it after changes.
struct Preview: Sendable {
  let command: ServeCommand

  /// The ports to try if none is given.
  private static let usualPorts = 8000...8019

  func run() async throws {
    let folder = try Self.makeFolder()
    defer { Disk.removeTree(folder) }
    let site = PreviewSite(folder: "\(folder)/site")
    let watcher = FolderWatcher()
    let cache: CacheFolder
    do throws(Disk.Failure) { cache = try .open("\(folder)/cache") } catch {
      throw CommandFailure.failed(error.description)
    }
    var rebuilding = Rebuilding(command: command, site: site, cache: cache)
    let first = try await rebuilding.first()
    Terminal.output(first.line)
    let watching = Task { [rebuilding] in await watch(rebuilding, watcher, first.folders) }
    let end = await served(site)
    // Wait for the current build before its folder is removed.
    watching.cancel()
    await watching.value
    try end.get()
  }

  private func served(_ site: PreviewSite) async -> Result<Void, CommandFailure> {
    do throws(CommandFailure) {
      return .success(try await serve(site))
    } catch {
      return .failure(error)
    }
  }

  /// Creates a folder that other users can't read.
  private static func makeFolder() throws(CommandFailure) -> String {
    let name = "roster-preview-\(ProcessInfo.processInfo.processIdentifier)-\(UInt32.random(in: 0 ... .max))"
    let folder = FileManager.default.temporaryDirectory.appending(path: name)
    do {
      try FileManager.default.createDirectory(
        at: folder, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
    } catch {
      throw .failed("\(folder.path(percentEncoded: false)): cannot create a folder for the preview")
    }
    return folder.path(percentEncoded: false)
  }

  // MARK: Serving

  private func serve(_ site: PreviewSite) async throws(CommandFailure) {
    let ports = command.port.map { [Int($0)] } ?? Array(Self.usualPorts)
    for port in ports {
      let address = PreviewServer.Address(host: command.host, port: port)
      do throws(PreviewServer.Failure) {
        return try await PreviewServer(site).run(at: address) { announce(address) }
      } catch {
        switch error {
        case .portInUse: continue
        case .refused(let address, let reason): throw .failed("cannot serve at \(address.url): \(reason)")
        }
      }
    }
    guard let port = command.port else {
      throw .failed(
        "the ports \(Self.usualPorts.lowerBound) to \(Self.usualPorts.upperBound) are all in use; choose another with --port"
      )
    }
    throw .failed("port \(port) is in use; choose another, or leave out --port to use the next free one")
  }

  private func announce(_ address: PreviewServer.Address) {
    Terminal.output("Serving at \(address.url). Press Ctrl-C to stop.")
    guard command.open else { return }
    let opener = Process()
    #if os(macOS)
      opener.executableURL = URL(filePath: "/usr/bin/open")
      opener.arguments = [address.url]
    #else
      opener.executableURL = URL(filePath: "/usr/bin/env")
      opener.arguments = ["xdg-open", address.url]
    #endif
    opener.standardOutput = FileHandle.nullDevice
    opener.standardError = FileHandle.nullDevice
    opener.terminationHandler = { process in
      if process.terminationStatus != 0 { Terminal.error("roster: cannot open a browser") }
    }
    do { try opener.run() } catch { Terminal.error("roster: cannot open a browser") }
  }

  // MARK: Watching

  /// The time to wait for files that are saved together, and the polling interval if file notifications are
  /// unavailable.
  private static let (gathering, looking) = (Duration.milliseconds(5), Duration.seconds(1))

  private func watch(_ rebuilding: Rebuilding, _ watcher: FolderWatcher?, _ folders: [FolderWatcher.Folder]) async {
    var rebuilding = rebuilding
    var folders = folders
    guard let watcher, var isNew = watcher.watch(folders) else { return await look(rebuilding) }
    var changes = watcher.changes.makeAsyncIterator()
    while !Task.isCancelled {
      // Changes in a folder before it was watched have been missed, so build at once.
      if !isNew {
        guard await changes.next() != nil, (try? await Task.sleep(for: Self.gathering)) != nil else { return }
      }
      folders = await rebuilding.next()
      guard let added = watcher.watch(folders) else { return await look(rebuilding) }
      isNew = added
    }
  }

  /// Rebuilds at regular intervals, which is cheap if nothing has changed.
  private func look(_ rebuilding: Rebuilding) async {
    Terminal.error("roster: file notifications are unavailable; checking for changes every second")
    var rebuilding = rebuilding
    while (try? await Task.sleep(for: Self.looking)) != nil { _ = await rebuilding.next() }
  }
}
