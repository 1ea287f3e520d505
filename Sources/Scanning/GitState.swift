import Files
import Foundation

/// A source in the state of a commit, written to a temporary folder so that it can be scanned like any other.
/// Everything keeps its place within the repository, so links resolve as they do there.
public struct GitState: Sendable {
  /// The path of the source in the temporary folder; nil if there was nothing to read.
  public private(set) var location: String?
  /// The folder that represents the top of the repository. Links must not leave it.
  public let workTree: String
  /// The files that could not be written out, with their original paths and the reasons.
  public private(set) var unreadable: [UnreadFile] = []

  private let selection: FileSelection
  /// The path of the source, relative to the top of its repository; empty for the top.
  private let path: String
  private let target: String
  /// The temporary paths of the files and links written so far.
  private var done: Set<String> = []

  /// The number of bytes to request from git at once.
  private static let portion = 32 << 20

  /// A file in a commit.
  private struct Entry {
    let file: GitRepository.File
    /// The temporary path.
    let place: String
  }

  /// Writes a source to a temporary folder.
  ///
  /// - Parameters:
  ///   - path: The path of the source, relative to the top of its repository; empty for the top.
  ///   - commit: The commit.
  ///   - repository: The repository.
  ///   - selection: The selection of files.
  ///   - folder: The temporary folder. Sources of the same repository and commit may share it.
  /// - Throws: ``Disk/Failure`` if writing fails, or if the repository lacks a selected file.
  public init(
    of path: String, at commit: GitRepository.Commit, in repository: GitRepository, selection: FileSelection,
    into folder: String
  ) throws(Disk.Failure) {
    self.selection = selection
    self.path = path
    let name = repository.root.lastName
    workTree = "\(folder)/\(name.isEmpty ? "agents" : name)"
    target = path.isEmpty ? workTree : "\(workTree)/\(path)"
    try Disk.makeFolder(folder)
    try layOut(commit.commit.id, of: repository, below: path, in: "", at: workTree, folder)
    try layOutOutside(commit.commit.id, of: repository, folder)
    for (path, _) in CodeOwners.places where Disk.kind("\(workTree)/\(path)", followsLinks: false) == nil {
      guard let bytes = try repository.content(of: path, at: commit) else { continue }
      let file = "\(workTree)/\(path)"
      try Disk.makeFolder(Git.parent(of: file) ?? workTree)
      try Disk.write(bytes, to: file)
    }
  }

  /// Writes out the files that a commit has below a folder.
  ///
  /// - Parameters:
  ///   - top: The folder, relative to the top of the repository.
  ///   - place: The path of that folder relative to the source, with a slash at the end; empty for the source itself.
  ///   - root: The temporary path of the repository's top folder.
  private mutating func layOut(
    _ commit: String, of repository: GitRepository, below top: String, in place: String, at root: String,
    _ folder: String
  ) throws(Disk.Failure) {
    var entries: [Entry] = []
    var links: [GitRepository.File] = []
    func below(_ path: String) -> String { place + (path.path(below: top) ?? path) }
    var skills: Set<String> = []
    let files = try repository.files(of: commit, below: top) { mode, path in
      mode == "160000" || mode.hasPrefix("100") && wants(below(path)) || mode == "120000" && wantsLink(below(path))
    }
    for file in files where FolderNames.describesSkill("\(repository.root)/\(file.path)") {
      skills.insert(file.path.lastSlash.map { String(file.path[..<$0]) } ?? "")
    }
    let known = Set(files.map(\.path))
    let parts = try parts(of: skills, known: known, commit, of: repository, below: top, below)
    for file in files + parts {
      switch file.mode {
      case "160000": try enter(submodule: file.path, at: file.id, of: repository, below(file.path), folder)
      case "120000": links.append(file)
      default: entries.append(Entry(file: file, place: "\(root)/\(file.path)"))
      }
    }
    try layOut(entries, commit, of: repository, folder)
    try layOutIncluded(by: entries, commit, of: repository, below: top, at: root, folder)
    if !links.isEmpty {
      try layOut(links: links, commit, of: repository, at: root, folder, ofAnyType: !skills.isEmpty)
    }
  }

  /// Writes out the files whose texts are filled into configurations.
  private mutating func layOutIncluded(
    by entries: [Entry], _ commit: String, of repository: GitRepository, below top: String, at root: String,
    _ folder: String
  ) throws(Disk.Failure) {
    var wanted: Set<String> = []
    for entry in entries {
      guard let path = RelativePath(entry.file.path), selection.mayInclude(path),
        case .success(let bytes) = Disk.read(entry.place)
      else { continue }
      wanted.formUnion(selection.includedPaths(in: bytes, of: path))
    }
    if wanted.isEmpty { return }
    let files = try repository.files(of: commit, below: top) { mode, path in
      wanted.contains(path) && !done.contains("\(root)/\(path)") && (mode.hasPrefix("100") || mode == "120000")
    }
    let found = files.map { Entry(file: $0, place: "\(root)/\($0.path)") }
    try layOut(found.filter { $0.file.mode != "120000" }, commit, of: repository, folder)
    // Links are not followed, but must exist: a link is not a missing file.
    for link in found where link.file.mode == "120000" {
      if let parent = Git.parent(of: link.place) { try Disk.makeFolder(parent) }
      try Disk.makeLink(link.place, to: ".")
      done.insert(link.place)
    }
  }

