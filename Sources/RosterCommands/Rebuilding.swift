import Catalogs
import Files
import Foundation
import Gathering
import Previewing
import Publishing
import Scanning

/// Rebuilds the previewed site, and sends the result to open pages.
struct Rebuilding: Sendable {
  private let command: ServeCommand
  private let site: PreviewSite
  /// The errors in files at the start of the preview. They aren't announced again.
  private var known: Set<Mistake> = []
  private var errors: [Mistake] = []
  private var folders: [FolderWatcher.Folder] = []
  private var troubles: [PreviewSite.Trouble] = []
  private var theme: LoadedTheme?
  /// The cache of the preview itself, which is removed with it.
  private let ownCache: CacheFolder
  /// The cache for records, kept for the next preview; nil before the first build.
  private var recordCache: CacheFolder?

  init(command: ServeCommand, site: PreviewSite, cache: CacheFolder) {
    self.command = command
    self.site = site
    ownCache = cache
  }

  /// An error in a file.
  private struct Mistake: Hashable {
    let path: String
    let rule: String
    let message: String
    let help: String
    let location: SourceLocation?

    /// Mistakes are equal even if their position has changed.
    static func == (left: Mistake, right: Mistake) -> Bool {
      left.path == right.path && left.rule == right.rule && left.message == right.message
    }

    func hash(into hasher: inout Hasher) {
      hasher.combine(path)
      hasher.combine(rule)
      hasher.combine(message)
    }
  }

  /// The result of a build: the folders to watch, and a line for the terminal.
  struct Outcome {
    let folders: [FolderWatcher.Folder]
    let line: String
  }

  /// Builds for the first time.
  mutating func first() async throws(CommandFailure) -> Outcome {
    let start = ContinuousClock.now
    var plan = try BuildPlan(command, output: site.folder)
    try await plan.openRepositories(command.catalog.source)
    let opened = plan.cache.open()
    if let folder = opened.folder, folder.isKept {
      recordCache = folder
    } else {
      recordCache = ownCache
      opened.close()
    }
    let result = try await build(plan)
    if let note = opened.note { Terminal.error("roster: \(note)") }
    if let catalog = result.catalog { known = Set(Self.errors(in: catalog)) }
    take(plan, result)
    for note in result.historyNotes { Terminal.error("roster: \(note)") }
    return Outcome(folders: folders, line: Summary(result, took: ContinuousClock.now - start).line)
  }

  /// Rebuilds the site and returns the folders to watch.
  mutating func next() async -> [FolderWatcher.Folder] {
    let start = ContinuousClock.now
    let before = troubles
    do throws(CommandFailure) {
      var plan = try BuildPlan(command, output: site.folder)
      try await plan.openRepositories()
      let result = try await build(plan)
      let isNew = take(plan, result)
      if isNew { Terminal.output(Summary(result, took: ContinuousClock.now - start).line) }
    } catch {
      let place = error.place
      troubles = [
        .init(message: place?.problem ?? error.message, file: place?.file, line: place?.line, column: place?.column)
      ]
      site.update(files: nil, troubles: troubles)
      if troubles != before { Terminal.error("roster: \(error.message)") }
    }
    if troubles.isEmpty, !before.isEmpty { Terminal.output("The errors are fixed.") }
    return folders
  }

  private mutating func build(_ plan: BuildPlan) async throws(CommandFailure) -> Road.Result {
    let theme = try LoadedTheme(plan.theme, after: theme)
    self.theme = theme
    return try await Build(plan: plan, theme: theme, urgency: urgency).result(
      Build.Caches(records: recordCache, output: ownCache))
  }

  /// The open pages, which are written first. The scripts and assets are written with them, so that a page never loads
  /// those of another build.
  private var urgency: Publisher.Urgency? {
    let open = site.openFiles
    if open.isEmpty { return nil }
    return Publisher.Urgency(isUrgent: { open.contains($0) || $0.hasPrefix("assets/") || $0.hasSuffix(".js") }) {
      [site] in await site.bring($0)
    }
  }

  /// Shows the result of a build, and returns whether the site has changed.
  @discardableResult
  private mutating func take(_ plan: BuildPlan, _ result: Road.Result) -> Bool {
    folders = Self.folders(of: plan, result.scan)
    if let catalog = result.catalog { errors = Self.errors(in: catalog) }
    troubles = errors.filter { !known.contains($0) }.map {
      .init(message: $0.message, help: $0.help, file: $0.path, line: $0.location?.line, column: $0.location?.column)
    }
    let isNew = result.outcome.written + result.outcome.removed > 0
    let files = isNew ? Publisher(folder: site.folder, cache: ownCache, jobs: 1).lastRun.files : nil
    site.update(files: files, troubles: troubles)
    return isNew
  }

  private static func errors(in catalog: Catalog) -> [Mistake] {
    func errors(_ findings: [Finding], _ source: (Finding) -> SourceFile) -> [Mistake] {
      findings.filter { $0.severity == .error }.map {
        Mistake(path: source($0).displayPath, rule: $0.rule, message: $0.message, help: $0.help, location: $0.location)
      }
    }
    return catalog.entries.flatMap { errors($0.findings, $0.agent.source(of:)) }
      + catalog.documents.flatMap { entry in errors(entry.document.findings) { _ in entry.document.source } }
  }

  /// Returns all folders whose changes can change the site.
  private static func folders(of plan: BuildPlan, _ scan: ScanResult) -> [FolderWatcher.Folder] {
    var folders = scan.folders.map { FolderWatcher.Folder($0) }
    /// A path can be deleted and created again, which only its parent folder reports.
    func addParent(of path: String) {
      let absolute = path.hasPrefix("/") ? path : FileManager.default.currentDirectoryPath + "/" + path
      var parts = absolute.split(separator: "/").map(String.init)
      guard let name = parts.popLast() else { return }
      folders.append(FolderWatcher.Folder("/" + parts.joined(separator: "/"), names: [name]))
    }
    // Approvals are in their own folders next to agents. New approval folders appear in folders that are already
    // watched.
    folders += ApprovalShelf(of: scan.files).folders.map { FolderWatcher.Folder($0) }
    for source in plan.sources { addParent(of: source.path) }
    addParent(of: plan.configurationFile)
    if let file = plan.runtimesFile { addParent(of: file) }
    if let theme = plan.theme {
      addParent(of: theme)
      folders += [theme, "\(theme)/Templates", "\(theme)/Assets"].map { FolderWatcher.Folder($0) }
    }
    return folders
  }
}
