import Files
import Foundation

/// The collections of files below a folder, from the manifests of Claude Code's plugins and marketplaces. They give the
/// plugin of a file, its name and its author.
///
/// The forms: https://code.claude.com/docs/en/plugins-reference and
/// https://code.claude.com/docs/en/plugin-marketplaces, read on 25 November 2026. A plugin that is fetched from
/// elsewhere has no files here, and is ignored.
struct PluginManifests {
  /// The collection of a file.
  struct Place {
    let name: String
    let about: SourceCollection.About
    /// The folder of the collection, relative to the scanned folder; empty for that folder itself.
    let folder: String
    /// The file, relative to the collection's folder.
    let path: String
    /// Whether the collection is one of several plugins, rather than everything below a folder.
    let isPlugin: Bool
    /// The top-level folder with the manifest; empty for the scanned folder itself.
    let top: String
  }

  /// Manifests that can't be read, with paths relative to the scanned folder and the reason.
  private(set) var unreadable: [(path: String, reason: String, line: Int?)] = []

  private var owners: [Owner] = []

  /// The collection that a part of the folder belongs to.
  private struct Owner {
    /// The folder that contains its files, or its only file; empty for everything.
    let prefix: String
    /// The folder that paths are relative to.
    let folder: String
    let name: String
    let about: SourceCollection.About
    /// Whether it is one of several plugins.
    let isPlugin: Bool
    /// The folder with the manifest, ending with a slash; empty for the scanned folder.
    let top: String
  }

  /// The folders of the plugins in marketplaces, relative to the scanned folder.
  private(set) var pluginFolders: [String] = []
  /// The files and folders that marketplaces list for the plugin in a folder, each with its default folder.
  private(set) var listed: [String: [PluginRoots.Listed]] = [:]

  /// The maximum length of a text from a manifest, in characters.
  private static let textLimit = 500
  private static let folder = ".claude-plugin"
  /// The manifest of a Claude Code plugin, relative to the plugin's folder.
  static let plugin = "\(folder)/plugin.json"

  /// Returns whether a path is that of a manifest.
  static func isManifest(_ path: String) -> Bool {
    let parts = path.split(separator: "/").suffix(2)
    return parts.first.map(String.init) == folder
      && parts.last.map { ["marketplace.json", "plugin.json"].contains(String($0)) } ?? false
  }

  /// Reads the manifests in a folder and its top-level folders.
  ///
  /// - Parameters:
  ///   - root: The folder.
  ///   - tops: The top-level folders that contain files.
  init(of root: String, tops: some Sequence<String>) {
    for place in [""] + tops.filter({ !$0.isEmpty }) { read(root, at: place.isEmpty ? "" : place + "/") }
    // The deepest match takes precedence.
    owners = owners.enumerated().sorted {
      ($1.element.prefix.utf8.count, $0.offset) < ($0.element.prefix.utf8.count, $1.offset)
    }.map(\.element)
  }

  /// Returns the collection of a file, or nil if no manifest covers it.
  func place(of path: RelativePath) -> Place? {
    let text = path.description
    guard let owner = owners.first(where: { text.path(below: $0.prefix) != nil }) else { return nil }
    return Place(
      name: owner.name, about: owner.about, folder: owner.folder, path: text.path(below: owner.folder) ?? text,
      isPlugin: owner.isPlugin, top: owner.top.isEmpty ? "" : String(owner.top.dropLast()))
  }

  /// The description of the folder as a whole.
  var whole: SourceCollection.About? { owners.first { $0.prefix.isEmpty }?.about }

  // MARK: Reading

  private mutating func read(_ root: String, at place: String) {
    guard Disk.kind("\(root)/\(place)\(Self.folder)") == .folder else { return }
    let own = manifest("plugin.json", root, place)
    let market = manifest("marketplace.json", root, place)
    let folder = place.isEmpty ? "" : String(place.dropLast())
    if let whole = market ?? own, let name = Self.text(whole["name"]) {
      let plain = market == nil ? Self.about(whole, nil) : Self.about(ofMarketplace: whole)
      owners.append(Owner(prefix: place, folder: folder, name: name, about: plain, isPlugin: false, top: place))
    }
    let metadata = market?["metadata"] as? [String: Any]
    let base = Self.text(metadata?["pluginRoot"]).flatMap(Self.relative) ?? ""
    for case let entry as [String: Any] in market?["plugins"] as? [Any] ?? [] {
      add(entry, base: base, root, place)
    }
  }

