import Files
import Foundation

/// Scans source folders. It opens no files except manifests, CODEOWNERS files, and files that may describe a skill.
///
/// It skips folders that git ignores, and those in ``DefaultExclusions``, unless they are sources themselves. It also
/// skips folders with a site of this run or an earlier one, which contain copies. A file that links lead to is read
/// once; ``PlaceChoice`` chooses the path.
public struct SourceScanner: Sendable {
  private let selection: FileSelection
  private let output: String?
  private let git: Git?
  private let keeps: @Sendable (String) -> Bool

  /// Creates a scanner.
  ///
  /// - Parameters:
  ///   - selection: The rules for which files are read.
  ///   - output: The output folder of the site, which is never read.
  ///   - git: Used to find ignored files; nil to ignore none.
  ///   - keeps: Whether a selected file is kept, given its absolute path.
  public init(
    selection: FileSelection = FileSelection(), output: String? = nil, git: Git? = nil,
    keeping keeps: @escaping @Sendable (String) -> Bool = { _ in true }
  ) {
    self.selection = selection
    self.git = git
    self.keeps = keeps
    self.output = output.flatMap { Disk.realPath($0) }
  }

  /// Finds the files of all sources.
  ///
  /// - Throws: ``ScanError`` if a source is missing or can't be read. Problems with single files are part of the
  ///   result.
  public func scan(_ requests: [SourceRequest]) throws(ScanError) -> ScanResult {
    var result = ScanResult()
    let isDecided = requests.allSatisfy { $0.publishedPath != nil }
    let decided =
      isDecided ? requests : SourceRequest.published(requests, home: nil, deciding: selection.hiddenFolders)
    let sources = try decided.map { (request) throws(ScanError) in try look(at: request) }
    let choice = PlaceChoice(of: sources.map(\.candidates))
    var keys = CollectionKeys(git: git)
    var found: [Found] = []
    for (number, source) in sources.enumerated() {
      if source.request.isCopy, let tree = source.request.workTree.flatMap(Disk.realPath) {
        result.copies.insert(tree)
        if !source.request.hasHistory { result.copiesWithoutHistory.insert(tree) }
      }
      switch source {
      case .file(let request, let path, let file, let walk):
        guard keeps(file.realPath), choice.isRead(0, of: number) else { continue }
        let own = place(file, request, path, &keys, &result)
        found.append(own)
        if let walk {
          result.folders += walk.folders
          result.skipped += walk.skipped.map { path, kind, reason in
            SkippedPath(
              path: Self.path(path, beside: own.displayPath), publishedPath: Self.path(path, beside: own.publishedPath),
              kind: kind, reason: reason)
          }
          found += parts(of: own, walk)
        }
      case .folder(let request, let root, let walk):
        result.folders += walk.folders
        result.skipped += (walk.skipped + choice.skipped(of: number)).map { root.skipped($0, $1, $2) }
        result.unreadable += walk.problems.map { Self.unread($0.path, $0.reason, in: root) }
        found += place(walk, read: { choice.isRead($0, of: number) }, request, in: root, &keys, &result)
      }
    }
    result.collections = SourceCollection.distinct(result.collections)
    add(found, to: &result)
    var states: [String: String] = [:]
    var roots: [String: String?] = [:]
    for request in decided where !request.isCopy {
      guard let tree = request.workTree.flatMap(Disk.realPath) else { continue }
      states[tree] = Git.root(of: Disk.absolutePath(request.path), known: &roots) ?? tree
    }
    result.owners = FileOwners(of: result.files, states: states, git: git).owners
    return result
  }

  /// Sorts the found files into files and parts of skills.
  private func add(_ found: [Found], to result: inout ScanResult) {
    /// The numbers of the files that describe skills, by folder.
    var skills: [String: Int] = [:]
    var parts: [(file: FoundFile, below: RelativePath, folder: String)] = []
    for file in found {
      let isPart = file.isOther || file.skill.map { !$0.isWhole } ?? false
      let number = isPart ? SourceFile.unnumbered : result.files.count
      let placed = FoundFile(
        source: SourceFile(
          path: file.path, collection: file.collection, displayPath: file.displayPath,
          publishedPath: file.publishedPath, plugin: file.plugin, skill: file.skill, isNamed: file.isNamed,
          number: number),
        absolutePath: file.absolutePath, identity: file.identity)
      if let part = file.part { parts.append((placed, part.below, part.folder)) }
      guard !isPart else { continue }
      result.files.append(placed)
      if let folder = file.describedSkill, skills[folder] == nil { skills[folder] = number }
    }
    let owned = parts.compactMap { part in
      skills[part.folder].map { FoundPart(file: part.file, path: part.below, skill: $0) }
    }.sorted { ($0.skill, $0.path) < ($1.skill, $1.path) }
    // Sources can overlap.
    for part in owned where result.parts.last.map({ ($0.skill, $0.path) != (part.skill, part.path) }) ?? true {
      result.parts.append(part)
    }
  }

