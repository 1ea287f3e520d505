/// One difference between two states of a file that grants access.
public struct GrantChange: Sendable, Hashable {
  /// What a difference means.
  public enum Effect: String, Sendable, Hashable {
    /// An agent can do more, or more runs by itself.
    case widens
    /// An agent can do less, or less runs by itself.
    case narrows
    /// Nothing is different, although the file looks so.
    case same
    /// It is not known what the difference means.
    case unknown
  }

  /// What one state says.
  public struct Side: Sendable, Hashable {
    /// What the key does in this state; nil where the state does not have it.
    public let says: Sentence?
    /// The line of the file; of a key that is missing, that of the nearest one around it.
    public let line: Int
  }

  /// What the difference means.
  public let effect: Effect
  /// The path of the key as written, or `(the file)`.
  public let key: String
  /// What is different, as a sentence with its full stop.
  public let sentence: Sentence
  /// How dangerous it is what became possible; none where nothing did.
  public let danger: Danger
  /// What the earlier state says; nil where it has no place for it.
  public let before: Side?
  /// What the later state says; nil where it has no place for it.
  public let after: Side?
  /// Under which condition it counts, such as “once the folder is trusted”.
  public let condition: String?

  /// Whether it is about the file as a whole, and not about one of its keys.
  public var isAboutWholeFile: Bool { key == Self.wholeFile }
  static let wholeFile = "(the file)"
}
