import Agents

/// Where a runtime looks for an item: of two of one kind and one name it loads one only where it finds both.
struct NameScope: Sendable {
  private let runtime: Runtime
  /// The folder that the runtime reads, or the plugin's; of an agent in neither, the folder of its file. For names that
  /// are made of paths, the whole path.
  private let place: String
  /// Whether the file belongs to a project or a plugin, and not to a folder from which people install agents.
  private let isInstalled: Bool
  /// Whether the file is where the runtime looks for agents, as far as its folders tell.
  private let isLoaded: Bool
  private let statesName: Bool

  init(_ agent: Agent, by runtimes: Runtimes) {
    runtime = runtimes[agent]
    statesName = agent.statesName
    if agent.source.item != nil {
      // A file of items is where its runtime looks, and has one item of a name.
      let path = agent.source.publishedPath
      (isInstalled, isLoaded) = (true, true)
      place = path.lastSlash.map { String(path[..<$0]) } ?? ""
      return
    }
    let folders = agent.source.publishedPath.split(separator: "/").dropLast()
    let own = folders.lastIndex { $0.hasPrefix(".") && runtimes.hiddenFolders.contains(String($0)) }
    // The plugin's own folder is the one below `plugins`.
    let plugin = folders.firstIndex(of: "plugins").map { $0 + 1 }.flatMap { $0 < folders.endIndex ? $0 : nil }
    let root = own ?? plugin
    let kind = root.flatMap { folders[($0 + 1)...].firstIndex { runtimes.agentFolderNames.contains(String($0)) } }
    isInstalled = root != nil
    isLoaded = root == nil || kind != nil
    let isPathName = runtime.facts.unnamed == .path && !statesName
    let last = isPathName ? nil : kind ?? root
    place = (last.map { folders[...$0] } ?? folders[...]).joined(separator: "/")
  }

  /// Whether the runtime loads one of two agents and leaves out the other, if they have the same name.
  ///
  /// Other runtimes know agents by their files or folders, and show both.
  func excludes(_ other: NameScope) -> Bool {
    isLoaded && other.isLoaded && isSameRuntime(other) && place == other.place && runtime.facts.loadsOneOfAName
  }

  /// Whether somebody who installs agents from plain folders has to choose between two of one name.
  func competes(with other: NameScope) -> Bool {
    !isInstalled && !other.isInstalled && isSameRuntime(other) && statesName && other.statesName
  }

  private func isSameRuntime(_ other: NameScope) -> Bool {
    runtime.dialect == other.runtime.dialect && runtime.kind == other.runtime.kind
  }
}
