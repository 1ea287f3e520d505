/// A piece of code that is shown in a way of its own.
public struct Token: Sendable, Hashable {
  /// What it is.
  public enum Kind: Sendable, Hashable, CaseIterable {
    /// Text for people.
    case comment
    /// Text in quotation marks.
    case string
    /// A word of the language.
    case keyword
    /// A number, or one of the values that a language has words for.
    case value
    /// The name of a type.
    case type
    /// The name of a member, a key, an attribute, or a property.
    case property
    /// A variable, by its sign.
    case variable
    /// A tag, a heading, or another part that structures a text.
    case structure
    /// A line that a patch adds.
    case added
    /// A line that a patch removes.
    case removed

    /// The class that a page marks it with.
    public var className: StaticString {
      switch self {
      case .comment: "hc"
      case .string: "hs"
      case .keyword: "hk"
      case .value: "hn"
      case .type: "ht"
      case .property: "hp"
      case .variable: "hv"
      case .structure: "hg"
      case .added: "ha"
      case .removed: "hr"
      }
    }
  }

  /// What it is.
  public let kind: Kind
  /// Where it stands, in bytes.
  public let range: Range<Int>
}
