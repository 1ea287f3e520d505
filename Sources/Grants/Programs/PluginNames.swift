import Files

/// The names of the plugins in a repository, by folder, from their manifests and from marketplaces.
///
/// The forms: https://code.claude.com/docs/en/plugins-reference and https://code.claude.com/docs/en/plugin-marketplaces.
public struct PluginNames: Sendable {
  private var names: [String: String] = [:]

  /// The folder of manifests, relative to that of a plugin.
  private static let folder = ".claude-plugin"
  /// The maximum length of a name, in characters.
  private static let length = 80

  /// Finds the plugins.
  ///
  /// - Parameter files: The contents of files by path, including the manifests.
  public init(_ files: [RelativePath: [UInt8]]) {
    let manifests = files.filter { $0.key.folders.last == Self.folder }.sorted { $0.key < $1.key }
    for (path, bytes) in manifests where path.lastComponent == "marketplace.json" {
      guard let root = try? JSONTree.read(bytes, isLenient: true) else { continue }
      let base = root["metadata"]?["pluginRoot"]?.scalar ?? ""
      for entry in root["plugins"]?.items ?? [] {
        guard let name = entry["name"]?.scalar, let source = entry["source"]?.scalar else { continue }
        for place in [source, "\(base)/\(source)"] {
          if let folder = Self.joined(path.folders.dropLast(), place) {
            names[folder] = String(name.prefix(Self.length))
          }
        }
      }
    }
    // The name in a plugin's own manifest takes precedence.
    for (path, bytes) in manifests where path.lastComponent == "plugin.json" {
      let folder = path.folders.dropLast().joined(separator: "/")
      let name = (try? JSONTree.read(bytes, isLenient: true))?["name"]?.scalar ?? path.folders.dropLast().last ?? ""
      names[folder] = String(name.prefix(Self.length))
    }
  }

  /// Returns the name of the plugin whose folder directly contains a file; nil if there is none.
  public func plugin(of path: RelativePath) -> String? { names[path.folders.joined(separator: "/")] }

  /// Returns a folder relative to another one; nil if it leads outside.
  private static func joined(_ folders: ArraySlice<String>, _ path: String) -> String? {
    let parts = path.split(separator: "/").filter { $0 != "." }.map(String.init)
    if path.hasPrefix("/") || parts.contains("..") || path.contains(":") { return nil }
    return (folders + parts).joined(separator: "/")
  }
}