  /// Writes out the files outside the source that state facts about its items.
  private mutating func layOutOutside(
    _ commit: String, of repository: GitRepository, _ folder: String
  ) throws(Disk.Failure) {
    if path.isEmpty { return }
    let files = try repository.files(of: commit, below: "") { mode, file in
      mode.hasPrefix("100") && file.path(below: path) == nil
        && RelativePath(file).map { selection.statesFacts($0, about: path) } ?? false
    }
    try layOut(files.map { Entry(file: $0, place: "\(workTree)/\($0.path)") }, commit, of: repository, folder)
  }

  /// Returns the files in the folders of skills that were not selected individually.
  ///
  /// - Parameters:
  ///   - skills: The folders of skills.
  ///   - known: The files that were already selected.
  private func parts(
    of skills: Set<String>, known: Set<String>, _ commit: String, of repository: GitRepository, below top: String,
    _ below: (String) -> String
  ) throws(Disk.Failure) -> [GitRepository.File] {
    if skills.isEmpty { return [] }
    // If the source is the main file of a skill, the skill's folder is the root.
    let isFile = skills.contains { top.path(below: $0) == top.lastName && FolderNames.describesSkill(top) }
    let folder = isFile ? top.lastSlash.map { String(top[..<$0]) } ?? "" : top
    let own = skills.filter { skill in
      !SkillFolders.mayBeWhole(source: skill == folder ? target : nil, manifests: selection.pluginManifests) {
        known.contains(skill.isEmpty ? $0 : "\(skill)/\($0)")
      }
    }
    return try repository.files(of: commit, below: folder) { mode, path in
      guard mode.hasPrefix("100") || mode == "120000", !known.contains(path) else { return false }
      let isOwn = Self.isBelow(own, path)
      return (isOwn || mode != "120000" && Self.isBelow(skills, path))
        && wantsPart(isFile ? path.path(below: folder) ?? path : below(path), of: isOwn)
    }
  }

  /// Writes out links that point to something in the commit, with their targets. Other links are ignored.
  private mutating func layOut(
    links: [GitRepository.File], _ commit: String, of repository: GitRepository, at root: String, _ folder: String,
    ofAnyType: Bool
  ) throws(Disk.Failure) {
    func isRead(_ path: String) -> Bool {
      ofAnyType || RelativePath(path).map { selection.includes($0) || selection.isPlaced($0) } ?? false
    }
    func statesFacts(_ file: String, at target: String, of link: String) -> Bool {
      guard let below = file.path(below: target) else { return false }
      return RelativePath(below.isEmpty ? link : "\(link)/\(below)").map { selection.statesFacts($0) } ?? false
    }
    let all = try repository.files(of: commit, below: "") { mode, path in
      mode == "120000" || mode.hasPrefix("100") && (isRead(path) || selection.mayStateFacts(path))
    }
    var links = links
    while !links.isEmpty {
      let entries = links.map { Entry(file: $0, place: "\(root)/\($0.path)") }
        .filter { done.insert($0.place).inserted }
      links = []
      var targets: [Entry] = []
      for (entry, text) in zip(
        entries, try repository.contents(of: entries.map(\.file), commit, list: "\(folder).wanted"))
      {
        guard let text = String(validating: text, as: UTF8.self), !text.hasPrefix("/"), !text.utf8.contains(0),
          let path = RelativePath(entry.file.path)?.resolving(text)?.description
        else { continue }
        let files = all.filter { file in
          file.path.path(below: path) != nil
            && (file.mode == "120000" || isRead(file.path)
              || statesFacts(file.path, at: path, of: entry.file.path))
        }
        if files.isEmpty { continue }
        links += files.filter { $0.mode == "120000" }
        targets += files.filter { $0.mode != "120000" }.map { Entry(file: $0, place: "\(root)/\($0.path)") }
        if let parent = Git.parent(of: entry.place) { try Disk.makeFolder(parent) }
        try Disk.makeLink(entry.place, to: text)
        note(entry.place)
      }
      try layOut(targets.filter { !done.contains($0.place) }, commit, of: repository, folder)
    }
  }

  /// Records that the source has content if the path is inside the source.
  private mutating func note(_ place: String) {
    if place.path(below: target) != nil { location = target }
  }

