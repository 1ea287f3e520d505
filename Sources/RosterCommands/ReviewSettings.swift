import Catalogs
import Files
import Grants
import Reports
import Reviews
import Scanning

/// The changes to files that grant access, anywhere in the repositories of the sources. Settings at the root of a
/// repository also apply to its folders.
struct ReviewSettings {
  /// Changed settings, and changed scripts that settings and items start; the most dangerous first.
  let changes: [SettingsChange]
  /// Sentences about files that weren't read.
  let notes: [String]

  /// - Parameters:
  ///   - sources: The sources with their commits.
  ///   - selection: The rules for skipped folders.
  ///   - items: The current items, whose hooks start scripts.
  ///   - folder: A folder for temporary files.
  ///   - git: Used to read the remotes of repositories.
  init(
    of sources: [ReviewedSource], _ selection: FileSelection, items: Catalog, in folder: String, _ git: Git
  ) throws(Disk.Failure) {
    var changes: [SettingsChange] = []
    var unknown: Set<RelativePath> = []
    var seen: Set<String> = []
    for source in sources where seen.insert(source.repository.root).inserted {
      let (repository, before, after) = (source.repository, source.before, source.after)
      let settings = try repository.contents(before: before, after: after, in: folder) { GrantingFile.isGranting($0) }
      let now = try repository.contents(at: after, in: folder) { GrantingFile.isGranting($0) }
      // Only differing files are in `settings`.
      let past = now.filter { settings.after[$0.key] == nil }.merging(settings.before) { _, old in old }
      let plugins = (before: PluginNames(past), after: PluginNames(now))
      var own = SettingsChange.all(from: settings.before, to: settings.after, plugins: plugins)
      let compiled = Self.compiled(settings.before).merging(Self.compiled(now), uniquingKeysWith: +)
      let scripts = Self.scripts(now, plugins.after, selection, items)
      let texts = try repository.contents(before: before, after: after, in: folder) {
        !GrantingFile.isGranting($0) && !scripts.starters(of: $0).isEmpty
      }
      own += Set(texts.before.keys).union(texts.after.keys).sorted().compactMap { path in
        SettingsChange(
          script: path, from: texts.before[path], to: texts.after[path], startedBy: scripts.starters(of: path))
      }
      let bases =
        compiled.isEmpty
        ? (before: [:], after: [:])
        : try repository.contents(before: before, after: after, in: folder) { compiled[$0] != nil }
      let changed = Set(bases.before.keys).union(bases.after.keys).filter { bases.before[$0] != bases.after[$0] }
      own = own.map { $0.compared(with: changed) }
      own += changed.sorted().compactMap { path in
        SettingsChange(
          source: path, from: bases.before[path], to: bases.after[path], of: Set(compiled[path] ?? []).sorted())
      }
      let owners = own.isEmpty ? nil : try repository.codeOwners(at: after, git)
      changes += own.map { $0.owned(by: owners?.owners(of: $0.path) ?? []) }
      let others = try repository.contents(before: before, after: after, in: folder) { path in
        Self.mayGrant(path, isInPlugin: [plugins.before, plugins.after].contains { $0.plugin(of: path) != nil })
      }
      unknown.formUnion(
        Set(others.before.keys).union(others.after.keys).filter { others.before[$0] != others.after[$0] })
    }
    let skipped = changes.filter { selection.isInExcludedFolder($0.path) }.map(\.path)
    self.changes = SettingsChange.ordered(changes.filter { !selection.isInExcludedFolder($0.path) })
    notes = [
      Self.note(skipped, "changed settings file", "skipped in folders of fixtures, backups or dependencies"),
      Self.note(
        unknown.filter { !selection.isInExcludedFolder($0) }.sorted(), "changed file",
        "of plugins or hooks in a format that Roster does not know"),
    ].compactMap(\.self)
  }

  /// Returns the sources of compiled files, each with the paths of these files.
  private static func compiled(_ settings: [RelativePath: [UInt8]]) -> [RelativePath: [String]] {
    var compiled: [RelativePath: [String]] = [:]
    for (path, bytes) in settings {
      for source in GrantingFile.sources(of: path, bytes) { compiled[source, default: []].append(path.description) }
    }
    return compiled
  }

  /// Returns the scripts that settings and items start.
  private static func scripts(
    _ settings: [RelativePath: [UInt8]], _ plugins: PluginNames, _ selection: FileSelection, _ items: Catalog
  ) -> StartedScripts {
    var scripts = StartedScripts()
    for (path, bytes) in settings.sorted(by: { $0.key < $1.key }) where !selection.isInExcludedFolder(path) {
      if let file = GrantingFile(path, bytes, plugin: plugins.plugin(of: path)) { scripts.add(file) }
    }
    for entry in items.entries {
      let label = entry.agent.source.publishedLabel
      for command in entry.reach.automaticCommands { scripts.add(command, of: label) }
      let runtime = items.settings.runtimes[entry.agent]
      for tool in entry.agent.tools.allowed {
        let abilities = runtime.tool(runtime.canonical(tool.name))?.abilities ?? []
        if let limit = tool.specifier, abilities.contains(.run) { scripts.add(limit, of: label) }
      }
    }
    return scripts
  }

  /// Returns whether a file has a name like those that grant access, but an unknown format.
  private static func mayGrant(_ path: RelativePath, isInPlugin: Bool) -> Bool {
    if path.fileExtension != "json" || GrantingFile.isGranting(path, isInPlugin: isInPlugin) { return false }
    let name = path.lastComponent.lowercased()
    return path.folders.contains { $0.hasPrefix(".") && $0.hasSuffix("-plugin") }
      || name == "plugin.json" || name.hasPrefix("hooks")
      || (name == "marketplace.json" && path.folders.contains { $0.hasPrefix(".") })
  }

  private static func note(_ paths: [RelativePath], _ noun: String, _ what: String) -> String? {
    guard let first = paths.first else { return nil }
    let rest = paths.count > 1 ? " and \(paths.count - 1) more" : ""
    return "\(CountText.of(paths.count, noun)) \(what): \(first)\(rest)."
  }
}
