extension [String] {
  /// Returns the elements joined as in a sentence: `a, b and c`.
  public func joined(before conjunction: String) -> String {
    guard count > 1, let last else { return first ?? "" }
    return dropLast().joined(separator: ", ") + " \(conjunction) " + last
  }
}