  private struct Found: Sendable {
    let path: RelativePath
    let collection: Int
    let absolutePath: String
    let displayPath: String
    let publishedPath: String
    let plugin: PluginPlace?
    let skill: SkillFolder?
    /// The folder of the skill that it belongs to, and its path relative to that.
    let part: (folder: String, below: RelativePath)?
    /// The folder of the skill that it describes.
    let describedSkill: String?
    /// Whether it has an unsupported type, so that it can only belong to a skill.
    var isOther = false
    let isNamed: Bool
    let identity: Disk.Identity
  }

  /// A folder to read, with its names.
  private struct Root {
    let location: String
    let given: String
    let published: String

    /// Returns the terminal path of an entry below the folder. The empty path gives the folder itself.
    func displayPath(_ below: String) -> String { given == "." && !below.isEmpty ? below : Self.joined(given, below) }

    /// Returns the published path of an entry below the folder. The empty path gives the folder itself.
    func publishedPath(_ below: String) -> String {
      let path = Self.joined(published, below)
      return path.isEmpty ? "." : path
    }

    func skipped(_ below: String, _ kind: SkippedPath.Kind, _ reason: SkipReason) -> SkippedPath {
      SkippedPath(path: displayPath(below), publishedPath: publishedPath(below), kind: kind, reason: reason)
    }

    private static func joined(_ folder: String, _ below: String) -> String {
      folder.isEmpty || below.isEmpty ? folder + below : folder.hasSuffix("/") ? folder + below : "\(folder)/\(below)"
    }
  }

  /// A source that was scanned.
  private enum Source {
    /// A single file, with the path as given. If it describes a skill, the walk contains the files of its folder.
    case file(SourceRequest, String, FolderWalk.File, FolderWalk?)
    case folder(SourceRequest, Root, FolderWalk)

    var request: SourceRequest {
      switch self {
      case .file(let request, _, _, _), .folder(let request, _, _): request
      }
    }

    var candidates: [PlaceChoice.Candidate] {
      switch self {
      // A file named explicitly is always read, even if it is a link.
      case .file(_, _, let file, _): [.init(path: file.path.description, realPath: file.realPath)]
      case .folder(_, _, let walk):
        walk.files.map { file in
          .init(
            path: file.path.description, realPath: file.realPath, link: file.link,
            isInRuntimeFolder: walk.isInRuntimeFolder(file.path.description))
        }
      }
    }
  }

  private func look(at request: SourceRequest) throws(ScanError) -> Source {
    let given = request.path.hasSuffix("/") && request.path.count > 1 ? String(request.path.dropLast()) : request.path
    guard let root = Disk.realPath(request.location ?? given) else { throw ScanError.missing(request.path) }
    switch Disk.kind(root) {
    case .file:
      guard let path = RelativePath(given.lastName), let identity = Disk.identity(root) else { throw .missing(given) }
      let file = FolderWalk.File(path: path, realPath: root, identity: identity, link: nil)
      var walk: FolderWalk?
      if SkillFolders.describesSkill(at: root), let folder = Git.parent(of: root) {
        let published = request.publishedPath.flatMap { path in path.lastSlash.map { String(path[..<$0]) } }
        walk = self.walk(through: folder, published: published ?? "", request)
      }
      return .file(request, given, file, walk)
    case .folder:
      guard let walk = walk(through: root, published: request.publishedPath ?? "", request) else {
        throw .unreadable(given, reason: "the folder cannot be opened")
      }
      return .folder(request, Root(location: root, given: given, published: request.publishedPath ?? ""), walk)
    case .other, nil: throw .unreadable(given, reason: "neither a folder nor a file")
    }
  }

