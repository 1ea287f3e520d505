/// A value in a template.
public enum TemplateValue: Sendable {
  /// No value.
  case nothing
  /// Text, which is always escaped.
  case text(String)
  /// A name, in which lookalikes of Latin letters are marked.
  case identifier(String)
  /// Markup.
  case html(HTML)
  /// Markup generated only when it is written.
  case deferred(any DeferredMarkup)
  /// A number.
  case number(Int)
  /// A condition of a section.
  case flag(Bool)
  /// Views. A section is rendered for each of them.
  case views([any TemplateView])
  /// Values. A section is rendered for each of them, with the value as `{{.}}`.
  case values([TemplateValue])

  /// Whether a section of this value is rendered: it is present, true and nonempty.
  var isShown: Bool {
    switch self {
    case .nothing: false
    case .text(let text), .identifier(let text): !text.isEmpty
    case .html(let html): !html.isEmpty
    case .deferred(let deferred): !deferred.markup.isEmpty
    case .number: true
    case .flag(let flag): flag
    case .views(let views): !views.isEmpty
    case .values(let values): !values.isEmpty
    }
  }
}

/// A type that can be used as a template value.
public protocol TemplateValueConvertible: SendableMetatype {
  /// The template value.
  var templateValue: TemplateValue { get }
  /// Converts an array of this type.
  static func list(_ values: [Self]) -> TemplateValue
}

extension TemplateValueConvertible {
  /// Converts an array of this type to a list of values.
  public static func list(_ values: [Self]) -> TemplateValue { .values(values.map(\.templateValue)) }
}

extension TemplateView {
  /// The view as a list of one, for a section.
  public var templateValue: TemplateValue { .views([self]) }
  /// Converts views to a list for a section.
  public static func list(_ views: [Self]) -> TemplateValue { .views(views) }
}

extension TemplateValue: TemplateValueConvertible {
  /// The value itself.
  public var templateValue: TemplateValue { self }
}

extension String: TemplateValueConvertible {
  /// The text.
  public var templateValue: TemplateValue { .text(self) }
}

extension HTML: TemplateValueConvertible {
  /// The markup.
  public var templateValue: TemplateValue { .html(self) }
}

extension Int: TemplateValueConvertible {
  /// The number.
  public var templateValue: TemplateValue { .number(self) }
}

extension Bool: TemplateValueConvertible {
  /// The flag.
  public var templateValue: TemplateValue { .flag(self) }
}

/// A name from a file, as a template value.
public struct Identifier: TemplateValueConvertible {
  /// The name.
  public let text: String

  /// Creates an identifier.
  public init(_ text: String) { self.text = text }

  /// Creates an identifier, or nil for no name.
  public init?(_ text: String?) {
    guard let text else { return nil }
    self.text = text
  }

  /// The name.
  public var templateValue: TemplateValue { .identifier(text) }
}

extension Optional: TemplateValueConvertible where Wrapped: TemplateValueConvertible {
  /// The value, or nothing.
  public var templateValue: TemplateValue { self?.templateValue ?? .nothing }
}

extension Array: TemplateValueConvertible where Element: TemplateValueConvertible {
  /// The values as a list.
  public var templateValue: TemplateValue { Element.list(self) }
}
