import Mustache

/// Something that a template shows: a value whose members templates name.
///
/// Names and values stand in one table, which serves twice: to look a name up while a page is rendered, and to tell a theme's author
/// beforehand that a name is wrong.
protocol TemplateView: MustacheParent, Sendable {
  /// What templates may name, and what stands for it.
  static var members: [String: @Sendable (Self) -> Any?] { get }
}

extension TemplateView {
  /// The value of a member, for the template engine.
  func child(named name: String) -> Any? { Self.members[name]?(self) }

  /// The members of this view for one that holds it, beside members of its own.
  static func members<Outer>(
    of inner: @escaping @Sendable (Outer) -> Self, and own: [String: @Sendable (Outer) -> Any?]
  ) -> [String: @Sendable (Outer) -> Any?] {
    var all = own
    for (name, member) in members where all[name] == nil { all[name] = { member(inner($0)) } }
    return all
  }
}

/// A page's own view within the frame that all pages have.
struct Framed<Content: TemplateView>: MustacheParent {
  let frame: FrameView
  let content: Content

  func child(named name: String) -> Any? { content.child(named: name) ?? frame.child(named: name) }
}

extension String {
  /// The text, or nil where there is none: a section for an empty text is not rendered.
  var ifAny: String? { isEmpty ? nil : self }
}
