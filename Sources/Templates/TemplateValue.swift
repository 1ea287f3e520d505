/// A value that a template can show.
public enum TemplateValue: Sendable {
  /// No value.
  case nothing
  /// Text, which is always escaped.
  case text(String)
  /// A name, in which letters of other scripts that look like Latin ones are marked.
  case identifier(String)
  /// Markup.
  case html(HTML)
  /// Markup that is made only when it is written.
  case deferred(any DeferredMarkup)
  /// A number.
  case number(Int)
  /// Whether a section is shown.
  case flag(Bool)
  /// Views, for each of which a section is rendered.
  case views([any TemplateView])
  /// Values, for each of which a section is rendered with `{{.}}` as the value.
  case values([TemplateValue])

  /// Whether a section for this is rendered: not if it is absent, false, or empty.
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

/// A type whose values templates can show.
public protocol TemplateValueConvertible: SendableMetatype {
  /// The value as templates know it.
  var templateValue: TemplateValue { get }
  /// A list of such values.
  static func list(_ values: [Self]) -> TemplateValue
}

extension TemplateValueConvertible {
  /// A list of such values.
  public static func list(_ values: [Self]) -> TemplateValue { .values(values.map(\.templateValue)) }
}

extension TemplateView {
  /// The view, for a section.
  public var templateValue: TemplateValue { .views([self]) }
  /// Views, for a section.
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

/// A name that a file states, as a value of a template.
public struct Identifier: TemplateValueConvertible {
  /// The name.
  public let text: String

  /// Makes one of a name.
  public init(_ text: String) { self.text = text }

  /// Makes one of a name that may not be stated.
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
