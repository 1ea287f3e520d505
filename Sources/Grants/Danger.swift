/// The danger of the access that a grant gives, from none to the worst.
public enum Danger: String, Sendable, Hashable, Comparable, CaseIterable {
  /// Gives no access by itself.
  case none
  /// Reads files.
  case reads = "read"
  /// Accesses the network.
  case network = "web"
  /// Changes files.
  case writes = "write"
  /// Runs programs.
  case runs = "run"
  /// Turns permission prompts off.
  case promptsOff = "bypass"
  /// Runs code from the network in a shell.
  case networkToShell = "network-to-shell"

  /// Returns whether `left` is less dangerous.
  public static func < (left: Danger, right: Danger) -> Bool { left.rank < right.rank }

  private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}
