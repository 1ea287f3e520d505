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

  /// Returns the owners of an item. The most specific source takes precedence, and the last matching choice.
  static func owners(of agent: Agent, in assembly: Assembly, codeOwners: [String: [String]]) -> [String] {
    let path = RelativePath(agent.source.publishedPath)
    if let path, let choice = assembly.settings.owners.last(where: { $0.paths.contains { $0.matches(path) } }) {
      return choice.owners
    }
    if !agent.owners.isEmpty { return agent.owners }
    if let owner = assembly.collections[agent.source.collection].about.owner { return [owner] }
    return codeOwners[agent.source.publishedPath] ?? []
  }
}

/// Names of owners.
public enum Owner {
  /// Returns whether two names mean the same owner, ignoring case and a leading @.
  public static func same(_ name: String, _ other: String) -> Bool { key(name) == key(other) }

  /// Returns the normalized name.
  public static func key(_ name: String) -> String { name.lowercased().trimmingPrefix("@").description }
}