  private mutating func layOut(
    _ entries: [Entry], _ commit: String, of repository: GitRepository, _ folder: String
  ) throws(Disk.Failure) {
    var portion: [Entry] = []
    var size = 0
    for (entry, own) in zip(entries, try sizes(entries, commit, of: repository, folder)) {
      portion.append(entry)
      size += own
      if size > Self.portion {
        try write(portion, commit, of: repository, folder)
        (portion, size) = ([], 0)
      }
    }
    try write(portion, commit, of: repository, folder)
  }

  /// Returns the sizes of files, in bytes.
  private func sizes(
    _ entries: [Entry], _ commit: String, of repository: GitRepository, _ folder: String
  ) throws(Disk.Failure) -> [Int] {
    let answer = try repository.batch(
      "--batch-check=%(objectsize)", entries.map(\.file), commit, list: "\(folder).wanted")
    let sizes = answer.split(separator: 0x0A).compactMap { Int(String(decoding: $0, as: UTF8.self)) }
    guard sizes.count == entries.count else { throw repository.missing(entries.map(\.file), of: commit) }
    return sizes
  }

  /// Returns whether a scan would find the file.
  private func wants(_ below: String) -> Bool {
    // The source itself is a file that was named explicitly.
    if below.isEmpty { return true }
    if selection.isManifest(below) { return true }
    guard let path = RelativePath(Self.companion(of: below) ?? below) else { return false }
    let whole = self.path.isEmpty ? path : RelativePath("\(self.path)/\(path)") ?? path
    if selection.statesFacts(whole), selection.enters(path.folders, of: target.lastName) { return true }
    return selection.finds(path, in: target.lastName, below: self.path)
  }

  /// Returns whether a file is in one of the folders, at any depth.
  private static func isBelow(_ folders: Set<String>, _ path: String) -> Bool {
    var rest = path[...]
    while let slash = rest.lastSlash {
      rest = rest[..<slash]
      if folders.contains(String(rest)) { return true }
    }
    return folders.contains("")
  }

  /// Returns whether a scan would find a file in the folder of a skill.
  ///
  /// - Parameter isOwn: Whether the skill owns everything in its folder.
  private func wantsPart(_ below: String, of isOwn: Bool) -> Bool {
    guard let path = RelativePath(below), selection.reasonToSkip(otherFileOfSkill: path) == nil else { return false }
    return isOwn ? selection.entersSkill(path.folders) : selection.enters(path.folders, of: target.lastName)
  }

  /// Returns whether a scan would follow a link at this path.
  private func wantsLink(_ below: String) -> Bool {
    below.isEmpty || RelativePath(below).map { selection.enters($0.folders, of: target.lastName) } ?? false
  }

  /// Returns the file that an approval record belongs to: `a/b.md` for `a/.approvals/b.md.json`. Returns nil for other
  /// paths.
  private static func companion(of path: String) -> String? {
    guard path.hasSuffix(".json") else { return nil }
    var parts = path.dropLast(5).split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count > 1, parts[parts.count - 2] == FolderNames.approvals else { return nil }
    parts.remove(at: parts.count - 2)
    return parts.joined(separator: "/")
  }

  private mutating func enter(
    submodule path: String, at commit: String, of repository: GitRepository, _ below: String, _ folder: String
  ) throws(Disk.Failure) {
    guard selection.enters(below.pathComponents, of: target.lastName) else { return }
    let root = "\(repository.root)/\(path)"
    let submodule = GitRepository(root: root, git: repository.git)
    guard Disk.kind("\(root)/.git") != nil, submodule.commit(named: commit) != nil else {
      let refusal = Disk.kind("\(root)/.git") == nil ? nil : submodule.refusal
      let missing = "the submodule's commit \(commit.prefix(8)) is missing"
      let isThere = Disk.kind(root) != nil
      let reason =
        refusal
        ?? (isThere
          ? "\(missing); run git submodule update --init"
          : "\(missing), and the working files do not have this submodule")
      unreadable.append(UnreadFile(displayPath: path, reason: reason))
      return
    }
    let place = below.isEmpty ? target : "\(target)/\(below)"
    try layOut(commit, of: submodule, below: "", in: below.isEmpty ? "" : below + "/", at: place, folder)
  }

  private mutating func write(
    _ entries: [Entry], _ commit: String, of repository: GitRepository, _ folder: String
  ) throws(Disk.Failure) {
    for (entry, bytes) in zip(
      entries, try repository.contents(of: entries.map(\.file), commit, list: "\(folder).wanted"))
    {
      if let parent = Git.parent(of: entry.place) { try Disk.makeFolder(parent) }
      try Disk.write(Array(bytes), to: entry.place)
      if entry.file.mode == "100755" {
        try? FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: entry.place)
      }
      done.insert(entry.place)
      note(entry.place)
    }
  }
}
