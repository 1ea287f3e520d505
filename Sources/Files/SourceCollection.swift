/// A folder (or a file) that was given as a source, with the name that people see for it.
public struct SourceCollection: Sendable, Hashable {
  /// The name shown, for example `platform-team`.
  public let name: String
  /// What it is called in addresses, by folders: `acme`, `tools`.
  public let key: [String]
  /// What earlier versions called it, for the addresses that they gave.
  public let formerName: String
  /// The folder as it is published; `.` for the top of a repository.
  public let folder: String
  /// What its own files say of it.
  public let about: About

  /// What a collection says of itself: that of a plugin, or of a marketplace of plugins.
  public struct About: Sendable, Hashable {
    /// What it is, or nil.
    public let description: String?
    /// Its version, or nil.
    public let version: String?
    /// Who answers for it, or nil.
    public let owner: String?
    /// Where more is to be found, an address of the web, or nil.
    public let homepage: String?

    /// Makes one; without arguments, of nothing.
    public init(description: String? = nil, version: String? = nil, owner: String? = nil, homepage: String? = nil) {
      self.description = description
      self.version = version
      self.owner = owner
      self.homepage = homepage
    }

    /// Adds everything to a digest.
    public func add(to digester: inout Digester) {
      for text in [description, version, owner, homepage] { digester.add(text) }
    }
  }

  /// Makes a collection. Without a key its name is one, and without a former name it has kept its name.
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
  /// The same collections with names and keys that tell them apart.
  ///
  /// Of several with one name each is called by its key. Of several with one key, which are copies of one repository or
  /// folders outside any, each has its published folder behind it, or in place of its last part.
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
    // Names are the words by which collections are looked up, so no two may be the same, however odd their folders.
    var used: Set<String> = []
    for index in result.indices where !used.insert(result[index].name).inserted {
      result[index] = result[index].with(name: result[index].formerName)
      used.insert(result[index].name)
    }
    return result
  }

  private func with(name: String? = nil, key: [String]? = nil) -> SourceCollection {
    SourceCollection(
      name: name ?? self.name, key: key ?? self.key, formerName: formerName, folder: folder, about: about)
  }

  /// Adds everything to a digest.
  public func add(to digester: inout Digester) {
    digester.add([name, formerName, folder])
    digester.add(key)
    about.add(to: &digester)
  }
}
