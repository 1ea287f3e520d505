import Files
import Synchronization
import Text

/// The current state of the previewed site, and the browser pages that listen for changes.
public final class PreviewSite: Sendable {
  /// A problem shown to the author.
  public struct Trouble: Sendable, Equatable, Encodable {
    /// The problem, as one sentence.
    public let message: String
    /// The advice, or an empty string.
    public let help: String
    /// The file, as shown to the user, if known.
    public let file: String?
    /// The line, from 1, if known.
    public let line: Int?
    /// The column, from 1, if known.
    public let column: Int?
    /// The surrounding lines with their numbers.
    public let excerpt: [Line]

    /// A line of a file.
    public struct Line: Sendable, Equatable, Encodable {
      /// The line number, from 1.
      public let number: Int
      /// The text.
      public let text: String
    }

    /// Creates a trouble with the surrounding lines from the current file.
    public init(message: String, help: String = "", file: String? = nil, line: Int? = nil, column: Int? = nil) {
      self.message = message
      self.help = help
      self.file = file
      self.line = line
      self.column = column
      excerpt = file.flatMap { file in line.map { Self.excerpt(of: file, around: $0) } } ?? []
    }

    private static func excerpt(of file: String, around line: Int) -> [Line] {
      guard case .success(let bytes) = Disk.read(file) else { return [] }
      let lines = LineIndex(bytes, ending: .any)
      // The file may have become shorter since the line was determined.
      guard (1...lines.count).contains(line) else { return [] }
      return (max(1, line - 2)...min(line + 2, lines.count)).map { number in
        let text = String(decoding: bytes[lines.range(of: number)].prefix(400), as: UTF8.self)
        return Line(number: number, text: String(text.prefix { !$0.isNewline }))
      }
    }
  }

  /// The folder of the site.
  public let folder: String
  private let key = DigestKey.random()
  private let state = Mutex(State())

  private struct State {
    var files: Set<String> = []
    var troubles: [Trouble] = []
    var isOver = false
    var listeners: [Int: Listener] = [:]
    var lastListener = 0
  }

  /// A page that is open in a browser.
  private struct Listener {
    let continuation: AsyncStream<Event>.Continuation
    /// The path of its URL.
    let page: String
    /// The entity tag that it was sent last.
    var tag: String?
  }

  /// An event sent to listeners.
  enum Event: Sendable, Equatable {
    /// The site changed. The tag is the current entity tag of the listener's page, which may be unchanged.
    case changed(tag: String)
    /// The current troubles; empty if there are none.
    case troubles([Trouble])
  }

  /// Creates a site without files.
  public init(folder: String) { self.folder = folder }

  /// Updates the files and troubles, and notifies listeners.
  ///
  /// - Parameters:
  ///   - files: The paths of all files; nothing else in the folder is served. Nil if they are unchanged.
  ///   - troubles: The current problems.
  public func update(files: Set<String>?, troubles: [Trouble]) {
    let (changed, listeners) = state.withLock { state in
      if let files { state.files = files }
      let changed = state.troubles == troubles ? nil : troubles
      state.troubles = troubles
      return (changed, state.listeners)
    }
    // Do this outside the lock: a listener that is ending holds a lock of its own, and waits for this one.
    for (number, listener) in listeners {
      if files != nil { tellTag(number, listener) }
      if let changed { listener.continuation.yield(.troubles(changed)) }
    }
  }

  /// Sends a listener the current entity tag of its page.
  private func tellTag(_ number: Int, _ listener: Listener) {
    guard let tag = tag(of: listener.page) else { return }
    state.withLock { $0.listeners[number]?.tag = tag }
    listener.continuation.yield(.changed(tag: tag))
  }

  /// The files of the pages that are currently open.
  public var openFiles: Set<String> {
    let pages = state.withLock { state in state.listeners.values.map(\.page) }
    return Set(pages.compactMap { if case .file(let file) = find($0) { file } else { nil } })
  }

  /// The maximum time to wait for pages to reload, and the polling interval.
  private static let (patience, looking) = (Duration.milliseconds(250), Duration.milliseconds(4))

  /// Publishes files that are complete, although others are not yet.
  ///
  /// Returns once the browser has reloaded the changed pages, so that it does not compete with the build, or after a
  /// timeout.
  public func bring(_ files: Set<String>) async {
    let (listeners, last) = state.withLock { ($0.listeners.values, $0.lastListener) }
    update(files: state.withLock { $0.files }.union(files), troubles: state.withLock { $0.troubles })
    let awaited = listeners.count { $0.tag != tag(of: $0.page) }
    let end = ContinuousClock.now + Self.patience
    // A reloaded page registers a new listener.
    while state.withLock({ $0.lastListener - last < awaited }), ContinuousClock.now < end {
      guard (try? await Task.sleep(for: Self.looking)) != nil else { return }
    }
  }

  /// Ends the streams of all current and future listeners.
  func end() {
    let listeners = state.withLock { state in
      state.isOver = true
      defer { state.listeners = [:] }
      return Array(state.listeners.values)
    }
    // Do this outside the lock, as in ``update(files:troubles:)``.
    for listener in listeners { listener.continuation.finish() }
  }

  /// Returns a stream of events that begins with the current state.
  ///
  /// - Parameter page: The path of the listening page's URL.
  func events(for page: String) -> AsyncStream<Event> {
    AsyncStream { continuation in
      let listener = Listener(continuation: continuation, page: page)
      let number = state.withLock { state -> Int? in
        if state.isOver { return nil }
        state.lastListener += 1
        state.listeners[state.lastListener] = listener
        // Safe under the lock, because nobody reads the stream yet.
        continuation.yield(.troubles(state.troubles))
        return state.lastListener
      }
      guard let number else { return continuation.finish() }
      continuation.onTermination = { [weak self] _ in
        self?.state.withLock { _ = $0.listeners.removeValue(forKey: number) }
      }
      // The page may have changed since it was requested.
      tellTag(number, listener)
    }
  }

  /// Returns the entity tag of the file at a URL path; nil if the file was just removed.
  private func tag(of path: String) -> String? {
    switch find(path) {
    case .file(let file): read(file)?.tag
    case .nothing: read(Self.notFound)?.tag
    case .redirect: nil
    }
  }

  /// The page shown for unknown addresses.
  static let notFound = "404.html"

  /// The result of looking up a URL path.
  enum Found: Equatable {
    case file(String)
    case redirect(String)
    case nothing
  }

  /// Looks up a percent-decoded URL path.
  ///
  /// It is compared with the paths of the site's files. Only a known path is appended to the folder, so no other file
  /// can be reached.
  func find(_ path: String) -> Found {
    guard path.first == "/" else { return .nothing }
    let name = String(path.dropFirst())
    return state.withLock { state in
      if name.isEmpty || name.hasSuffix("/") {
        return state.files.contains(name + "index.html") ? .file(name + "index.html") : .nothing
      }
      if state.files.contains(name) { return .file(name) }
      return state.files.contains(name + "/index.html") ? .redirect("/" + name + "/") : .nothing
    }
  }

  /// Reads a file returned by ``find(_:)``. Returns its bytes and entity tag; nil if the file was just removed.
  func read(_ file: String) -> (bytes: [UInt8], tag: String)? {
    guard case .success(let bytes) = Disk.read("\(folder)/\(file)") else { return nil }
    return (bytes, "\"\(key.digest(bytes).digits)\"")
  }
}
