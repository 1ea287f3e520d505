import Foundation
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// Notifies about changes in folders, with inotify on Linux (https://man7.org/linux/man-pages/man7/inotify.7.html).
///
/// Where inotify is unavailable, ``init()`` returns nil, and the caller has to poll. Notifications do not say what
/// changed, because checking is cheap.
public final class FolderWatcher: Sendable {
  /// A watched folder, and the relevant names in it; nil for all names.
  public struct Folder: Hashable, Sendable {
    let path: String
    let names: Set<String>?

    /// Creates a folder to watch.
    public init(_ path: String, names: Set<String>? = nil) {
      self.path = path
      self.names = names
    }
  }

  #if os(Linux)
    private let file: Int32
    private let state = Mutex(State())
    private let continuation: AsyncStream<Void>.Continuation

    /// A value for each change or group of changes.
    public let changes: AsyncStream<Void>

    private struct State {
      var watches: [String: Int32] = [:]
      var names: [Int32: Set<String>?] = [:]
    }

    /// Creates a watcher without folders. Returns nil if the system has no more watchers.
    public init?() {
      let file = inotify_init1(Int32(IN_NONBLOCK) | Int32(IN_CLOEXEC))
      guard file >= 0 else { return nil }
      self.file = file
      (changes, continuation) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
      Thread.detachNewThread { [weak self] in
        var request = pollfd(fd: file, events: Int16(POLLIN), revents: 0)
        while poll(&request, 1, Self.patience) >= 0 || errno == EINTR {
          guard let self else { break }
          if request.revents != 0 { self.takeEvents() }
        }
        close(file)
      }
    }

    deinit { continuation.finish() }

    /// The poll timeout in milliseconds, after which the thread checks whether the watcher still exists.
    private static let patience: Int32 = 500

    /// The relevant events.
    private static let events =
      IN_CLOSE_WRITE | IN_MODIFY | IN_MOVED_FROM | IN_MOVED_TO | IN_CREATE | IN_DELETE | IN_ATTRIB | IN_DELETE_SELF
      | IN_MOVE_SELF

    /// Watches these folders, and stops watching all others.
    ///
    /// - Returns: Whether some folders are new, so that changes just before the call were missed. Nil if the system
    ///   cannot watch more folders.
    public func watch(_ folders: [Folder]) -> Bool? {
      var names: [String: Set<String>?] = [:]
      for folder in folders {
        if let known = names[folder.path] {
          names[folder.path] = .some(known.flatMap { known in folder.names.map { known.union($0) } })
        } else {
          names[folder.path] = .some(folder.names)
        }
      }
      return state.withLock { state -> Bool? in
        for (path, watch) in state.watches where names[path] == nil {
          inotify_rm_watch(file, watch)
          state.watches[path] = nil
          state.names[watch] = nil
        }
        var isNew = false
        for (path, wanted) in names {
          // Adding a folder again detects whether it was replaced.
          let watch = inotify_add_watch(file, path, UInt32(Self.events) | UInt32(IN_ONLYDIR))
          if watch < 0 {
            if errno == ENOSPC || errno == ENOMEM { return nil }
            continue
          }
          if state.watches[path] != watch { isNew = true }
          state.watches[path] = watch
          state.names[watch] = .some(wanted)
        }
        return isNew
      }
    }

    /// Reads pending events, and notifies if any of them is relevant.
    private func takeEvents() {
      var matters = false
      var buffer = [UInt8](repeating: 0, count: 1 << 16)
      while true {
        let count = buffer.withUnsafeMutableBytes { readBytes(file, $0) }
        guard count > 0 else { break }
        state.withLock { state in
          for event in Self.events(in: buffer[..<count]) {
            let isLost = event.mask & UInt32(IN_Q_OVERFLOW) != 0
            if event.mask & UInt32(IN_IGNORED) != 0 { state.names[event.watch] = nil }
            guard let names = state.names[event.watch] else {
              matters = matters || isLost
              continue
            }
            matters = matters || event.name.isEmpty || names?.contains(event.name) ?? true
          }
        }
      }
      if matters { continuation.yield() }
    }

    private struct Event {
      let watch: Int32
      let mask: UInt32
      let name: String
    }

    /// Parses events. Each has a watch, a mask, a cookie and the length of the name that follows, padded with zeros.
    private static func events(in bytes: ArraySlice<UInt8>) -> [Event] {
      var events: [Event] = []
      var rest = bytes
      while rest.count >= 16 {
        func word(_ place: Int) -> UInt32 {
          rest.dropFirst(place).prefix(4).withUnsafeBytes { $0.loadUnaligned(as: UInt32.self) }
        }
        let length = Int(word(12))
        let name = rest.dropFirst(16).prefix(length).prefix { $0 != 0 }
        events.append(
          Event(watch: Int32(bitPattern: word(0)), mask: word(4), name: String(decoding: name, as: UTF8.self)))
        rest = rest.dropFirst(16 + length)
      }
      return events
    }
  #else
    /// A value for each change; always empty on this system.
    public let changes = AsyncStream<Void> { $0.finish() }
    /// Returns nil, because this system has no inotify.
    public init?() { return nil }
    /// Does nothing, and returns nil.
    public func watch(_ folders: [Folder]) -> Bool? { nil }
  #endif
}

#if os(Linux)
  /// Calls the system's `read`. Returns the number of bytes, or a negative number if none are available.
  private func readBytes(_ file: Int32, _ buffer: UnsafeMutableRawBufferPointer) -> Int {
    read(file, buffer.baseAddress, buffer.count)
  }
#endif
