import Agents
import Files
import Scanning

/// Reads the files whose texts are filled into the items of a configuration, such as `{file:prompts/plan.txt}`.
///
/// Only files in the source are read, without following links. Files that git ignores are not read.
struct InclusionReader: Sendable {
  /// The texts that are filled into a file, and what is known about each of its marks.
  struct Reading: Sendable {
    var texts: IncludedTexts
    var inclusions: [Inclusion] = []
    /// A digest of everything that was read.
    fileprivate(set) var digest: Digest
  }

  private let reader: AgentReader
  private let key: DigestKey
  /// The folders of the sources, by collection.
  private let folders: [Int: String]
  /// The published paths that git ignores.
  private let ignored: Set<String>

  /// The maximum size of a file, in bytes.
  private static let sizeLimit = 1 << 20

  init(_ scan: ScanResult, reader: AgentReader, key: DigestKey) {
    self.reader = reader
    self.key = key
    let collections = Set(scan.files.filter { reader.mayInclude($0.source) }.map(\.source.collection))
    folders = Dictionary(
      uniqueKeysWithValues: collections.compactMap { number in scan.sourceFolder(of: number).map { (number, $0) } })
    ignored =
      collections.isEmpty ? [] : Set(scan.skipped.filter { $0.reason == .ignoredByGit }.map(\.publishedPath))
  }

  /// Reads the files that a configuration includes; nil if it includes none.
  func read(_ bytes: [UInt8], of file: FoundFile) -> Reading? {
    guard let (marks, isWhole) = reader.inclusionMarks(in: bytes, of: file.source) else { return nil }
    var reading = Reading(texts: IncludedTexts(isOfWholeFile: isWhole), digest: key.digest([]))
    var digester = Digester(key: key)
    for mark in marks {
      let (state, content) = content(at: mark.path, of: file)
      let isRead = content.map { reading.texts.add($0, at: mark) } ?? false
      reading.inclusions.append(
        Inclusion(
          path: mark.path, offset: mark.range.lowerBound, state: state == .read && !isRead ? .unreadable : state))
      digester.add(mark.path)
      digester.add(content ?? [])
    }
    reading.digest = digester.digest
    return reading
  }

  private func content(at path: String, of file: FoundFile) -> (state: Inclusion.State, content: [UInt8]?) {
    // Paths such as ~/a.txt and {env:HOME}/a.txt are on the machine of the reader.
    guard !path.hasPrefix("/"), !path.hasPrefix("~"), !path.contains("{"), !path.contains("\\"),
      let folder = folders[file.source.collection],
      let own = file.absolutePath.path(below: folder).flatMap(RelativePath.init)?.resolving(path),
      let published = RelativePath(file.source.publishedPath)?.resolving(path),
      !own.components.contains(".git"), !isIgnored(published)
    else { return (.outside, nil) }
    let place = "\(folder)/\(own)"
    guard let real = Disk.realPath(place) else {
      return (Disk.kind(place, followsLinks: false) == nil ? .missing : .outside, nil)
    }
    guard real == place else { return (.outside, nil) }
    guard let identity = Disk.identity(place), identity.size <= Self.sizeLimit,
      let bytes = try? Disk.readWithIdentity(place, followsLinks: false).get().bytes, bytes.count <= Self.sizeLimit
    else { return (.unreadable, nil) }
    return (.read, bytes)
  }

  private func isIgnored(_ path: RelativePath) -> Bool {
    if ignored.isEmpty { return false }
    var rest = path.description[...]
    while true {
      if ignored.contains(String(rest)) { return true }
      guard let slash = rest.lastSlash else { return false }
      rest = rest[..<slash]
    }
  }
}
