import Files
import Foundation

/// What the manifests of Claude Code's plugins and marketplaces say of the files below a folder: which plugin each
/// belongs to, what that is called, and who answers for it.
///
/// The forms: https://code.claude.com/docs/en/plugins-reference and
/// https://code.claude.com/docs/en/plugin-marketplaces, looked at on 25 November 2026. They are the only files that a
/// scan opens. A plugin that is fetched from elsewhere has no files here, and is passed by.
struct PluginManifests {
  /// Which collection a file belongs to.
  struct Place {
    let name: String
    let about: SourceCollection.About
    /// The folder of the collection, below the folder that was looked through; empty for that itself.
    let folder: String
    /// The file, below the collection's folder.
    let path: String
    /// Whether the collection is one plugin of several, and not everything below a folder.
    let isPlugin: Bool
    /// The folder right below the one that was looked through whose manifest says so; empty for that itself.
    let top: String
  }

  /// Manifests that cannot be read, below the folder that was looked through, each with the reason.
  private(set) var unreadable: [(path: String, reason: String, line: Int?)] = []

  private var owners: [Owner] = []

  /// Whose files stand below a folder.
  private struct Owner {
    /// The folder that holds its files, or its only file; empty for everything.
    let prefix: String
    /// The folder that paths are told from.
    let folder: String
    let name: String
    let about: SourceCollection.About
    /// Whether it is one plugin of several.
    let isPlugin: Bool
    /// The folder of the manifest that says so, with a slash behind it; empty for the one that was looked through.
    let top: String
  }

  /// The folders of the plugins that marketplaces name, below the folder that was looked through.
  private(set) var pluginFolders: [String] = []
  /// Files and folders that marketplaces list for the plugin of a folder, each with the usual folder for them.
  private(set) var listed: [String: [PluginRoots.Listed]] = [:]

  /// The longest text that is taken from one, in characters.
  private static let textLimit = 500
  private static let folder = ".claude-plugin"
  /// The manifest of a plugin of Claude Code, below the plugin's folder.
  static let plugin = "\(folder)/plugin.json"

  /// Whether a path is that of a manifest.
  static func isManifest(_ path: String) -> Bool {
    let parts = path.split(separator: "/").suffix(2)
    return parts.first.map(String.init) == folder
      && parts.last.map { ["marketplace.json", "plugin.json"].contains(String($0)) } ?? false
  }

  /// Reads the manifests of a folder, and of those right below it.
  ///
  /// - Parameters:
  ///   - root: the folder.
  ///   - tops: the folders right below it that files stand in.
  init(of root: String, tops: some Sequence<String>) {
    for place in [""] + tops.filter({ !$0.isEmpty }) { read(root, at: place.isEmpty ? "" : place + "/") }
    // What stands deeper says more.
    owners = owners.enumerated().sorted {
      ($1.element.prefix.utf8.count, $0.offset) < ($0.element.prefix.utf8.count, $1.offset)
    }.map(\.element)
  }

  /// Which collection a file belongs to, or nil where no manifest says.
  func place(of path: RelativePath) -> Place? {
    let text = path.description
    guard let owner = owners.first(where: { text.path(below: $0.prefix) != nil }) else { return nil }
    return Place(
      name: owner.name, about: owner.about, folder: owner.folder, path: text.path(below: owner.folder) ?? text,
      isPlugin: owner.isPlugin, top: owner.top.isEmpty ? "" : String(owner.top.dropLast()))
  }

  /// What is known of the folder as a whole.
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
      // Several plugins may share the folder of the marketplace; then each lists what is its own.
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

  /// A manifest, or nil where there is none, or none that can be read.
  private mutating func manifest(_ name: String, _ root: String, _ place: String) -> [String: Any]? {
    let path = "\(place)\(Self.folder)/\(name)"
    do throws(ManifestFile.Problem) {
      return try ManifestFile.read("\(root)/\(path)")
    } catch {
      unreadable.append((path, "\(error.reason), so nothing is known of its plugins", error.line))
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

  /// What a plugin says of itself, and where it says nothing what its marketplace says.
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

  /// A path below the manifest's folder, without `./` and a slash at its end; nil of one that leads elsewhere.
  private static func relative(_ path: String) -> String? {
    let parts = path.split(separator: "/").filter { $0 != "." }
    if path.hasPrefix("/") || parts.contains("..") { return nil }
    let joined = parts.joined(separator: "/")
    return joined.isEmpty ? "" : RelativePath(joined)?.description
  }

  private static func joined(_ base: String, _ path: String) -> String { base.isEmpty ? path : "\(base)/\(path)" }
}
