/// Detects JavaScript regular expressions that are certainly invalid.
enum ScriptPattern {
  /// Returns the problem with a pattern, as a clause, or nil if none is certain.
  static func problem(with pattern: String) -> String? {
    var depth = 0
    var isInClass = false
    var canRepeat = false
    var rest = pattern.unicodeScalars[...]
    while let character = rest.popFirst() {
      switch character {
      case "\\":
        if rest.popFirst() == nil { return "ends with a backslash" }
        canRepeat = true
      case "]" where isInClass: (isInClass, canRepeat) = (false, true)
      case _ where isInClass: break
      case "[": isInClass = true
      case "(":
        depth += 1
        canRepeat = false
        // A question mark here introduces the type of the group.
        if rest.first == "?" { rest = rest.dropFirst() }
      case ")":
        depth -= 1
        if depth < 0 { return "closes a parenthesis that is not open" }
        canRepeat = true
      case "*", "+", "?":
        if !canRepeat { return "repeats nothing with \(character)" }
        if rest.first == "?" { rest = rest.dropFirst() }
        canRepeat = false
      case "|", "^": canRepeat = false
      default: canRepeat = true
      }
    }
    if isInClass { return "does not close a bracket" }
    return depth > 0 ? "does not close a parenthesis" : nil
  }
}
