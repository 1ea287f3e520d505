import Files

/// Chooses one path for each file that can be reached by several, so that it is read once.
///
/// A path through a hidden folder of a runtime comes first, because the runtime reads the file there. After that, the
/// file itself takes precedence over a link to it, and an earlier source over a later one.
struct PlaceChoice {
  /// A file as found in a source.
  struct Candidate {
    /// The path, relative to the source.
    let path: String
    /// The path on disk, with links resolved.
    let realPath: String
    /// The link that leads to it, or nil.
    var link: FolderWalk.Link?
    var isInRuntimeFolder = false

    /// Returns whether this path takes precedence over one that was found earlier.
    func isBetter(than other: Candidate) -> Bool {
      // Without links, both are the same path.
      if link == nil, other.link == nil { return false }
      if isInRuntimeFolder != other.isInRuntimeFolder { return isInRuntimeFolder }
      return link == nil && other.link != nil
    }
  }

  /// The source of a candidate, and its number in the source.
  private struct Place: Hashable {
    let source: Int
    let number: Int
  }

  private let sources: [[Candidate]]
  /// The chosen place of each file, by its resolved path.
  private var places: [String: Place] = [:]
  /// The resolved folders whose files are read through a link to the folder.
  private var linkedFolders: Set<String> = []

  /// Chooses a path for each file of all sources.
  init(of sources: [[Candidate]]) {
    self.sources = sources
    for (source, candidates) in sources.enumerated() {
      for (number, candidate) in candidates.enumerated() {
        let known = places[candidate.realPath].map { sources[$0.source][$0.number] }
        if known.map(candidate.isBetter) ?? true {
          places[candidate.realPath] = Place(source: source, number: number)
        }
      }
    }
    for (realPath, place) in places {
      if let link = sources[place.source][place.number].link, link.target != realPath {
        linkedFolders.insert(link.target)
      }
    }
  }

  /// Returns whether a file is read at its path in a source.
  func isRead(_ number: Int, of source: Int) -> Bool {
    places[sources[source][number].realPath] == Place(source: source, number: number)
  }

  /// Returns the skipped paths of a source: links whose target is read at another path, and files and folders that are
  /// read through a link. Files that an earlier source contains at the same path aren't listed.
  func skipped(of source: Int) -> [(path: String, kind: SkippedPath.Kind, reason: SkipReason)] {
    let candidates = sources[source]
    let others = candidates.indices.filter { !isRead($0, of: source) }
    if others.isEmpty { return [] }
    let read = candidates.indices.filter { isRead($0, of: source) }
    let readLinks = Set(read.compactMap { candidates[$0].link })
    let readFolders = Set(
      read.filter { candidates[$0].link == nil }.flatMap { linkedFolders(above: candidates[$0].realPath) })
    var seen: Set<String> = []
    return others.compactMap { number in
      let candidate = candidates[number]
      var (path, kind) = (candidate.path, SkippedPath.Kind.file)
      if let link = candidate.link {
        if !readLinks.contains(link) { (path, kind) = (link.path, .link) }
      } else if places[candidate.realPath].flatMap({ sources[$0.source][$0.number].link }) == nil {
        return nil
      } else if let folder = linkedFolders(above: candidate.realPath).first(where: { !readFolders.contains($0) }),
        let below = candidate.realPath.path(below: folder), path.utf8.count > below.utf8.count + 1
      {
        (path, kind) = (String(decoding: path.utf8.dropLast(below.utf8.count + 1), as: UTF8.self), .folder)
      }
      return seen.insert(path).inserted ? (path, kind, .readElsewhere) : nil
    }
  }

  /// Returns the parent folders of a file that are read through a link, from the top down.
  private func linkedFolders(above realPath: String) -> [String] {
    linkedFolders.isEmpty ? [] : linkedFolders.filter { realPath.path(below: $0) != nil }.sorted()
  }
}
