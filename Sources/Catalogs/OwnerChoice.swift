import Agents
import Files
import Text

/// The owners of files, set in `roster.yml`.
public struct OwnerChoice: Sendable, Equatable {
  /// The files.
  public let paths: [Glob]
  /// The owners; empty if nobody owns the files.
  public let owners: [String]

  /// Creates a choice.
  public init(paths: [Glob], owners: [String]) {
    self.paths = paths
    self.owners = owners
  }

  func add(to digester: inout Digester) {
    digester.add(paths.map(\.pattern))
    digester.add(owners)
  }

  /// Returns the owners of a file. The most specific source takes precedence, and the last matching choice.
  ///
  /// - Parameters:
  ///   - source: The file.
  ///   - stated: The owners that the file itself states.
  ///   - assembly: The catalog's files and settings.
  ///   - codeOwners: The owners from CODEOWNERS files, by published paths.
  static func owners(
    of source: SourceFile, stated: [String] = [], in assembly: Assembly, codeOwners: [String: [String]]
  ) -> [String] {
    let path = RelativePath(source.publishedPath)
    if let path, let choice = assembly.settings.owners.last(where: { $0.paths.contains { $0.matches(path) } }) {
      return choice.owners
    }
    if !stated.isEmpty { return stated }
    if let owner = assembly.collections[source.collection].about.owner { return [owner] }
    return codeOwners[source.publishedPath] ?? []
  }
}

/// Names of owners.
public enum Owner {
  /// Returns whether two names mean the same owner, ignoring case and a leading @.
  public static func same(_ name: String, _ other: String) -> Bool { key(name) == key(other) }

  /// Returns the normalized name.
  public static func key(_ name: String) -> String { name.lowercased().trimmingPrefix("@").description }
}
