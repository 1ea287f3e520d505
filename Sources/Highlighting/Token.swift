/// A highlighted piece of code.
public struct Token: Sendable, Hashable {
  /// The kind of a token.
  public enum Kind: Sendable, Hashable, CaseIterable {
    /// A comment.
    case comment
    /// A string literal.
    case string
    /// A keyword.
    case keyword
    /// A number or a constant such as `true`.
    case value
    /// A type name.
    case type
    /// The name of a key, an attribute, a decorator or a property.
    case property
    /// A variable with a prefix, such as `$name`.
    case variable
    /// A tag, a heading or another structural element.
    case structure
    /// An added line of a patch.
    case added
    /// A removed line of a patch.
    case removed

    /// The CSS class.
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

  /// The kind.
  public let kind: Kind
  /// The byte range.
  public let range: Range<Int>
}
