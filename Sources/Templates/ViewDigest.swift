import Files

/// Markup that costs more to make than its inputs: it is made only when a page is written. A digest of a view covers
/// the inputs instead, so the markup must depend on nothing else.
public protocol DeferredMarkup: TemplateValueConvertible, Sendable {
  /// The markup, made now.
  var markup: HTML { get }
  /// Adds everything that ``markup`` depends on.
  func add(to digester: inout Digester)
}

extension DeferredMarkup {
  /// The markup, not yet made.
  public var templateValue: TemplateValue { .deferred(self) }
}

extension Digester {
  /// Adds everything that a template can read of a view: a page that shows something else has another digest.
  public mutating func add(_ view: any TemplateView) { view.add(to: &self) }

  fileprivate mutating func add(_ value: TemplateValue) {
    // The number tells kinds of values apart.
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
