/// One file as it was found: where it stands.
public struct SourceFile: Hashable, Sendable {
  /// Where the file stands below its collection's folder.
  public let path: RelativePath
  /// The collection that the file belongs to: its place among all ``SourceCollection``s.
  public let collection: Int
  /// The path to show at a terminal, where a person or an editor opens it: the source as given, then the path
  /// below it. It may be absolute, so it must not be written to anything that is shared.
  public let displayPath: String
  /// The path to write to pages, data and reports: relative to the repository, or beginning with the name of the
  /// source. It is the same on every machine, however the source was given, and no two files share one.
  public let publishedPath: String
  /// Where it is in a plugin; nil if it is in none.
  public let plugin: PluginPlace?
  /// The skill that it is a part of, and does not describe; nil if it is in none.
  public let skill: SkillFolder?
  /// Whether a person named this file, and not a folder that holds it.
  public let isNamed: Bool
  /// The place of the file among all that were found.
  public let number: Int
  /// The item in the file that is meant; nil where that is the file as a whole.
  public let item: SourceItem?

  /// Makes a file from its parts. Without a published path the displayed one is published.
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

  /// An item in the file.
  public func holding(_ item: SourceItem) -> SourceFile {
    SourceFile(
      path: path, collection: collection, displayPath: displayPath, publishedPath: publishedPath, plugin: plugin,
      skill: skill, isNamed: isNamed, number: number, item: item)
  }
}

extension SourceFile {
  /// A file of the skill that this file describes, as a source of its own. It has no number.
  ///
  /// - Parameter path: the file, below the folder of the skill.
  public func part(_ path: RelativePath) -> SourceFile {
    func beside(_ file: String) -> String { file.lastSlash.map { file[...$0] + path.description } ?? path.description }
    let folder = self.path.folders.joined(separator: "/")
    return SourceFile(
      path: RelativePath(beside(self.path.description)) ?? path, collection: collection,
      displayPath: beside(displayPath), publishedPath: beside(publishedPath),
      skill: SkillFolder(path: folder, isWhole: false), number: Self.unnumbered)
  }

  /// The number of files that are not among those that were found.
  public static let unnumbered = -1

  /// Adds what decides how the file is read, besides its path and its bytes, to a digest.
  public func add(to digester: inout Digester) {
    digester.add(isNamed)
    digester.add(skill?.path)
    digester.add(skill?.isWhole ?? false)
    digester.add(plugin?.path)
    digester.add(plugin?.manifests ?? [])
  }
}

extension SourceFile: Storable {
  /// Writes every part of it, in order.
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
  }

  /// Reads what ``store(in:)`` wrote.
  public init(from bytes: inout ByteReader) throws(ByteReader.Failure) {
    guard let path = RelativePath(try bytes.readText()) else { throw ByteReader.Failure() }
    self.init(
      path: path, collection: try bytes.readNumber(), displayPath: try bytes.readText(),
      publishedPath: try bytes.readText(), plugin: try PluginPlace?(from: &bytes),
      skill: try SkillFolder?(from: &bytes),
      isNamed: try Bool(from: &bytes),
      number: try bytes.readNumber(), item: try SourceItem?(from: &bytes))
  }
}

/// Where a file is in a plugin: a folder with a manifest, from which a runtime installs what the folder holds.
public struct PluginPlace: Hashable, Sendable, Codable {
  /// The manifests that the plugin has, below its folder, for example `.claude-plugin/plugin.json`.
  public let manifests: [String]
  /// The file below the plugin's folder, as if it were in the usual folder where the manifest names another.
  public let path: String

  /// Makes one from its parts.
  public init(manifests: [String], path: String) {
    self.manifests = manifests
    self.path = path
  }
}

extension PluginPlace: Storable {
  /// Writes every part of it, in order.
  public func store(in bytes: inout ByteWriter) {
    manifests.store(in: &bytes)
    path.store(in: &bytes)
  }

  /// Reads what ``store(in:)`` wrote.
  public init(from bytes: inout ByteReader) throws(ByteReader.Failure) {
    self.init(manifests: try [String](from: &bytes), path: try String(from: &bytes))
  }
}

/// The folder of a skill.
public struct SkillFolder: Hashable, Sendable, Codable {
  /// The folder, below the source; empty for the source itself.
  public let path: String
  /// Whether it is a source or a plugin as a whole, which may hold other items besides.
  public let isWhole: Bool

  /// Makes one from its parts.
  public init(path: String, isWhole: Bool) {
    self.path = path
    self.isWhole = isWhole
  }
}

extension SkillFolder: Storable {
  /// Writes every part of it, in order.
  public func store(in bytes: inout ByteWriter) {
    path.store(in: &bytes)
    isWhole.store(in: &bytes)
  }

  /// Reads what ``store(in:)`` wrote.
  public init(from bytes: inout ByteReader) throws(ByteReader.Failure) {
    self.init(path: try String(from: &bytes), isWhole: try Bool(from: &bytes))
  }
}

/// A file that was found and could not be read.
public struct UnreadFile: Sendable, Hashable {
  /// The path to show at a terminal; see ``SourceFile/displayPath``.
  public let displayPath: String
  /// The path to write to pages and reports; see ``SourceFile/publishedPath``.
  public let publishedPath: String
  /// The reason, as a clause.
  public let reason: String
  /// What the file is for.
  public let use: Use

  /// What an unread file is for.
  public enum Use: Sendable, Hashable {
    /// It may be an item or a document.
    case content
    /// It describes a plugin or a marketplace, and is wrong at a line, if that is known.
    case manifest(line: Int?)
    /// It is a repository that files are read from.
    case source
  }

  /// Makes one from its parts. Without a published path the displayed one is published.
  public init(displayPath: String, publishedPath: String? = nil, reason: String, use: Use = .content) {
    self.displayPath = displayPath
    self.publishedPath = publishedPath ?? displayPath
    self.reason = reason
    self.use = use
  }
}
