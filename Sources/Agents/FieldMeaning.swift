// What fields mean, however they are written.

extension Runtime {
  /// Whether a field means the same with two values, which are at most written in different ways: a list as a list or
  /// as text, a scalar with or without quotation marks.
  public func isSame(_ key: String, _ left: FieldValue, _ right: FieldValue) -> Bool {
    if left == right { return true }
    switch (left, right) {
    case (.text(let one), .number(let other)), (.number(let one), .text(let other)):
      // Where the runtime checks types, a text in place of a number may be refused.
      guard let field = field(key) else { return one == other }
      return one == other && field.schema.problems(with: left).isEmpty && field.schema.problems(with: right).isEmpty
    case (.map(let one), .map(let other)):
      return one.count == other.count
        && zip(one, other).allSatisfy { $0.key == $1.key && isSame($0.key, $0.value, $1.value) }
    case (.list(let one), .list(let other)):
      if one.count == other.count, zip(one, other).allSatisfy({ isSame(key, $0, $1) }) { return true }
    default: break
    }
    return Self.isWritten(left) && Self.isWritten(right) && isSameList(key, left, right)
  }

  /// Whether a value is a text, or a list of texts.
  private static func isWritten(_ value: FieldValue) -> Bool {
    switch value {
    case .text: true
    case .list(let items): items.allSatisfy { if case .text = $0 { true } else { false } }
    case .bool, .null, .number, .map: false
    }
  }

  private func isSameList(_ key: String, _ left: FieldValue, _ right: FieldValue) -> Bool {
    switch key {
    case "tools", "allowed-tools", "disallowedTools":
      // Where the runtime wants one form, the other one does not mean the same.
      guard facts.toolShape == .text || facts.toolShape == .none else { return false }
      return ToolSet(tools: left, denied: nil) == ToolSet(tools: right, denied: nil)
    case "tags", "keywords", "skills", "agents": return left.words == right.words
    default: return false
    }
  }
}
