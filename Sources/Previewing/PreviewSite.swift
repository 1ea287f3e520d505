import Files
import Synchronization
import Text

/// The site that is shown, as it stands now, and whoever wants to hear when it changes.
public final class PreviewSite: Sendable {
  /// Something that is wrong, for the person who writes.
  public struct Trouble: Sendable, Equatable, Encodable {
    /// What is wrong, as one sentence.
    public let message: String
    /// What to do about it, or empty.
    public let help: String
    /// The file, as a person finds it, where it is known.
    public let file: String?
    /// The line, from 1, where it is known.
    public let line: Int?
    /// The column, from 1, where it is known.
    public let column: Int?
    /// The lines around it, each with its number.
    public let excerpt: [Line]

    /// A line of a file.
    public struct Line: Sendable, Equatable, Encodable {
      /// Its number, from 1.
      public let number: Int
      /// What is in it.
      public let text: String
    }

    /// Makes a trouble, with the lines around its place, as the file has them now.
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
      // The file may have become shorter since the line was found.
      guard (1...lines.count).contains(line) else { return [] }
      return (max(1, line - 2)...min(line + 2, lines.count)).map { number in
        let text = String(decoding: bytes[lines.range(of: number)].prefix(400), as: UTF8.self)
        return Line(number: number, text: String(text.prefix { !$0.isNewline }))
      }
    }
  }

  /// The folder that holds the site.
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
    /// The path of its address.
    let page: String
    /// The entity tag that it was told last.
    var tag: String?
  }

  /// What listeners are told.
  enum Event: Sendable, Equatable {
    /// The site is another; the page of the listener has this entity tag now, in case it was another before.
    case changed(tag: String)
    /// What is wrong now; nothing where all is well again.
    case troubles([Trouble])
  }

  /// Makes a site that has no files yet.
  public init(folder: String) { self.folder = folder }

  /// Says what the site is made of now.
  ///
  /// - Parameters:
  ///   - files: the paths of its files; nothing else in the folder is shown. Nil where they are what they were.
  ///   - troubles: what is wrong.
  public func update(files: Set<String>?, troubles: [Trouble]) {
    let (changed, listeners) = state.withLock { state in
      if let files { state.files = files }
      let changed = state.troubles == troubles ? nil : troubles
      state.troubles = troubles
      return (changed, state.listeners)
    }
    // Not under the lock: a listener that ends at this moment holds one of its own, and waits for it.
    for (number, listener) in listeners {
      if files != nil { tellTag(number, listener) }
      if let changed { listener.continuation.yield(.troubles(changed)) }
    }
  }

  /// Tells a listener what its page is now.
  private func tellTag(_ number: Int, _ listener: Listener) {
    guard let tag = tag(of: listener.page) else { return }
    state.withLock { $0.listeners[number]?.tag = tag }
    listener.continuation.yield(.changed(tag: tag))
  }

  /// The files whose pages somebody has before them now.
  public var openFiles: Set<String> {
    let pages = state.withLock { state in state.listeners.values.map(\.page) }
    return Set(pages.compactMap { if case .file(let file) = find($0) { file } else { nil } })
  }

  /// How long is waited for pages to load again, and how often it is looked whether they have.
  private static let (patience, looking) = (Duration.milliseconds(250), Duration.milliseconds(4))

  /// Says that these files stand as they are to be, though others do not yet. Returns when the pages that have become
  /// others have been loaded again, so that the browser has the machine to itself for it; or after a while.
  public func bring(_ files: Set<String>) async {
    let (listeners, last) = state.withLock { ($0.listeners.values, $0.lastListener) }
    update(files: state.withLock { $0.files }.union(files), troubles: state.withLock { $0.troubles })
    let awaited = listeners.count { $0.tag != tag(of: $0.page) }
    let end = ContinuousClock.now + Self.patience
    // A page that was loaded again listens again.
    while state.withLock({ $0.lastListener - last < awaited }), ContinuousClock.now < end {
      guard (try? await Task.sleep(for: Self.looking)) != nil else { return }
    }
  }

  /// Ends every listener's stream, and that of each who comes later.
  func end() {
    let listeners = state.withLock { state in
      state.isOver = true
      defer { state.listeners = [:] }
      return Array(state.listeners.values)
    }
    // Not under the lock, as in ``update(files:troubles:)``.
    for listener in listeners { listener.continuation.finish() }
  }

  /// What happens from now on, led by how things stand.
  ///
  /// - Parameter page: the path of the address of the page that listens.
  func events(for page: String) -> AsyncStream<Event> {
    AsyncStream { continuation in
      let listener = Listener(continuation: continuation, page: page)
      let number = state.withLock { state -> Int? in
        if state.isOver { return nil }
        state.lastListener += 1
        state.listeners[state.lastListener] = listener
        // Nobody waits for it yet.
        continuation.yield(.troubles(state.troubles))
        return state.lastListener
      }
      guard let number else { return continuation.finish() }
      continuation.onTermination = { [weak self] _ in
        self?.state.withLock { _ = $0.listeners.removeValue(forKey: number) }
      }
      // The page may have become another since it was asked for.
      tellTag(number, listener)
    }
  }

  /// The entity tag of what stands at the path of an address; nil where it has just gone.
  private func tag(of path: String) -> String? {
    switch find(path) {
    case .file(let file): read(file)?.tag
    case .nothing: read(Self.notFound)?.tag
    case .redirect: nil
    }
  }

  /// The file that is shown where nothing stands.
  static let notFound = "404.html"

  /// A file of the site, or where it should be.
  enum Found: Equatable {
    case file(String)
    case redirect(String)
    case nothing
  }

  /// What stands at the path of an address, percent signs undone. It is compared with the paths of the site's files and
  /// never put together with that of the folder unless it is one of them, so that nothing else can be reached.
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

  /// The bytes of a file that ``find(_:)`` has named, with an entity tag; nil where it has just gone.
  func read(_ file: String) -> (bytes: [UInt8], tag: String)? {
    guard case .success(let bytes) = Disk.read("\(folder)/\(file)") else { return nil }
    return (bytes, "\"\(key.digest(bytes).digits)\"")
  }
}