  private func walk(through folder: String, published: String, _ request: SourceRequest) -> FolderWalk? {
    var walk = FolderWalk(
      root: folder, selection: selection, published: published, output: output,
      workTree: request.workTree.flatMap(Disk.realPath), git: git)
    return walk.run() ? walk : nil
  }

  /// Places a single file.
  private func place(
    _ file: FolderWalk.File, _ request: SourceRequest, _ given: String, _ keys: inout CollectionKeys,
    _ result: inout ScanResult
  ) -> Found {
    let folder = given.lastSlash.map { String(given[..<$0]) } ?? "."
    let collection = request.name ?? request.usualName ?? Self.name(of: Disk.realPath(folder) ?? folder)
    let published = request.publishedPath ?? file.path.description
    let parent = published.lastSlash.map { String(published[..<$0]) } ?? "."
    var plugins = PluginRoots(in: selection, named: [:])
    let location = Git.parent(of: file.realPath) ?? "/"
    return Found(
      path: file.path,
      collection: Self.add(
        collection, keys.key(of: request, at: location), folder: parent, at: location, .init(), of: request,
        below: "", &result),
      absolutePath: file.realPath, displayPath: given, publishedPath: published,
      plugin: plugins.place(of: file.realPath), skill: nil, part: nil,
      describedSkill: SkillFolders.describesSkill(at: file.realPath)
        ? Git.parent(of: file.realPath) : nil,
      isNamed: true, identity: file.identity)
  }

  private static func path(_ name: String, beside path: String) -> String {
    path.lastSlash.map { path[...$0] + name } ?? name
  }

  /// Returns the files of a skill whose describing file was named explicitly.
  private func parts(of skill: Found, _ walk: FolderWalk) -> [Found] {
    guard let root = skill.describedSkill else { return [] }
    var plugins = PluginRoots(in: selection, named: [:])
    let files = walk.files.map { ($0, false) } + walk.others.map { ($0, true) }
    let skills = SkillFolders(of: walk.files.map(\.path), in: root) { folder in
      folder.isEmpty && SkillFolders.mayBeWhole(root) || plugins.isRoot(folder.isEmpty ? root : "\(root)/\(folder)")
    }
    return files.compactMap { file, isOther in
      guard let own = skills.skill(of: file.path), own.path.isEmpty, keeps(file.realPath) else { return nil }
      return Found(
        path: file.path, collection: skill.collection, absolutePath: file.realPath,
        displayPath: Self.path(file.path.description, beside: skill.displayPath),
        publishedPath: Self.path(file.path.description, beside: skill.publishedPath),
        plugin: plugins.place(of: "\(root)/\(file.path)"), skill: own, part: (root, file.path), describedSkill: nil,
        isOther: true, isNamed: false, identity: file.identity)
    }
  }

  private static func unread(
    _ path: String, _ reason: String, in root: Root, use: UnreadFile.Use = .content
  ) -> UnreadFile {
    UnreadFile(displayPath: root.displayPath(path), publishedPath: root.publishedPath(path), reason: reason, use: use)
  }

