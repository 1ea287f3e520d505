import Files

/// Markup that costs more to generate than its inputs. It is generated only when a page is written.
///
/// The digest of a view covers the inputs instead, so the markup must depend on nothing else.
public protocol DeferredMarkup: TemplateValueConvertible, Sendable {
  /// The markup, generated at each access.
  var markup: HTML { get }
  /// Adds everything that ``markup`` depends on to a digest.
  func add(to digester: inout Digester)
}

extension DeferredMarkup {
  /// The markup, not generated yet.
  public var templateValue: TemplateValue { .deferred(self) }
}

extension Digester {
  /// Adds everything that a template can read from a view, so that pages with different content have different digests.
  public mutating func add(_ view: any TemplateView) { view.add(to: &self) }

  fileprivate mutating func add(_ value: TemplateValue) {
    // Each case begins with a distinct number.
    switch value {
    case .nothing: add(0)
    case .text(let text):
      add(1)
      add(text)
    case .identifier(let text):
      add(2)
      add(text)
    case .html(let html):
      add(3)
      add(html.bytes)
    case .deferred(let deferred):
      add(4)
      deferred.add(to: &self)
    case .number(let number):
      add(5)
      add(number)
    case .flag(let flag):
      add(6)
      add(flag)
    case .views(let views):
      add(7)
      add(views.count)
      for view in views { view.add(to: &self) }
    case .values(let values):
      add(8)
      add(values.count)
      for value in values { add(value) }
    }
  }
}

extension TemplateView {
  fileprivate func add(to digester: inout Digester) {
    for member in Self.members.all { digester.add(member.value(self)) }
  }
}
