import Files

/// A template that is ready: its partials and the layout that it stands in are put in their places, and all its names are known.
///
/// Text is escaped wherever it stands, in `{{{name}}}` too; that form only lets ``HTML`` through as it is.
struct Template: Sendable {
  /// A piece of a template.
  indirect enum Part: Sendable {
    /// What is written as it stands.
    case literal([UInt8])
    /// What stands for a name; markup is written as it is only where `isRaw` says so.
    case value(name: String, isRaw: Bool)
    /// What is written once for each of what stands for a name.
    case section(name: String, [Part])
    /// What is written where nothing stands for a name.
    case inverted(name: String, [Part])
  }

  /// The name that stands for what a section is rendered for.
  static let itself = "."

  private let parts: [Part]

  /// Makes a template; literals that follow each other become one.
  init(_ parts: [Part]) { self.parts = Self.merged(parts) }

  /// Renders views: a name is looked for in the last of them first.
  func render(_ views: [any TemplateView], reserving capacity: Int = 1024) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(capacity)
    var stack = views
    Self.write(parts, &stack, to: &bytes)
    return bytes
  }

  /// A value that a section is rendered for.
  private struct ValueView: TemplateView {
    let value: TemplateValue

    static let members: [String: Member<ValueView>] = [itself: Member { $0.value }]
  }

  private static func write(_ parts: [Part], _ stack: inout [any TemplateView], to bytes: inout [UInt8]) {
    for part in parts {
      switch part {
      case .literal(let literal): bytes.append(contentsOf: literal)
      case .value(let name, let isRaw): write(value(of: name, stack), isRaw: isRaw, to: &bytes)
      case .section(let name, let inner):
        let value = value(of: name, stack)
        guard value.isShown else { continue }
        switch value {
        case .views(let views): for view in views { write(inner, view, &stack, to: &bytes) }
        case .values(let values): for value in values { write(inner, ValueView(value: value), &stack, to: &bytes) }
        case .flag: write(inner, &stack, to: &bytes)
        default: write(inner, ValueView(value: value), &stack, to: &bytes)
        }
      case .inverted(let name, let inner):
        if !value(of: name, stack).isShown { write(inner, &stack, to: &bytes) }
      }
    }
  }

  private static func write(
    _ parts: [Part], _ view: any TemplateView, _ stack: inout [any TemplateView], to bytes: inout [UInt8]
  ) {
    stack.append(view)
    write(parts, &stack, to: &bytes)
    stack.removeLast()
  }

  private static func value(of name: String, _ stack: [any TemplateView]) -> TemplateValue {
    // Views are looked at where they stand: to copy them is what takes longest.
    stack.withUnsafeBufferPointer { stack in
      for index in stack.indices.reversed() {
        if let value = stack[index].value(of: name) { return value }
      }
      return .nothing
    }
  }

  private static func write(_ value: TemplateValue, isRaw: Bool, to bytes: inout [UInt8]) {
    switch value {
    case .text(let text): HTMLText.appendEscaped(text, to: &bytes)
    case .html(let html) where isRaw: bytes.append(contentsOf: html.bytes)
    case .html(let html): HTMLText.appendEscaped(String(decoding: html.bytes, as: UTF8.self), to: &bytes)
    case .number(let number): bytes.append(contentsOf: String(number).utf8)
    case .nothing, .flag, .views, .values: break
    }
  }

  private static func merged(_ parts: [Part]) -> [Part] {
    var merged: [Part] = []
    for part in parts {
      switch (merged.last, part) {
      case (.literal(let first), .literal(let second)): merged[merged.count - 1] = .literal(first + second)
      case (_, .section(let name, let inner)): merged.append(.section(name: name, Self.merged(inner)))
      case (_, .inverted(let name, let inner)): merged.append(.inverted(name: name, Self.merged(inner)))
      default: merged.append(part)
      }
    }
    return merged
  }
}
