import Files

/// Finds the plugin that contains a file: the nearest parent folder with a manifest, or one listed by a marketplace.
struct PluginRoots {
  /// The manifests to look for, relative to a plugin's folder.
  private let manifests: [String]
  /// The manifest of plugins that only a marketplace lists.
  private let marketManifest: String
  /// The absolute paths of the folders in marketplaces, with the files listed for each.
  private let named: [String: [Listed]]
  /// A cache of results, by absolute path.
  private var known: [String: Root?] = [:]

  /// The folder of a plugin.
  private struct Root {
    let manifests: [String]
    /// The files and folders in manifests, relative to the plugin's folder, each with its default folder.
    let listed: [Listed]
  }

  /// A file or folder listed in a manifest, relative to the plugin's folder, with the default folder for such files.
  struct Listed {
    let path: String
    let usual: String

    /// The folders in which a plugin keeps files unless its manifest lists others.
    private static let usualFolders = ["agents", "commands", "skills"]

    /// Returns the files and folders listed in a manifest or in a marketplace entry.
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

  /// Creates a finder.
  ///
  /// - Parameters:
  ///   - selection: The source of the manifest paths.
  ///   - named: The folders that marketplaces list.
  init(in selection: FileSelection, named: [String: [Listed]]) {
    manifests = selection.pluginManifests
    marketManifest = PluginManifests.plugin
    self.named = named
  }

  /// Returns the place of a file in a plugin, or nil.
  ///
  /// - Parameter path: The absolute path.
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

  /// Returns whether a folder is the root of a plugin.
  mutating func isRoot(_ folder: String) -> Bool { root(folder) != nil }

  private static func usualPath(of path: String, in root: Root) -> String {
    for listed in root.listed {
      let usual = listed.usual
      if path == listed.path { return "\(usual)/\(path.lastName)" }
      guard let below = path.path(below: listed.path) else { continue }
      // A manifest lists the folder of one skill, or of several.
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

  /// Returns the files and folders that a manifest lists in addition to the default folders.
  private static func listed(in manifest: String) -> [Listed] {
    Listed.all(in: (try? ManifestFile.read(manifest)) ?? [:])
  }
}