  private mutating func add(_ entry: [String: Any], base: String, _ root: String, _ place: String) {
    guard let name = Self.text(entry["name"]), let source = Self.text(entry["source"]),
      let below = Self.relative(source)
    else { return }
    let isExact = source.hasPrefix("./") || base.isEmpty
    let candidates = isExact ? [below, Self.joined(base, below)] : [Self.joined(base, below), below]
    if below.isEmpty {
      // Several plugins can share the folder of the marketplace. Then each entry lists its own files.
      let folder = place.isEmpty ? "" : String(place.dropLast())
      pluginFolders.append(folder)
      listed[folder, default: []] += PluginRoots.Listed.all(in: entry)
      for path in ["agents", "skills"].flatMap({ Self.texts(entry[$0]) }).compactMap(Self.relative) where !path.isEmpty
      {
        owners.append(
          Owner(
            prefix: place + path, folder: folder, name: name, about: Self.about(entry, nil), isPlugin: true, top: place)
        )
      }
      return
    }
    guard let plugin = candidates.first(where: { Disk.kind("\(root)/\(place)\($0)", followsLinks: false) == .folder })
    else {
      return unreadable.append(
        ("\(place)\(Self.folder)/marketplace.json", "the folder of plugin “\(name)” is missing: \(source)", nil))
    }
    pluginFolders.append(place + plugin)
    listed[place + plugin, default: []] += PluginRoots.Listed.all(in: entry)
    let own = manifest("plugin.json", root, "\(place)\(plugin)/")
    owners.append(
      Owner(
        prefix: "\(place)\(plugin)/", folder: place + plugin, name: Self.text(own?["name"]) ?? name,
        about: Self.about(own ?? [:], entry), isPlugin: true, top: place))
  }

  /// Returns a manifest, or nil if it is missing or can't be read.
  private mutating func manifest(_ name: String, _ root: String, _ place: String) -> [String: Any]? {
    let path = "\(place)\(Self.folder)/\(name)"
    do throws(ManifestFile.Problem) {
      return try ManifestFile.read("\(root)/\(path)")
    } catch {
      unreadable.append((path, "\(error.reason), so its plugins are unknown", error.line))
      return nil
    }
  }

  // MARK: Values

  private static func about(ofMarketplace manifest: [String: Any]) -> SourceCollection.About {
    let metadata = manifest["metadata"] as? [String: Any] ?? [:]
    return SourceCollection.About(
      description: text(metadata["description"]) ?? text(manifest["description"]),
      version: text(metadata["version"]) ?? text(manifest["version"]), owner: person(manifest["owner"]),
      homepage: address(manifest["homepage"]))
  }

  /// Returns the plugin's own description, completed with that of its marketplace entry.
  private static func about(_ own: [String: Any], _ entry: [String: Any]?) -> SourceCollection.About {
    func first<Value>(_ key: String, _ value: (Any?) -> Value?) -> Value? { value(own[key]) ?? value(entry?[key]) }
    return SourceCollection.About(
      description: first("description", text), version: first("version", text), owner: first("author", person),
      homepage: first("homepage", address) ?? first("repository", address))
  }

  private static func text(_ value: Any?) -> String? {
    guard let text = value as? String else { return nil }
    let line = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    return line.isEmpty ? nil : String(line.prefix(textLimit))
  }

  private static func texts(_ value: Any?) -> [String] {
    (value as? [Any])?.compactMap(text) ?? text(value).map { [$0] } ?? []
  }

  private static func person(_ value: Any?) -> String? { text(value) ?? text((value as? [String: Any])?["name"]) }

  private static func address(_ value: Any?) -> String? {
    text(value).flatMap { $0.hasPrefix("https://") || $0.hasPrefix("http://") ? $0 : nil }
  }

  /// Returns a path relative to the manifest's folder, without `./` and trailing slash; nil if it leads outside.
  private static func relative(_ path: String) -> String? {
    let parts = path.split(separator: "/").filter { $0 != "." }
    if path.hasPrefix("/") || parts.contains("..") { return nil }
    let joined = parts.joined(separator: "/")
    return joined.isEmpty ? "" : RelativePath(joined)?.description
  }

  private static func joined(_ base: String, _ path: String) -> String { base.isEmpty ? path : "\(base)/\(path)" }
}
