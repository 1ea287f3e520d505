import Histories

/// Follows today's files through the commits of a repository, from newest to oldest, and tracks their names at that
/// time.
struct FileFollower {
  /// A commit as read from the log.
  struct Entry {
    let commit: FileHistory.Commit
    let title: String
    /// Whether the commit has no known parents: a root commit, or the oldest commit of a shallow clone.
    let isRoot: Bool
  }

  /// A file that a commit touched.
  struct Touch {
    let kind: LoggedCommit.Touch.Kind
    /// The name at the time of the commit.
    let name: String
    /// The name today; nil if the file no longer exists.
    let today: String?
  }

  let isShallow: Bool
  /// The maximum number of versions kept for each file.
  let versionLimit: Int
  /// Whether the history of a file with this name is needed. Other files of the repository are followed, because they
  /// may have had or get such a name, but their histories are not kept.
  private let isWanted: (String) -> Bool
  /// Maps names at the time of the current commit to names today. Files that were removed later, or do not exist yet at
  /// this commit, have no entry.
  private var names: [String: String] = [:]
  private var gone: Set<String> = []
  /// The commits that removed the files with these names at the time of the current commit.
  private var removals: [String: Entry] = [:]
  private var files: [String: Followed] = [:]
  private var first: FileHistory.Commit?
  /// The former names of files with the name today, or nil if removed, and the commit that renamed or removed it, newest
  /// first.
  private(set) var former: [(name: String, today: String?, entry: Entry)] = []
  /// The maximum number of former names.
  private static let formerLimit = 5000
  /// The number of earlier states that may still be noted.
  private var stateCount = 20_000
  /// The maximum number of earlier states of a file.
  private static let stateLimit = 100

  /// Added files that may be copies of older files, by the hash of their content.
  private var copies: [String: [(name: String, today: String, commit: String)]] = [:]

  private struct Followed {
    let changed: FileHistory.Commit
    var created: FileHistory.Commit?
    var changes = 0
    var versions: [FileHistory.Version] = []
    /// The states before the newest one.
    var states: [FileState] = []
    /// The commit noted last, which is the oldest so far.
    var oldest: FileHistory.Commit
    /// The path of the original, if the file is a copy.
    var copiedFrom: String?
  }

  init(isShallow: Bool, versionLimit: Int, isWanted: @escaping (String) -> Bool) {
    self.isShallow = isShallow
    self.isWanted = isWanted
    self.versionLimit = versionLimit
  }

  /// Returns the name of a file today, or nil if it no longer exists.
  private func today(_ name: String) -> String? { names[name] ?? (gone.contains(name) ? nil : name) }

  mutating func changed(_ name: String, to blob: String?, by entry: Entry) -> Touch {
    settleCopies(of: blob, name, entry)
    guard let today = today(name) else { return Touch(kind: .changed, name: name, today: nil) }
    names[name] = today
    note(today, entry, blob, as: name)
    return Touch(kind: .changed, name: name, today: today)
  }

  mutating func added(_ name: String, as blob: String?, by entry: Entry) -> Touch {
    first = entry.commit
    settleCopies(of: blob, name, entry)
    guard let today = today(name) else {
      removals[name] = nil
      return Touch(kind: .added, name: name, today: nil)
    }
    // The oldest commit of a shallow clone seems to add every file, so it reveals nothing.
    if !(isShallow && entry.isRoot) {
      note(today, entry, blob, as: name)
      files[today]?.created = entry.commit
      if let blob, isWanted(today) { copies[blob, default: []].append((name, today, entry.commit.id)) }
    }
    // In older commits, this name belongs to a different file.
    names[name] = nil
    gone.insert(name)
    return Touch(kind: .added, name: name, today: today)
  }

  mutating func moved(from old: String, to new: String, as blob: String?, by entry: Entry) -> Touch {
    settleCopies(of: blob, new, entry)
    guard let today = today(new) else {
      // The file was renamed, and later removed.
      noteRemoved(old, by: removals.removeValue(forKey: new) ?? entry)
      return Touch(kind: .renamed, name: new, today: nil)
    }
    note(today, entry, blob, as: new)
    note(former: old, today, entry)
    names[new] = nil
    gone.insert(new)
    names[old] = today
    gone.remove(old)
    return Touch(kind: .renamed, name: new, today: today)
  }

  mutating func removed(_ name: String, by entry: Entry) -> Touch {
    noteRemoved(name, by: entry)
    return Touch(kind: .removed, name: name, today: nil)
  }

  /// Marks files as copies that were added with the content of an older file.
  private mutating func settleCopies(of blob: String?, _ name: String, _ entry: Entry) {
    guard let blob, let waiting = copies[blob] else { return }
    // Files of one commit are not copies of each other, and a file that came back is not a copy of itself.
    let found = waiting.filter { $0.commit != entry.commit.id }
    let origin = today(name) ?? name
    for copy in found where copy.name != name { files[copy.today]?.copiedFrom = origin }
    if !found.isEmpty { copies[blob] = waiting.filter { $0.commit == entry.commit.id } }
  }

  private mutating func noteRemoved(_ name: String, by entry: Entry) {
    removals[name] = entry
    if names[name] == nil, gone.insert(name).inserted { note(former: name, nil, entry) }
  }

  private mutating func note(former name: String, _ today: String?, _ entry: Entry) {
    if former.count < Self.formerLimit, isWanted(name) { former.append((name, today, entry)) }
  }

  private mutating func note(_ today: String, _ entry: Entry, _ blob: String?, as name: String) {
    guard isWanted(today) else { return }
    var file = files[today] ?? Followed(changed: entry.commit, oldest: entry.commit)
    if file.changes > 0, let blob, file.states.count < Self.stateLimit, stateCount > 0 {
      file.states.append(FileState(path: name == today ? nil : name, blob: blob, end: max(0, file.oldest.time)))
      stateCount -= 1
    }
    file.oldest = entry.commit
    file.changes += 1
    if let blob, file.versions.count < versionLimit {
      file.versions.append(.init(commit: entry.commit, title: entry.title, blob: blob))
    }
    files[today] = file
  }

  /// The earlier states of files, newest first, by the name today.
  var states: [String: [FileState]] { files.compactMapValues { $0.states.isEmpty ? nil : $0.states } }

  var histories: [String: FileHistory] {
    files.mapValues {
      FileHistory(
        created: $0.created, changed: $0.changed, changes: $0.changes, isOriginal: $0.created == first,
        versions: $0.versions, copiedFrom: $0.copiedFrom)
    }
  }
}
