import Files

/// Finds the plugin that a file is in: the nearest folder above it that has a manifest, or that a marketplace names.
struct PluginRoots {
  /// The manifests to look for, below a plugin's folder.
  private let manifests: [String]
  /// The manifest of plugins that only a marketplace names.
  private let marketManifest: String
  /// The folders that marketplaces name, by their absolute paths, with what they list of each.
  private let named: [String: [Listed]]
  /// What was found out about folders, by their absolute paths.
  private var known: [String: Root?] = [:]

  /// A plugin's folder.
  private struct Root {
    let manifests: [String]
    /// Files and folders that a manifest lists, below the plugin's folder, each with the usual folder for them.
    let listed: [Listed]
  }

  /// A file or a folder that a manifest lists, below the plugin's folder, with the usual folder for such files.
  struct Listed {
    let path: String
    let usual: String

    /// The folders in which a plugin keeps files unless its manifest names others.
    private static let usualFolders = ["agents", "commands", "skills"]

    /// What a manifest, or the entry of a marketplace, lists.
    static func all(in object: [String: Any]) -> [Listed] {
      var listed: [Listed] = []
      for usual in usualFolders {
        let paths = object[usual] as? [Any] ?? (object[usual] as? String).map { [$0] } ?? []
        for case let path as String in paths {
          let parts = path.split(separator: "/").filter { $0 != "." }
          guard !path.hasPrefix("/"), !parts.contains(".."), !parts.isEmpty else { continue }
          listed.append(Listed(path: parts.joined(separator: "/"), usual: usual))
        }
      }
      return listed
    }
  }

  /// Makes a finder.
  ///
  /// - Parameters:
  ///   - selection: names the manifests.
  ///   - named: the folders that marketplaces name.
  init(in selection: FileSelection, named: [String: [Listed]]) {
    manifests = selection.pluginManifests
    marketManifest = PluginManifests.plugin
    self.named = named
  }

  /// Where a file is in a plugin, or nil.
  ///
  /// - Parameter path: its absolute path.
  mutating func place(of path: String) -> PluginPlace? {
    var folder = Git.parent(of: path)
    while let current = folder, current != "/" {
      if let root = root(current), let below = path.path(below: current) {
        return PluginPlace(manifests: root.manifests, path: Self.usualPath(of: below, in: root))
      }
      folder = Git.parent(of: current)
    }
    return nil
  }

  /// Whether a folder is that of a plugin.
  mutating func isRoot(_ folder: String) -> Bool { root(folder) != nil }

  private static func usualPath(of path: String, in root: Root) -> String {
    for listed in root.listed {
      let usual = listed.usual
      if path == listed.path { return "\(usual)/\(path.lastName)" }
      guard let below = path.path(below: listed.path) else { continue }
      // A manifest lists the folder of a skill, or that of several.
      return usual == "skills" && !below.contains("/")
        ? "\(usual)/\(listed.path.lastName)/\(below)" : "\(usual)/\(below)"
    }
    return path
  }

  private mutating func root(_ folder: String) -> Root? {
    if let root = known[folder] { return root }
    var found = manifests.filter { Disk.kind("\(folder)/\($0)", followsLinks: false) == .file }
    if found.isEmpty, named[folder] != nil { found = [marketManifest] }
    let listed = found.flatMap { Self.listed(in: "\(folder)/\($0)") } + (named[folder] ?? [])
    let root = found.isEmpty ? nil : Root(manifests: found, listed: listed)
    known[folder] = root
    return root
  }

  /// What a manifest lists beside the usual folders.
  private static func listed(in manifest: String) -> [Listed] {
    Listed.all(in: (try? ManifestFile.read(manifest)) ?? [:])
  }
}
