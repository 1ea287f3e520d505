import Agents

/// The place where a runtime looks for an item. Of two items with the same kind and name, it loads only one if it finds
/// both.
struct NameScope: Sendable {
  private let runtime: Runtime
  /// The folder that the runtime reads, or the folder of the plugin, or else the folder of the file. For names derived
  /// from paths, it is the full folder path.
  private let place: String
  /// Whether the file belongs to a project or a plugin, not to a plain folder that people install agents from.
  private let isInstalled: Bool
  /// Whether the runtime looks for agents in this place, judged by the folders.
  private let isLoaded: Bool
  private let statesName: Bool

  init(_ agent: Agent, by runtimes: Runtimes) {
    runtime = runtimes[agent]
    statesName = agent.statesName
    if agent.source.item != nil {
      // Files with several items are always in a place that the runtime reads, and contain each name once.
      let path = agent.source.publishedPath
      (isInstalled, isLoaded) = (true, true)
      place = path.lastSlash.map { String(path[..<$0]) } ?? ""
      return
    }
    let folders = agent.source.publishedPath.split(separator: "/").dropLast()
    let own = folders.lastIndex { $0.hasPrefix(".") && runtimes.hiddenFolders.contains(String($0)) }
    // The folder of a plugin is the one directly inside `plugins`.
    let plugin = folders.firstIndex(of: "plugins").map { $0 + 1 }.flatMap { $0 < folders.endIndex ? $0 : nil }
    let root = own ?? plugin
    let kind = root.flatMap { folders[($0 + 1)...].firstIndex { runtimes.agentFolderNames.contains(String($0)) } }
    isInstalled = root != nil
    isLoaded = root == nil || kind != nil
    let isPathName = runtime.facts.unnamed == .path && !statesName
    let last = isPathName ? nil : kind ?? root
    place = (last.map { folders[...$0] } ?? folders[...]).joined(separator: "/")
  }

  /// Returns whether the runtime loads only one of two agents if they have the same name.
  ///
  /// Other runtimes identify agents by file or folder, and show both.
  func excludes(_ other: NameScope) -> Bool {
    isLoaded && other.isLoaded && isSameRuntime(other) && place == other.place && runtime.facts.loadsOneOfAName
  }

  /// Returns whether people who install agents from plain folders have to choose between two of the same name.
  func competes(with other: NameScope) -> Bool {
    !isInstalled && !other.isInstalled && isSameRuntime(other) && statesName && other.statesName
  }

  private func isSameRuntime(_ other: NameScope) -> Bool {
    runtime.dialect == other.runtime.dialect && runtime.kind == other.runtime.kind
  }
}
