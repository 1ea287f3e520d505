/// A folder or file given as a source, with its display name.
public struct SourceCollection: Sendable, Hashable {
  /// The display name, for example `platform-team`.
  public let name: String
  /// The key used in addresses, as path components: `acme`, `tools`.
  public let key: [String]
  /// The name in earlier versions, needed for their addresses.
  public let formerName: String
  /// The published path of the folder; `.` for the root of a repository.
  public let folder: String
  /// The metadata from its own files.
  public let about: About
  /// The web pages of its files.
  public var web = SourceWeb()

  /// The metadata of a collection, from the manifest of a plugin or marketplace.
  public struct About: Sendable, Hashable {
    /// The description, or nil.
    public let description: String?
    /// The version, or nil.
    public let version: String?
    /// The owner, or nil.
    public let owner: String?
    /// The URL of the home page, or nil.
    public let homepage: String?

    /// Creates metadata; empty without arguments.
    public init(description: String? = nil, version: String? = nil, owner: String? = nil, homepage: String? = nil) {
      self.description = description
      self.version = version
      self.owner = owner
      self.homepage = homepage
    }

    /// Adds all values to a digest.
    public func add(to digester: inout Digester) {
      for text in [description, version, owner, homepage] { digester.add(text) }
    }
  }

  /// Creates a collection. `key` and `formerName` default to the name.
  public init(
    name: String, key: [String]? = nil, formerName: String? = nil, folder: String, about: About = About()
  ) {
    self.name = name
    self.key = key ?? [name]
    self.formerName = formerName ?? name
    self.folder = folder
    self.about = about
  }
}

extension SourceCollection {
  /// Returns the collections with names and keys made unique.
  ///
  /// Collections with the same name are named by their keys. Collections with the same key are copies of one
  /// repository, or folders outside any. Their published folder is appended to the key, or replaces its last component
  /// if that is the same.
  public static func distinct(_ collections: [SourceCollection]) -> [SourceCollection] {
    var result = collections
    for same in Dictionary(grouping: result.indices, by: { result[$0].key }).values where same.count > 1 {
      for index in same {
        let (key, folder) = (result[index].key, result[index].folder.pathComponents.filter { $0 != "." })
        if folder.isEmpty { continue }
        result[index] = result[index].with(key: (key.last == folder.last ? key.dropLast() : key) + folder)
      }
    }
    for same in Dictionary(grouping: result.indices, by: { result[$0].name }).values where same.count > 1 {
      for index in same { result[index] = result[index].with(name: result[index].key.joined(separator: "/")) }
    }
    // Collections are looked up by name, so names must be unique even for unusual folders.
    var used: Set<String> = []
    for index in result.indices where !used.insert(result[index].name).inserted {
      result[index] = result[index].with(name: result[index].formerName)
      used.insert(result[index].name)
    }
    return result
  }

  private func with(name: String? = nil, key: [String]? = nil) -> SourceCollection {
    var result = SourceCollection(
      name: name ?? self.name, key: key ?? self.key, formerName: formerName, folder: folder, about: about)
    result.web = web
    return result
  }

  /// Adds all values to a digest.
  public func add(to digester: inout Digester) {
    digester.add([name, formerName, folder])
    digester.add(key)
    about.add(to: &digester)
    web.add(to: &digester)
  }
}