  /// Assigns each file to a collection: its plugin, or else the source. If a source contains only folders that are
  /// collections of their own, it is that folder.
  ///
  /// - Parameter isRead: Whether a file is read here, rather than at another path, given its index.
  private func place(
    _ walk: FolderWalk, read isRead: (Int) -> Bool, _ request: SourceRequest, in root: Root,
    _ keys: inout CollectionKeys, _ result: inout ScanResult
  ) -> [Found] {
    let files = walk.files.enumerated().filter { keeps($0.element.realPath) }
      .map { (number: $0.offset, file: $0.element) }
      .sorted { $0.file.path < $1.file.path }.map { (file: $0.file, isRead: isRead($0.number)) }
    let named = request.name != nil
    let name = name(of: request, at: root.location)
    let key = keys.key(of: request, at: root.location)
    let tops = Set(files.map { $0.file.path.firstFolder ?? "" })
    let isShelf = !named && tops.count > 1 && tops.allSatisfy { !$0.isEmpty && !FolderNames.areStructure(String($0)) }
    let manifests = PluginManifests(of: root.location, tops: named ? [] : tops.map(String.init).sorted())
    result.unreadable += manifests.unreadable.map { problem in
      Self.unread(problem.path, problem.reason, in: root, use: .manifest(line: problem.line))
    }
    var plugins = PluginRoots(
      in: selection,
      named: Dictionary(
        uniqueKeysWithValues: Set(manifests.pluginFolders).map { folder in
          (folder.isEmpty ? root.location : "\(root.location)/\(folder)", manifests.listed[folder] ?? [])
        }))
    let skills = SkillFolders(of: files.map(\.file.path), in: root.location) { folder in
      folder.isEmpty && SkillFolders.mayBeWhole(root.location) || plugins.isRoot("\(root.location)/\(folder)")
    }
    func collection(_ name: String, _ key: [String], _ folder: String, _ about: SourceCollection.About) -> Int {
      Self.add(
        name, key, folder: root.publishedPath(folder),
        at: folder.isEmpty ? root.location : "\(root.location)/\(folder)",
        about, of: request, below: folder, &result)
    }
    func place(_ file: FolderWalk.File, isRead: Bool, isOther: Bool) -> Found? {
      let path = file.path
      let skill = skills.skill(of: path)
      // Each skill gets all of its files, even if they are also read at another path.
      guard isRead || isOther || skill.map({ !$0.isWhole }) ?? false else { return nil }
      func folder(_ path: some StringProtocol) -> String { "\(root.location)/\(path)" }
      var (number, below): (Int, RelativePath?)
      if !named, let place = manifests.place(of: path) {
        let top = place.top.isEmpty ? key : keys.key(ofFolder: place.top, in: root.location, key, of: request)
        let own = place.isPlugin ? top + [place.name] : top
        (number, below) = (collection(place.name, own, place.folder, place.about), RelativePath(place.path))
      } else if isShelf, let top = path.firstFolder {
        let own = keys.key(ofFolder: String(top), in: root.location, key, of: request)
        number = collection(String(top), own, String(top), .init())
        below = path.description.path(below: top).flatMap(RelativePath.init)
      } else {
        (number, below) = (collection(name, key, "", manifests.whole ?? .init()), path)
      }
      guard let below else { return nil }
      return Found(
        path: below, collection: number, absolutePath: file.realPath,
        displayPath: root.displayPath(path.description), publishedPath: root.publishedPath(path.description),
        plugin: plugins.place(of: "\(root.location)/\(path)"), skill: skill,
        part: skill.flatMap { own in
          path.description.path(below: own.path).flatMap(RelativePath.init).map { (folder(own.path), $0) }
        },
        describedSkill: SkillFolders.describesSkill(at: "\(root.location)/\(path)")
          ? folder(path.folders.joined(separator: "/")) : nil,
        isOther: isOther, isNamed: false, identity: file.identity)
    }
    return files.compactMap { place($0.file, isRead: $0.isRead, isOther: false) }
      + walk.others.filter { keeps($0.realPath) && skills.skill(of: $0.path) != nil }
      .compactMap { place($0, isRead: true, isOther: true) }
  }

  private func name(of request: SourceRequest, at path: String) -> String {
    request.name ?? request.usualName ?? (request.publishedPath == PublishedPaths.home ? "home" : Self.name(of: path))
  }

  private static func name(of path: String) -> String { path.lastName.isEmpty ? "agents" : path.lastName }

  /// Adds a collection, unless it is known.
  ///
  /// - Parameters:
  ///   - folder: The published path of its folder.
  ///   - location: The absolute path of its folder.
  ///   - below: The path of its folder below the source.
  private static func add(
    _ name: String, _ key: [String], folder: String, at location: String, _ about: SourceCollection.About,
    of request: SourceRequest, below: String, _ result: inout ScanResult
  ) -> Int {
    // A folder and a name are one collection, whatever number was added to the name. Plugins can share a folder.
    let place = ScanResult.Place(name: name, location: location)
    if let known = result.places[place] { return known }
    var former = name
    var number = 2
    while result.collections.contains(where: { $0.formerName == former }) {
      former = "\(name) \(number)"
      number += 1
    }
    var collection = SourceCollection(name: name, key: key, formerName: former, folder: folder, about: about)
    collection.web = SourceWeb(url: request.sourceURL, folder: below)
    result.collections.append(collection)
    result.requests.append(request)
    result.places[place] = result.collections.count - 1
    return result.collections.count - 1
  }
}
