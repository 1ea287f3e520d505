import Files

/// Decides under which path each source is published.
///
/// A source inside a git repository is published relative to the repository's top folder, any other under its own
/// name. Folders above that describe the machine, not the agents. They are added only where two sources would share
/// a path.
struct PublishedPaths {
  /// What the home folder of a person is published as, because its name is often that of the person.
  static let home = "~"

  /// The sources, each with its published path.
  let requests: [SourceRequest]

  /// Finds the published paths of sources that are read together.
  ///
  /// - Parameters:
  ///   - home: the home folder of the person who runs the program; it is published as ``home``.
  ///   - deciding: folders that decide how files in them are read: those of runtimes.
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

  /// The sources that need one more folder in front. A source in a repository gets one only where nothing else
  /// helps, because code hosts find its files by the path below the top.
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
        // One of each other folder is enough to tell that there is a collision.
        var bases: Set<String> = [base]
        for other in groups[path[..<length].joined(separator: "/")] ?? [] {
          guard bases.insert(places[other].base).inserted else { continue }
          // A source inside another's path is told apart from it unless the other has something of that name.
          if rest.isEmpty || Disk.kind("\(places[other].location)/\(rest)") != nil { collide(index, other) }
          if bases.count > 8 { break }
        }
      }
    }
    return extended.sorted()
  }

  /// Where a source is, and how much of its path is published.
  private struct Place {
    let location: String
    /// The top folder of its repository, or nil.
    let top: String?
    private let components: [String]
    /// The place of the home folder among the components, or nil where the source is elsewhere.
    private let home: Int?
    /// Whether it is the folder that the program runs in.
    private let isCurrent: Bool
    /// The first component that is published.
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

    /// The published path, by components; none for the top of a repository.
    var path: [String] {
      let path = components[first...]
      return first == home ? [PublishedPaths.home] + path.dropFirst() : Array(path)
    }

    /// The folder that the published path is relative to.
    var base: String { components[..<first].joined(separator: "/") }
    var isInRepository: Bool { top != nil }
    var isFileAtHome: Bool { home == components.count - 2 && Disk.kind(location) == .file }
    var canExtend: Bool { first > 0 && first != home }

    /// Decides which component is published first while nothing collides.
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
      // The folder of a runtime or of plugins says how files are read, so it is kept: `.claude/agents`.
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
      // Where a person works in the folder, paths are as they see them.
      if isCurrent, first == components.count - 1, !FolderNames.areStructure(components[first]) {
        first = components.count
      }
    }

    /// The absolute path of a source. A link to a folder is followed; one to a file is published under its own name.
    private static func location(of path: String) -> String {
      let given = path.hasSuffix("/") && path.count > 1 ? String(path.dropLast()) : path
      guard Disk.kind(given) == .file else { return Disk.absolutePath(given) }
      let name = given.lastName
      let folder = Disk.absolutePath(given.lastSlash.map { $0 == given.startIndex ? "/" : String(given[..<$0]) } ?? ".")
      return folder == "/" ? "/\(name)" : "\(folder)/\(name)"
    }
  }
}
