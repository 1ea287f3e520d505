import Agents
import Files
import Text

/// Owners of files, as `roster.yml` names them.
public struct OwnerChoice: Sendable, Equatable {
  /// The files.
  public let paths: [Glob]
  /// Their owners; none if nobody owns them.
  public let owners: [String]

  /// Makes a choice.
  public init(paths: [Glob], owners: [String]) {
    self.paths = paths
    self.owners = owners
  }

  func add(to digester: inout Digester) {
    digester.add(paths.map(\.pattern))
    digester.add(owners)
  }

  /// The owners of an item. What is said about it most closely decides; of several choices the last that fits does.
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
  /// Whether two words name the same owner: letters count the same in either case, and an @ in front may be missing.
  public static func same(_ name: String, _ other: String) -> Bool { key(name) == key(other) }

  /// A name in the spelling that is compared.
  public static func key(_ name: String) -> String { name.lowercased().trimmingPrefix("@").description }
}
