/// Where the web pages of source files are.
public enum SourceURL: Sendable, Hashable {
  /// Nowhere. Nothing is derived from remotes either.
  case off
  /// At a URL with `{path}` as a placeholder. Without one, the path is appended.
  case pattern(String)

  /// The placeholder for the path of a file.
  public static let placeholder = "{path}"

  /// The URL of a file with the placeholder; nil if there are no pages.
  public var pattern: String? {
    guard case .pattern(let text) = self else { return nil }
    return text.contains(Self.placeholder) ? text : text + (text.hasSuffix("/") ? "" : "/") + Self.placeholder
  }
}

/// The web pages of a collection's files.
public struct SourceWeb: Sendable, Hashable {
  /// A folder of a repository.
  public struct Place: Sendable, Hashable {
    /// The server of the repository.
    public let forge: Forge
    /// The state that was read; nil if it isn't known to be on the server.
    public let revision: Forge.Revision?
    /// The path of the folder in the repository; empty for its root.
    public let path: String

    /// Creates a place.
    public init(forge: Forge, revision: Forge.Revision?, path: String) {
      self.forge = forge
      self.revision = revision
      self.path = path
    }
  }

  /// The pages of the source's files, from its configuration; nil if it says nothing about them.
  public let url: SourceURL?
  /// The path of the collection's folder in the source; empty for the source itself.
  public let folder: String
  /// The places of files and folders of the collection, by path; nil for files without a page. The deepest one counts.
  private var places: [String: Place?] = [:]
  /// The folders with at least one file at the path that the place of the folder implies.
  private var settled: Set<String> = []

  /// Creates a value without places.
  public init(url: SourceURL? = nil, folder: String = "") {
    self.url = url
    self.folder = folder
  }

  /// Returns the place of a file in its repository; nil if it is unknown.
  public func place(of file: RelativePath) -> Place? {
    guard let (folder, place) = entry(of: file) else { return nil }
    return place?.joined(folder.isEmpty ? file.description : file.description.path(below: folder) ?? "")
  }

  /// Returns the deepest known folder of a file, or the file itself, with its place.
  private func entry(of file: RelativePath) -> (folder: String, place: Place?)? {
    if places.isEmpty { return nil }
    var folder = file.description
    while true {
      if let place = places[folder] { return (folder, place) }
      if folder.isEmpty { return nil }
      folder = folder.lastSlash.map { String(folder[..<$0]) } ?? ""
    }
  }

  /// Adds a file. If it isn't where its neighbors suggest, its folder gets a place of its own.
  ///
  /// - Parameters:
  ///   - file: The path in the collection.
  ///   - place: Its place, or nil if it has no page.
  public mutating func add(_ file: RelativePath, at place: Place?) {
    if self.place(of: file) != place {
      let (own, real) = (file.description.pathComponents, place?.path.pathComponents ?? [])
      // The topmost folder that no other file shows to be elsewhere. A deeper known folder would hide it.
      let known = entry(of: file)?.folder.pathComponents.count ?? 0
      var count = min(zip(own.reversed(), real.reversed()).prefix { $0 == $1 }.count, own.count - known)
      while count > 0, settled.contains(own.dropLast(count).joined(separator: "/")) { count -= 1 }
      places[own.dropLast(count).joined(separator: "/")] = .some(
        place.map {
          Place(forge: $0.forge, revision: $0.revision, path: real.dropLast(count).joined(separator: "/"))
        })
    }
    let top = entry(of: file)?.folder ?? ""
    var folder = file.description
    repeat {
      folder = folder.lastSlash.map { String(folder[..<$0]) } ?? ""
    } while folder.path(below: top) != nil && settled.insert(folder).inserted && !folder.isEmpty
  }

  /// Adds all values to a digest.
  func add(to digester: inout Digester) {
    digester.add(url == .off)
    digester.add(url?.pattern)
    digester.add(folder)
    digester.add(places.count)
    for (folder, place) in places.sorted(by: { $0.key.precedesByBytes($1.key) }) {
      digester.add(folder)
      digester.add(place != nil)
      place?.add(to: &digester)
    }
  }
}

extension SourceWeb.Place {
  fileprivate func joined(_ below: String) -> SourceWeb.Place {
    SourceWeb.Place(
      forge: forge, revision: revision, path: [path, below].filter { !$0.isEmpty }.joined(separator: "/"))
  }

  fileprivate func add(to digester: inout Digester) {
    forge.add(to: &digester)
    digester.add(path)
    digester.add(revision?.commit)
    switch revision?.name {
    case .branch(let name): digester.add(["branch", name])
    case .tag(let name): digester.add(["tag", name])
    case nil: digester.add([String]())
    }
  }
}
