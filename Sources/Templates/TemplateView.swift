import Synchronization

/// Something that a template shows: a value whose members templates name.
///
/// One table of names and values serves three uses: it finds the value of a name while a page is rendered, it rejects
/// a wrong name when a theme is loaded, and it lists everything a template can read of the view, for its digest.
public protocol TemplateView: TemplateValueConvertible, Sendable {
  /// The names that templates may use, with their values.
  static var members: Members<Self> { get }
  /// The value of a name, or nil if this view has no such member.
  func value(of name: TemplateName) -> TemplateValue?
}

extension TemplateView {
  /// The value of a name, or nil if this view has no such member.
  @inlinable public func value(of name: TemplateName) -> TemplateValue? { Self.members[name]?.value(self) }

  /// The members of this view for a view that contains it, beside members of its own.
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

/// A name that templates use, as a number: equal names have equal numbers in the whole run, so looking up a value
/// compares no letters.
public struct TemplateName: Sendable, Hashable {
  @usableFromInline let number: Int

  private static let known = Mutex<[String: Int]>([:])

  /// Makes the name of a text.
  public init(_ text: String) {
    number = Self.known.withLock { known in
      if let number = known[text] { return number }
      known[text] = known.count
      return known.count - 1
    }
  }
}

/// The members of a view, by their names.
public struct Members<View: Sendable>: Sendable, ExpressibleByDictionaryLiteral {
  /// The names as templates write them, in the order in which they were added.
  public private(set) var keys: [String] = []
  /// The members, in the same order.
  private(set) var all: [Member<View>] = []
  /// At the numbers of the names.
  @usableFromInline var members: [Member<View>?] = []

  /// Makes members of names and values.
  public init(dictionaryLiteral elements: (String, Member<View>)...) {
    for (key, member) in elements { add(member, as: key) }
  }

  /// The member of a name.
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

  /// A member of one of the kinds of value that templates know.
  public init(_ value: @escaping @Sendable (View) -> some TemplateValueConvertible) {
    self.value = { value($0).templateValue }
  }
}
