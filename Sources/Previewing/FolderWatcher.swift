import Foundation
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// Tells when something changes in folders: by inotify on Linux (https://man7.org/linux/man-pages/man7/inotify.7.html).
/// Where that is not to be had, ``init()`` returns nil, and whoever watches has to look now and then.
///
/// What has changed is not told: an event is a reason to look, and looking is cheap.
public final class FolderWatcher: Sendable {
  /// A folder that is watched, and which names in it matter; nil for all.
  public struct Folder: Hashable, Sendable {
    let path: String
    let names: Set<String>?

    /// Makes a folder of a path.
    public init(_ path: String, names: Set<String>? = nil) {
      self.path = path
      self.names = names
    }
  }

  #if os(Linux)
    private let file: Int32
    private let state = Mutex(State())
    private let continuation: AsyncStream<Void>.Continuation

    /// A value for each change, or for several that came together.
    public let changes: AsyncStream<Void>

    private struct State {
      var watches: [String: Int32] = [:]
      var names: [Int32: Set<String>?] = [:]
    }

    /// Makes a watcher of nothing; nil where the system has none to give.
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

    /// How long the thread that waits for events takes to see that nobody wants them any more, in milliseconds.
    private static let patience: Int32 = 500

    /// What happens to a file that makes it worth looking at.
    private static let events =
      IN_CLOSE_WRITE | IN_MODIFY | IN_MOVED_FROM | IN_MOVED_TO | IN_CREATE | IN_DELETE | IN_ATTRIB | IN_DELETE_SELF
      | IN_MOVE_SELF

    /// Watches these folders, and no others any more.
    ///
    /// - Returns: whether some are new, so that what happened in them just before has gone unseen; nil where the system
    ///   watches no more folders.
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
          // To add a folder again is to learn whether it is still the same.
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

    /// Reads what has happened, and says that something has, if it matters.
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

    /// The events in what was read: each a watch, a mask, a cookie and the length of the name that follows, padded with
    /// zeros.
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
    /// A value for each change; there are none.
    public let changes = AsyncStream<Void> { $0.finish() }
    /// There is none here.
    public init?() { return nil }
    /// Watches nothing.
    public func watch(_ folders: [Folder]) -> Bool? { nil }
  #endif
}

#if os(Linux)
  /// What the system's `read` puts into a buffer: how many bytes, or less than none where there are none now.
  private func readBytes(_ file: Int32, _ buffer: UnsafeMutableRawBufferPointer) -> Int {
    read(file, buffer.baseAddress, buffer.count)
  }
#endif
