import Files
import Foundation

/// Walks through the folder of a source without recursion, with names in byte order.
struct FolderWalk {
  /// A file to read.
  struct File {
    /// The path where it was found, relative to the source.
    let path: RelativePath
    /// The path on disk, with links resolved.
    let realPath: String
    let identity: Disk.Identity
    /// The link that leads to it, or nil.
    let link: Link?
  }

  /// A link that is followed.
  struct Link: Hashable {
    /// The path of the link, relative to the source.
    let path: String
    /// The target, with links resolved.
    let target: String
    /// Its position relative to a skill's folder.
    var skill = Skill.none
  }

  /// An entry to visit.
  private struct Entry {
    /// The path, relative to the source; empty for the source itself.
    let path: String
    let realPath: String
    let link: Link?
    /// Its position relative to a skill's folder, at any depth.
    let skill: Skill
  }

  /// The position of a path relative to a skill's folder.
  enum Skill: Hashable {
    case none
    /// In a source or a plugin that is itself a skill, and can contain other items.
    case whole
    /// In a skill that owns everything in its folder.
    case own
  }

  private let root: String
  private let selection: FileSelection
  /// The published path of the source.
  private let published: String
  private let output: String?
  /// The folder that links in the source must not leave, if known.
  private let workTree: String?
  /// The path of the source, relative to the root of its repository.
  private let prefix: String
  private var ignored: IgnoredPaths
  private var repositories: [String: String?] = [:]
  private var pending: [Entry] = []
  /// Links to folders. They are followed after everything else.
  private var folderLinks: [Link] = []
  /// The folders entered through links. Each is entered once.
  private var entered: Set<String> = []

  private(set) var files: [File] = []
  /// Files of unsupported types in skills' folders.
  private(set) var others: [File] = []
  /// The absolute paths of all visited folders.
  private(set) var folders: [String] = []
  private(set) var skipped: [(path: String, kind: SkippedPath.Kind, reason: SkipReason)] = []
  private(set) var problems: [(path: String, reason: String)] = []

  /// Prepares a walk.
  ///
  /// - Parameters:
  ///   - root: The folder, with links resolved.
  ///   - selection: The rules for which files are read.
  ///   - published: The published path of the source.
  ///   - output: The folder of the published site, which isn't a source.
  ///   - workTree: The folder that links must not leave; nil for the git work tree of each link, or the source.
  ///   - git: Used to find ignored files.
  init(
    root: String, selection: FileSelection, published: String = "", output: String?, workTree: String?, git: Git?
  ) {
    self.root = root
    self.published = published
    self.selection = selection
    self.output = output
    self.workTree = workTree
    ignored = IgnoredPaths(git: git)
    let top = Git.root(of: root, known: &repositories)
    prefix = (workTree ?? top).flatMap { root.path(below: $0) } ?? ""
  }

  /// Walks through the folder. Returns false if the folder itself can't be opened.
  mutating func run() -> Bool {
    ignored.ask(aboutSource: root)
    guard enter(Entry(path: "", realPath: root, link: nil, skill: .none)) else { return false }
    visitPending()
    while let link = nextFolderLink() {
      guard entered.insert(link.target).inserted else {
        skip(link.path, .link, .readElsewhere)
        continue
      }
      open(Entry(path: link.path, realPath: link.target, link: link, skill: link.skill))
      visitPending()
    }
    return true
  }

  /// Returns whether a path of the source contains a hidden folder of a runtime.
  func isInRuntimeFolder(_ path: some StringProtocol) -> Bool { selection.isInRuntimeFolder("\(prefix)/\(path)") }

  /// Returns the next link to a folder. Links in runtime folders come first, because runtimes read files there.
  private mutating func nextFolderLink() -> Link? {
    let next = folderLinks.indices.min { left, right in
      let (left, right) = (folderLinks[left], folderLinks[right])
      let (isFirst, isSecond) = (isInRuntimeFolder(left.path), isInRuntimeFolder(right.path))
      return isFirst == isSecond ? left.path.precedesByBytes(right.path) : isFirst
    }
    return next.map { folderLinks.remove(at: $0) }
  }

  private mutating func skip(_ path: String, _ kind: SkippedPath.Kind, _ reason: SkipReason) {
    skipped.append((path, kind, reason))
  }

  // MARK: Files and folders

  private mutating func visitPending() {
    while let entry = pending.popLast() { visit(entry) }
  }

