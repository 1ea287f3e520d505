/// How dangerous it is what a grant allows, from nothing to the worst.
public enum Danger: String, Sendable, Hashable, Comparable, CaseIterable {
  /// Allows nothing by itself.
  case none
  /// Reads files.
  case reads = "read"
  /// Reaches the network.
  case network = "web"
  /// Changes files.
  case writes = "write"
  /// Runs programs.
  case runs = "run"
  /// Switches permission prompts off.
  case promptsOff = "bypass"
  /// Runs what comes from the network in a shell.
  case networkToShell = "network-to-shell"

  /// Whether the first is less dangerous.
  public static func < (left: Danger, right: Danger) -> Bool { left.rank < right.rank }

  private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}
