/// A difference between two states of a file that grants access.
public struct GrantChange: Sendable, Hashable {
  /// The effect of a difference.
  public enum Effect: String, Sendable, Hashable {
    /// Agents can do more, or more runs automatically.
    case widens
    /// Agents can do less, or less runs automatically.
    case narrows
    /// Access is unchanged, although the file differs.
    case same
    /// The effect is unknown.
    case unknown
  }

  /// One state of a change.
  public struct Side: Sendable, Hashable {
    /// The meaning of the key in this state; nil if the state does not have it.
    public let says: Sentence?
    /// The line in the file. For a missing key, the line of the nearest enclosing key.
    public let line: Int
  }

  /// The effect.
  public let effect: Effect
  /// The path of the key as written, or `(the file)`.
  public let key: String
  /// The difference, as a sentence with its full stop.
  public let sentence: Sentence
  /// The danger of the added access; none if nothing was added.
  public let danger: Danger
  /// The earlier state; nil if it has no position for the key.
  public let before: Side?
  /// The later state; nil if it has no position for the key.
  public let after: Side?
  /// The condition for the grant to take effect, such as “once the folder is trusted”.
  public let condition: String?

  /// Whether the change is about the whole file, rather than one of its keys.
  public var isAboutWholeFile: Bool { key == Self.wholeFile }
  static let wholeFile = "(the file)"

  /// Returns the sentence about a key that was added, removed or changed without an effect on access.
  static func unchanged(_ says: Sentence, isAdded: Bool, isRemoved: Bool) -> Sentence {
    if isAdded { return "Added, with no change in access: \(says)." }
    return isRemoved ? "Removed, with no change in access: \(says)." : "No change in access: \(says)."
  }
}
