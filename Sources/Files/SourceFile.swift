/// The location of a file found by the scan.
public struct SourceFile: Hashable, Sendable {
  /// The path below its collection's folder.
  public let path: RelativePath
  /// The index of its collection in the list of ``SourceCollection``s.
  public let collection: Int
  /// The path to show in a terminal, which a person or an editor can open: the source as given, then the path below it.
  /// It may be absolute, so it must not be written to anything shared.
  public let displayPath: String
  /// The path to write to pages, data and reports: relative to the repository, or beginning with the name of the
  /// source. It is unique, and the same on every machine, however the source was given.
  public let publishedPath: String
  /// The location in a plugin; nil if the file is not part of one.
  public let plugin: PluginPlace?
  /// The skill whose folder contains the file, unless the file describes it; nil if there is none.
  public let skill: SkillFolder?
  /// Whether the user named this file, rather than a folder that contains it.
  public let isNamed: Bool
  /// The index of the file among all files found.
  public let number: Int
  /// The item in the file; nil for the whole file.
  public let item: SourceItem?
  /// The facts about the file that other files state; nil if there are none.
  public private(set) var outside: OutsideFacts?

  /// Creates a file from its parts. The published path defaults to the displayed one.
  public init(
    path: RelativePath, collection: Int, displayPath: String? = nil, publishedPath: String? = nil,
    plugin: PluginPlace? = nil, skill: SkillFolder? = nil, isNamed: Bool = false, number: Int = 0,
    item: SourceItem? = nil
  ) {
    self.path = path
    self.collection = collection
    self.displayPath = displayPath ?? path.description
    self.publishedPath = publishedPath ?? self.displayPath
    self.plugin = plugin
    self.skill = skill
    self.isNamed = isNamed
    self.number = number
    self.item = item
  }

  /// Returns an item in the file.
  public func holding(_ item: SourceItem) -> SourceFile {
    SourceFile(
      path: path, collection: collection, displayPath: displayPath, publishedPath: publishedPath, plugin: plugin,
      skill: skill, isNamed: isNamed, number: number, item: item
    ).with(outside)
  }

  /// Returns a copy with facts that other files state.
  public func with(_ outside: OutsideFacts?) -> SourceFile {
    var file = self
    file.outside = outside.flatMap { $0.isEmpty ? nil : $0 }
    return file
  }
}

extension SourceFile {
  /// Returns a file of the skill that this file describes, as a source without a number.
  ///
  /// - Parameter path: The path of the file in the skill's folder.
  public func part(_ path: RelativePath) -> SourceFile {
    func beside(_ file: String) -> String { file.lastSlash.map { file[...$0] + path.description } ?? path.description }
    let folder = self.path.folders.joined(separator: "/")
    return SourceFile(
      path: RelativePath(beside(self.path.description)) ?? path, collection: collection,
      displayPath: beside(displayPath), publishedPath: beside(publishedPath),
      skill: SkillFolder(path: folder, isWhole: false), number: Self.unnumbered)
  }

  /// The number of files that the scan did not find.
  public static let unnumbered = -1

  /// Adds everything except the path and the bytes that affects how the file is read to a digest.
  public func add(to digester: inout Digester) {
    digester.add(isNamed)
    digester.add(skill?.path)
    digester.add(skill?.isWhole ?? false)
    digester.add(plugin?.path)
    digester.add(plugin?.manifests ?? [])
    digester.add(outside != nil)
    outside?.add(to: &digester)
  }
}

extension SourceFile: Storable {
  /// Writes all properties in order.
  public func store(in bytes: inout ByteWriter) {
    bytes.write(path.description)
    bytes.write(collection)
    bytes.write(displayPath)
    bytes.write(publishedPath)
    plugin.store(in: &bytes)
    skill.store(in: &bytes)
    isNamed.store(in: &bytes)
    bytes.write(number)
    item.store(in: &bytes)
    outside.store(in: &bytes)
  }

  /// Reads the values written by ``store(in:)``.
  public init(from bytes: inout ByteReader) throws(ByteReader.Failure) {
    guard let path = RelativePath(try bytes.readText()) else { throw ByteReader.Failure() }
    self.init(
      path: path, collection: try bytes.readNumber(), displayPath: try bytes.readText(),
      publishedPath: try bytes.readText(), plugin: try PluginPlace?(from: &bytes),
      skill: try SkillFolder?(from: &bytes),
      isNamed: try Bool(from: &bytes),
      number: try bytes.readNumber(), item: try SourceItem?(from: &bytes))
    outside = try OutsideFacts?(from: &bytes)
  }
}

/// The location of a file in a plugin: a folder with a manifest, whose content a runtime installs.
public struct PluginPlace: Hashable, Sendable, Codable {
  /// The paths of the plugin's manifests in its folder, for example `.claude-plugin/plugin.json`.
  public let manifests: [String]
  /// The path below the plugin's folder. If the manifest names a custom folder, the path has the standard folder instead.
  public let path: String

  /// Creates a value from its parts.
  public init(manifests: [String], path: String) {
    self.manifests = manifests
    self.path = path
  }
}

extension PluginPlace: Storable {
  /// Writes all properties in order.
  public func store(in bytes: inout ByteWriter) {
    manifests.store(in: &bytes)
    path.store(in: &bytes)
  }

  /// Reads the values written by ``store(in:)``.
  public init(from bytes: inout ByteReader) throws(ByteReader.Failure) {
    self.init(manifests: try [String](from: &bytes), path: try String(from: &bytes))
  }
}

/// The folder of a skill.
public struct SkillFolder: Hashable, Sendable, Codable {
  /// The path below the source; empty for the source itself.
  public let path: String
  /// Whether the folder is a whole source or plugin, which may also contain other items.
  public let isWhole: Bool

  /// Creates a value from its parts.
  public init(path: String, isWhole: Bool) {
    self.path = path
    self.isWhole = isWhole
  }
}

extension SkillFolder: Storable {
  /// Writes all properties in order.
  public func store(in bytes: inout ByteWriter) {
    path.store(in: &bytes)
    isWhole.store(in: &bytes)
  }

  /// Reads the values written by ``store(in:)``.
  public init(from bytes: inout ByteReader) throws(ByteReader.Failure) {
    self.init(path: try String(from: &bytes), isWhole: try Bool(from: &bytes))
  }
}

/// A file that was found but could not be read.
public struct UnreadFile: Sendable, Hashable {
  /// The path to show in a terminal; see ``SourceFile/displayPath``.
  public let displayPath: String
  /// The path to write to pages and reports; see ``SourceFile/publishedPath``.
  public let publishedPath: String
  /// The reason, as a clause.
  public let reason: String
  /// The purpose of the file.
  public let use: Use

  /// The purpose of an unread file.
  public enum Use: Sendable, Hashable {
    /// An item or a document.
    case content
    /// The manifest of a plugin or marketplace, with the line of the error if known.
    case manifest(line: Int?)
    /// A repository that files are read from.
    case source
  }

  /// Creates an unread file. The published path defaults to the displayed one.
  public init(displayPath: String, publishedPath: String? = nil, reason: String, use: Use = .content) {
    self.displayPath = displayPath
    self.publishedPath = publishedPath ?? displayPath
    self.reason = reason
    self.use = use
  }
}