  private mutating func visit(_ entry: Entry) {
    if entry.path.lastName == ".git" || entry.path == FolderNames.baseline { return }
    let isIgnored = ignored.contains(entry.realPath)
    // Most entries are files, so check that first.
    if let identity = Disk.identity(entry.realPath) {
      return isIgnored ? skip(entry.path, .file, .ignoredByGit) : take(entry, identity)
    }
    switch Disk.kind(entry.realPath, followsLinks: false) {
    case .file: problems.append((entry.path, "it changed while the folder was read"))
    case .folder:
      if isIgnored { return skip(entry.path, .folder, .ignoredByGit) }
      // The output folder isn't worth reporting.
      if entry.realPath == output { return }
      if let reason = reasonToSkip(folder: entry) { return skip(entry.path, .folder, reason) }
      // In a skill, everything else in the approvals folder is part of the skill.
      if Self.ownFolders.contains(entry.path.lastName), entry.skill != .own { return }
      open(entry)
    case .other:
      if isIgnored { return skip(entry.path, .link, .ignoredByGit) }
      follow(entry)
    case nil: problems.append((entry.path, "it vanished while the folder was read"))
    }
  }

  /// Folders that Roster keeps next to sources. They belong to the sources.
  private static let ownFolders: Set<String> = [FolderNames.approvals, PublishedSite.ownFolder]

  private func reasonToSkip(folder: Entry) -> SkipReason? {
    guard let path = RelativePath(folder.path) else { return .otherType }
    if PublishedSite.stands(in: folder.realPath) { return .publishedSite }
    if Self.ownFolders.contains(path.lastComponent) { return nil }
    return reasonToSkip(folder: path, in: folder.skill)
  }

  private func reasonToSkip(folder path: RelativePath, in skill: Skill) -> SkipReason? {
    skill == .own
      ? selection.reasonToSkip(folderOfSkill: path) : selection.reasonToSkip(folder: path, of: root.lastName)
  }

  private mutating func take(_ entry: Entry, _ identity: Disk.Identity) {
    guard let path = RelativePath(entry.path) else { return skip(entry.path, .file, .otherType) }
    if entry.skill == .own, isApproval(path) { return }
    let file = File(path: path, realPath: entry.realPath, identity: identity, link: entry.link)
    switch selection.reasonToSkip(file: path, below: published, at: entry.realPath) {
    case nil: files.append(file)
    case .otherType where entry.skill != .none, .issueTemplates where entry.skill == .own:
      if let reason = selection.reasonToSkip(otherFileOfSkill: path) { return skip(entry.path, .file, reason) }
      others.append(file)
    case .some(let reason): skip(entry.path, .file, reason)
    }
  }

  /// Returns whether a file records an approval.
  private func isApproval(_ path: RelativePath) -> Bool {
    path.lastComponent.hasSuffix(".json") && path.folders.last.map { $0 == FolderNames.approvals } ?? false
  }

  /// Enters a folder below the source, and reports it if it can't be opened.
  private mutating func open(_ entry: Entry) {
    if entry.link != nil, entry.link?.target != entry.realPath, !entered.insert(entry.realPath).inserted { return }
    if !enter(entry) { problems.append((entry.path, "the folder cannot be opened")) }
  }

  /// Adds the entries of a folder to the list. Returns false if it can't be opened.
  private mutating func enter(_ entry: Entry) -> Bool {
    guard let names = try? FileManager.default.contentsOfDirectory(atPath: entry.realPath) else {
      folders.append(entry.realPath)
      return false
    }
    if !entry.path.isEmpty {
      if names.contains(DefaultExclusions.virtualEnvironmentFile) {
        skip(entry.path, .folder, .dependencies)
        return true
      }
      if names.contains(".git") {
        if isLinkedWorkTree(entry.realPath) {
          skip(entry.path, .folder, .workTree)
          return true
        }
        ignored.ask(aboutRepository: entry.realPath)
      }
    }
    folders.append(entry.realPath)
    let skill = skill(of: entry, names)
    // The list is a stack, so the first name goes last.
    pending += names.sorted { $1.precedesByBytes($0) }.map { name in
      Entry(
        path: entry.path.isEmpty ? name : "\(entry.path)/\(name)", realPath: Self.joined(entry.realPath, name),
        link: entry.link, skill: skill)
    }
    return true
  }

  /// Returns the position of a folder's entries relative to a skill.
  private func skill(of folder: Entry, _ names: [String]) -> Skill {
    guard folder.skill != .own,
      names.contains(where: { $0.utf8.count == 8 && SkillFolders.describesSkill(at: "\(folder.realPath)/\($0)") })
    else { return folder.skill }
    let isWhole = SkillFolders.mayBeWhole(
      source: folder.path.isEmpty ? root : nil, manifests: selection.pluginManifests
    ) {
      Disk.kind("\(folder.realPath)/\($0)", followsLinks: false) == .file
    }
    return isWhole ? .whole : .own
  }

  private static func joined(_ folder: String, _ name: String) -> String {
    folder.hasSuffix("/") ? folder + name : "\(folder)/\(name)"
  }

