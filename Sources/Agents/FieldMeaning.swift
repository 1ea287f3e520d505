// Comparison of field values by meaning instead of notation.

extension Runtime {
  /// Returns whether two values of a field mean the same and differ at most in notation: a list as a list or as text, a
  /// scalar with or without quotation marks.
  public func isSame(_ key: String, _ left: FieldValue, _ right: FieldValue) -> Bool {
    if left == right { return true }
    switch (left, right) {
    case (.text(let one), .number(let other)), (.number(let one), .text(let other)):
      // If the runtime checks types, it may reject text in place of a number.
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

  /// Returns whether a value is text or a list of texts.
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
      // If the runtime requires one form, the other is not equivalent.
      guard facts.toolShape == .text || facts.toolShape == .none else { return false }
      return ToolSet(tools: left, denied: nil) == ToolSet(tools: right, denied: nil)
    case "tags", "keywords", "skills", "agents": return left.words == right.words
    default: return false
    }
  }
}
