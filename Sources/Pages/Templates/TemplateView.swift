/// Something that a template shows: a value whose members templates name.
///
/// Names and values stand in one table, which serves twice: to look a name up while a page is rendered, and to tell a theme's author
/// beforehand that a name is wrong.
protocol TemplateView: TemplateValueConvertible, Sendable {
  /// What templates may name, and what stands for it.
  static var members: [String: Member<Self>] { get }
  /// What stands for a name, or nil where this view has no such member.
  func value(of name: String) -> TemplateValue?
}

extension TemplateView {
  func value(of name: String) -> TemplateValue? { Self.members[name]?.value(self) }

  /// The members of this view for one that holds it, beside members of its own.
  static func members<Outer>(
    of inner: @escaping @Sendable (Outer) -> Self, and own: [String: Member<Outer>]
  ) -> [String: Member<Outer>] {
    var all = own
    for (name, member) in members where all[name] == nil { all[name] = Member { member.value(inner($0)) } }
    return all
  }
}

/// How a member of a view is had.
struct Member<View: Sendable>: Sendable {
  let value: @Sendable (View) -> TemplateValue

  /// A member that is one of the kinds of value that templates know.
  init(_ value: @escaping @Sendable (View) -> some TemplateValueConvertible) {
    self.value = { value($0).templateValue }
  }
}

/// What a template can show.
enum TemplateValue: Sendable {
  /// There is none, or none in this case.
  case nothing
  /// Text, which is escaped wherever it is written.
  case text(String)
  /// Markup.
  case html(HTML)
  /// A number.
  case number(Int)
  /// Whether a section is shown.
  case flag(Bool)
  /// Views, for each of which a section is rendered.
  case views([any TemplateView])
  /// Values, for each of which a section is rendered, `{{.}}` standing for it.
  case values([TemplateValue])

  /// Whether a section for this is rendered: not for what is absent, false, or empty.
  var isShown: Bool {
    switch self {
    case .nothing: false
    case .text(let text): !text.isEmpty
    case .html(let html): !html.isEmpty
    case .number: true
    case .flag(let flag): flag
    case .views(let views): !views.isEmpty
    case .values(let values): !values.isEmpty
    }
  }
}

/// A type whose values templates can show.
protocol TemplateValueConvertible: SendableMetatype {
  /// The value as templates know it.
  var templateValue: TemplateValue { get }
  /// Several of them.
  static func list(_ values: [Self]) -> TemplateValue
}

extension TemplateValueConvertible {
  static func list(_ values: [Self]) -> TemplateValue { .values(values.map(\.templateValue)) }
}

extension TemplateView {
  var templateValue: TemplateValue { .views([self]) }
  static func list(_ views: [Self]) -> TemplateValue { .views(views) }
}

extension TemplateValue: TemplateValueConvertible {
  var templateValue: TemplateValue { self }
}

extension String: TemplateValueConvertible {
  var templateValue: TemplateValue { .text(self) }
}

extension HTML: TemplateValueConvertible {
  var templateValue: TemplateValue { .html(self) }
}

extension Int: TemplateValueConvertible {
  var templateValue: TemplateValue { .number(self) }
}

extension Bool: TemplateValueConvertible {
  var templateValue: TemplateValue { .flag(self) }
}

extension Optional: TemplateValueConvertible where Wrapped: TemplateValueConvertible {
  var templateValue: TemplateValue { self?.templateValue ?? .nothing }
}

extension Array: TemplateValueConvertible where Element: TemplateValueConvertible {
  var templateValue: TemplateValue { Element.list(self) }
}

extension String {
  /// The text, or nil where there is none.
  var ifAny: String? { isEmpty ? nil : self }
}