  /// Returns whether a folder is another work tree of the repository that contains it.
  private mutating func isLinkedWorkTree(_ folder: String) -> Bool {
    guard let tree = WorkTree(top: folder), tree.isLinked, let above = Git.parent(of: folder),
      let outer = Git.root(of: above, known: &repositories)
    else { return false }
    return WorkTree(top: outer)?.commonFolder == tree.commonFolder
  }

  // MARK: Links

  /// Handles a symbolic link, a device, a pipe or a socket.
  ///
  /// A link is followed if its resolved target is inside the folder that it must not leave, and outside of `.git`.
  private mutating func follow(_ entry: Entry) {
    let target: String
    switch Disk.end(ofLink: entry.realPath) {
    case .path(let path): target = path
    case .missing:
      return report(entry, .brokenLink, "a broken link; remove it, or restore its target")
    case .loop: return report(entry, .linkLoop, "a link that leads back to itself; remove it")
    case .failure(let reason): return problems.append((entry.path, reason))
    }
    // Anything that isn't a link resolves to itself.
    if target == entry.realPath { return problems.append((entry.path, "neither a folder nor a file")) }
    guard let below = target.path(below: boundary(of: entry)), !below.pathComponents.contains(".git") else {
      let isInGit = workTree != nil || repository(of: entry) != nil
      return report(
        entry, .linkLeavesTree,
        "a link that leads out of the \(isInGit ? "repository" : "source"); "
          + "replace it with a copy, or add its target as a source")
    }
    switch Disk.kind(target, followsLinks: false) {
    case .file: followFile(entry, to: target)
    case .folder: followFolder(entry, to: target)
    case .other, nil: problems.append((entry.path, "neither a folder nor a file"))
    }
  }

  private mutating func repository(of entry: Entry) -> String? {
    Git.parent(of: entry.realPath).flatMap { Git.root(of: $0, known: &repositories) }
  }

  /// Returns the folder that a link must not leave: its work tree, or else the source.
  private mutating func boundary(of entry: Entry) -> String { workTree ?? repository(of: entry) ?? root }

  /// Reports a link that isn't followed. It is a problem if a file or a folder of agents is expected there.
  private mutating func report(_ entry: Entry, _ reason: SkipReason, _ words: String) {
    let path = RelativePath(entry.path)
    let names = "\(root.lastName)/\(entry.path)".lowercased().pathComponents
    let isOfAgents = names.contains(where: Self.agentFolders.contains)
    if path.map(selection.takes) ?? false || isOfAgents || isInRuntimeFolder(entry.path) {
      problems.append((entry.path, words))
    } else {
      skip(entry.path, .link, reason)
    }
  }

  /// Names of folders that contain files for runtimes in any place.
  private static let agentFolders: Set<String> = ["agents", "skills", "commands"]

  private mutating func followFile(_ entry: Entry, to target: String) {
    guard let path = RelativePath(entry.path), let own = RelativePath(target.lastName) else { return }
    var reason = selection.reasonToSkip(file: path, below: published, at: entry.realPath)
    let isOther = reason == .otherType && entry.skill != .none
    if isOther { reason = selection.reasonToSkip(otherFileOfSkill: path) }
    if let reason { return skip(entry.path, .link, reason) }
    // A link must not show an unsupported file under a supported name.
    guard selection.includes(own) || !selection.includes(path) && Self.ending(of: own) == Self.ending(of: path) else {
      return skip(entry.path, .link, .otherType)
    }
    if isInOutput(target) { return skip(entry.path, .link, .publishedSite) }
    if ignored.covers(target) { return skip(entry.path, .link, .ignoredByGit) }
    guard let identity = Disk.identity(target) else {
      return problems.append((entry.path, "it changed while the folder was read"))
    }
    if let folder = Git.parent(of: target), folder.path(below: root) == nil { folders.append(folder) }
    let file = File(path: path, realPath: target, identity: identity, link: Link(path: entry.path, target: target))
    if isOther { others.append(file) } else { files.append(file) }
  }

  /// Returns the lowercase extension of a file.
  private static func ending(of path: RelativePath) -> String? {
    path.lastComponent.lowercased().split(separator: ".").last.map(String.init)
  }

  private mutating func followFolder(_ entry: Entry, to target: String) {
    if Git.parent(of: entry.realPath)?.path(below: target) != nil {
      return report(entry, .linkLoop, "a link that leads back to its own folder; remove it")
    }
    guard let path = RelativePath(entry.path) else { return }
    if let reason = reasonToSkip(folder: path, in: entry.skill) { return skip(entry.path, .link, reason) }
    if isInOutput(target) || PublishedSite.stands(in: target) { return skip(entry.path, .link, .publishedSite) }
    if ignored.covers(target) { return skip(entry.path, .link, .ignoredByGit) }
    folderLinks.append(Link(path: entry.path, target: target, skill: entry.skill))
  }

  private func isInOutput(_ path: String) -> Bool { output.flatMap { path.path(below: $0) } != nil }
}
