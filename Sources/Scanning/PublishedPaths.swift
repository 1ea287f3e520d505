import Files

/// Chooses the published path of each source.
///
/// A source inside a git repository is published relative to the repository's root, any other under its own name. The
/// folders above describe the machine, not the agents. They are added only if two sources would share a path.
struct PublishedPaths {
  /// The published name of the user's home folder, which often contains the person's name.
  static let home = "~"

  /// The sources, with their published paths.
  let requests: [SourceRequest]

  /// Finds the published paths of sources that are read together.
  ///
  /// - Parameters:
  ///   - home: The home folder of the current user; it is published as ``home``.
  ///   - deciding: Folders that determine how their files are read: those of runtimes.
  init(of requests: [SourceRequest], home: String?, deciding: Set<String> = []) {
    var known: [String: String?] = [:]
    let home = home.flatMap(Disk.realPath)
    let (copies, requests) = (requests.filter(\.isCopy), requests.filter { !$0.isCopy })
    var places = requests.map { Place($0, home: home, &known) }
    let tops = Set(places.compactMap(\.top))
    for index in places.indices { places[index].start(below: tops, deciding) }
    while true {
      let colliding = Self.extended(places)
      if colliding.isEmpty { break }
      for index in colliding { places[index].first -= 1 }
    }
    self.requests =
      zip(requests, places).map { request, place in
        var request = request
        request.publishedPath = place.path.joined(separator: "/")
        if request.name == nil, place.isFileAtHome { request.name = "home" }
        return request
      } + copies
  }

  /// Returns the sources that need one more folder in front. A source in a repository gets one only as a last resort,
  /// because code hosts use paths relative to the root.
  private static func extended(_ places: [Place]) -> [Int] {
    let paths = places.map(\.path)
    let groups = Dictionary(grouping: places.indices) { paths[$0].joined(separator: "/") }
    var extended: Set<Int> = []
    func collide(_ one: Int, _ other: Int) {
      for (place, opposite) in [(one, other), (other, one)] where places[place].canExtend {
        let staysFixed = !places[opposite].isInRepository && places[opposite].canExtend
        if !places[place].isInRepository || !staysFixed { extended.insert(place) }
      }
    }
    for (index, path) in paths.enumerated() {
      let base = places[index].base
      for length in 0...path.count {
        let rest = path[length...].joined(separator: "/")
        // One source from each other base folder is enough to detect a collision.
        var bases: Set<String> = [base]
        for other in groups[path[..<length].joined(separator: "/")] ?? [] {
          guard bases.insert(places[other].base).inserted else { continue }
          // A source inside another's path is distinct unless the other contains something with that name.
          if rest.isEmpty || Disk.kind("\(places[other].location)/\(rest)") != nil { collide(index, other) }
          if bases.count > 8 { break }
        }
      }
    }
    return extended.sorted()
  }

  /// The location of a source, and the published part of its path.
  private struct Place {
    let location: String
    /// The root folder of its repository, or nil.
    let top: String?
    private let components: [String]
    /// The index of the home folder among the components, or nil if the source is elsewhere.
    private let home: Int?
    /// Whether it is the current folder.
    private let isCurrent: Bool
    /// The index of the first published component.
    var first = 0

    init(_ request: SourceRequest, home: String?, _ known: inout [String: String?]) {
      let location = Self.location(of: request.path)
      isCurrent = request.path == "." || request.path == "./"
      self.location = location
      let folder = Disk.kind(location) == .folder ? location : Git.parent(of: location)
      top = folder.flatMap { Git.root(of: $0, known: &known) }
      components = location.pathComponents
      let isAtHome = home.map { $0 != "/" && location.path(below: $0) != nil } ?? false
      self.home = isAtHome ? home.map { $0.pathComponents.count - 1 } : nil
    }

    /// The components of the published path; empty for the root of a repository.
    var path: [String] {
      let path = components[first...]
      return first == home ? [PublishedPaths.home] + path.dropFirst() : Array(path)
    }

    /// The folder that the published path is relative to.
    var base: String { components[..<first].joined(separator: "/") }
    var isInRepository: Bool { top != nil }
    var isFileAtHome: Bool { home == components.count - 2 && Disk.kind(location) == .file }
    var canExtend: Bool { first > 0 && first != home }

    /// Sets the first published component, before collisions are considered.
    mutating func start(below tops: Set<String>, _ deciding: Set<String>) {
      if let top {
        // A repository inside that of another source counts as a part of it.
        let outermost = tops.filter { top.path(below: $0) != nil }.min { $0.utf8.count < $1.utf8.count }
        first = (outermost ?? top).pathComponents.count
        return
      }
      first = max(0, components.count - 1)
      guard first != home else { return }
      var place = first
      // The folder of a runtime or of plugins determines how files are read, so it is kept: `.claude/agents`.
      while place > 0, place - 1 != home {
        if FolderNames.areStructure(components[place - 1]) {
          place -= 1
        } else if place > 1, components[place - 2] == "plugins", FolderNames.areStructure(components[place]) {
          place -= 2
        } else {
          break
        }
        if components[place] == "plugins" || deciding.contains(components[place]) { first = place }
      }
      // For the current folder, paths are relative to it, as the user sees them.
      if isCurrent, first == components.count - 1, !FolderNames.areStructure(components[first]) {
        first = components.count
      }
    }

    /// Returns the absolute path of a source. A link to a folder is followed; a link to a file is published under its
    /// own name.
    private static func location(of path: String) -> String {
      let given = path.hasSuffix("/") && path.count > 1 ? String(path.dropLast()) : path
      guard Disk.kind(given) == .file else { return Disk.absolutePath(given) }
      let name = given.lastName
      let folder = Disk.absolutePath(given.lastSlash.map { $0 == given.startIndex ? "/" : String(given[..<$0]) } ?? ".")
      return folder == "/" ? "/\(name)" : "\(folder)/\(name)"
    }
  }
}
