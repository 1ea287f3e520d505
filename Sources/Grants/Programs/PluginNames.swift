import Files

/// The names of the plugins in a repository, by folder, from their manifests and from marketplaces.
///
/// The forms: https://code.claude.com/docs/en/plugins-reference, https://code.claude.com/docs/en/plugin-marketplaces and
/// https://docs.github.com/en/copilot/reference/copilot-cli-reference/cli-plugin-reference.
public struct PluginNames: Sendable {
  private var names: [String: String] = [:]

  /// The folders of manifests, relative to that of a plugin. The first one with a manifest takes precedence.
  private static let folders = [[".claude-plugin"], [".github", "plugin"], [".plugin"]]
  /// A `plugin.json` at the root of a plugin has at least one of these keys. Other programs have files of this name,
  /// too.
  private static let parts = ["agents", "skills", "commands", "hooks", "mcpServers", "lspServers"]
  /// The maximum length of a name, in characters.
  private static let length = 80

  /// Finds the plugins.
  ///
  /// - Parameter files: The contents of files by path, including the manifests.
  public init(_ files: [RelativePath: [UInt8]]) {
    let manifests = files.compactMap { path, bytes in Self.folder(of: path).map { (path, $0, bytes) } }
      .sorted { $0.0 < $1.0 }
    for (path, folder, bytes) in manifests where path.lastComponent == "marketplace.json" {
      guard let root = try? JSONTree.read(bytes, isLenient: true) else { continue }
      let base = root["metadata"]?["pluginRoot"]?.scalar ?? ""
      for entry in root["plugins"]?.items ?? [] {
        guard let name = entry["name"]?.scalar, let source = entry["source"]?.scalar else { continue }
        for place in [source, "\(base)/\(source)"] {
          if let folder = Self.joined(folder, place) { names[folder] = String(name.prefix(Self.length)) }
        }
      }
    }
    // The name in a plugin's own manifest takes precedence.
    for (path, folder, bytes) in manifests.reversed() where path.lastComponent == "plugin.json" {
      let root = try? JSONTree.read(bytes, isLenient: true)
      let place = folder.joined(separator: "/")
      if path.folders.count == folder.count, names[place] == nil {
        guard let root, root["name"]?.scalar != nil, Self.parts.contains(where: { root[$0] != nil }) else { continue }
      }
      names[place] = String((root?["name"]?.scalar ?? folder.last ?? "").prefix(Self.length))
    }
  }

  /// Returns the folder of the plugin or the marketplace that a file may be the manifest of; nil for other files.
  private static func folder(of path: RelativePath) -> ArraySlice<String>? {
    guard ["plugin.json", "marketplace.json"].contains(path.lastComponent) else { return nil }
    let folders = path.folders[...]
    if let own = Self.folders.first(where: { folders.suffix($0.count) == $0[...] }) {
      return folders.dropLast(own.count)
    }
    return path.lastComponent == "plugin.json" ? folders : nil
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
