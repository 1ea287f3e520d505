import Synchronization

/// The data of a template: a value whose members have names.
///
/// The members have three uses. They resolve names during rendering, and reject unknown names when a theme is loaded.
/// They also list everything that a template can read from a view, for its digest.
public protocol TemplateView: TemplateValueConvertible, Sendable {
  /// The members by name.
  static var members: Members<Self> { get }
  /// Returns the value of a name, or nil if this view has no such member.
  func value(of name: TemplateName) -> TemplateValue?
}

extension TemplateView {
  /// Returns the value of a name, or nil if this view has no such member.
  @inlinable public func value(of name: TemplateName) -> TemplateValue? { Self.members[name]?.value(self) }

  /// Returns the members of this view for an outer view that contains it, together with the outer view's own members.
  public static func members<Outer>(
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

/// An interned name. Equal names have equal numbers during a run, so lookups compare no strings.
public struct TemplateName: Sendable, Hashable {
  @usableFromInline let number: Int

  private static let known = Mutex<[String: Int]>([:])

  /// Interns a name.
  public init(_ text: String) {
    number = Self.known.withLock { known in
      if let number = known[text] { return number }
      known[text] = known.count
      return known.count - 1
    }
  }
}

/// The members of a view, by name.
public struct Members<View: Sendable>: Sendable, ExpressibleByDictionaryLiteral {
  /// The names, in the order in which they were added.
  public private(set) var keys: [String] = []
  /// The members, in the same order.
  private(set) var all: [Member<View>] = []
  /// The members, indexed by the number of their name.
  @usableFromInline var members: [Member<View>?] = []

  /// Creates members from names and values.
  public init(dictionaryLiteral elements: (String, Member<View>)...) {
    for (key, member) in elements { add(member, as: key) }
  }

  /// Returns the member with a name, or nil.
  @inlinable public subscript(name: TemplateName) -> Member<View>? {
    name.number < members.count ? members[name.number] : nil
  }

  /// Adds a member.
  public mutating func add(_ member: Member<View>, as key: String) {
    let name = TemplateName(key)
    while members.count <= name.number { members.append(nil) }
    members[name.number] = member
    keys.append(key)
    all.append(member)
  }
}

/// Reads one member of a view.
public struct Member<View: Sendable>: Sendable {
  /// Reads the member.
  public let value: @Sendable (View) -> TemplateValue

  /// Creates a member from a function that returns a convertible value.
  public init(_ value: @escaping @Sendable (View) -> some TemplateValueConvertible) {
    self.value = { value($0).templateValue }
  }
}
