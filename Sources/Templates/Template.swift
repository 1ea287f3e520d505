import Text

/// A linked template: its partials and its layout are inserted, and all its names are checked.
///
/// Text is always escaped, even in `{{{name}}}`. That form only inserts ``HTML`` unchanged.
public struct Template: Sendable {
  /// A part of a template.
  indirect enum Part: Sendable {
    /// Literal text.
    case literal([UInt8])
    /// The value of a name. Markup is inserted unchanged only if `isRaw` is true.
    case value(name: String, isRaw: Bool)
    /// A section, rendered once for each element of a name's value.
    case section(name: String, [Part])
    /// An inverted section, rendered if a name has no value.
    case inverted(name: String, [Part])
  }

  /// The name of the element that a section is rendered for.
  static let itself = "."

  /// A rendering step.
  ///
  /// Parts are flattened to an array of steps without references, which would cost reference counting at every step.
  private enum Step {
    /// Writes a range of ``literals``.
    case literal(Range<Int>)
    /// Writes the value of a name.
    case value(name: Int, isRaw: Bool, place: HTMLText.Place)
    /// Runs the following steps, up to the index `end`, for each element of a name's value.
    case section(name: Int, end: Int)
    /// Runs the following steps, up to the index `end`, if a name has no value.
    case inverted(name: Int, end: Int)
  }

  private var steps: [Step] = []
  private var literals: [UInt8] = []
  private var names: [TemplateName] = []

  /// Creates a template from its parts.
  init(_ parts: [Part]) {
    var position = MarkupPosition()
    add(parts, &position)
  }

  /// Adds parts. The literals determine the context of each value: in a tag, in a text element, or between tags.
  private mutating func add(_ parts: [Part], _ position: inout MarkupPosition) {
    for part in parts {
      switch part {
      case .literal(let literal):
        add(literal)
        position.advance(past: literal)
      case .value(let name, let isRaw):
        steps.append(
          .value(name: number(of: name), isRaw: isRaw, place: position.takesMarkup ? .content : .plain))
      case .section(let name, let inner):
        let start = steps.count
        steps.append(.section(name: number(of: name), end: 0))
        add(inner, &position)
        steps[start] = .section(name: number(of: name), end: steps.count)
      case .inverted(let name, let inner):
        let start = steps.count
        steps.append(.inverted(name: number(of: name), end: 0))
        add(inner, &position)
        steps[start] = .inverted(name: number(of: name), end: steps.count)
      }
    }
  }

  private mutating func add(_ literal: [UInt8]) {
    let start = literals.count
    literals += literal
    steps.append(.literal(start..<literals.count))
  }

  private mutating func number(of name: String) -> Int {
    let name = TemplateName(name)
    if let known = names.firstIndex(of: name) { return known }
    names.append(name)
    return names.count - 1
  }

  /// Renders the template. A name is looked up in the last view first.
  public func render(_ views: [any TemplateView], reserving capacity: Int = 1024) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(capacity)
    steps.withUnsafeBufferPointer { steps in
      literals.withUnsafeBufferPointer { literals in
        var run = Run(steps: steps, literals: literals, names: names, stack: views, bytes: bytes)
        bytes = []
        run.go(0..<steps.count)
        bytes = run.bytes
      }
    }
    return bytes
  }

  /// The view of a single value in a section.
  private struct ValueView: TemplateView {
    let value: TemplateValue

    static let members: Members<ValueView> = [itself: Member { $0.value }]
  }

  /// The state of one rendering.
  private struct Run {
    let steps: UnsafeBufferPointer<Step>
    let literals: UnsafeBufferPointer<UInt8>
    let names: [TemplateName]
    var stack: [any TemplateView]
    var bytes: [UInt8]

    mutating func go(_ range: Range<Int>) {
      var index = range.lowerBound
      while index < range.upperBound {
        let step = steps[index]
        index += 1
        switch step {
        case .literal(let range): bytes.append(contentsOf: UnsafeBufferPointer(rebasing: literals[range]))
        case .value(let name, let isRaw, let place):
          Template.write(value(of: name), isRaw: isRaw, in: place, to: &bytes)
        case .section(let name, let end):
          section(value(of: name), index..<end)
          index = end
        case .inverted(let name, let end):
          if !value(of: name).isShown { go(index..<end) }
          index = end
        }
      }
    }

    private mutating func section(_ value: TemplateValue, _ inner: Range<Int>) {
      guard value.isShown else { return }
      switch value {
      case .views(let views): for view in views { go(inner, view) }
      case .values(let values): for value in values { go(inner, ValueView(value: value)) }
      case .flag: go(inner)
      default: go(inner, ValueView(value: value))
      }
    }

    private mutating func go(_ range: Range<Int>, _ view: any TemplateView) {
      stack.append(view)
      go(range)
      stack.removeLast()
    }

    private func value(of name: Int) -> TemplateValue {
      // Access the views in place, because copying them would be the main cost.
      let name = names[name]
      return stack.withUnsafeBufferPointer { stack in
        for index in stack.indices.reversed() {
          if let value = stack[index].value(of: name) { return value }
        }
        return .nothing
      }
    }
  }

  private static func write(
    _ value: TemplateValue, isRaw: Bool, in place: HTMLText.Place, to bytes: inout [UInt8]
  ) {
    switch value {
    case .text(let text): HTMLText.appendEscaped(text, to: &bytes, in: place)
    case .identifier(let text):
      HTMLText.appendEscaped(text, to: &bytes, in: place == .content ? .identifier : place)
    case .html(let html) where isRaw: bytes.append(contentsOf: html.bytes)
    case .html(let html): HTMLText.appendEscaped(String(decoding: html.bytes, as: UTF8.self), to: &bytes, in: place)
    case .deferred(let deferred): write(.html(deferred.markup), isRaw: isRaw, in: place, to: &bytes)
    case .number(let number): bytes.append(contentsOf: String(number).utf8)
    case .nothing, .flag, .views, .values: break
    }
  }
}
