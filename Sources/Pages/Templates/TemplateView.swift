import Synchronization

/// Something that a template shows: a value whose members templates name.
///
/// Names and values stand in one table, which serves twice: to look a name up while a page is rendered, and to tell a theme's author
/// beforehand that a name is wrong.
protocol TemplateView: TemplateValueConvertible, Sendable {
  /// What templates may name, and what stands for it.
  static var members: Members<Self> { get }
  /// What stands for a name, or nil where this view has no such member.
  func value(of name: TemplateName) -> TemplateValue?
}

extension TemplateView {
  func value(of name: TemplateName) -> TemplateValue? { Self.members[name]?.value(self) }

  /// The members of this view for one that holds it, beside members of its own.
  static func members<Outer>(
    of inner: @escaping @Sendable (Outer) -> Self, and own: Members<Outer>
  ) -> Members<Outer> {
    var all = own
    for key in members.keys {
      guard all[TemplateName(key)] == nil, let member = members[TemplateName(key)] else { continue }
      all.add(Member { member.value(inner($0)) }, as: key)
    }
    return all
  }
}

/// A name that templates use, as a number: the same for the same name in the whole run, so that what stands for it is found without looking at its letters.
struct TemplateName: Sendable, Hashable {
  let number: Int

  private static let known = Mutex<[String: Int]>([:])

  init(_ text: String) {
    number = Self.known.withLock { known in
      if let number = known[text] { return number }
      known[text] = known.count
      return known.count - 1
    }
  }
}

/// The members of a view, by their names.
struct Members<View: Sendable>: Sendable, ExpressibleByDictionaryLiteral {
  /// The names as templates write them.
  private(set) var keys: [String] = []
  /// At the numbers of the names.
  private var members: [Member<View>?] = []

  init(dictionaryLiteral elements: (String, Member<View>)...) {
    for (key, member) in elements { add(member, as: key) }
  }

  subscript(name: TemplateName) -> Member<View>? { name.number < members.count ? members[name.number] : nil }

  mutating func add(_ member: Member<View>, as key: String) {
    let name = TemplateName(key)
    while members.count <= name.number { members.append(nil) }
    members[name.number] = member
    keys.append(key)
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
  /// A name, in which letters of other scripts that look like Latin ones are marked.
  case identifier(String)
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
    case .text(let text), .identifier(let text): !text.isEmpty
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

/// A name that a file states, as a value of a template.
struct Identifier: TemplateValueConvertible {
  let text: String

  init(_ text: String) { self.text = text }

  /// Makes one of a name that may not be stated.
  init?(_ text: String?) {
    guard let text else { return nil }
    self.text = text
  }

  var templateValue: TemplateValue { .identifier(text) }
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
